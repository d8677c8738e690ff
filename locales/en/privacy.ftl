leaving-title = What would leave?
leaving-lead = Paste a letter, a note or a message. You will see what would be hidden before it leaves for a model, and what would stay. Nothing that you paste is kept.
leaving-link = See, on a text, what would leave
leaving-no-lists = The lists of names are not installed on this machine: names of third persons may escape the search. So all that is in doubt is hidden.
leaving-text = The text
leaving-text-hint = 30,000 characters at most
leaving-host = Where it would go
leaving-host-hint = Each host has its settings: more is hidden in what goes far.
leaving-here = This machine
leaving-elsewhere = An outside host
leaving-known = What the application knows of the person
leaving-known-hint = As if it had declared the file: these values are looked for in all their forms.
leaving-name = Full name
leaving-birth = Date of birth
leaving-other = Other values
leaving-other-hint = One a line: address, telephone, number…
leaving-button = See what would leave
leaving-read = What would leave for: { $x }
leaving-none = Nothing personal was found: this text would leave as it is.
leaving-count-hidden = { $n ->
    [0] Nothing would be hidden.
    [one] One passage would be hidden.
   *[other] { $n } passages would be hidden.
}
leaving-count-asked = { $n ->
    [one] One passage is in doubt: nothing leaves before somebody has looked at it.
   *[other] { $n } passages are in doubt: nothing leaves before somebody has looked at them.
}
leaving-your-text = Your text
leaving-sent = The text that would leave
leaving-sent-after = Once the passages in doubt are accepted as they are:
leaving-why = Why
leaving-not-sure = No search is sure: a name that nothing announces may stay, and the rest of a letter may be enough to recognise somebody. The model’s answer comes back with the true values, put back here.
leaving-kept = kept
leaving-hidden = hidden
leaving-asked = to be looked at
label-person = name
label-birth-date = date of birth
label-birth-place = place of birth
label-address = address
label-phone = telephone
label-email = e-mail address
label-nir = social security number
label-tax = tax number
label-bank = bank account or card
label-reference = reference of a file
label-literal = text that looks like a label
label-place-online = machine address or position
label-other = other known value
label-number = number of a person
how-known = the application knows it
how-identifier = its form says so
how-context = the words around say so
how-names = recognised as a name
how-repeated = found elsewhere in the text
how-lookalike = set aside so that nothing is mixed up
