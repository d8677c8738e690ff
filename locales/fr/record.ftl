# La fiche d’un système, son import et son export.
record-heading = Fiche du registre
record-lead = Ce que le registre dit du système à tout le monde, en sept parties. Remplissez ce que vous savez. À haut risque, le mandat attend quatre champs : à quoi il sert, ses risques, le contrôle humain, comment contester.
record-why = Ce que les habitants, les autres registres et les contrôles lisent de ce système, au-delà de ce que les règles demandent.
record-link = Ouvrir la fiche
record-count = { $n } sur { $total }
record-open = Lire et modifier
record-unsaid = Non renseigné
record-review = À relire
record-proposed = Prérempli, à accepter
record-not-public = Non publié
record-seen = J’ai relu ce champ : il est juste.
record-to-review = { $n ->
    [one] { $n } champ à relire
   *[other] { $n } champs à relire
}
record-to-review-why = Ils viennent d’un autre registre, qui y dit plusieurs choses à la fois ou suit d’autres règles. Corrigez-les, ou dites qu’ils sont justes.
record-filled = { $n ->
    [one] { $n } champ prérempli d’après le fournisseur
   *[other] { $n } champs préremplis d’après le fournisseur
}
record-sheet = Préremplir d’après la fiche d’un fournisseur
record-sheet-why = Seuls les champs encore vides sont préremplis ; ce que vous avez écrit ne change pas.
record-sheet-label = Fiche au format d’un registre (JSON)
record-sheet-hint = Collez le fichier JSON : une fiche au format néerlandais, britannique, Etalab, européen ou au nôtre.
record-sheet-button = Préremplir les champs vides
record-sheet-unread = Ce texte n’est pas une fiche que nous savons lire. Vérifiez qu’il est entier et que la fiche a un nom.
record-sheet-several = Ce fichier contient { $n } fiches : collez seulement celle de ce système.
record-sheet-nothing = Cette fiche n’apprend rien de plus : tous les champs qu’elle remplit le sont déjà.
record-stale = La fiche a changé entre-temps. Relisez-la, puis refaites votre modification.
record-wrong = { $x } : { $y }
record-public = Fiche détaillée
history-record-many = Fiche complétée : { $n } champs.
history-record = Fiche complétée : { $x }.
register-exports = Pour d’autres registres :
misfit-unknown = Ce champ n’existe pas dans la fiche.
misfit-kind = Cette réponse n’a pas la bonne forme : suivez l’exemple donné, et pour une adresse commencez par https://.
problem-missing = Il manque, et il n’y a pas de fiche sans lui.
problem-not-a-record = Ce n’est pas une fiche.
problem-columns = La ligne a { $n } colonnes au lieu de { $total }.
problem-unknown-word = « { $x } » n’a pas d’équivalent ici : choisissez une valeur.
problem-merged = La source dit plusieurs choses ici : gardez ce qui va dans ce champ.
problem-judged-elsewhere = La source a décidé selon d’autres règles que les nôtres : à décider ici.
import-title = Importer un registre
import-lead = Reprenez les fiches d’un autre registre. Elles sont d’abord vérifiées : rien n’est enregistré avant votre accord.
workspace-import = Vos systèmes sont déjà dans un autre registre ?
import-format = Format
import-text = Contenu du fichier
import-text-hint = Ouvrez le fichier, copiez tout, collez ici. Pour un très gros fichier, demandez à votre service informatique : la commande est « gouvernail register import ».
import-check = Vérifier
import-read = { $n ->
    [one] { $n } fiche lue
   *[other] { $n } fiches lues
}
import-declared = Systèmes nouveaux
import-updated = Fiches mises à jour
import-unchanged = Fiches déjà à jour
import-refused = Fiches refusées
import-rejected = Ce qui est refusé
import-review = Ce qu’il faudra relire
import-place = Où
import-field = Champ
import-reason = Pourquoi
import-records = Fiches
import-nth = fiche { $n }
import-line = ligne { $n }
import-more = { $n ->
    [one] Et { $n } autre.
   *[other] Et { $n } autres.
}
import-caution = Chaque système nouveau est inscrit avec prudence : son risque est à évaluer, une personne décide, et il ne peut pas fonctionner avant son mandat.
import-record = { $n ->
    [one] Enregistrer la fiche
   *[other] Enregistrer les { $n } fiches
}
import-record-good = { $n ->
    [one] Enregistrer seulement la bonne fiche
   *[other] Enregistrer seulement les { $n } bonnes fiches
}
import-done = C’est enregistré. Systèmes nouveaux : { $n }, fiches mises à jour : { $total }.
import-unreadable = Ce texte ne peut pas être lu dans ce format. { $x }
format-nl = Pays-Bas (Algoritmeregister)
format-atrs = Royaume-Uni (ATRS)
format-us = États-Unis (inventaire fédéral 2024, CSV)
format-etalab = France (inventaire Etalab)
format-eu-annex8c = Union européenne (annexe VIII, section C)
format-gouvernail = Gouvernail
record-proposed-count = { $n ->
    [one] { $n } champ prérempli à accepter
   *[other] { $n } champs préremplis à accepter
}
record-accept = J’accepte ce qui est prérempli ici.
record-accepted-by = Accepté par { $x } le { $y }.
record-text-why = Une plaquette, un PDF, un courriel : collez le texte. Ce que le programme y reconnaît est proposé, avec le passage cité.
record-text-link = Coller le texte d’une fiche
record-sheet-json = Une fiche au format d’un autre registre
fix-record = Ouvrir la fiche
source-dossier = Source : ce dossier.
source-uses = Source : les interventions constatées depuis un an.
source-sheet = Source : la fiche du fournisseur (fichier JSON).
source-text = Source : le texte du fournisseur.
proposals-title = { $n ->
    [one] { $n } champ prérempli attend votre accord
   *[other] { $n } champs préremplis attendent votre accord
}
proposals-why = Rien de cela n’est publié ni compté tant que personne ne l’accepte. Votre nom et le jour restent à côté de ce que vous acceptez. Pour changer un champ, écrivez dans la partie où il se trouve, plus bas.
proposals-accept-all = { $n ->
    [one] Accepter le champ
   *[other] Accepter les { $n } champs
}
proposals-accept-chosen = Accepter les champs cochés
proposals-aside = Écarter les champs cochés
proposals-moved = Ce qui est prérempli a changé depuis que vous avez ouvert la page. Relisez, puis recommencez.
proposals-none-chosen = Aucun champ n’est coché. Cochez ceux que vous avez relus.
proposals-of-dossier = Un des champs cochés vient du dossier lui-même : corrigez-le dans le dossier, ou écrivez autre chose dans sa partie.
done-accepted-proposals = Les champs acceptés sont enregistrés dans la fiche.
done-aside-proposals = Les champs écartés ne sont plus proposés.
sheet-title = Lire la fiche d’un fournisseur
sheet-lead = Collez le texte que le fournisseur vous a donné. Le programme propose ce qu’il reconnaît ; rien n’est enregistré dans la fiche avant votre accord.
sheet-text = Texte du fournisseur
sheet-text-hint = Tout le texte, en français ou en anglais, jusqu’à 200 000 caractères, environ quatre-vingts pages. D’un PDF : tout sélectionner, copier, coller ici.
sheet-check = Lire le texte
sheet-new = { $n ->
    [0] Rien de nouveau pour la fiche
    [one] { $n } champ reconnu
   *[other] { $n } champs reconnus
}
sheet-nothing = Aucun champ encore vide n’a été reconnu dans ce texte. Ce qui suit est à lire vous-même.
sheet-new-why = Voici ce qui serait prérempli, avec le passage qui le dit. Vous l’accepterez ensuite, en une fois ou champ par champ.
sheet-propose = { $n ->
    [one] Préremplir ce champ
   *[other] Préremplir ces { $n } champs
}
sheet-left = { $n ->
    [one] { $n } passage non compris
   *[other] { $n } passages non compris
}
sheet-left-why = À lire vous-même : il peut s’y trouver quelque chose d’important. Une phrase reconnue plus haut peut y figurer aussi.
sheet-known = { $n ->
    [one] { $n } champ déjà rempli
   *[other] { $n } champs déjà remplis
}
sheet-known-why = La fiche ou le dossier le disent déjà ; le texte du fournisseur n’y change rien. S’il dit autre chose, corrigez vous-même.
sheet-how = Ce que cette lecture fait, et ne fait pas
sheet-can = Elle sait
sheet-can-labels = lire les titres, les lignes « Nom : valeur » et les tableaux, en français et en anglais ;
sheet-can-words = retrouver dans une phrase un modèle, une licence, un hébergeur, une durée, un numéro de marché ;
sheet-can-quote = citer le passage, et rendre la même chose à chaque fois : il n’y a pas d’IA.
sheet-cannot = Elle ne sait pas
sheet-cannot-understand = comprendre une phrase tournée autrement, ni voir que le fournisseur se trompe ;
sheet-cannot-judge = dire le risque, la base légale ou le responsable : c’est à vous ;
sheet-cannot-file = ouvrir un fichier : collez son texte.
