package local

import (
	"net/http"
	"time"

	"notturno/api/local/validate"
)

// monthFormat is how the API names a month: May 2025.
const monthFormat = "January 2006"

// usageResponse is the answer of GET /usage. Nothing costs anything here.
type usageResponse struct {
	PlanType                  string  `json:"plan_type"`
	Period                    string  `json:"period"`
	SessionCount              int     `json:"session_count"`
	FunctionCount             int     `json:"function_count"`
	BrowserUsageCost          float64 `json:"browser_usage_cost"`
	ProxyUsageCost            float64 `json:"proxy_usage_cost"`
	LLMUsageCost              float64 `json:"llm_usage_cost"`
	FunctionUsageCost         float64 `json:"function_usage_cost"`
	TotalCost                 float64 `json:"total_cost"`
	SubscriptionLimitAmount   float64 `json:"subscription_limit_amount"`
	TopupLimitAmount          float64 `json:"topup_limit_amount"`
	SubscriptionBalanceAmount float64 `json:"subscription_balance_amount"`
	TopupBalanceAmount        float64 `json:"topup_balance_amount"`
	BalanceAmount             float64 `json:"balance_amount"`
	IsUsageLimitExceeded      bool    `json:"is_usage_limit_exceeded"`
}

// usage is GET /usage: the sessions that began in a month since the server
// started, and the functions that were made in it.
func (s *Server) usage(w http.ResponseWriter, r *http.Request) {
	values, errs := validate.Model{Fields: []validate.Field{
		{Name: "period", Type: validate.String},
	}}.Query(r.URL.Query())
	if errs != nil {
		writeInvalid(w, errs)
		return
	}
	month := time.Now().UTC().Format(monthFormat)
	if values.Has("period") {
		asked, err := time.Parse(monthFormat, values.String("period"))
		if err != nil {
			writeInvalid(w, values.FieldError("period", "period must be a month and a year, such as May 2025"))
			return
		}
		month = asked.Format(monthFormat)
	}
	functions, err := s.functionCount(month)
	if err != nil {
		refuse(w, r, http.StatusInternalServerError, "The usage cannot be told", err.Error())
		return
	}
	writeJSON(w, http.StatusOK, usageResponse{
		PlanType: "local", Period: month, SessionCount: s.sessions.count(month), FunctionCount: functions,
	})
}

// functionCount is how many functions that are still there were made in a
// month.
func (s *Server) functionCount(month string) (int, error) {
	if s.functions == nil {
		return 0, nil
	}
	all, _, err := s.functions.store.list()
	count := 0
	for _, f := range all {
		if f.Status == functionActive && f.CreatedAt.UTC().Format(monthFormat) == month {
			count++
		}
	}
	return count, err
}
