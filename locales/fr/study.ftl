# Les études d’impact : les écrire à plusieurs, les lire, les signer, les imprimer.

study-sections = Les parties
study-progress = { $n } sur { $total }
study-missing = { $n ->
    [0] Rien ne manque
    [one] Il manque { $n } réponse
   *[other] Il manque { $n } réponses
}
study-missing-more = { $n ->
    [one] et { $n } autre
   *[other] et { $n } autres
}
study-complete = Toutes les réponses demandées sont là : remettez l’étude à la signature.
study-save = Enregistrer le brouillon
study-hand-over = Remettre à la signature
study-lent = Écrit une seule fois, dans :
study-unanswered = Sans réponse
study-unknown = Inconnu pour l’instant : le produit le mesurera aux premiers usages.
study-measured = mesuré sur les derniers usages
study-figure = entre { $x } et { $y }
study-by = { $x }, le { $y }
study-two-texts = Deux personnes ont répondu en même temps. Choisissez, ou écrivez la réponse ci-dessous.
study-keep-this = Garder cette réponse
study-keep-mine = Garder ce qui est écrit dans le champ ci-dessous
study-disputed = { $n ->
    [one] Deux personnes ont répondu à la même question en même temps. Rien n’est perdu : choisissez plus bas.
   *[other] Deux personnes ont répondu aux mêmes { $n } questions en même temps. Rien n’est perdu : choisissez plus bas.
}
study-level = Niveau : { $x }
study-level-provisional = Provisoire : des réponses manquent encore.
study-level-how = Comment il est calculé
study-points = { $n } points sur { $total }
study-how-visible = Chaque réponse choisie donne ses points. Une question qui n’est pas posée ne compte jamais.
study-how-relief = Quand les protections atteignent { $n } % de leur maximum, { $total } % des points de risque sont gardés.
study-how-lowered = C’est le cas ici : { $n } points deviennent { $total }.
study-how-kept = Ce n’est pas le cas ici.
study-how-total = Le niveau se lit sur { $n } points, de { $total } possibles.
study-history = Tout ce qui a été enregistré
study-history-lead = Chaque enregistrement est gardé : qui, quand, et ce qui a changé. Un ancien peut revenir.
study-history-none = Rien n’est encore enregistré.
study-changes = { $n ->
    [one] { $n } réponse changée
   *[other] { $n } réponses changées
}
study-before = Avant
study-after = Après
study-restore = Reprendre ces réponses
study-restored = Reprend l’enregistrement n° { $x }.
study-note-dispute = En même temps que quelqu’un d’autre, à « { $x } » : { $y }
study-older = Plus anciens
study-back = La page où elle s’écrit
study-read-sign = Lire, imprimer, signer
study-print-hint = Cette page s’imprime depuis votre navigateur, sans les boutons.
study-digest = Empreinte de ce qui est signé
study-sign-what = Vous signez exactement les réponses de cette page. Si elles changent avant votre signature, elle est refusée.
study-signed-on = Signée le
study-return = Renvoyer aux auteurs
study-return-reason = Pourquoi ?
study-return-hint = Ce qui manque ou ne va pas. Les auteurs le lisent ; une signature déjà donnée est retirée.
study-returned = Renvoyée aux auteurs : { $x }
study-outdated = Le système a changé depuis : cette étude ne le couvre plus. Relisez chaque réponse, puis remettez-la à la signature.
study-expired = La signature n’est plus valable. Relisez les réponses, puis faites signer à nouveau.
study-ahead = Le brouillon dit autre chose que ce qui a été remis à la signature.
study-mistake-missing = Il manque : { $x }
study-mistake-dispute = Deux réponses attendent un choix : { $x }
study-state-draft = Brouillon
study-state-to-sign = À signer
study-state-returned = Renvoyée
study-state-signed = Signée
study-state-expired = Signature échue
study-state-outdated = À reprendre
study-row-signed = Signée par { $x }, jusqu’au { $y }
study-row-written = Écrite par { $x }, le { $y }
study-not-asked = Facultative
draft-saved = Enregistré : { $x }
draft-waiting = Enregistrement…
draft-failed = Pas encore enregistré : pas de réponse. Un nouvel essai suit ; votre texte reste sur cette page.
draft-ended = Pas enregistré : votre session est terminée. Votre texte reste sur cette page : identifiez-vous dans un autre onglet.
draft-wrong = Enregistré, sauf une réponse qui ne convient pas : « Enregistrer le brouillon » dit laquelle.
draft-disputed = Enregistré. Quelqu’un a répondu à la même question : « Enregistrer le brouillon » montre les deux textes.
kept-title = Votre session est terminée, votre texte est là
kept-lead = Rien n’est perdu, mais rien n’est encore enregistré. Ne fermez pas cette page.
kept-sign-in = Identifiez-vous dans un autre onglet
kept-then = Revenez ici et enregistrez.
kept-texts = Ce que vous avez écrit
done-handed-over = L’étude est remise à la signature d’une personne qui n’y a pas écrit.
done-returned = L’étude est renvoyée à ses auteurs.
