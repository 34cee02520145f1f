package validate

import (
	"slices"
	"testing"
)

// everyType has a field of each type that agent starts do not have.
func everyType() Model {
	return Model{Extra: Forbid, Fields: []Field{
		{Name: "minutes", Aliases: []string{"timeout_minutes"}, Type: Int, Above: new(0), Max: new(30), Default: 3},
		{Name: "browser", Type: Literal, Choices: []string{"chromium", "chrome", "chrome-nightly", "chrome-turbo"}, Default: "chromium"},
		{Name: "ids", Type: StringList, MaxItems: 2},
		{Name: "headers", Type: StringMap, Nullable: true},
		{Name: "profile", Type: Object, Nullable: true, Model: &Model{Fields: []Field{
			{Name: "id", Type: String, Required: true}, {Name: "persist", Type: Bool},
		}}},
		{Name: "proxies", Type: BoolOrTagged, Tagged: []Tagged{
			{Tag: "notte", Model: Model{Fields: []Field{{Name: "country", Type: String, Nullable: true}}}},
			{Tag: "external", Model: Model{Fields: []Field{{Name: "server", Type: String, Required: true}}}},
		}},
	}}
}

func TestErrorsOfOtherTypes(t *testing.T) {
	t.Parallel()
	const flag = `{"type":"bool_type","loc":["body","proxies","bool"],"msg":"Input should be a valid boolean","input":`
	for body, want := range map[string]string{
		`{"minutes":0}`:                     `{"type":"greater_than","loc":["body","minutes"],"msg":"Input should be greater than 0","input":0,"ctx":{"gt":0}}`,
		`{"timeout_minutes":31}`:            `{"type":"less_than_equal","loc":["body","timeout_minutes"],"msg":"Input should be less than or equal to 30","input":31,"ctx":{"le":30}}`,
		`{"timeout_minutes":1,"minutes":2}`: `{"type":"extra_forbidden","loc":["body","timeout_minutes"],"msg":"Extra inputs are not permitted","input":1}`,
		`{"browser":"firefox"}`:             `{"type":"literal_error","loc":["body","browser"],"msg":"Input should be 'chromium', 'chrome', 'chrome-nightly' or 'chrome-turbo'","input":"firefox","ctx":{"expected":"'chromium', 'chrome', 'chrome-nightly' or 'chrome-turbo'"}}`,
		`{"ids":"x"}`:                       `{"type":"list_type","loc":["body","ids"],"msg":"Input should be a valid list","input":"x"}`,
		`{"ids":[1,"a"]}`:                   `{"type":"string_type","loc":["body","ids",0],"msg":"Input should be a valid string","input":1}`,
		`{"ids":["a",1,"c"]}`:               `{"type":"too_long","loc":["body","ids"],"msg":"List should have at most 2 items after validation, not 3","input":["a",1,"c"],"ctx":{"field_type":"List","max_length":2,"actual_length":3}}`,
		`{"headers":[]}`:                    `{"type":"dict_type","loc":["body","headers"],"msg":"Input should be a valid dictionary","input":[]}`,
		`{"headers":{"a":"x","b":1}}`:       `{"type":"string_type","loc":["body","headers","b"],"msg":"Input should be a valid string","input":1}`,
		`{"profile":"x"}`:                   `{"type":"model_attributes_type","loc":["body","profile"],"msg":"Input should be a valid dictionary or object to extract fields from","input":"x"}`,
		`{"profile":{"z":1}}`:               `{"type":"missing","loc":["body","profile","id"],"msg":"Field required","input":{"z":1}}`,
		`{"proxies":[{"type":"z"}]}`:        `{"type":"union_tag_invalid","loc":["body","proxies","list[tagged-union]",0],"msg":"Input tag 'z' found using 'type' does not match any of the expected tags: 'notte', 'external'","input":{"type":"z"},"ctx":{"discriminator":"'type'","tag":"z","expected_tags":"'notte', 'external'"}},` + flag + `[{"type":"z"}]}`,
		`{"proxies":[{}]}`:                  `{"type":"union_tag_not_found","loc":["body","proxies","list[tagged-union]",0],"msg":"Unable to extract tag using discriminator 'type'","input":{},"ctx":{"discriminator":"'type'"}},` + flag + `[{}]}`,
		`{"proxies":[{"type":"external"}]}`: `{"type":"missing","loc":["body","proxies","list[tagged-union]",0,"external","server"],"msg":"Field required","input":{"type":"external"}},` + flag + `[{"type":"external"}]}`,
	} {
		_, errs := everyType().Body([]byte(body), "application/json")
		if got := details(t, errs); got != want {
			t.Errorf("%s gives\n%s\nwant\n%s", body, got, want)
		}
	}
}

func TestValuesOfOtherTypes(t *testing.T) {
	t.Parallel()
	values, errs := everyType().Body([]byte(`{"timeout_minutes":"5","ids":["a","b"],"headers":{"X-A":"1"},"profile":{"id":"p","persist":"on"},"proxies":[{"type":"notte","country":null}]}`), "application/json")
	if errs != nil {
		t.Fatal(details(t, errs))
	}
	if values.Int("minutes") != 5 || values.String("browser") != "chromium" || values.Bool("proxies") || !values.Has("proxies") || !values.Tagged("proxies") {
		t.Error("a simple value is wrong")
	}
	if profile := values.Object("profile"); !slices.Equal(values.Strings("ids"), []string{"a", "b"}) || values.StringMap("headers")["X-A"] != "1" ||
		profile.String("id") != "p" || !profile.Bool("persist") {
		t.Error("a nested value is wrong")
	}
	if values, errs := everyType().Body([]byte(`{"proxies":"yes"}`), "application/json"); errs != nil || !values.Bool("proxies") || values.Tagged("proxies") || values.Int("minutes") != 3 {
		t.Errorf("proxies as a word give %s", details(t, errs))
	}
}

func TestErrorsOfTheCaller(t *testing.T) {
	t.Parallel()
	values, errs := everyType().Body([]byte(`{"minutes":9,"ids":["a","a"]}`), "application/json")
	if errs != nil {
		t.Fatal(details(t, errs))
	}
	if got, want := details(t, values.ValueError("no")), `{"type":"value_error","loc":["body"],"msg":"Value error, no","input":{"minutes":9,"ids":["a","a"]},"ctx":{"error":{}}}`; got != want {
		t.Errorf("it is %s", got)
	}
	if got, want := details(t, values.FieldError("ids", "twice")), `{"type":"value_error","loc":["body","ids"],"msg":"Value error, twice","input":["a","a"],"ctx":{"error":{}}}`; got != want {
		t.Errorf("it is %s", got)
	}
}
