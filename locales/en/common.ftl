# What every page shares.
skip = Skip to content
brand = Keeping a hand on artificial intelligence
brand-observatory = Checking without asking permission
logout = Sign out
nav = Main navigation
nav-systems = Systems
nav-register = Public register
nav-council = Council page
nav-desk = My cases
nav-training = Training
nav-code = I received a letter with a code
footer-promise = Here, a tool without a mandate is refused. And when a tool is used on a file, the person concerned must know.
footer-observatory = An independent observatory: it depends on none of the administrations that it follows. Accessibility: not compliant, for want of an audit.
footer-accessibility = Accessibility: not compliant
errors-title = { $n ->
    [one] One thing to correct
   *[other] { $n } things to correct
}
number = { $n }
proposition = Proposition { $n }
save = Save
standing-allowed = Allowed
standing-refused = Refused: conditions are missing
standing-stopped = Stopped
error-status = Error { $n }
error-place = Where
error-mend = What to do
error-nothing-lost = Nothing that was saved is lost.
error-home = Back to the start
error-bad-request = We could not read what was sent
mend-bad-request = Go back to the previous page, check the form and send it again.
error-sign-in = You need to sign in to see this page
mend-sign-in = Sign in with your work address, then come back here.
error-forbidden = This page is not open to you
mend-forbidden = If you need it for your work, ask the AI referent for access.
error-not-found = This page does not exist
mend-not-found = Check the address, or start again from the first page.
error-too-large = What was sent is too large
mend-too-large = Shorten the text, or send it in several parts.
error-too-many = Too many attempts in a short time
mend-too-many = Wait a few minutes, then try again. You can also call us.
error-internal = The error is ours
mend-internal = Try again. If it comes back, tell the AI referent the address and the time.
error-unavailable = The service has made itself safe
mend-unavailable = It cannot keep a record of its acts just now, so it does not act. Try again in a few minutes.
