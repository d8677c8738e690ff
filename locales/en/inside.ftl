# Pages of the administration: referent, agent, elected official.
login-title = Sign in
login-lead = For staff, the AI referent and elected officials.
login-email = E-mail address
login-email-hint = Your work address
login-password = Password
login-button = Sign in
login-citizen = You need no account to see your own case:
workspace-title = Systems
workspace-lead = A system runs only while everything asked of it is true.
workspace-missing = { $n ->
    [one] { $n } condition missing
   *[other] { $n } conditions missing
}
workspace-next = Do this first.
workspace-calls = { $n ->
    [one] { $n } call passed this month
   *[other] { $n } calls passed this month
}
workspace-refusals = { $n ->
    [one] { $n } refusal
   *[other] { $n } refusals
}
workspace-none = No system is registered yet. Four answers are enough to begin.
workspace-add = Register a system
workspace-purpose = What it is for
workspace-purpose-hint = A verb, in plain words: “propose the department that will handle a request”
workspace-add-button = Register
system-complete = Every condition is met. The system may run.
system-dossier = The dossier
part-fill = Fill in
part-change = Change
part-strategy = Strategy
part-referent = AI referent
part-owner = Owner
part-study = Impact study
part-training = Training
part-contract = Contract and clauses
part-model = Model and host
part-evaluation = Evaluation
part-authorisation = Authorisation
why-strategy = The published political text that every system serves.
why-referent = The person who steers artificial intelligence in the administration.
why-owner = The person who answers for this system, and has accepted to.
why-study = What the system may change for people, signed by someone other than its author.
why-training = Every member of staff is trained before first use.
why-contract = What the supplier is held to, with the evidence.
why-model = Which model, under which licence, and who runs it.
why-evaluation = The smallest model that passes this system’s own evaluation.
why-authorisation = The right to run: what for, given by whom, until when.
state-held = Met
state-begun = Begun
state-absent = To do
fact-title = Title
fact-person = Person
fact-accepted = Acceptance signed
fact-author = Author
fact-until = Valid until
fact-certified = Staff trained
fact-reference = Contract reference
fact-model = Model
fact-host = Host
fact-result = Result
field-url = Address of publication
field-url-hint = Starts with https://
field-adopted = Date of adoption
field-email = E-mail address
field-referent-hint = Someone in post, with an account
field-owner-hint = They will have to sign in and accept to answer for it
field-until = Valid until
owner-accept = I accept to answer for it
owner-accept-hint = Your acceptance is dated and entered in the public log.
study-sign = Sign the study
training-open = Open the training
model-name-hint = Name and version, as the supplier publishes them
model-licence = Licence of the weights
evaluation-passed = Right answers
evaluation-total = Questions asked
evaluation-threshold = Threshold
authorisation-scope = Scope
authorisation-scope-hint = Which service, for which requests
stop-reason = Reason
stop-reason-hint = One sentence, without personal data
stop-button = Stop this system
resume-button = Lift the stop
training-lead = { $n ->
    [one] One minute to read, then a few questions.
   *[other] { $n } minutes to read, then a few questions.
}
training-held = Your certificate is valid until { $x }.
quiz-title = Questions
quiz-pass = You need { $n } right answers out of { $total }. You may try again.
quiz-button = Send my answers
council-title = Artificial intelligence in our administration
council-points = To discuss
council-systems = By system
council-calls = Calls
council-refusals = Refusals
council-decisions = Decisions touched
council-energy = Energy
figure-decisions = { $n ->
    [one] decision where a tool was used
   *[other] decisions where a tool was used
}
figure-departed = { $n ->
    [one] decision that departs from the proposal
   *[other] decisions that depart from the proposal
}
figure-contests = { $n ->
    [one] request for a second look
   *[other] requests for a second look
}
figure-late = { $n ->
    [one] late answer
   *[other] late answers
}
figure-trained = { $n ->
    [one] agent trained
   *[other] agents trained
}
figure-energy = energy used
