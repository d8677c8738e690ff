# The dossier of a system, the administration, the people, the first page of the site.
yes = Yes
no = No
choose = Choose…
optional = (optional)
declared = Already in the register:
in-french = In French
in-english = In English

# The workspace.
workspace-needs = First, the administration
workspace-others = { $n ->
    [one] and { $n } other condition
   *[other] and { $n } other conditions
}
workspace-until = Authorised until { $x }
lack-training = No agent is trained for this version yet.
lack-version = No version is declared: an authorisation is given to one precise version.
lack-key = No key is in service: no application can call.

# The administration.
nav-organisation = Administration
organisation-title = The administration
organisation-lead = What holds for every system: who we are, what we seek, who steers.
organisation-sheet = Who we are
why-organisation = The name under which the administration answers for its systems.
field-siret = SIRET number
field-siret-hint = Fourteen digits
field-log = Do you keep the public log?
field-log-hint = Every act leaves a mark there that nobody can rewrite. No name is in it. Researchers and the observatory read it.
field-adopted-hint = Day of the vote or of the signature
field-objectives = Objectives
field-objectives-hint = One a line. Every system will have to serve one; rewording one detaches the systems that served it.
referent-button = Appoint
referent-left = Nobody is in post any more
referent-left-hint = As long as nobody is in post, no system runs.
fix-organisation = Say who we are
fix-log = Keep the log
fix-strategy = Publish the strategy
fix-referent = Appoint the person
fix-open = Open

# The people.
people-title = The people
people-lead = Who can sign in, and to do what. Names never appear in the public log.
people-open = See the people
people-count = { $n ->
    [one] { $n } person
   *[other] { $n } people
}
people-add = Add somebody
people-add-button = Add
person-name = First and last name
person-email-hint = Their work address
person-roles = Roles
person-close = Close the account
person-close-label = Close the account of { $x }
person-open = Reopen the account
person-open-label = Reopen the account of { $x }
person-closed = Account closed
role-referent = AI referent
role-owner = System owner
role-agent = Agent
role-elected = Elected official
role-inspector = Inspector
may-referent = keeps the register and steers the systems
may-owner = may answer for a system
may-agent = decides on cases
may-elected = gives authorisations, reads the council page
may-inspector = checks from outside

# The dossier of a system.
system-others = { $n ->
    [one] See the other condition
   *[other] See the { $n } other conditions
}
system-public = Its public page
purpose-sentence = It serves to { $x }
state-not-asked = Not asked of this system
part-sheet = The system
part-notice = What residents are told
part-channel = Reaching a person
part-consultation = Consultation
part-skills = Know-how
part-keys = Keys of applications
part-stop = Stop
why-sheet = What the system is, what it is for, and how much it weighs on people’s rights.
why-notice = What every resident reads whose case went through the tool.
why-channel = A number that a person answers, for those without internet or who would rather talk.
why-consultation = What residents were asked, and the reasoned answer to what they said.
why-skills = How agents keep the know-how that the tool could make them lose.
why-keys = An application calls with a key that is good for this system only.
why-stop = The system stops within a second, answers in progress included. The stop, its lifting and their reasons are public.
fix-sheet = Complete the sheet
fix-model = Choose the model
fix-owner = See the owner
fix-study = Complete the study
fix-notice = Write the notice
fix-channel = Give a number
fix-consultation = Close the consultation
fix-skills = Write the plan
fix-training = See the training
fix-evaluation = Record the evaluation
fix-contract = Record the contract
fix-keys = Create a key
fix-authorisation = See the authorisation
fix-stop = Review the stop
field-name = Name
field-id = Technical name
field-purpose-fr = What it is for, in French
field-purpose-en = What it is for, in English
field-purpose-en-hint = For those who read the page in English
field-objective = Objective served
sheet-no-strategy = A system serves an objective of the strategy, and no strategy is published.
field-risk = How much does it weigh on people’s rights?
field-risk-hint = When in doubt, take the higher degree: what is asked follows from it.
risk-low = Not at all: it helps to write, summarise or translate, outside any case
risk-limited = A little: it works in cases without weighing on a right
risk-high = A lot: social support, school, employment, police, or comparable weight
risk-low-short = Low
risk-limited-short = Limited
risk-high-short = High
field-automation = Who decides?
automation-assisted = An agent decides, the tool proposes
automation-full = The tool decides alone
field-self-learning = Does it change its own rules without a human’s validation?
field-self-learning-hint = A model whose weights do not move between two versions does not learn alone.
field-sensitive = Does it handle sensitive data?
field-sensitive-hint = Health, opinions, religion, origin, sex life, trade union, biometrics
field-touches = Does it work in residents’ cases?
field-touches-hint = If so, every person concerned will be told.
field-decisions = What may be decided in a case
field-decisions-hint = One possibility a line. Empty if the tool works in no case.
host-title = Host
host-none = No host is declared yet.
host-add = Declare a host
host-name-hint = Who runs the model
host-embedded = Is it the engine embedded in Gouvernail, on our premises?
host-embedded-hint = If so, nothing leaves and no contract is asked.
host-country = Country
host-country-hint = Two-letter code: FR, DE…
host-url = Address of its interface
host-url-hint = OpenAI-compatible, ends in /v1. Empty for the embedded engine.
host-id-hint = The one in the server’s configuration; drawn from the name if you do not write it.
host-button = Declare the host
model-add = Declare a model
model-open = Are its weights open?
model-open-hint = Downloadable, under a licence that lets you run them yourself
model-total = Parameters in all
model-billions = In billions
model-active = Active parameters
model-active-hint = In billions, for each word; the same number if all serve
model-id-hint = The one that the application asks for; drawn from the name if you do not write it.
model-button = Declare the model
model-changed = The sheet or the model changed since this version was declared. Declare a new version.
version-words = A version freezes the sheet and the model. A new version needs a new evaluation, a new certificate for each agent and a new authorisation.
version-model = Model of this version
version-label = Version number
version-button = Declare this version
fact-version = Version
open-weights = open weights
closed-weights = closed weights
licence = licence { $x }
owner-nobody = Nobody has the role of owner yet.
owner-button = Name
owner-left = This person is no longer in post
owner-left-hint = Without an owner, the authorisation no longer holds.
owner-waiting = not yet
fact-written = Written on
fact-signatory = Signed by
study-months = { $n ->
    [one] One month at most
   *[other] { $n } months at most
}
study-too-long = { $n ->
    [one] A signature holds one month at most: choose an earlier date.
   *[other] A signature holds { $n } months at most: choose an earlier date.
}
study-own = You wrote this study: somebody else must sign it.
study-who-signs = The owner, an elected official or the referent signs, and never the author.
notice-preview = What the resident reads
notice-does = What the tool does
notice-does-not = What it does not do
notice-lines = One sentence a line, addressed to the person
notice-data = What it reads
notice-data-hint = One kind of data a line, then a colon and its source: “the text of your request: your message”
notice-counts = What counts in its proposal
notice-counts-hint = One sentence a line. Empty if nothing is weighed.
notice-button = Publish
field-telephone = Telephone
field-telephone-hint = A person answers, without a menu of keys
field-hours = When
field-hours-hint = “Monday to Friday, 9 a.m. to 5 p.m.”
field-question = Question put to residents
field-contributions = Contributions received
field-answer = Reasoned answer
field-answer-hint = What was taken up, what was not, and why
consultation-button = Close the consultation
field-plan = Plan
field-plan-hint = What agents go on doing without the tool, how often, and who follows it
training-module = Module
training-button = Choose this module
training-until = until { $x }
training-waiting = Not trained yet:
field-set = Evaluation set
field-set-hint = Its name and version: “orientation-courrier 2”
field-smaller = Smaller models that pass as well
field-smaller-hint = Zero: this one is therefore the smallest that will do.
out-of = { $n } of { $total }
result = Right answers: { $x }. { $y } were needed.
contract-no-host = Choose the model first: the contract covers its host.
contract-embedded = The administration runs the model itself: no contract is asked.
contract-with = Contract with: { $x }
clause-hint = For each clause, the document and the article. Leave empty those that are not there: they will not be counted.
fact-clauses = Clauses verified
field-key-label = What it is for
field-key-label-hint = The application that will call
field-key-until = Valid until
field-key-person = Key of one person only: their e-mail address
field-key-person-hint = Their calls are then always theirs; nothing else has to be said
key-button = Create the key
key-once = Your key. It is shown only once: copy it now.
key-revoke = Withdraw
key-revoke-label = Withdraw the key { $x }
key-ended = Ended
key-given = given on { $x }, without an end
key-given-until = given on { $x }, until { $y }
key-withdrawn = given on { $x }, withdrawn on { $y }
key-holder = key of { $x }
key-opens = What the key opens
key-opens-hint = An application needs no more than what it does
key-opens-only = opens only: { $x }
scope-chat = conversations
scope-embeddings = vectors for search
scope-rerank = ranking of documents
scope-transcriptions = transcription of speech
scope-cases = files: declare them, follow them, name them in a call
scope-agents = say which agent is behind a call
key-previous = the old key still works until { $x }
key-renew = Renew “{ $x }” without interruption
key-renew-days = Days during which the old key still works
key-renew-hint = From 0 to 90. Time enough to give the new one to the application
key-renew-button = Create the new key
key-how = For the developer of the application
key-how-words = Change the address and the key; nothing else in the application moves.
key-headers = Add to each call:
key-header-agent = e-mail address of the agent
key-header-case = reference of the case
authorisation-before = The authorisation can be given when this holds:
authorisation-words = You authorise version { $x } to run, within this scope and until this date.
authorisation-give = Give or renew the authorisation
authorisation-button = Give the authorisation
authorisation-elected = Everything holds. An elected official can give the authorisation.
authorisation-end = Withdraw the authorisation
fact-scope = Scope
fact-signed-by = Signed by
resume-reason = Why the stop can be lifted

# What the register refuses.
refused-unknown = { $x } is not in the register: declare it first.
refused-no-study = This study is not written yet: write it, then have somebody else sign it.
refused-not-owner = Only the person named as owner can accept.
refused-missing = The authorisation cannot be given, this is still missing: { $x }
refused-rules = The rules could not be evaluated, so nothing is recorded. Try again, or report it to whoever runs this site.
mistake-choice = Choose an answer.
mistake-decimal = Write a number greater than zero, such as 1.5.
mistake-address = Write a full address, which begins with https://
mistake-base-url = Write a full address, which ends in /v1
mistake-siret = This SIRET number does not exist: check each of the fourteen digits.
mistake-country = Write the country’s code in two letters, such as FR.
mistake-email = Write an e-mail address, such as first.last@town.example
mistake-person = Nobody has this address here: check it, or leave this field empty.
mistake-email-taken = This address is already somebody’s.
mistake-role = Tick at least one role.
mistake-password = A password has at least { $n } characters: four words will do.
mistake-data-line = Write the kind of data, a colon, then its source: “{ $x }”
mistake-more-than = This number is greater than the number of questions.
mistake-active = There cannot be more active parameters than parameters in all.
mistake-taken = This name is taken: choose another.
mistake-id = Write letters without accents, digits, full stops or hyphens.
mistake-decisions = The tool works in cases: write what may be decided there.
mistake-version = Declare a version first.
mistake-quiz = Question { $n }: this is not the right answer. Read the lesson again, then choose anew.
mistake-quiz-empty = Question { $n }: choose an answer.
done-accepted = Your acceptance is written in the public log.
done-authorised = The authorisation is given. It is written in the public log.
done-ended = The authorisation is withdrawn. The system no longer runs.
done-revoked = The key is withdrawn. No application can use it any more.
done-closed = The account is closed. If this person answered for a system, they no longer do.
done-opened = The account is open again.

# The training and the council’s page.
trainings-lead = What to know before a tool is opened. A certificate holds for one version.
trainings-none = No module is published.
trainings-todo = To do
quiz-closed = The system has no version yet: answers will be taken afterwards.
council-period = { $x } to { $y }
council-suppliers = Those whom we depend on
council-no-supplier = No supplier outside: the administration runs its models itself.
council-checked = Where these figures come from
council-checked-log = { $n ->
    [one] Calls, refusals and energy are counted in the public log, which holds { $n } entry.
   *[other] Calls, refusals and energy are counted in the public log, which holds { $n } entries.
}
council-checked-cases = Decisions and contestations are counted in the cases, which only the administration can read.
council-checked-part = There are too many cases for this page: these figures cover the latest { $n }.
council-observatory = The independent observatory does these sums again
point-stopped = “{ $x }” is stopped. Reason: { $y }
point-ends = “{ $x }”: the authorisation ends on { $y }.
point-study-ends = “{ $x }”: the impact study is no longer valid after { $y }.
point-contract-ends = “{ $x }”: the contract ends on { $y }.
point-late = { $n ->
    [one] One contestation was answered late, or still waits.
   *[other] { $n } contestations were answered late, or still wait.
}

# What everybody reads.
home-title = Keeping the helm of artificial intelligence
home-lead = Our administration lists its artificial intelligence tools here. None is allowed to decide alone.
home-lead-some = Our administration lists its artificial intelligence tools here. Some may decide alone: their page says so.
home-letter = I received a letter
home-letter-words = It carries a code. The code shows what the tool did in your case, and how to ask somebody else to look at it.
home-register-words = All our tools: what they are for, who answers for them, what they do not do.
home-register-open = See the register
home-staff = I work here
home-staff-words = Agents, AI referent and elected officials.
home-workplace = My workspace
home-phone = Rather by telephone?
accessibility-title = Accessibility
accessibility-lead = These pages are made to be read by everybody, on any device.
accessibility-state = Accessibility: not compliant. Nobody outside has audited them yet, and without an audit the law does not allow us to claim better.
accessibility-done = What is done
accessibility-script = Everything works without JavaScript.
accessibility-keyboard = Everything can be done by keyboard, and where you are can always be seen.
accessibility-axe = Each page is checked with the axe tool at every change. It sees part of the defects, not all.
accessibility-phone = Pages fit a screen of 360 points and can be printed.
accessibility-paper = Everything that concerns you also exists by telephone, by post and at the counter.
accessibility-report = Report a difficulty
accessibility-report-words = Tell us what you were looking for and what stopped you. We answer within a week.
accessibility-rights = If we do not answer, you can turn to the Défenseur des droits.
public-does = What it does
public-does-not = What it does not do
public-who = Who answers for it, and how
public-nobody = Nobody for now
public-owner-role = { $x }, owner of the system
public-stopped = This system is stopped. Reason: { $x }
public-study = Impact study valid until
public-until = Authorised until
public-risk = Weight on rights
public-consultation = Consultation
decides-agent-first = An agent. They note their own view before we show them the tool’s proposal.
decides-agent = An agent.
decides-tool = The tool, without a human.
public-report-words = Tell us what is wrong, here, by telephone, by post or at the counter. A person answers you.
history-declared = Entered in the register.
history-changed = The sheet is changed.
history-version = Version { $x } declared.
history-owner = The owner accepted to answer for it.
history-owner-left = The owner left their post.
history-study = Impact study signed, valid until { $x }.
history-notice = What residents are told is published.
history-consultation = { $n ->
    [one] Consultation closed, { $n } contribution.
   *[other] Consultation closed, { $n } contributions.
}
history-evaluated = { $n ->
    [one] Evaluation: { $n } right answer of { $total }.
   *[other] Evaluation: { $n } right answers of { $total }.
}
history-authorised = Authorised until { $x }, for: { $y }
history-ended = Authorisation withdrawn: { $x }
history-stopped = Stopped: { $x }
history-resumed = Stop lifted: { $x }

risk-unassessed-short = Not assessed yet
version-change = What changed
version-change-hint = Since the version before, in one sentence.
version-substantial = Does this change weigh on people?
version-substantial-hint = If so, studies and consultation begin again, and the old authorisation falls.
refused-moved-study = The study changed since you read it. Read it again, then sign.
refused-moved-version = The system changed since you read it, or since its version was declared. Read again, declare a new version if needed, then start over.
refused-substantial = Purpose, risk, automation or data changed: this change weighs on people. Answer “yes” to the question that asks it.
refused-embedded-address = Gouvernail’s own engine has no address: leave this field empty, or say that the model runs elsewhere.
refused-trial = A trial lasts six months at most: choose an earlier end.
refused-consultation = A consultation is already under way, or none is: see where it stands.
refused-closed = This system is closed: declare another one.
history-notice-withdrawn = Notice to residents withdrawn: { $x }
history-consultation-opened = Consultation opened: { $x }
history-consultation-reopened = Consultation reopened: { $x }
history-suspended = Authorisation suspended: a condition no longer holds
history-reinstated = Authorisation restored: every condition holds
history-refused = Use refused by the administration: { $x }
history-retired = End of the system: { $x }
history-oversight = { $n ->
    [one] Human oversight tried: { $n } case judged before the tool
   *[other] Human oversight tried: { $n } cases judged before the tool
}
people-add-hint = You will get a link to hand over: the person chooses their password there, and nobody else knows it.
person-invite = New access link
person-invite-label = New access link for { $x }
access-given = Link of { $x }, shown once. Give it to this person alone, by a message or by hand.
access-given-until = It works once, until { $x }. An old password opens nothing any more. This act is noted, with your name.
access-waits = Link given by { $x }, not used yet, good until { $y }.
access-over = Link given by { $x }, never used, expired on { $y }. Give another one.
invitation-title = Choose your password
invitation-lead = Hello { $x }. Nobody but you will know this password.
invitation-address = You will sign in with the address { $x }.
invitation-password = Password
invitation-password-hint = At least twelve characters. Four words that have nothing in common will do.
invitation-button = Save and enter
invitation-until = This link works once, until { $x }.
invitation-over = This link no longer works
invitation-over-why = It was used already, or it is too old. If you did not choose a password, ask your referent for another link; if you did not use this link, tell them.
start-title = The shortest way
start-why = For a tool that weighs on nobody’s rights: this is what the program proposes. Read it, change what does not suit, save in one go.
start-model = Model: { $x }, which this machine runs. Nothing leaves it.
start-country = Country of this machine
start-person = Owner of the system
start-button = Save these four points
sheet-referent = I am the referent: I steer artificial intelligence here.
scope-everybody = Every department
people-next = Go on to the systems
fact-log = Public log kept
start-telephone = Telephone where a person answers
start-hours = When they answer
start-module = Training of the agents
