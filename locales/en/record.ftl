# The record of a system, its import and its export.
record-heading = Record in the register
record-lead = What the register says of the system to everybody, in seven parts. Nothing is mandatory here: fill in what you know.
record-why = What residents, other registers and inspectors read of this system, beyond what the rules ask.
record-link = Open the record
record-count = { $n } of { $total }
record-open = Read and change
record-unsaid = Not said
record-review = To look at
record-proposed = Proposed from the dossier
record-not-public = Not published
record-seen = I looked at this field: it is right.
record-to-review = { $n ->
    [one] { $n } field to look at
   *[other] { $n } fields to look at
}
record-to-review-why = They come from another register, which says several things there at once or follows other rules. Correct them, or say that they are right.
record-filled = { $n ->
    [one] { $n } field filled in from the supplier’s sheet
   *[other] { $n } fields filled in from the supplier’s sheet
}
record-sheet = Fill in from a supplier’s sheet
record-sheet-why = Only the fields that are still empty are filled in; what you wrote does not change.
record-sheet-label = Supplier’s sheet
record-sheet-hint = Paste the JSON file: a sheet in the Dutch, British, Etalab, European or our own format.
record-sheet-button = Fill in the empty fields
record-sheet-unread = This text is not a sheet that we can read. Check that it is whole and that the sheet has a name.
record-sheet-several = This file holds { $n } sheets: paste only that of this system.
record-sheet-nothing = This sheet tells nothing new: every field that it fills in is already filled.
record-stale = The record changed meanwhile. Read it again, then redo your change.
record-wrong = { $x }: { $y }
record-public = Detailed record
history-record-many = Record completed: { $n } fields.
history-record = Record completed: { $x }.
register-exports = For other registers:
misfit-unknown = There is no such field in the record.
misfit-kind = This answer does not have the right form: follow the example given, and begin an address with https://.
problem-missing = It is missing, and there is no record without it.
problem-not-a-record = This is not a record.
problem-columns = The row has { $n } columns instead of { $total }.
problem-unknown-word = “{ $x }” has no equivalent here: choose a value.
problem-merged = The source says several things here: keep what belongs in this field.
problem-judged-elsewhere = The source decided by other rules than ours: to be decided here.
import-title = Import a register
import-lead = Take over the records of another register. They are checked first: nothing is recorded before you agree.
workspace-import = Are your systems already in another register?
import-format = Format
import-text = Content of the file
import-text-hint = Open the file, copy everything, paste it here. For a very large file, ask your IT department: the command is “gouvernail register import”.
import-check = Check
import-read = { $n ->
    [one] { $n } record read
   *[other] { $n } records read
}
import-declared = New systems
import-updated = Records brought up to date
import-unchanged = Records already up to date
import-refused = Records refused
import-rejected = What is refused
import-review = What will have to be looked at
import-place = Where
import-field = Field
import-reason = Why
import-records = Records
import-nth = record { $n }
import-line = line { $n }
import-more = { $n ->
    [one] And { $n } more.
   *[other] And { $n } more.
}
import-caution = Each new system is registered with caution: its risk is to be assessed, a person decides, and it cannot run before it is authorised.
import-record = { $n ->
    [one] Record it
   *[other] Record the { $n } records
}
import-record-good = { $n ->
    [one] Record only the good one
   *[other] Record only the { $n } good ones
}
import-done = It is recorded. New systems: { $n }, records brought up to date: { $total }.
import-unreadable = This text cannot be read in this format. { $x }
format-nl = Netherlands (Algoritmeregister)
format-atrs = United Kingdom (ATRS)
format-us = United States (federal inventory 2024, CSV)
format-etalab = France (Etalab inventory)
format-eu-annex8c = European Union (Annex VIII, section C)
format-gouvernail = Gouvernail
