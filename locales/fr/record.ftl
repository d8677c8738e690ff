# La fiche d’un système, son import et son export.
record-heading = Fiche du registre
record-lead = Ce que le registre dit du système à tout le monde, en sept parties. Rien n’est obligatoire ici : remplissez ce que vous savez.
record-why = Ce que les habitants, les autres registres et les contrôles lisent de ce système, au-delà de ce que les règles demandent.
record-link = Ouvrir la fiche
record-count = { $n } sur { $total }
record-open = Lire et modifier
record-unsaid = Non renseigné
record-review = À relire
record-proposed = Proposé d’après le dossier
record-not-public = Non publié
record-seen = J’ai relu ce champ : il est juste.
record-to-review = { $n ->
    [one] { $n } champ à relire
   *[other] { $n } champs à relire
}
record-to-review-why = Ils viennent d’un autre registre, qui y dit plusieurs choses à la fois ou suit d’autres règles. Corrigez-les, ou dites qu’ils sont justes.
record-filled = { $n ->
    [one] { $n } champ rempli d’après la fiche du fournisseur
   *[other] { $n } champs remplis d’après la fiche du fournisseur
}
record-sheet = Remplir d’après la fiche d’un fournisseur
record-sheet-why = Seuls les champs encore vides sont remplis ; ce que vous avez écrit ne change pas.
record-sheet-label = Fiche du fournisseur
record-sheet-hint = Collez le fichier JSON : une fiche au format néerlandais, britannique, Etalab, européen ou au nôtre.
record-sheet-button = Remplir les champs vides
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
