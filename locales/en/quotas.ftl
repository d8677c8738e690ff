quotas-title = Quotas
quotas-link = Quotas: what is left
quotas-lead = What each quota allows, and what was taken of it in the period under way. A call for which too little is left is refused, and nothing is sent.
quotas-none = No quota is set: nothing is limited.
quotas-how = What a call under way might take is counted beforehand, then put right when it ends. Quotas are set in the configuration, by whoever installs Gouvernail.
quotas-whose = For whom
quotas-allowed = Allowed
quotas-taken = Taken
quotas-left = Left
quotas-renewed = Begins again
quotas-exhausted = Nothing: calls are refused
quotas-everybody = The whole administration
quotas-key = Key { $x }
quotas-hour = { $x } an hour
quotas-day = { $x } a day
quotas-month = { $x } a month
quotas-requests = { $n ->
    [one] { $n } call
   *[other] { $n } calls
}
quotas-tokens = { $n ->
    [one] { $n } token
   *[other] { $n } tokens
}
quotas-euros = €{ $x }
quotas-kwh = { $x } kWh
