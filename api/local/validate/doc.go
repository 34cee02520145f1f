// Package validate checks requests as the service does, which is FastAPI with
// pydantic: the same lenient coercions, the same errors in the same order, and
// Python's own words about a body that is not JSON.
//
// A [Model] lists the fields of a request. Its Body, Query and Header methods
// return either the Values that were sent, with defaults for what was not, or
// the Errors, whose JSON is the body of a 422 answer:
//
//	model := validate.Model{Fields: []validate.Field{
//		{Name: "task", Required: true, Type: validate.String},
//		{Name: "max_steps", Type: validate.Int, Min: new(1), Max: new(150), Default: 20},
//	}}
//	values, errs := model.Body(body, r.Header.Get("Content-Type"))
//	if errs != nil {
//		// answer 422 with errs
//	}
//	steps := values.Int("max_steps")
//
// Rules that join two fields are the caller's; [Values.ValueError] says that
// one is broken.
package validate
