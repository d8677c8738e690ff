# Pages open to everybody: citizen, register, observatory.
register-title = Register of algorithms
register-lead = Every artificial intelligence tool of our administration, those refused or stopped included.
register-none = No tool is registered.
register-count = { $n ->
    [one] { $n } tool
   *[other] { $n } tools
}
register-search = Look for a tool by its name or its use
register-search-button = Search
register-found = { $n ->
    [0] No tool matches this search.
    [one] { $n } tool matches this search.
   *[other] { $n } tools match this search.
}
register-all = See every tool
register-system = Tool
register-standing = State
register-touched = Uses in files this year
register-data = Open data (JSON)
public-owner = Who answers for it
public-decides = Who decides
public-data = Data read
public-history = Its history
public-report = Report a problem
observatory-title = What we checked
observatory-lead = We follow the public logs of administrations and do the sums again. A silence is shown as a silence.
observatory-logs = { $n ->
    [one] log followed
   *[other] logs followed
}
observatory-entries = { $n ->
    [one] entry verified
   *[other] entries verified
}
observatory-checks = Latest checks
observatory-log = Check
observatory-result = Result
observatory-when = When
outcome-held = Verified
outcome-broken = Broken
outcome-silent = Silent
observatory-yourself = Check for yourself
observatory-yourself-words = With this public key, any tool that follows the C2SP specifications verifies our signatures.
propositions-nav = Our rules
propositions-title = The fifteen propositions, and our rules
propositions-lead = A tool of artificial intelligence works here only if everything below is true at the moment it is used.
propositions-how = Each line is a rule that the computer checks itself. It concerns only the tools that it is about. While it is not respected, the tool refuses and says so in these words.
propositions-count = { $n ->
    [one] { $n } rule
   *[other] { $n } rules
}
propositions-missing = What is said when it is missing
propositions-source = Source
propositions-since = Since
propositions-until = until { $x }
propositions-gates = Checked before
propositions-own = Our administration’s choice
propositions-choice = The proposition itself
propositions-tests = The tests that show it, in the code of the software
gate-trial = the trial
gate-service = the service
gate-call = each call
