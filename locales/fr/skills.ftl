# Les savoir-faire à garder.
skills-title = Savoir-faire stratégiques
skills-lead = Ce que nos agents savent faire et que nous voulons garder, quoi que fassent les outils. Les plus rares d’abord.
skills-none = Aucun savoir-faire n’est encore déclaré.
skill-name = Savoir-faire
skill-name-hint = « Connaître les services », « instruire une aide à la main »
skill-why = Pourquoi il compte
skill-why-hint = Ce qui serait perdu avec lui
skill-holders = Combien de personnes l’ont aujourd’hui
skill-held-by = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
skill-safe = Aucun système ne dit le mettre en danger.
skill-at-risk = Systèmes qui le mettent en danger
skill-without = Fait sans l’outil
skill-drill = Dernière journée sans l’outil
skill-add = Déclarer un savoir-faire
skill-add-button = Déclarer
skills-at-risk = Savoir-faire que cet outil met en danger
skills-at-risk-hint = Vide si aucun. La liste de l’administration :
skills-quota = Part des dossiers faits sans l’outil
skills-quota-hint = En pour cent : 20 pour un dossier sur cinq. Vide si aucune.
skills-continuity = Si l’outil s’arrête
skills-continuity-hint = Comment le service continue, dès le jour même
fact-quota = Fait sans l’outil
fact-skills = En danger
fact-drill = Journée sans l’outil
drill-title = Inscrire une journée sans l’outil
drill-hint = Le service a travaillé sans l’outil, exprès, pour savoir qu’il le peut.
drill-on = Quand
drill-until = Cela prouve jusqu’au
drill-until-hint = Un an au plus est raisonnable.
drill-result = Ce que cela a montré
drill-result-hint = Ce qui a tenu, ce qui a manqué, ce qui change
drill-told = Le { $x }, valable jusqu’au { $y }
drill-never = jamais
skills-open = Voir les savoir-faire
