# Pages ouvertes à tous : habitant, registre, observatoire.
register-title = Registre des algorithmes
register-lead = Tous les outils d’intelligence artificielle de notre administration, y compris ceux qui sont refusés ou arrêtés.
register-none = Aucun outil n’est inscrit.
register-count = { $n ->
    [one] { $n } outil
   *[other] { $n } outils
}
register-search = Chercher un outil par son nom ou son usage
register-search-button = Chercher
register-found = { $n ->
    [0] Aucun outil ne répond à cette recherche.
    [one] { $n } outil répond à cette recherche.
   *[other] { $n } outils répondent à cette recherche.
}
register-all = Voir tous les outils
register-system = Outil
register-standing = État
register-touched = Interventions cette année
register-data = Données ouvertes (JSON)
public-owner = Qui en répond
public-decides = Qui décide
public-data = Données lues
public-history = Son histoire
public-report = Signaler un problème
observatory-title = Ce que nous avons vérifié
observatory-lead = Nous suivons les journaux publics des administrations et refaisons les comptes. Un silence est montré comme un silence.
observatory-logs = { $n ->
    [one] journal suivi
   *[other] journaux suivis
}
observatory-entries = { $n ->
    [one] inscription vérifiée
   *[other] inscriptions vérifiées
}
observatory-checks = Dernières vérifications
observatory-log = Vérification
observatory-result = Résultat
observatory-when = Quand
outcome-held = Vérifié
outcome-broken = Rompu
outcome-silent = Silence
observatory-yourself = Vérifier vous-même
observatory-yourself-words = Avec cette clé publique, tout outil conforme aux spécifications C2SP vérifie nos signatures.
propositions-nav = Nos règles
propositions-title = Les quinze propositions, et nos règles
propositions-lead = Un outil d’intelligence artificielle ne fonctionne ici que si tout ce qui suit est vrai au moment où l’on s’en sert.
propositions-how = Chaque ligne est une règle que l’ordinateur vérifie lui-même. Elle ne concerne que les outils qu’elle vise. Tant qu’elle n’est pas respectée, l’outil refuse et le dit avec ces mots.
propositions-count = { $n ->
    [one] { $n } règle
   *[other] { $n } règles
}
propositions-missing = Ce qui est dit quand cela manque
propositions-source = Source
propositions-since = Depuis le
propositions-until = jusqu’au { $x }
propositions-gates = Vérifié avant
propositions-own = Choix de notre administration
propositions-choice = La proposition elle-même
propositions-tests = Les essais qui le montrent, dans le code du logiciel
gate-trial = l’essai
gate-service = la mise en service
gate-call = chaque appel
