# Pages de l’administration : référent, agent, élu.
login-title = Se connecter
login-lead = Pour les agents, l’entité référente et les élus.
login-email = Adresse électronique
login-email-hint = Votre adresse professionnelle
login-password = Mot de passe
login-button = Se connecter
login-citizen = Vous n’avez pas besoin de compte pour consulter votre dossier :
workspace-title = Systèmes
workspace-lead = Un système ne fonctionne que si tout ce qui est exigé de lui est vrai maintenant.
workspace-missing = { $n ->
    [one] { $n } condition manquante
   *[other] { $n } conditions manquantes
}
workspace-next = À faire d’abord.
workspace-calls = { $n ->
    [one] { $n } appel passé ce mois-ci
   *[other] { $n } appels passés ce mois-ci
}
workspace-refusals = { $n ->
    [one] { $n } refus
   *[other] { $n } refus
}
workspace-none = Aucun système n’est encore inscrit. Quatre réponses suffisent pour commencer.
workspace-add = Inscrire un système
workspace-purpose = À quoi il sert
workspace-purpose-hint = Un verbe à l’infinitif, en mots simples : « proposer le service qui traitera une demande »
workspace-add-button = Inscrire
system-complete = Toutes les conditions sont réunies. Le système peut fonctionner.
system-dossier = Le dossier
part-fill = Remplir
part-change = Modifier
part-strategy = Stratégie
part-referent = Entité référente
part-owner = Responsable
part-study = Étude d’impact
part-training = Formation
part-contract = Marché et clauses
part-model = Modèle et hébergeur
part-evaluation = Évaluation
part-authorisation = Mandat
why-strategy = Le texte politique, publié, auquel chaque système répond.
why-referent = La personne qui pilote l’intelligence artificielle dans l’administration.
why-owner = La personne qui répond de ce système, et qui l’a accepté.
why-study = Ce que le système peut changer pour les gens, signé par une autre personne que l’auteur.
why-training = Chaque agent se forme avant le premier usage.
why-contract = Ce à quoi le fournisseur est tenu, avec la preuve.
why-model = Quel modèle, sous quelle licence, et qui le fait fonctionner.
why-evaluation = Le plus petit modèle qui réussit l’évaluation propre à ce système.
why-authorisation = Le droit de fonctionner : pour quoi, par qui, jusqu’à quand.
state-held = Réuni
state-begun = Commencé
state-absent = À faire
fact-title = Titre
fact-person = Personne
fact-accepted = Acceptation signée
fact-author = Auteur
fact-until = Valable jusqu’au
fact-certified = Agents formés
fact-reference = Référence du marché
fact-model = Modèle
fact-host = Hébergeur
fact-result = Résultat
field-url = Adresse de publication
field-url-hint = Commence par https://
field-adopted = Date d’adoption
field-email = Adresse électronique
field-referent-hint = Une personne en poste, qui a un compte
field-owner-hint = Elle devra se connecter et accepter d’en répondre
field-until = Valable jusqu’au
owner-accept = J’accepte d’en répondre
owner-accept-hint = Votre acceptation est datée et inscrite au journal public.
study-sign = Signer l’étude
training-open = Ouvrir la formation
model-name-hint = Nom et version, comme le fournisseur les publie
model-licence = Licence des poids
evaluation-passed = Réponses justes
evaluation-total = Questions posées
evaluation-threshold = Seuil
authorisation-scope = Périmètre
authorisation-scope-hint = Quel service, pour quelles demandes
stop-reason = Motif
stop-reason-hint = Une phrase, sans donnée personnelle
stop-button = Arrêter ce système
resume-button = Lever l’arrêt
training-lead = { $n ->
    [one] Une minute de lecture, puis quelques questions.
   *[other] { $n } minutes de lecture, puis quelques questions.
}
training-held = Votre attestation est valable jusqu’au { $x }.
quiz-title = Questions
quiz-pass = Il faut { $n } bonnes réponses sur { $total }. Vous pouvez recommencer.
quiz-button = Envoyer mes réponses
council-title = L’intelligence artificielle dans notre administration
council-points = À discuter
council-systems = Par système
council-calls = Appels
council-refusals = Refus
council-decisions = Décisions touchées
council-energy = Énergie
figure-decisions = { $n ->
    [one] décision où un outil est intervenu
   *[other] décisions où un outil est intervenu
}
figure-departed = { $n ->
    [one] décision qui s’écarte de la proposition
   *[other] décisions qui s’écartent de la proposition
}
figure-contests = { $n ->
    [one] contestation reçue
   *[other] contestations reçues
}
figure-late = { $n ->
    [one] réponse hors délai
   *[other] réponses hors délai
}
figure-trained = { $n ->
    [one] agent formé
   *[other] agents formés
}
figure-energy = énergie consommée
