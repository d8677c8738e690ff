# Pages ouvertes à tous : habitant, registre, observatoire.
register-title = Registre des algorithmes
register-lead = Tous les outils d’intelligence artificielle de notre administration, y compris ceux qui sont refusés ou arrêtés.
register-none = Aucun outil n’est inscrit.
register-count = { $n ->
    [one] { $n } outil
   *[other] { $n } outils
}
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
