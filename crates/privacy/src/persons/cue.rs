//! Words that announce a name, or say that a name is not a person's.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::language::Word;

/// What a word says of the name beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Cue {
    None,
    /// A word of grammar: never a name.
    Stop,
    /// Inside names: de, Le, van …
    Particle,
    /// M., Mme, Maître …: a name follows.
    Civility,
    /// Head of a field or of a role: a name follows a colon.
    Label,
    /// Family, neighbours, those born or dead: a name follows.
    Kin,
    /// A trade or an office: a name may follow.
    Job,
    /// par, chez, selon …: a person may follow.
    By,
    /// né, demeurant …: a person is before.
    Born,
    /// Bonjour, cher …: a first name may follow.
    Greeting,
    /// A street or a public place, named after people.
    Way,
    /// A school, a hall …, named after people.
    Place,
    /// A firm or an association, named after its owner.
    Firm,
    /// The same, after the name: SARL, et fils.
    FirmAfter,
    /// A law or a plan, named after its author.
    Act,
    /// A commune or an area follows.
    Town,
    /// A month, a day: no name beside a number.
    Calendar,
}

use Cue::{Act, Born, By, Calendar, Civility, Firm, FirmAfter, Greeting, Job, Kin, Label, Particle, Place, Stop, Town, Way};

/// Folded words of each kind. Feminine and plural forms are written out when they are irregular; `of` drops a final "s".
const LISTS: &[(Cue, &str)] = &[
    (
        Stop,
        "a au aux avec avant apres alors ainsi afin aussi autre autres avait avez avons aucun aucune bien but c ca car ce ceci cela \
         celle celles celui ces cet cette ceux ci comme comment dans depuis des dont donc donne deja demande doit duquel elle elles en \
         encore entre est et etait ete etes etre eu eux fait faire faut hors ici il ils j je jusqu l leur leurs lors lorsque lui ma \
         mais mes mien moins mon n ne ni non nos notre nous on ont or ou oui pas peu peut plus pourquoi pouvoir pres puis puisque qu \
         quand que quel quelle quelles quels qui quoi rien s sa sans sauf se selon sera seront ses si sien soit son sont sous sur ta \
         te tes toi ton tous tout toute toutes tres trop tu un une vers voici voila vos votre vous y actuellement svp objet sujet \
         merci adresse mobile telephone tel portable fixe courriel email mail date naissance lieu numero no ref reference dossier \
         piece pieces jointe jointes copie service direction bureau mairie page fax cedex bp cs cni nir iban siret siren rcs caf rsa \
         ccas pmi sepa rpps ine note noter lu approuve fin debut suite appel audience carte montant prix total euros eur heures \
         heure jour jours mois an ans annee semaine exemple centre accueil ligne formulaire message cordialement salutations \
         veuillez agreer recevoir prier remerciements remerciement sinceres sincerement bonne journee reception contact contacts \
         coordonnees identite situation urgent confidentiel attestation certificat procuration recepisse declaration avis \
         convocation decision arrete deliberation circulaire decret from to subject cc re fw tr observations obs motif etat civil \
         droit droits code postal compte rendu proces verbal ordre secretariat general generale nationale national france republique \
         francaise liberte egalite fraternite travaux parcelle section lot etage bat batiment appt appartement escalier esc porte hall \
         rdc entree boite lettre lettres recommande permis passeport titre sejour plaque vehicule facture devis contrat bail loyer \
         nationalite profession sexe signature tampon cachet visa oui quartiers",
    ),
    (
        Particle,
        "de du d la le les el al ben bin ibn abd abdel van von der den dem da das do dos di del della dell san santa ten ter mc mac ait ould bou sidi st ste saint sainte lo",
    ),
    (
        Civility,
        "m mr mrs mme mm mmes mlle mlles melle mle monsieur messieurs madame mesdames mademoiselle mesdemoiselles dr dre drs docteur \
         docteure maitre me mes-maitres pr prof professeur professeure soeur frere-superieur abbe colonel capitaine lieutenant \
         adjudant brigadier mgr dame sieur",
    ),
    (
        Label,
        "nom noms prenom prenoms nomprenom nomcomplet nomusage nomnaissance nomdefamille lastname firstname surname name usage usuel \
         demandeur demandeuse demanderesse beneficiaire destinataire expediteur expeditrice interlocuteur interlocutrice allocataire \
         usager usagere administre administree requerant requerante appelant appelante intime intimee defendeur defenderesse \
         adversaire mandataire mandant mandante declarant declarante titulaire signataire soussigne soussignee soussignes \
         patient patiente assure assuree adherent adherente eleve etudiant etudiante apprenti apprentie candidat candidate locataire \
         proprietaire bailleur bailleresse occupant occupante resident residente preneur vendeur acquereur emprunteur garant caution \
         referent referente gestionnaire redacteur redactrice auteur autrice interesse interessee concerne concernee electeur electrice \
         plaignant plaignante victime temoin accompagnant visiteur visiteuse agent instructeur instructrice responsable suivi \
         emetteur personne present presents presente presentes absent absents absente excuse excuses excusee participants participant \
         secretaire rapporteur rapporteure president presidente representant representante legal legaux ayant ayants droit moi \
         nous contribuable redevable payeur debiteur creancier creanciere defunt defunte decede decedee mineur mineure \
         signe interpelle heberge hebergee hebergeant hebergeante nomme nommee appele appelee denomme denommee prenomme surnomme \
         identifiant beneficiaires demandeurs parents inhumation attention",
    ),
    (
        Kin,
        "pere mere papa maman fils fille filles enfant enfants bebe frere soeur oncle tante cousin cousine neveu niece grand-pere \
         grand-mere grands-parents parent mari femme epoux epouse conjoint conjointe concubin concubine compagnon compagne partenaire \
         pacse pacsee veuf veuve divorce divorcee nee ne famille familles consorts feu feue voisin voisine ami amie amis heritier \
         heritiere jumeau jumelle jumeaux tuteur tutrice curateur curatrice beau-pere belle-mere gendre bru colocataire collegue \
         camarade couple mariage ex beau-frere belle-soeur petit-fils petite-fille marraine parrain orphelin pupille",
    ),
    (
        Job,
        "plombier plombiere electricien electricienne medecin infirmier infirmiere puericulteur puericultrice assistant assistante \
         educateur educatrice conseiller conseillere avocat avocate notaire huissier commissaire juge greffier greffiere expert \
         experte architecte geometre maire adjoint adjointe elu elue directeur directrice prefet prefete chef cheffe instituteur \
         institutrice enseignant enseignante professeur animateur animatrice atsem officier gardien gardienne concierge policier \
         gendarme agent technicien technicienne pharmacien pharmacienne dentiste kinesitherapeute sage-femme psychologue psychiatre \
         pediatre orthophoniste travailleur social sociale mediateur mediatrice traducteur interprete comptable tresorier tresoriere \
         employeur patron patronne salarie salariee collaborateur collaboratrice stagiaire macon peintre menuisier chauffeur \
         conducteur conductrice artisan commercant agriculteur exploitant gerant gerante syndic coordinateur coordinatrice \
         maternelle traitant traitante referente chirurgien veterinaire cure pasteur imam rabbin sculpteur auxiliaire aide nourrice",
    ),
    (
        By,
        "par pour chez avec selon contre envers signe concernant passage rappeler contacter appeler joindre prevenir voir remplace remplacant cest merci",
    ),
    (
        Born,
        "ne nee nes demeurant domicilie domiciliee domicilies habitant habite reside residant sise age agee ddn dn soussigne denomme \
         titulaire decede decedee naissance epouse",
    ),
    (Greeting, "bonjour bonsoir cher chere chers cheres salut coucou hello bjr"),
    (
        Way,
        "rue avenue av ave boulevard boul bd bld bvd place pl allee allees impasse imp chemin ch che route rte quai cours cour square sq \
         passage pass ruelle sentier sente venelle villa cite esplanade promenade rond-point rond point pont quartier faubourg fbg fg \
         lotissement lot hameau lieu-dit lieudit lieu dit residence res clos mail parvis voie traverse montee cote parking arret \
         bus station gare metro tramway tram r za zac zi immeuble domaine parc jardin jardins carrefour galerie porte terrasse \
         degre escalier placette porte chaussee rocade corniche",
    ),
    (
        Place,
        "ecole ecoles college lycee lep universite faculte fac institut gymnase stade piscine salle espace mediatheque bibliotheque \
         theatre cinema musee hopital clinique chu ehpad creche maternite halte halte-garderie garderie foyer maison centre \
         complexe amphitheatre auditorium conservatoire campus ludotheque dojo boulodrome cimetiere eglise chapelle cathedrale \
         basilique mosquee temple fondation fonds prix tour pole palais internat iut residence hotel camping groupe scolaire \
         primaire elementaire maternelle autonomie patinoire hippodrome observatoire crematorium caserne barrage port aeroport",
    ),
    (
        Firm,
        "societe ste entreprise ets etablissement etablissements cabinet sarl sas sasu eurl sa sci scp selarl garage boulangerie \
         patisserie boucherie pharmacie restaurant bar cafe brasserie agence association asso club banque assurance assurances \
         mutuelle groupe imprimerie editions librairie magasin transports taxi taxis ambulances laboratoire menuiserie plomberie \
         maconnerie chauffage couverture funebres funeraire pompes coiffure salon syndicat office etude compagnie ferme domaine \
         fromagerie fleuriste jardinerie quincaillerie carrosserie auto-ecole opticien optique maison freres scierie cooperative",
    ),
    (
        FirmAfter,
        "sa sarl sas sasu eurl sci scp selarl btp immobilier immobiliere associes freres transports batiment holding industrie \
         industries services conseil international distribution habitat gmbh ltd inc consulting assurances automobiles construction \
         constructions toulouse",
    ),
    (
        Act,
        "loi lois accord accords plan dispositif amendement rapport circulaire jurisprudence arret methode echelle indice syndrome maladie prime certificat bareme code grenelle",
    ),
    (
        Town,
        "commune communes ville villes village barreau tribunal prefecture sous-prefecture departement region canton arrondissement \
         agglomeration metropole gare aeroport cour habitant vit parti partie fait",
    ),
    (
        Calendar,
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi \
         samedi dimanche noel paques toussaint pentecote ascension ete hiver automne printemps",
    ),
];

/// Words long enough that one wrong letter still leaves them readable.
const FUZZY: usize = 6;

static CUES: LazyLock<HashMap<Vec<u8>, Cue>> = LazyLock::new(|| {
    let mut cues = HashMap::new();
    for (cue, words) in LISTS {
        for word in words.split_ascii_whitespace().map(|word| word.replace('-', "")) {
            cues.entry(word.into_bytes()).or_insert(*cue);
        }
    }
    cues
});

/// The cues with one letter less, for words with one wrong, missing, added or exchanged letter.
static NEAR: LazyLock<HashMap<Vec<u8>, Cue>> = LazyLock::new(|| {
    let mut near = HashMap::new();
    for (word, cue) in CUES.iter().filter(|(word, _)| word.len() >= FUZZY) {
        for shorter in without_one(word) {
            near.entry(shorter).or_insert(*cue);
        }
        near.insert(word.clone(), *cue);
    }
    near
});

/// The spellings with one letter less.
pub(super) fn without_one(word: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..word.len()).map(|at| [&word[..at], &word[at + 1..]].concat())
}

/// What a folded word announces. A word that no list knows is read with a typing error.
pub(super) fn of(folded: &[u8], word: &Word) -> Cue {
    if let Some(cue) = CUES.get(folded) {
        return *cue;
    }
    if let Some(single) = folded.strip_suffix(b"s").filter(|single| single.len() > 3)
        && let Some(cue) = CUES.get(single)
        && !matches!(cue, Cue::Stop | Cue::Particle)
    {
        return *cue;
    }
    let unknown = word.ordinary == 0 && word.first == 0 && word.surname < 6;
    if !unknown || !(FUZZY..=FUZZY * 3).contains(&folded.len()) {
        return Cue::None;
    }
    NEAR.get(folded).copied().or_else(|| without_one(folded).find_map(|shorter| NEAR.get(&shorter).copied())).unwrap_or(Cue::None)
}

/// A word of grammar or of forms, even when no list of ordinary words is there.
pub(super) fn names_nobody(cue: Cue) -> bool {
    !matches!(cue, Cue::None | Cue::Particle)
}
