# The observatory: what it checks and what it finds.
check-news = News of the log
check-history = No entry withdrawn or changed
check-forms = Every entry has a known form
check-tallies = Published totals equal the entries
held-news = The log answers. { $n ->
    [one] We have countersigned { $n } entry.
   *[other] We have countersigned { $n } entries.
}
held-history = { $n ->
    [one] { $n } entry read again: nothing changed.
   *[other] { $n } entries read again: what is new continues what was there.
}
held-forms = { $n ->
    [one] { $n } entry read. It is a commitment, which says nothing of a person, or a public statement.
   *[other] { $n } entries read. They are commitments, which say nothing of a person, or public statements.
}
held-tallies = { $n ->
    [one] One total recomputed, no difference.
   *[other] { $n } totals recomputed, no difference.
}
finding-no-answer = The log does not answer ({ $x }).
finding-missing = A file of the log is missing ({ $x }).
finding-not-renewed = Nothing new since { $x }.
finding-withheld = The log shows { $n } entries, we had countersigned { $total }.
finding-checkpoint = The log's signature is refused: { $x }
finding-shrunk = The log went from { $total } to { $n } entries.
finding-forked = The log does not continue the { $n } entries that we had countersigned.
finding-rewritten = The first { $n } entries are no longer those that we had read.
finding-altered = A file of the log was changed ({ $x }).
finding-root = The { $n } entries do not match the signature.
finding-form = Entry number { $n } has no known form.
tally-unreadable = The total at entry { $n } cannot be read.
tally-range = The total at entry { $n } counts entries that do not come before it.
tally-gap = The total at entry { $n } does not follow the one before.
tally-sum = The total at entry { $n } does not equal the entries.
