# What the public says: consultations and reports.
consultations-title = Consultations
consultations-lead = Before we authorise a tool, we ask for your opinion. Each contribution gets a reasoned answer, and everything stays readable afterwards.
consultations-none = No consultation has taken place yet.
consultations-open = Under way
consultations-closed = Closed
consultations-what = What is asked
consultations-when = Until when
consult-eyebrow = Consultation
consult-until = You can contribute until { $x }. Each contribution will have its answer by { $y }.
consult-ended = The time to contribute ended on { $x }. Each contribution will have its answer by { $y }.
consult-closed-on = Closed on { $x }.
consult-elsewhere = This consultation takes place elsewhere.
consult-elsewhere-link = Read and contribute there
consult-elsewhere-read = Read the contributions and their answers
consult-tool = The tool: { $x }
consult-why-reopened = Reopened: { $x }
consult-give = Say what you think
consult-give-lead = No account is needed. A person reads your contribution before it is shown; if it is set aside, its place stays, with the reason.
consult-words = Your contribution
consult-words-hint = 5,000 characters at most. Write nothing private: this text will be public.
consult-name = Your name, or a first name
consult-name-hint = It will be shown with your contribution.
consult-email = Your e-mail address
consult-email-hint = Never published. It serves to tell you of the answer, and is erased three months after the closing.
consult-button = Send my contribution
consult-phone = Would you rather speak? Call us: a person will write your contribution with you.
consult-said = What was said
consult-count = { $n ->
    [one] One contribution received.
   *[other] { $n } contributions received.
}
consult-none-received = No contribution received.
consult-waiting = { $n ->
    [one] One contribution waits to be read before it is shown.
   *[other] { $n } contributions wait to be read before they are shown.
}
consult-anonymous = A person
consult-number = Contribution { $n }
consult-aside = This contribution was set aside. Reason: { $x }
consult-answer = Our answer
consult-no-answer = The answer is owed by { $x }.
consult-general = What we concluded
consult-before = Earlier consultations
consult-too-late = This consultation takes no more contributions. Your text is still here: you can telephone us.
consult-too-many = Too much was sent in a short time from this connection. Wait a few minutes, then send again: your text is still here.
trap-label = Leave this field empty
trap-filled = This field must stay empty: clear it, then send again. It stops programs that fill in everything.
done-received = Thank you. Your contribution is received; a person will read it before it is shown.
done-published = The contribution is shown.
done-aside = The contribution is set aside; its place stays, with the reason.
nav-consultations = Consultations
consultation-go-open = Open a consultation
consultation-go-answer = Read and answer
consultation-go-read = Read the consultation
fact-closes = Contributions until
fact-due = Answers due on
fact-received = Contributions received
fact-waiting = Without an answer
fact-elsewhere = Takes place at
consult-desk-lead-none = Ask a simple question. The public contributes without an account; you read, show and answer each one. When the rules ask for it, no authorisation is given before.
consult-desk-lead = Read each contribution, show it or set it aside with a reason, then answer it. The consultation closes once each has its answer.
consult-desk-public = See the public page
consult-open-title = Open the consultation
consult-open-another = Open another consultation
consult-closes = Contributions until
consult-closes-hint = Last day included. Three weeks leave time to read and talk about it.
consult-due = Answers by
consult-due-hint = After the end of contributions
consult-url = It takes place elsewhere, at this address
consult-url-hint = A Decidim, a page of your site. Empty if it takes place here.
consult-open-button = Open the consultation
consult-held-elsewhere = It already took place elsewhere
consult-held-hint = Record its outcome. The link is required: everybody must be able to read the contributions and their answers.
consult-held-link = Address of the contributions and their answers
consult-publish = Show
consult-set-aside = Set aside
consult-aside-reason = Reason, shown instead of the text
consult-aside-hint = “Somebody else’s personal data”, “insult”, “not about the question”
consult-your-answer = Reasoned answer
consult-your-answer-hint = What is taken up, what is not, and why
consult-answer-button = Answer
consult-answer-change = Correct the answer
consult-tag-pending = To read
consult-tag-answer = To answer
consult-tag-done = Answered
consult-tag-aside = Set aside
consult-private-email = Address, not published: { $x }
consult-close-title = Close the consultation
consult-close-wait = { $n ->
    [one] One contribution has no answer yet: the consultation cannot be closed.
   *[other] { $n } contributions have no answer yet: the consultation cannot be closed.
}
consult-early = Why close before the announced date
consult-early-hint = The public expected it until { $x }: the reason will be published.
consult-early-words = Closed before the announced date: { $x }
consult-reopen-title = Reopen the consultation
consult-reopen-reason = Why
consult-reopen-hint = A contribution was forgotten, an answer was not one: the reason is public, and the condition falls until it is closed again.
consult-reopen-due = Answers by
consult-reopen-button = Reopen
mistake-due = Answers come after the end of contributions: choose a later date.
report-title = Report a problem
report-lead = A mistake, a difficulty, a doubt about this tool? No account is needed. A person answers you within 30 days.
report-words = What happened
report-words-hint = 5,000 characters at most. Your text is never published; it is erased one year after the answer.
report-button = Send
report-other = Would you rather speak?
report-sent-title = Your report is received
report-sent-lead = A person will answer you by { $x }.
report-code = Your code to read the answer
report-code-once = It is shown only once: write it down now. It is entered at the same address as the code of a letter.
report-code-open = Open my report
report-mine = Your report
report-about = About the tool: { $x }
report-received = Received on { $x }
report-waits = The answer is owed by { $x }.
report-is-late = The answer was owed by { $x }: it is late, and that is counted.
report-your-words = What you wrote
report-erased = What you wrote was erased, one year after our answer.
report-answered-on = Our answer, { $x }
reports-public = Problems reported, and answers
reports-line = Problems reported: { $x }. Waiting for an answer: { $y }.
reports-line-late = Answers that are late or came late: { $x }.
reports-title = Reports
reports-lead = Oldest first. Each waits for an answer, which its author reads with their code.
reports-none = No report waits for an answer.
reports-due = Due on { $x }
reports-late = Late
reports-summary = What is published of it
reports-summary-hint = The problem in one sentence, nothing private: it appears with your answer on the tool’s page. Empty: only its author reads the answer.
reports-answer = Answer
reports-answer-hint = What happened, what is mended, and otherwise why
reports-button = Answer
point-reports = { $n ->
    [one] One reported problem waits for its answer.
   *[other] { $n } reported problems wait for their answer.
}
point-reports-late = { $n ->
    [one] One reported problem was answered late, or still waits.
   *[other] { $n } reported problems were answered late, or still wait.
}
