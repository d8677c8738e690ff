# L’observatoire : ce qu’il vérifie et ce qu’il trouve.
check-news = Nouvelles du journal
check-history = Aucune inscription retirée ni changée
check-forms = Chaque inscription a une forme connue
check-tallies = Les totaux publiés égalent les inscriptions
held-news = Le journal répond. { $n ->
    [one] Nous avons contresigné { $n } inscription.
   *[other] Nous avons contresigné { $n } inscriptions.
}
held-history = { $n ->
    [one] { $n } inscription relue : rien n’y a changé.
   *[other] { $n } inscriptions relues : la suite prolonge la précédente.
}
held-forms = { $n ->
    [one] { $n } inscription lue. C’est un engagement, qui ne dit rien d’une personne, ou une déclaration publique.
   *[other] { $n } inscriptions lues. Ce sont des engagements, qui ne disent rien d’une personne, ou des déclarations publiques.
}
held-tallies = { $n ->
    [one] Un total recalculé, aucun écart.
   *[other] { $n } totaux recalculés, aucun écart.
}
finding-no-answer = Le journal ne répond pas ({ $x }).
finding-missing = Il manque un fichier au journal ({ $x }).
finding-not-renewed = Rien de nouveau depuis le { $x }.
finding-withheld = Le journal montre { $n } inscriptions, nous en avions contresigné { $total }.
finding-checkpoint = La signature du journal est refusée : { $x }
finding-shrunk = Le journal est passé de { $total } à { $n } inscriptions.
finding-forked = Le journal ne prolonge pas les { $n } inscriptions que nous avions contresignées.
finding-rewritten = Les { $n } premières inscriptions ne sont plus celles que nous avions lues.
finding-altered = Un fichier du journal a été modifié ({ $x }).
finding-root = Les { $n } inscriptions ne correspondent pas à la signature.
finding-form = L’inscription numéro { $n } n’a aucune forme connue.
tally-unreadable = Le total à l’inscription { $n } est illisible.
tally-range = Le total à l’inscription { $n } compte des inscriptions qui ne le précèdent pas.
tally-gap = Le total à l’inscription { $n } ne suit pas le précédent.
tally-sum = Le total à l’inscription { $n } n’est pas égal aux inscriptions.
