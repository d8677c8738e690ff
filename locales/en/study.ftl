# Impact studies: writing them together, reading, signing, printing them.

study-sections = The parts
study-progress = { $n } of { $total }
study-missing = { $n ->
    [0] Nothing is missing
    [one] { $n } answer is missing
   *[other] { $n } answers are missing
}
study-missing-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
study-complete = Every answer that is asked is there: hand the study over for signature.
study-save = Save the draft
study-hand-over = Hand over for signature
study-lent = Written once, in:
study-unanswered = No answer
study-unknown = Unknown for now: the product measures it at the first uses.
study-measured = measured on the last uses
study-figure = between { $x } and { $y }
study-by = { $x }, { $y }
study-two-texts = Two people answered at the same time. Choose, or write the answer below.
study-keep-this = Keep this answer
study-keep-mine = Keep what is written in the field below
study-disputed = { $n ->
    [one] Two people answered the same question at the same time. Nothing is lost: choose below.
   *[other] Two people answered the same { $n } questions at the same time. Nothing is lost: choose below.
}
study-level = Level: { $x }
study-level-provisional = Provisional: answers are still missing.
study-level-how = How it is computed
study-points = { $n } points out of { $total }
study-how-visible = Each answer chosen gives its points. A question that is not asked never counts.
study-how-relief = When protections reach { $n }% of their maximum, { $total }% of the risk points are kept.
study-how-lowered = It is so here: { $n } points become { $total }.
study-how-kept = It is not so here.
study-how-total = The level is read from { $n } points, out of { $total } possible.
study-history = Everything that was saved
study-history-lead = Each save is kept: who, when, and what changed. An old one can come back.
study-history-none = Nothing is saved yet.
study-changes = { $n ->
    [one] { $n } answer changed
   *[other] { $n } answers changed
}
study-before = Before
study-after = After
study-restore = Bring these answers back
study-restored = Brings back save no. { $x }.
study-note-dispute = At the same time as somebody else, to “{ $x }”: { $y }
study-older = Older ones
study-back = The page where it is written
study-read-sign = Read, print, sign
study-print-hint = This page prints from your browser, without the buttons.
study-digest = Fingerprint of what is signed
study-sign-what = You sign exactly the answers on this page. If they change before your signature, it is refused.
study-signed-on = Signed on
study-return = Send back to the authors
study-return-reason = Why?
study-return-hint = What is missing or wrong. The authors read it; a signature already given is taken away.
study-returned = Sent back to the authors: { $x }
study-outdated = The system has changed since: this study no longer covers it. Read each answer again, then hand it over for signature.
study-expired = The signature is no longer valid. Read the answers again, then have it signed again.
study-ahead = The draft says something else than what was handed over for signature.
study-mistake-missing = Missing: { $x }
study-mistake-dispute = Two answers wait for a choice: { $x }
study-state-draft = Draft
study-state-to-sign = To sign
study-state-returned = Sent back
study-state-signed = Signed
study-state-expired = Signature expired
study-state-outdated = To take up again
study-row-signed = Signed by { $x }, until { $y }
study-row-written = Written by { $x }, { $y }
study-not-asked = Optional
draft-saved = Saved: { $x }
draft-waiting = Saving…
draft-failed = Not saved yet: no answer. Another attempt follows; your text stays on this page.
draft-ended = Not saved: your session has ended. Your text stays on this page: sign in in another tab.
draft-wrong = Saved, except an answer that does not fit: “Save the draft” says which.
draft-disputed = Saved. Somebody answered the same question: “Save the draft” shows both texts.
kept-title = Your session has ended, your text is here
kept-lead = Nothing is lost, but nothing is saved yet. Do not close this page.
kept-sign-in = Sign in in another tab
kept-then = Come back here and save.
kept-texts = What you wrote
done-handed-over = The study is handed over for signature by somebody who wrote none of it.
done-returned = The study is sent back to its authors.
