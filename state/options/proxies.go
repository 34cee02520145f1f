package options

import (
	"bytes"
	"encoding/json"
	"strings"

	"notturno/api"
)

// proxies reads on, off or a file with a list, which can hold passwords.
func (r *reader) proxies(name string) *api.Proxies {
	switch strings.ToLower(r.values.get(name)) {
	case On:
		return &api.Proxies{On: true}
	case Off:
		return &api.Proxies{}
	}
	raw, called := r.document(name)
	switch {
	case raw == nil:
		return nil
	case raw[0] != '[':
		r.faults.add(name, "%sis not a JSON list; put the proxies between brackets", called)
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	var list []api.Proxy
	if err := decoder.Decode(&list); err != nil {
		r.faults.add(name, "%sis not a JSON list of proxies: %v", called, err)
		return nil
	}
	for i, proxy := range list {
		switch proxy.Type {
		case api.ProxyNotte, api.ProxyExternal, api.ProxyTailnet:
		default:
			r.faults.add(name, "%shas a proxy, number %d, of the type %s; use %s, %s or %s", called, i+1, quote(proxy.Type), api.ProxyNotte, api.ProxyExternal, api.ProxyTailnet)
			return nil
		}
	}
	if len(list) == 0 {
		r.faults.add(name, "%sholds no proxy; use off for none", called)
		return nil
	}
	return &api.Proxies{List: list}
}
