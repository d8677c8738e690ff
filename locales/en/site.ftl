# What the site answers.
login-refused = Unknown address or password. Check the address, then type the password again.
done-saved = It is saved.
done-signed = The signature is in the public log.
done-stopped = The system is stopped. Answers under way are cut.
done-resumed = The stop is lifted.
done-certified = Your certification is recorded. The tool is open to you.
done-decided = The decision is taken. The letter is ready.
done-answered = The answer is recorded.
done-asked = Your request is received. We will call you back.
mistake-empty = This field is empty: fill it in.
mistake-number = Write a whole number between { $n } and { $total }.
mistake-date = Choose a date.
mistake-past = This date is already past: choose a later one.
