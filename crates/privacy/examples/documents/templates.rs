//! Sentences of letters, forms and notes. `{S}` is the person of the file, `{T}` another, `{~kind}` what only looks personal.

use crate::people::Drawn;

const OPENINGS: [&str; 8] = [
    "Mairie de {~orgcity}\nService de l'état civil\n\nLe {~date}\n\nMadame, Monsieur,\n",
    "Département - Direction de l'autonomie, {~orgcity}\nAffaire suivie par : {T}\n\n",
    "De : {email}\nObjet : demande du {~date}\n\nBonjour,\n\n",
    "FICHE DE LIAISON\nNom : {S.last}\nPrénom : {S.first}\nNé(e) le : {born}\nÀ : {bornin}\nDomicile : {street}, {home}\nTéléphone : {phone}\n\n",
    "Compte rendu d'entretien du {~date}\nPrésents : {T}, {T}\n\n",
    "{S}\n{street}\n{home}\n\nÀ {~orgcity}, le {~date}\n\n",
    "Tribunal administratif de {~orgcity}\nRequête de {S}\n\n",
    "Caisse d'allocations familiales\nDossier suivi par Mme {T.last}\n\nCher Monsieur {S.last},\n\n",
];
const SENTENCES: [&str; 34] = [
    "Je soussigné(e) {S}, né(e) le {born} à {bornin}, demeurant {street}, {home}, conteste la décision du {~date}. ",
    "Mon numéro de sécurité sociale est le {nir}. ",
    "Vous pouvez me joindre au {phone} ou à l'adresse {email}. ",
    "Le virement de {~amount} doit être fait sur le compte {iban}. ",
    "Mon voisin, {T}, peut en témoigner. ",
    "J'ai rencontré M. {T.last} à l'accueil de {~orgcity}. ",
    "Le docteur {T} a établi le certificat le {~date}. ",
    "Mon employeur, {~org} (SIRET {~siret}), m'a remis l'attestation. ",
    "Ma fille {T}, née le {T.born}, est inscrite à {~school}. ",
    "Les travaux de {~streetpub} durent depuis le {~date}. ",
    "Conformément au {~decree}, le délai est de deux mois. ",
    "En application de l'{~law}, je demande un réexamen. ",
    "La facture {~invoice} s'élève à {~amount}. ",
    "Le véhicule immatriculé {plate} a été enlevé le {~date}. ",
    "Maître {T}, avocate au barreau de {~city}, me représente. ",
    "J'habitais auparavant à {~city} et je travaille désormais à {~city}. ",
    "Le train de {~city} était en retard. ",
    "La sous-préfecture de {~city} ne répond pas au téléphone. ",
    "Il a déménagé vers {~city} en {~date}. ",
    "Une réunion publique se tiendra à {~city}, {~streetpub}, le {~date}. ",
    "Nous avons vu {~commonname} près de l'école. ",
    "La commune de {~orgcity} et celle de {~orgcity} ont signé une convention. ",
    "{T} et {T} étaient présents lors de la visite. ",
    "Mme {T.last} m'a dit de vous écrire. ",
    "Signalement transmis par {T}, assistante sociale. ",
    "L'enfant {S.first} vit chez sa mère, {T}. ",
    "Merci de prévenir {T} au {phone}. ",
    "Le gérant des {~org}, {T}, a refusé. ",
    "Le dossier a été transmis au centre de {~city} le {~date}. ",
    "Je suis né(e) à {bornin} et j'ai grandi à {~city}. ",
    "Une copie a été adressée à {T} (CAF de {~orgcity}). ",
    "Le marché de {~city} est interdit aux poids lourds. ",
    "Rendez-vous fixé le {~date} à {~school}, avec {T}. ",
    "L'entreprise {~org}, installée à {~city}, a obtenu le marché pour {~amount}. ",
];
const CLOSINGS: [&str; 6] = [
    "\n\nJe vous prie d'agréer, Madame, Monsieur, mes salutations distinguées.\n{S}\n",
    "\n\nCordialement,\n{S}\n{phone}\n",
    "\n\nFait à {~orgcity}, le {~date}\n\n{S}\n",
    "\n\nBien à vous,\n{T}\nService instructeur\n",
    "\n\nL'agent instructeur : {T}\n",
    "\n\nMerci d'avance.\n{S.first}\n",
];

/// A beginning, some sentences, an end.
pub fn draw(drawn: &mut Drawn) -> Vec<&'static str> {
    let count = 2 + drawn.below(6);
    let mut sentences = vec![*drawn.one(&OPENINGS)];
    sentences.extend((0..count).map(|_| *drawn.one(&SENTENCES)));
    sentences.push(*drawn.one(&CLOSINGS));
    sentences
}
