# Ce que le public dit : consultations et signalements.
consultations-title = Consultations
consultations-lead = Avant de donner un mandat à un outil, nous vous demandons votre avis. Chaque contribution reçoit une réponse motivée, et tout reste lisible ensuite.
consultations-none = Aucune consultation n’a encore eu lieu.
consultations-open = En cours
consultations-closed = Close
consultations-what = Question posée
consultations-when = Jusqu’à quand
consult-eyebrow = Consultation
consult-until = Vous pouvez contribuer jusqu’au { $x }. Chaque contribution recevra sa réponse au plus tard le { $y }.
consult-ended = Le temps de contribuer a pris fin le { $x }. Chaque contribution recevra sa réponse au plus tard le { $y }.
consult-closed-on = Close le { $x }.
consult-elsewhere = Cette consultation a lieu ailleurs.
consult-elsewhere-link = Lire et contribuer là-bas
consult-elsewhere-read = Lire les contributions et leurs réponses
consult-tool = L’outil : { $x }
consult-why-reopened = Rouverte : { $x }
consult-give = Dire ce que vous en pensez
consult-give-lead = Aucun compte n’est demandé. Une personne lit votre contribution avant qu’elle soit montrée ; si elle est écartée, sa place reste, avec la raison.
consult-words = Votre contribution
consult-words-hint = 5 000 signes au plus. N’écrivez rien de privé : ce texte sera public.
consult-name = Votre nom, ou un prénom
consult-name-hint = Il sera montré avec votre contribution.
consult-email = Votre adresse électronique
consult-email-hint = Jamais publiée. Elle sert à vous prévenir de la réponse, puis elle est effacée trois mois après la clôture.
consult-button = Envoyer ma contribution
consult-phone = Vous préférez parler ? Appelez-nous : une personne écrira votre contribution avec vous.
consult-said = Ce qui a été dit
consult-count = { $n ->
    [one] Une contribution reçue.
   *[other] { $n } contributions reçues.
}
consult-none-received = Aucune contribution reçue.
consult-waiting = { $n ->
    [one] Une contribution attend d’être lue avant d’être montrée.
   *[other] { $n } contributions attendent d’être lues avant d’être montrées.
}
consult-anonymous = Une personne
consult-number = Contribution { $n }
consult-aside = Cette contribution a été écartée. Raison : { $x }
consult-answer = Notre réponse
consult-no-answer = La réponse est due au plus tard le { $x }.
consult-general = Ce que nous en avons retenu
consult-before = Consultations précédentes
consult-too-late = Cette consultation ne prend plus de contributions. Votre texte est resté ici : vous pouvez nous téléphoner.
consult-too-many = Trop d’envois en peu de temps depuis cette connexion. Attendez quelques minutes, puis renvoyez : votre texte est resté ici.
trap-label = Laissez ce champ vide
trap-filled = Ce champ doit rester vide : videz-le, puis renvoyez. Il arrête les programmes qui remplissent tout.
done-received = Merci. Votre contribution est reçue ; une personne la lira avant qu’elle soit montrée.
done-published = La contribution est montrée.
done-aside = La contribution est écartée ; sa place reste, avec la raison.
nav-consultations = Consultations
consultation-go-open = Ouvrir une consultation
consultation-go-answer = Lire et répondre
consultation-go-read = Lire la consultation
fact-closes = Contributions jusqu’au
fact-due = Réponses dues le
fact-received = Contributions reçues
fact-waiting = Sans réponse
fact-elsewhere = A lieu à
consult-desk-lead-none = Posez une question simple. Le public contribue sans compte ; vous lisez, montrez et répondez à chacun. Quand les règles la demandent, aucun mandat n’est donné avant.
consult-desk-lead = Lisez chaque contribution, montrez-la ou écartez-la avec une raison, puis répondez-y. La consultation se clôt quand chacune a sa réponse.
consult-desk-public = Voir la page publique
consult-open-title = Ouvrir la consultation
consult-open-another = Ouvrir une autre consultation
consult-closes = Contributions jusqu’au
consult-closes-hint = Dernier jour compris. Trois semaines laissent le temps de lire et d’en parler.
consult-due = Réponses au plus tard le
consult-due-hint = Après la fin des contributions
consult-url = Elle a lieu ailleurs, à cette adresse
consult-url-hint = Un Decidim, une page de votre site. Vide si elle a lieu ici.
consult-open-button = Ouvrir la consultation
consult-held-elsewhere = Elle a déjà eu lieu ailleurs
consult-held-hint = Inscrivez-en le résultat. Le lien est demandé : chacun doit pouvoir lire les contributions et leurs réponses.
consult-held-link = Adresse des contributions et de leurs réponses
consult-publish = Montrer
consult-set-aside = Écarter
consult-aside-reason = Raison, montrée à la place du texte
consult-aside-hint = « Donnée personnelle d’un tiers », « injure », « sans rapport avec la question »
consult-your-answer = Réponse motivée
consult-your-answer-hint = Ce qui est retenu, ce qui ne l’est pas, et pourquoi
consult-answer-button = Répondre
consult-answer-change = Corriger la réponse
consult-tag-pending = À lire
consult-tag-answer = À répondre
consult-tag-done = Répondue
consult-tag-aside = Écartée
consult-private-email = Adresse, non publiée : { $x }
consult-close-title = Clore la consultation
consult-close-wait = { $n ->
    [one] Une contribution n’a pas encore sa réponse : la consultation ne peut pas être close.
   *[other] { $n } contributions n’ont pas encore leur réponse : la consultation ne peut pas être close.
}
consult-early = Pourquoi clore avant la date annoncée
consult-early-hint = Le public l’attendait jusqu’au { $x } : la raison sera publiée.
consult-early-words = Close avant la date annoncée : { $x }
consult-reopen-title = Rouvrir la consultation
consult-reopen-reason = Pourquoi
consult-reopen-hint = Une contribution oubliée, une réponse qui n’en était pas une : la raison est publique, et la condition tombe jusqu’à la nouvelle clôture.
consult-reopen-due = Réponses au plus tard le
consult-reopen-button = Rouvrir
mistake-due = Les réponses viennent après la fin des contributions : choisissez une date plus lointaine.
report-title = Signaler un problème
report-lead = Une erreur, une gêne, un doute sur cet outil ? Aucun compte n’est demandé. Une personne vous répond sous 30 jours.
report-words = Ce qui s’est passé
report-words-hint = 5 000 signes au plus. Votre texte n’est jamais publié ; il est effacé un an après la réponse.
report-button = Envoyer
report-other = Vous préférez parler ?
report-sent-title = Votre signalement est reçu
report-sent-lead = Une personne vous répond au plus tard le { $x }.
report-code = Votre code pour lire la réponse
report-code-once = Il n’est montré qu’une fois : notez-le maintenant. Il s’entre à la même adresse que le code d’un courrier.
report-code-open = Ouvrir mon signalement
report-mine = Votre signalement
report-about = Sur l’outil : { $x }
report-received = Reçu le { $x }
report-waits = La réponse est due au plus tard le { $x }.
report-is-late = La réponse était due le { $x } : elle est en retard, et ce retard est compté.
report-your-words = Ce que vous avez écrit
report-erased = Ce que vous aviez écrit a été effacé, un an après notre réponse.
report-answered-on = Notre réponse, le { $x }
reports-public = Problèmes signalés et réponses
reports-line = Problèmes signalés : { $x }. En attente d’une réponse : { $y }.
reports-line-late = Réponses en retard ou arrivées en retard : { $x }.
reports-title = Signalements
reports-lead = Les plus anciens d’abord. Chacun attend une réponse ; son auteur la lit avec son code.
reports-none = Aucun signalement n’attend de réponse.
reports-due = Dû le { $x }
reports-late = En retard
reports-summary = Ce qui en est publié
reports-summary-hint = Le problème en une phrase, sans rien de privé : il paraît avec votre réponse sur la page de l’outil. Vide : la réponse n’est lue que par son auteur.
reports-answer = Réponse
reports-answer-hint = Ce qui s’est passé, ce qui est corrigé, et sinon pourquoi
reports-button = Répondre
point-reports = { $n ->
    [one] Un problème signalé attend sa réponse.
   *[other] { $n } problèmes signalés attendent leur réponse.
}
point-reports-late = { $n ->
    [one] Un problème signalé a reçu sa réponse hors délai, ou l’attend encore.
   *[other] { $n } problèmes signalés ont reçu leur réponse hors délai, ou l’attendent encore.
}
