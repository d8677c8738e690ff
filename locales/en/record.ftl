# The record of a system, its import and its export.
record-heading = Record in the register
record-lead = What the register says of the system to everybody, in seven parts. Fill in what you know. At high risk, the authorisation waits for four fields: what it is for, its risks, human oversight, how to contest.
record-why = What residents, other registers and inspectors read of this system, beyond what the rules ask.
record-link = Open the record
record-count = { $n } of { $total }
record-open = Read and change
record-unsaid = Not said
record-review = To look at
record-proposed = Prefilled, to accept
record-not-public = Not published
record-seen = I looked at this field: it is right.
record-to-review = { $n ->
    [one] { $n } field to look at
   *[other] { $n } fields to look at
}
record-to-review-why = They come from another register, which says several things there at once or follows other rules. Correct them, or say that they are right.
record-filled = { $n ->
    [one] { $n } field prefilled from the supplier
   *[other] { $n } fields prefilled from the supplier
}
record-sheet = Prefill from a supplier’s sheet
record-sheet-why = Only the fields that are still empty are prefilled; what you wrote does not change.
record-sheet-label = Sheet in the format of a register (JSON)
record-sheet-hint = Paste the JSON file: a sheet in the Dutch, British, Etalab, European or our own format.
record-sheet-button = Prefill the empty fields
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
record-proposed-count = { $n ->
    [one] { $n } prefilled field to accept
   *[other] { $n } prefilled fields to accept
}
record-accept = I accept what is prefilled here.
record-accepted-by = Accepted by { $x } on { $y }.
record-text-why = A leaflet, a PDF, an e-mail: paste the text. What the program recognises is proposed, with the passage quoted.
record-text-link = Paste the text of a sheet
record-sheet-json = A sheet in the format of another register
fix-record = Open the record
source-dossier = Source: this dossier.
source-uses = Source: the uses seen over the last year.
source-sheet = Source: the supplier’s sheet (JSON file).
source-text = Source: the supplier’s text.
proposals-title = { $n ->
    [one] { $n } prefilled field waits for your agreement
   *[other] { $n } prefilled fields wait for your agreement
}
proposals-why = None of it is published or counted until somebody accepts it. Your name and the day stay beside what you accept. To change a field, write in the part where it stands, further down.
proposals-accept-all = { $n ->
    [one] Accept the field
   *[other] Accept the { $n } fields
}
proposals-accept-chosen = Accept the ticked fields
proposals-aside = Set the ticked fields aside
proposals-moved = What is prefilled changed since you opened the page. Read it again, then start over.
proposals-none-chosen = No field is ticked. Tick those that you read.
proposals-of-dossier = One of the ticked fields comes from the dossier itself: correct it in the dossier, or write something else in its part.
done-accepted-proposals = The accepted fields are recorded.
done-aside-proposals = The fields set aside are no longer proposed.
sheet-title = Read a supplier’s sheet
sheet-lead = Paste the text that the supplier gave you. The program proposes what it recognises; nothing is recorded before you agree.
sheet-text = Supplier’s text
sheet-text-hint = The whole text, in French or in English, up to 200,000 characters, some eighty pages. From a PDF: select all, copy, paste here.
sheet-check = Read the text
sheet-new = { $n ->
    [0] Nothing new for the record
    [one] { $n } field recognised
   *[other] { $n } fields recognised
}
sheet-nothing = No field that is still empty was recognised in this text. What follows is for you to read.
sheet-new-why = This is what would be prefilled, with the passage that says it. You then accept it, at once or field by field.
sheet-propose = { $n ->
    [one] Prefill this field
   *[other] Prefill these { $n } fields
}
sheet-left = { $n ->
    [one] { $n } passage not understood
   *[other] { $n } passages not understood
}
sheet-left-why = For you to read: something important may stand there. A sentence that was recognised above may stand here too.
sheet-known = { $n ->
    [one] { $n } field already filled in
   *[other] { $n } fields already filled in
}
sheet-known-why = The record or the dossier already say it; the supplier’s text changes nothing there. If it says otherwise, correct it yourself.
sheet-how = What this reading does, and does not
sheet-can = It can
sheet-can-labels = read titles, lines such as “Name: value” and tables, in French and in English;
sheet-can-words = find in a sentence a model, a licence, a host, a duration, a contract number;
sheet-can-quote = quote the passage, and give the same every time: there is no AI.
sheet-cannot = It cannot
sheet-cannot-understand = understand a sentence put another way, nor see that the supplier is wrong;
sheet-cannot-judge = say the risk, the legal basis or who is accountable: that is for you;
sheet-cannot-file = open a file: paste its text.
