# Le dossier d’un système, l’administration, les personnes, l’accueil du site.
yes = Oui
no = Non
choose = Choisir…
optional = (facultatif)
declared = Déjà dans le registre :
in-french = En français
in-english = En anglais

# L’espace de travail.
workspace-needs = D’abord, l’administration
workspace-others = { $n ->
    [one] et { $n } autre condition
   *[other] et { $n } autres conditions
}
workspace-until = Mandat jusqu’au { $x }
lack-training = Aucun agent n’est encore formé à cette version.
lack-version = Aucune version n’est déclarée : le mandat porte sur une version précise.
lack-key = Aucune clé n’est en service : aucune application ne peut appeler.

# L’administration.
nav-organisation = Administration
organisation-title = L’administration
organisation-lead = Ce qui vaut pour tous les systèmes : qui nous sommes, ce que nous cherchons, qui pilote.
organisation-sheet = Qui nous sommes
why-organisation = Le nom sous lequel l’administration répond de ses systèmes.
field-siret = SIRET
field-siret-hint = Quatorze chiffres
field-log = Tenez-vous le journal public ?
field-log-hint = Chaque acte y laisse une empreinte que personne ne peut réécrire. Aucun nom n’y figure. Les chercheurs et l’observatoire le lisent.
field-adopted-hint = Jour du vote ou de la signature
field-objectives = Objectifs
field-objectives-hint = Un par ligne. Chaque système devra en servir un ; en reformuler un détache les systèmes qui le servaient.
referent-button = Nommer
referent-left = Personne n’est plus en poste
referent-left-hint = Tant que personne n’est en poste, aucun système ne fonctionne.
fix-organisation = Dire qui nous sommes
fix-log = Tenir le journal
fix-strategy = Publier la stratégie
fix-referent = Nommer la personne
fix-open = Ouvrir

# Les personnes.
people-title = Les personnes
people-lead = Qui peut se connecter, et pour quoi faire. Le nom n’apparaît jamais dans le journal public.
people-open = Voir les personnes
people-count = { $n ->
    [one] { $n } personne
   *[other] { $n } personnes
}
people-add = Ajouter une personne
people-add-button = Ajouter
person-name = Prénom et nom
person-email-hint = Son adresse professionnelle
person-roles = Rôles
person-close = Fermer le compte
person-close-label = Fermer le compte de { $x }
person-open = Rouvrir le compte
person-open-label = Rouvrir le compte de { $x }
person-closed = Compte fermé
role-referent = Entité référente
role-owner = Responsable de système
role-agent = Agent
role-elected = Personne élue
role-inspector = Inspection
may-referent = tient le registre et pilote les systèmes
may-owner = peut répondre d’un système
may-agent = décide sur des dossiers
may-elected = donne les mandats, lit la page du conseil
may-inspector = contrôle de l’extérieur

# Le dossier d’un système.
system-others = { $n ->
    [one] Voir l’autre condition
   *[other] Voir les { $n } autres conditions
}
system-public = Sa page publique
purpose-sentence = Sert à { $x }
state-not-asked = Pas demandé pour ce système
part-sheet = Le système
part-notice = Information des habitants
part-channel = Joindre une personne
part-consultation = Consultation
part-skills = Savoir-faire
part-keys = Clés des applications
part-stop = Arrêt
why-sheet = Ce qu’est le système, à quoi il sert et ce qu’il pèse sur les droits des gens.
why-notice = Ce que lit chaque habitant dont le dossier est passé par l’outil.
why-channel = Un numéro où une personne répond, pour qui n’a pas internet ou préfère parler.
why-consultation = Ce qui a été demandé aux habitants, et la réponse motivée à ce qu’ils ont dit.
why-skills = Comment les agents gardent le savoir-faire que l’outil pourrait leur faire perdre.
why-keys = Une application appelle avec une clé qui ne vaut que pour ce système.
why-stop = Le système s’arrête en une seconde, réponses en cours comprises. L’arrêt, sa levée et leurs motifs sont publics.
fix-sheet = Compléter la fiche
fix-model = Choisir le modèle
fix-owner = Voir le responsable
fix-study = Compléter l’étude
fix-notice = Écrire l’information
fix-channel = Donner un numéro
fix-consultation = Clore la consultation
fix-skills = Écrire le plan
fix-training = Voir la formation
fix-evaluation = Inscrire l’évaluation
fix-contract = Inscrire le marché
fix-keys = Créer une clé
fix-authorisation = Voir le mandat
fix-stop = Examiner l’arrêt
field-name = Nom
field-id = Nom technique
field-purpose-fr = À quoi il sert, en français
field-purpose-en = À quoi il sert, en anglais
field-purpose-en-hint = Pour qui lit la page en anglais
field-objective = Objectif servi
sheet-no-strategy = Un système sert un objectif de la stratégie, et aucune stratégie n’est publiée.
field-risk = Que pèse-t-il sur les droits des gens ?
field-risk-hint = En cas de doute, prenez le degré le plus haut : ce qui est demandé en découle.
risk-low = Rien : il aide à écrire, résumer ou traduire, hors de tout dossier
risk-limited = Un peu : il intervient dans des dossiers sans peser sur un droit
risk-high = Beaucoup : aide sociale, école, emploi, police, ou poids comparable
risk-low-short = Faible
risk-limited-short = Limité
risk-high-short = Fort
field-automation = Qui décide ?
automation-assisted = Un agent décide, l’outil propose
automation-full = L’outil décide seul
field-self-learning = Change-t-il ses propres règles sans validation humaine ?
field-self-learning-hint = Un modèle dont les poids ne bougent pas entre deux versions n’apprend pas seul.
field-sensitive = Traite-t-il des données sensibles ?
field-sensitive-hint = Santé, opinions, religion, origine, vie sexuelle, syndicat, biométrie
field-touches = Intervient-il dans des dossiers d’habitants ?
field-touches-hint = Si oui, chaque personne concernée sera prévenue.
field-decisions = Ce qui peut être décidé dans un dossier
field-decisions-hint = Une possibilité par ligne. Vide si l’outil n’intervient dans aucun dossier.
host-title = Hébergeur
host-none = Aucun hébergeur n’est encore déclaré.
host-add = Déclarer un hébergeur
host-name-hint = Qui fait fonctionner le modèle
host-embedded = Est-ce le moteur embarqué de Gouvernail, chez nous ?
host-embedded-hint = Si oui, rien ne part ailleurs et aucun marché n’est demandé.
host-country = Pays
host-country-hint = Code à deux lettres : FR, DE…
host-url = Adresse de son interface
host-url-hint = Compatible OpenAI, finit par /v1. Vide pour le moteur embarqué.
host-id-hint = Celui de la configuration du serveur ; tiré du nom si vous ne l’écrivez pas.
host-button = Déclarer l’hébergeur
model-add = Déclarer un modèle
model-open = Ses poids sont-ils ouverts ?
model-open-hint = Téléchargeables, sous une licence qui permet de les faire tourner soi-même
model-total = Paramètres en tout
model-billions = En milliards
model-active = Paramètres actifs
model-active-hint = En milliards, pour chaque mot ; le même nombre si tous servent
model-id-hint = Celui que l’application demande ; tiré du nom si vous ne l’écrivez pas.
model-button = Déclarer le modèle
model-changed = La fiche ou le modèle ont changé depuis que cette version a été déclarée. Déclarez une nouvelle version.
version-words = Une version fige la fiche et le modèle. Une nouvelle version demande une nouvelle évaluation, une nouvelle attestation de chaque agent et un nouveau mandat.
version-model = Modèle de cette version
version-label = Numéro de version
version-button = Déclarer cette version
fact-version = Version
open-weights = poids ouverts
closed-weights = poids fermés
licence = licence { $x }
owner-nobody = Personne n’a encore le rôle de responsable.
owner-button = Désigner
owner-left = Cette personne n’est plus en poste
owner-left-hint = Sans responsable, le mandat ne vaut plus.
owner-waiting = pas encore
fact-written = Écrite le
fact-signatory = Signée par
study-months = { $n ->
    [one] Un mois au plus
   *[other] { $n } mois au plus
}
study-too-long = { $n ->
    [one] Une signature vaut un mois au plus : choisissez une date plus proche.
   *[other] Une signature vaut { $n } mois au plus : choisissez une date plus proche.
}
study-own = Vous avez écrit cette étude : une autre personne doit la signer.
study-who-signs = La signature revient au responsable, à un élu ou à l’entité référente, et jamais à l’auteur.
notice-preview = Ce que lit l’habitant
notice-does = Ce que l’outil fait
notice-does-not = Ce qu’il ne fait pas
notice-lines = Une phrase par ligne, adressée à la personne
notice-data = Ce qu’il lit
notice-data-hint = Une donnée par ligne, puis deux-points et sa source : « le texte de votre demande : votre message »
notice-counts = Ce qui compte dans sa proposition
notice-counts-hint = Une phrase par ligne. Vide si rien n’est pondéré.
notice-button = Publier
field-telephone = Téléphone
field-telephone-hint = Une personne y répond, sans menu à touches
field-hours = Quand
field-hours-hint = « du lundi au vendredi, de 9 h à 17 h »
field-question = Question posée aux habitants
field-contributions = Contributions reçues
field-answer = Réponse motivée
field-answer-hint = Ce qui a été retenu, ce qui ne l’a pas été, et pourquoi
consultation-button = Clore la consultation
field-plan = Plan
field-plan-hint = Ce que les agents continuent de faire sans l’outil, à quelle fréquence, et qui le suit
training-module = Module
training-button = Choisir ce module
training-until = jusqu’au { $x }
training-waiting = Pas encore formés :
field-set = Jeu d’évaluation
field-set-hint = Son nom et sa version : « orientation-courrier 2 »
field-smaller = Modèles plus petits qui réussissent aussi
field-smaller-hint = Zéro : celui-ci est donc le plus petit qui convient.
out-of = { $n } sur { $total }
result = Réponses justes : { $x }. Il en fallait { $y }.
contract-no-host = Choisissez d’abord le modèle : le marché couvre son hébergeur.
contract-embedded = L’administration fait fonctionner le modèle elle-même : aucun marché n’est demandé.
contract-with = Marché avec : { $x }
clause-hint = Pour chaque clause, la pièce et l’article du marché. Laissez vide celles qui n’y sont pas : elles ne seront pas comptées.
fact-clauses = Clauses vérifiées
field-key-label = À quoi elle sert
field-key-label-hint = L’application qui appellera
field-key-until = Valable jusqu’au
field-key-person = Clé d’une seule personne : son adresse électronique
field-key-person-hint = Ses appels sont alors toujours les siens ; rien d’autre n’est à indiquer
key-button = Créer la clé
key-once = Votre clé. Elle n’est montrée qu’une fois : copiez-la maintenant.
key-revoke = Retirer
key-revoke-label = Retirer la clé { $x }
key-ended = Finie
key-given = donnée le { $x }, sans date de fin
key-given-until = donnée le { $x }, jusqu’au { $y }
key-withdrawn = donnée le { $x }, retirée le { $y }
key-holder = clé de { $x }
key-opens = Ce que la clé ouvre
key-opens-hint = Une application n’a besoin que de ce qu’elle fait
key-opens-only = n’ouvre que ceci : { $x }
scope-chat = conversations
scope-embeddings = vecteurs pour la recherche
scope-rerank = classement de documents
scope-transcriptions = transcription de la parole
scope-cases = dossiers : les déclarer, les suivre, les nommer dans un appel
scope-agents = dire quel agent est derrière un appel
key-previous = l’ancienne clé fonctionne encore jusqu’au { $x }
key-renew = Renouveler « { $x } » sans interruption
key-renew-days = Jours pendant lesquels l’ancienne clé fonctionne encore
key-renew-hint = De 0 à 90. Le temps de donner la nouvelle à l’application
key-renew-button = Créer la nouvelle clé
key-how = Pour qui développe l’application
key-how-words = Changez l’adresse et la clé ; le reste de l’application ne bouge pas.
key-headers = Ajoutez à chaque appel :
key-header-agent = adresse électronique de l’agent
key-header-case = référence du dossier
authorisation-before = Le mandat pourra être donné quand ceci sera réuni :
authorisation-words = Vous autorisez la version { $x } à fonctionner, dans ce périmètre et jusqu’à cette date.
authorisation-give = Donner ou renouveler le mandat
authorisation-button = Donner le mandat
authorisation-elected = Tout est réuni. Un élu peut donner le mandat.
authorisation-end = Retirer le mandat
fact-scope = Périmètre
fact-signed-by = Signé par
resume-reason = Pourquoi l’arrêt peut être levé

# Ce que le registre refuse.
refused-unknown = { $x } n’est pas dans le registre : déclarez-le d’abord.
refused-no-study = Cette étude n’est pas encore écrite : écrivez-la, puis faites-la signer par une autre personne.
refused-not-owner = Seule la personne désignée comme responsable peut accepter.
refused-missing = Le mandat ne peut pas être donné, il manque encore : { $x }
refused-rules = Les règles n’ont pas pu être évaluées, donc rien n’est inscrit. Réessayez, ou signalez-le à qui exploite ce site.
mistake-choice = Choisissez une réponse.
mistake-decimal = Écrivez un nombre plus grand que zéro, comme 1,5.
mistake-address = Écrivez une adresse complète, qui commence par https://
mistake-base-url = Écrivez une adresse complète, qui finit par /v1
mistake-siret = Ce SIRET n’existe pas : vérifiez chacun des quatorze chiffres.
mistake-country = Écrivez le code du pays en deux lettres, comme FR.
mistake-email = Écrivez une adresse électronique, comme prenom.nom@ville.example
mistake-person = Personne n’a cette adresse ici : vérifiez-la, ou laissez ce champ vide.
mistake-email-taken = Cette adresse est déjà celle de quelqu’un.
mistake-role = Cochez au moins un rôle.
mistake-password = Un mot de passe a au moins { $n } caractères : quatre mots font l’affaire.
mistake-data-line = Écrivez la donnée, deux-points, puis sa source : « { $x } »
mistake-more-than = Ce nombre est plus grand que le nombre de questions.
mistake-active = Les paramètres actifs ne peuvent pas être plus nombreux que tous les paramètres.
mistake-taken = Ce nom est déjà pris : choisissez-en un autre.
mistake-id = Écrivez des lettres sans accent, des chiffres, des points ou des tirets.
mistake-decisions = L’outil intervient dans des dossiers : écrivez ce qui peut y être décidé.
mistake-version = Déclarez d’abord une version.
mistake-quiz = Question { $n } : ce n’est pas la bonne réponse. Relisez la leçon, puis choisissez de nouveau.
mistake-quiz-empty = Question { $n } : choisissez une réponse.
done-accepted = Votre acceptation est inscrite au journal public.
done-authorised = Le mandat est donné. Il est inscrit au journal public.
done-ended = Le mandat est retiré. Le système ne fonctionne plus.
done-revoked = La clé est retirée. Plus aucune application ne peut s’en servir.
done-closed = Le compte est fermé. Si cette personne répondait d’un système, elle n’en répond plus.
done-opened = Le compte est rouvert.

# La formation et la page du conseil.
trainings-lead = Ce qu’il faut savoir avant d’ouvrir un outil. L’attestation vaut pour une version.
trainings-none = Aucun module n’est publié.
trainings-todo = À faire
quiz-closed = Le système n’a pas encore de version : les réponses seront prises ensuite.
council-period = Du { $x } au { $y }
council-suppliers = Ceux dont nous dépendons
council-no-supplier = Aucun fournisseur extérieur : l’administration fait tourner ses modèles elle-même.
council-checked = D’où viennent ces chiffres
council-checked-log = { $n ->
    [one] Les appels, les refus et l’énergie sont comptés dans le journal public, qui porte { $n } inscription.
   *[other] Les appels, les refus et l’énergie sont comptés dans le journal public, qui porte { $n } inscriptions.
}
council-checked-cases = Les décisions et les contestations sont comptées dans les dossiers, que seule l’administration peut lire.
council-checked-part = Il y a trop de dossiers pour cette page : ces chiffres portent sur les { $n } derniers.
council-observatory = L’observatoire indépendant refait ces comptes
point-stopped = « { $x } » est arrêté. Motif : { $y }
point-ends = « { $x } » : le mandat prend fin le { $y }.
point-study-ends = « { $x } » : l’étude d’impact n’est plus valable après le { $y }.
point-contract-ends = « { $x } » : le marché prend fin le { $y }.
point-late = { $n ->
    [one] Une contestation a reçu sa réponse hors délai, ou l’attend encore.
   *[other] { $n } contestations ont reçu leur réponse hors délai, ou l’attendent encore.
}

# Ce que lit tout le monde.
home-title = Garder la main sur l’intelligence artificielle
home-lead = Notre administration inscrit ici ses outils d’intelligence artificielle. Aucun n’est autorisé à décider seul.
home-lead-some = Notre administration inscrit ici ses outils d’intelligence artificielle. Certains peuvent décider seuls : leur page le dit.
home-letter = J’ai reçu un courrier
home-letter-words = Il porte un code. Le code montre ce que l’outil a fait dans votre dossier, et comment demander qu’une autre personne le regarde.
home-register-words = Tous nos outils : à quoi ils servent, qui en répond, ce qu’ils ne font pas.
home-register-open = Voir le registre
home-staff = Je travaille ici
home-staff-words = Agents, entité référente et élus.
home-workplace = Mon espace de travail
home-phone = Plutôt par téléphone ?
accessibility-title = Accessibilité
accessibility-lead = Ces pages sont faites pour être lues par tout le monde, avec n’importe quel appareil.
accessibility-state = Accessibilité : non conforme. Aucun organisme extérieur ne les a encore auditées, et sans audit la loi ne permet pas d’annoncer mieux.
accessibility-done = Ce qui est fait
accessibility-script = Tout fonctionne sans JavaScript.
accessibility-keyboard = Tout se fait au clavier, et l’endroit où l’on se trouve se voit toujours.
accessibility-axe = Chaque page est vérifiée avec l’outil axe à chaque changement. Il voit une partie des défauts, pas tous.
accessibility-phone = Les pages tiennent sur un écran de 360 points et s’impriment.
accessibility-paper = Tout ce qui vous concerne existe aussi par téléphone, par courrier et au guichet.
accessibility-report = Signaler une difficulté
accessibility-report-words = Dites-nous ce que vous cherchiez et ce qui a bloqué. Nous répondons sous une semaine.
accessibility-rights = Sans réponse de notre part, vous pouvez saisir le Défenseur des droits.
public-does = Ce qu’il fait
public-does-not = Ce qu’il ne fait pas
public-who = Qui en répond, et comment
public-nobody = Personne pour l’instant
public-owner-role = { $x }, responsable du système
public-stopped = Ce système est arrêté. Motif : { $x }
public-study = Étude d’impact valable jusqu’au
public-until = Mandat jusqu’au
public-risk = Poids sur les droits
public-consultation = Consultation
decides-agent-first = Un agent. Il note son avis avant que nous lui montrions la proposition de l’outil.
decides-agent = Un agent.
decides-tool = L’outil, sans intervention humaine.
public-report-words = Dites-nous ce qui ne va pas, ici, par téléphone, par courrier ou au guichet. Une personne vous répond.
history-declared = Inscription au registre.
history-changed = La fiche est modifiée.
history-version = Version { $x } déclarée.
history-owner = Le responsable a accepté d’en répondre.
history-owner-left = Le responsable a quitté son poste.
history-study = Étude d’impact signée, valable jusqu’au { $x }.
history-notice = L’information des habitants est publiée.
history-consultation = { $n ->
    [one] Consultation close, { $n } contribution.
   *[other] Consultation close, { $n } contributions.
}
history-evaluated = { $n ->
    [one] Évaluation : { $n } réponse juste sur { $total }.
   *[other] Évaluation : { $n } réponses justes sur { $total }.
}
history-authorised = Mandat donné jusqu’au { $x }, pour : { $y }
history-ended = Mandat retiré : { $x }
history-stopped = Arrêt : { $x }
history-resumed = Arrêt levé : { $x }

risk-unassessed-short = Pas encore évalué
version-change = Ce qui a changé
version-change-hint = Depuis la version précédente, en une phrase.
version-substantial = Ce changement pèse-t-il sur les personnes ?
version-substantial-hint = Si oui, les études et la consultation recommencent, et l’ancien mandat tombe.
refused-moved-study = L’étude a changé depuis que vous l’avez lue. Relisez-la, puis signez.
refused-moved-version = Le système a changé depuis que vous l’avez lu, ou depuis que sa version a été déclarée. Relisez, déclarez une nouvelle version si besoin, puis recommencez.
refused-substantial = La finalité, le risque, l’automatisation ou les données ont changé : ce changement pèse sur les personnes. Répondez « oui » à la question qui le demande.
refused-embedded-address = Le moteur de Gouvernail n’a pas d’adresse : laissez ce champ vide, ou dites que le modèle tourne ailleurs.
refused-trial = Un essai dure six mois au plus : choisissez une fin plus proche.
refused-consultation = Une consultation est déjà en cours, ou aucune ne l’est : regardez où elle en est.
refused-closed = Ce système est clos : inscrivez-en un autre.
history-notice-withdrawn = Information aux habitants retirée : { $x }
history-consultation-opened = Consultation ouverte : { $x }
history-consultation-reopened = Consultation rouverte : { $x }
history-suspended = Mandat suspendu : une condition n’est plus remplie
history-reinstated = Mandat rétabli : toutes les conditions sont remplies
history-refused = Usage refusé par l’administration : { $x }
history-retired = Fin du système : { $x }
history-oversight = { $n ->
    [one] Essai de maîtrise humaine : { $n } dossier jugé avant l’outil
   *[other] Essai de maîtrise humaine : { $n } dossiers jugés avant l’outil
}
people-add-hint = Vous recevrez un lien à lui remettre : la personne y choisit son mot de passe, que personne d’autre ne connaît.
person-invite = Nouveau lien d’accès
person-invite-label = Nouveau lien d’accès pour { $x }
access-given = Lien de { $x }, montré une seule fois. Remettez-le à cette personne seule, par un message ou en main propre.
access-given-until = Il sert une fois, jusqu’au { $x }. Un ancien mot de passe n’ouvre plus rien. Ce geste est noté, avec votre nom.
access-waits = Lien donné par { $x }, pas encore utilisé, valable jusqu’au { $y }.
access-over = Lien donné par { $x }, jamais utilisé, expiré le { $y }. Donnez-en un autre.
invitation-title = Choisir votre mot de passe
invitation-lead = Bonjour { $x }. Personne d’autre que vous ne connaîtra ce mot de passe.
invitation-address = Vous vous connecterez avec l’adresse { $x }.
invitation-password = Mot de passe
invitation-password-hint = Au moins douze caractères. Quatre mots qui n’ont rien à voir font l’affaire.
invitation-button = Enregistrer et entrer
invitation-until = Ce lien sert une fois, jusqu’au { $x }.
invitation-over = Ce lien ne sert plus
invitation-over-why = Il a déjà servi, ou il est trop ancien. Si vous n’avez pas choisi de mot de passe, demandez un autre lien à votre référent ; si vous n’avez pas utilisé ce lien, dites-le-lui.
start-title = Le plus court chemin
start-why = Pour un outil qui ne pèse sur les droits de personne : voici ce que le programme propose. Relisez, changez ce qui ne convient pas, enregistrez en une fois.
start-model = Modèle : { $x }, que cette machine fait fonctionner. Rien ne part ailleurs.
start-country = Pays de cette machine
start-person = Responsable du système
start-button = Enregistrer ces quatre points
sheet-referent = Je suis la personne référente : je pilote l’intelligence artificielle ici.
scope-everybody = Tous les services
people-next = Continuer vers les systèmes
fact-log = Journal public tenu
start-telephone = Téléphone où une personne répond
start-hours = Quand elle répond
start-module = Formation des agents
