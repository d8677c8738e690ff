# Ce que toutes les pages partagent.
skip = Aller au contenu
brand = Garder la main sur l’intelligence artificielle
brand-observatory = Vérifier sans demander la permission
logout = Se déconnecter
nav = Navigation principale
nav-systems = Systèmes
nav-register = Registre public
nav-council = Page du conseil
nav-desk = Mes dossiers
nav-training = Formation
nav-code = J’ai reçu un courrier avec un code
footer-promise = Ici, un outil sans mandat est refusé. Et quand un outil sert dans un dossier, la personne concernée doit le savoir.
footer-observatory = Un observatoire indépendant : il ne dépend d’aucune des administrations qu’il suit. Accessibilité : non conforme, faute d’audit.
footer-accessibility = Accessibilité : non conforme
errors-title = { $n ->
    [one] Un point est à corriger
   *[other] { $n } points sont à corriger
}
number = { $n }
proposition = Proposition { $n }
save = Enregistrer
standing-allowed = Autorisé
standing-refused = Refusé : il manque des conditions
standing-stopped = Arrêté
error-status = Erreur { $n }
error-place = Où
error-mend = Que faire
error-nothing-lost = Rien de ce qui était enregistré n’est perdu.
error-home = Revenir à l’accueil
error-bad-request = Nous n’avons pas pu lire ce qui a été envoyé
mend-bad-request = Revenez à la page précédente, vérifiez le formulaire et renvoyez-le.
error-sign-in = Il faut se connecter pour voir cette page
mend-sign-in = Connectez-vous avec votre adresse professionnelle, puis revenez ici.
error-forbidden = Cette page ne vous est pas ouverte
mend-forbidden = Si vous en avez besoin dans votre travail, demandez l’accès à l’entité référente.
error-not-found = Cette page n’existe pas
mend-not-found = Vérifiez l’adresse, ou repartez de l’accueil.
error-too-large = Ce qui a été envoyé est trop volumineux
mend-too-large = Raccourcissez le texte, ou envoyez-le en plusieurs fois.
error-too-many = Trop d’essais en peu de temps
mend-too-many = Attendez quelques minutes, puis recommencez. Vous pouvez aussi nous téléphoner.
error-internal = L’erreur vient de nous
mend-internal = Réessayez. Si elle revient, signalez l’adresse et l’heure à l’entité référente.
error-unavailable = Le service s’est mis en sécurité
mend-unavailable = Il ne peut pas garder trace de ses actes en ce moment, donc il n’agit pas. Réessayez dans quelques minutes.
