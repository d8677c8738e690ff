leaving-title = Qu’est-ce qui sortirait ?
leaving-lead = Collez une lettre, une note ou un message. Vous verrez ce qui serait caché avant de partir vers un modèle, et ce qui resterait. Rien de ce que vous collez n’est gardé.
leaving-link = Voir, sur un texte, ce qui sortirait
leaving-no-lists = Les listes de noms ne sont pas installées sur cette machine : les noms de tierces personnes peuvent échapper à la recherche. Tout ce qui est douteux est donc caché.
leaving-text = Le texte
leaving-text-hint = 30 000 signes au plus
leaving-host = Où il irait
leaving-host-hint = Chaque hébergeur a ses réglages : ce qui part au loin est caché plus largement.
leaving-here = Cette machine
leaving-elsewhere = Un hébergeur extérieur
leaving-known = Ce que l’application sait de la personne
leaving-known-hint = Comme si elle avait déclaré le dossier : ces valeurs sont cherchées sous toutes leurs formes.
leaving-name = Nom et prénom
leaving-birth = Date de naissance
leaving-other = Autres valeurs
leaving-other-hint = Une par ligne : adresse, téléphone, numéro…
leaving-button = Voir ce qui sortirait
leaving-read = Ce qui sortirait vers : { $x }
leaving-none = Rien de personnel n’a été trouvé : ce texte partirait tel quel.
leaving-count-hidden = { $n ->
    [0] Rien ne serait caché.
    [one] Un passage serait caché.
   *[other] { $n } passages seraient cachés.
}
leaving-count-asked = { $n ->
    [one] Un passage est douteux : rien ne part avant qu’une personne l’ait regardé.
   *[other] { $n } passages sont douteux : rien ne part avant qu’une personne les ait regardés.
}
leaving-your-text = Votre texte
leaving-sent = Le texte qui partirait
leaving-sent-after = Une fois les passages douteux acceptés tels quels :
leaving-why = Pourquoi
leaving-not-sure = Aucune recherche n’est sûre : un nom que rien n’annonce peut rester, et le reste d’une lettre peut suffire à reconnaître quelqu’un. La réponse du modèle revient avec les vraies valeurs, remises à leur place ici.
leaving-kept = gardé
leaving-hidden = caché
leaving-asked = à regarder
label-person = nom
label-birth-date = date de naissance
label-birth-place = lieu de naissance
label-address = adresse
label-phone = téléphone
label-email = adresse électronique
label-nir = numéro de sécurité sociale
label-tax = numéro fiscal
label-bank = compte ou carte bancaire
label-reference = référence d’un dossier
label-literal = texte qui ressemble à une étiquette
label-place-online = adresse de machine ou position
label-other = autre donnée connue
label-number = numéro d’une personne
how-known = l’application le sait
how-identifier = sa forme le dit
how-context = les mots autour le disent
how-names = reconnu comme un nom
how-repeated = trouvé ailleurs dans le texte
how-lookalike = mis de côté pour ne rien confondre
