quotas-title = Quotas
quotas-link = Quotas : ce qui reste
quotas-lead = Ce que chaque quota permet, et ce qui en est pris dans la période en cours. Un appel pour lequel il ne reste pas assez est refusé, et rien n’est envoyé.
quotas-none = Aucun quota n’est fixé : rien n’est limité.
quotas-how = Ce qu’un appel en cours pourrait prendre est compté d’avance, puis corrigé à la fin. Les quotas se fixent dans la configuration, par qui installe Gouvernail.
quotas-whose = Pour qui
quotas-allowed = Permis
quotas-taken = Pris
quotas-left = Reste
quotas-renewed = Recommence
quotas-exhausted = Rien : les appels sont refusés
quotas-everybody = Toute l’administration
quotas-key = Clé { $x }
quotas-hour = { $x } par heure
quotas-day = { $x } par jour
quotas-month = { $x } par mois
quotas-requests = { $n ->
    [one] { $n } appel
   *[other] { $n } appels
}
quotas-tokens = { $n ->
    [one] { $n } jeton
   *[other] { $n } jetons
}
quotas-euros = { $x } €
quotas-kwh = { $x } kWh
