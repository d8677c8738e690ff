//! What ordinary words say about what stands beside them. Folded: no accents, no capitals.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::BitOr;
use std::sync::LazyLock;

use crate::Label;
use crate::fold::fold;

/// What a word may mean: a set, empty for most words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Meaning(u64);

impl Meaning {
    pub(crate) const NONE: Self = Self(0);
    /// Kind of a way: "rue", "avenue".
    pub(crate) const WAY: Self = Self(1 << 32);
    /// A place that needs no number: "lieu-dit", "hameau".
    pub(crate) const HAMLET: Self = Self(1 << 33);
    /// A part of a building, or a box: "bâtiment", "étage", "BP".
    pub(crate) const BUILDING: Self = Self(1 << 34);
    /// A small word inside names of ways and towns: "de", "la", "sur".
    pub(crate) const PARTICLE: Self = Self(1 << 35);
    /// A word of grammar, or a verb that follows an address: no name goes on across it.
    pub(crate) const STOP: Self = Self(1 << 36);
    /// "né", "naissance".
    pub(crate) const BORN: Self = Self(1 << 37);
    /// A date beside it is no date of birth: "décédé", "signé".
    pub(crate) const EVENT: Self = Self(1 << 38);
    /// A number beside it belongs to a thing or an organisation: "facture", "décret".
    pub(crate) const AGAINST: Self = Self(1 << 39);
    /// An address follows: "demeurant", "domicile".
    pub(crate) const HOME: Self = Self(1 << 40);
    /// What is counted is no postcode: "euros", "habitants".
    pub(crate) const UNIT: Self = Self(1 << 41);
    /// A number in letters: "douze", "mille".
    pub(crate) const NUMERAL: Self = Self(1 << 42);
    /// A relative: "fils", "conjointe".
    pub(crate) const FAMILY: Self = Self(1 << 43);
    /// "lieu", "commune", "ville": of birth, or of an organisation.
    pub(crate) const TOWN: Self = Self(1 << 44);
    /// After a number of a way: "bis", "ter".
    pub(crate) const REPEAT: Self = Self(1 << 45);
    /// "numéro", "n", "identifiant": it says nothing of its own.
    pub(crate) const NUMBER: Self = Self(1 << 46);

    /// A number of this kind stands beside the word.
    pub(crate) const fn trigger(label: Label) -> Self {
        Self(1 << label as u64)
    }

    const fn month(number: u64) -> Self {
        Self(number << 60)
    }

    /// January is 1.
    pub(crate) fn as_month(self) -> Option<u8> {
        u8::try_from(self.0 >> 60).ok().filter(|month| *month > 0)
    }

    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) const fn triggers(self, label: Label) -> bool {
        self.has(Self::trigger(label))
    }

    /// True when it announces a number of any kind.
    pub(crate) const fn is_trigger(self) -> bool {
        self.0 & 0xffff_ffff != 0
    }
}

impl BitOr for Meaning {
    type Output = Self;
    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Words by their meaning. A word may stand in several lines.
const WORDS: &[(Meaning, &str)] = &[
    (
        Meaning::WAY,
        "rue avenue boulevard allee allees impasse chemin place route quai cours square passage sentier sente venelle ruelle \
        promenade esplanade mail traverse montee levee cite clos villa faubourg rond-point rondpoint chaussee cote residence lotissement \
        lot domaine parc voie quartier hameau lieudit galerie parvis porte rampe degre escaliers boucle rocade corniche cour \
        chemins rues r av ave bd bvd bld boul blvd pl all imp ch che chem rte res lotis sq crs fg fbg pass prom vc cite-jardin \
        ruisseau carrefour cale digue mas coteau coursive enclos peristyle terrasse via camin carriera plan pre sentes \
        zone za zi zac hlm ensemble immeuble",
    ),
    (
        Meaning::HAMLET,
        "lieudit lieu-dit hameau ham ld lot lotissement residence res domaine ferme chateau moulin mas bourg manoir villa quartier cite",
    ),
    (
        Meaning::BUILDING,
        "bat bât batiment esc escalier appt appart apt appartement apptt etage etg porte pte residence res rez rdc immeuble imm \
        tour bloc entree hall chambre ch bp cs tsa logt logement boite bal digicode interphone studio lot pavillon villa palier couloir sous-sol",
    ),
    (Meaning::PARTICLE, "de du des la le les l d sur sous en lez aux a au et saint sainte st ste es dc dcs lc lcs"),
    (
        Meaning::STOP,
        "est sont etait etaient a ont avait aura avec pour sans dans chez qui que qu quoi dont ou mais donc car ni par depuis \
        alors lorsque quand comme puis ainsi un une mon ma mes ton sa ses son leur leurs notre nos votre vos ce cet cette ces il elle ils elles \
        on je j nous vous tu c n y ne pas plus affiche presente compte comprend loue occupe reste doit peut va vient fait vit demande souhaite \
        sollicite declare donne soussigne soussignee demeurant domicilie domiciliee residant reside habite habitant tel telephone tph mail email \
        courriel portable mobile mandat date objet merci bonjour cordialement afin suite selon vers jusqu entre apres avant pendant bien \
        monsieur madame mme mlle m mr me dr nationalite profession numero no ref reference nee ne fils fille epouse epoux conjoint cedex \
        aussi ensuite parce lequel laquelle duquel seront sera serait avaient etre avoir travaux travaille titulaire agissant \
        beneficie percoit dispose recoit souffre attend refuse accepte conteste confirme signale informe prie autorise mandate necessite subit",
    ),
    (
        Meaning::BORN,
        "ne nee nes nees naissance naiss ddn dn naissances natif native datenaissance datedenaissance datnaiss dtnaiss birthdate \
        dateofbirth dob birth born birthday nelel nele neele neea nea lieunaissance lieudenaissance communenaissance villenaissance birthplace",
    ),
    (
        Meaning::EVENT,
        "decede decedee deces mort morte mariee maries mariage pacs divorce divorcee separe separee entre entree arrive arrivee \
        depuis signe signee delivre delivree expire expirant valable recu recue courrier facture acte extrait copie declaration audience jugement \
        embauche contrat debut fin echeance rendez-vous rdv reunion visite convocation circulaire decret arrete loi arretee acquise acquis depose \
        deposee demande dossier fait etabli etablie publie publiee notifie notifiee date-limite hospitalise hospitalisee installe installee",
    ),
    (
        Meaning::AGAINST,
        "facture factures avis rcs siren siret decret decrets loi lois arrete arretes deliberation deliberations circulaire circulaires \
        article articles art ordonnance directive reglement jugement parcelle parcelles section cadastre cadastrale cadastrales marche marches devis \
        commande commandes finess uai rne ape naf tva compteur bordereau titre recommande recommandee lrar lr colis suivi isbn issn ean gtin \
        lot devise kbis greffe registre police bulletin rapport note annexe tableau chapitre page pages ligne modele formulaire cerfa \
        pv proces-verbal ticket mandat convention budget imputation engagement amende contravention pc dp pa pd cu construire amenager demolir lotir declaration prealable \
        version serie rna waldec duns eori bodacc jorf nor insee-commune millesime",
    ),
    (
        Meaning::HOME,
        "demeurant domicilie domiciliee domicilies reside residant residente habite habitant adresse domicile sis sise demeure logeant \
        loge logee dort vit vivant vivent heberge hebergee adr address residons habitons habitent vivons logeons adressepostale",
    ),
    (
        Meaning::UNIT,
        "euro euros eur habitants hab personnes logements foyers km kms metres metre m m2 m3 kg tonnes ha hectares heures h jours mois \
        ans pages voix electeurs eleves exemplaires kwh dossiers demandes agents f francs unites places points litres",
    ),
    (
        Meaning::NUMERAL,
        "premier un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante \
        cinquante soixante cent cents mille mil vingts et unieme",
    ),
    (
        Meaning::FAMILY,
        "enfant enfants fils fille filles conjoint conjointe epoux epouse mari femme frere soeur pere mere parent parents petit-fils \
        partenaire concubin concubine compagnon compagne ayants droit mineur mineure mineurs foyer fratrie jumeaux",
    ),
    (Meaning::TOWN, "lieu commune ville pays departement localite village"),
    (Meaning::REPEAT, "bis ter quater quinquies b t a c d"),
    (Meaning::NUMBER, "n no num numero numeros nro id identifiant identifiants matricule ref reference code nr"),
    (
        Meaning::trigger(Label::Nir),
        "nir nia secu securite ss insee vitale ameli cpam immatriculation assure assuree ssn numerosecu numsecu nss ins numss",
    ),
    (
        Meaning::trigger(Label::TaxNumber),
        "spi fiscal fiscale impot impots dgfip contribuable declarant foyerfiscal numerofiscal numfiscal",
    ),
    (Meaning::trigger(Label::CafNumber), "caf allocataire allocataires cnaf numerocaf numallocataire alloc prestations msa"),
    (Meaning::trigger(Label::JobSeekerNumber), "emploi ft poleemploi francetravail assedic pe kairos travail"),
    (
        Meaning::trigger(Label::StudentNumber),
        "ine bea etudiant etudiante eleve scolarite rnie diplome lyceen lyceenne apprenti apprentie ina bachelier parcoursup crous",
    ),
    (
        Meaning::trigger(Label::ForeignerNumber),
        "agdref etranger etrangers etrangere sejour resident recepisse anef ofii vls aps ofpra titredesejour numeroetranger",
    ),
    (Meaning::trigger(Label::IdentityCard), "cni cnie identite cin numerocni carteidentite"),
    (Meaning::trigger(Label::Passport), "passeport passeports passport"),
    (Meaning::trigger(Label::DrivingLicence), "permis conduire conducteur neph conductrice permisconduire"),
    (
        Meaning::trigger(Label::Plate),
        "vehicule vehicules immatricule immatriculee immatriculation plaque plaques voiture auto automobile moto scooter \
        grise camion camionnette fourgon fourgonnette utilitaire berline stationne stationnee renault peugeot citroen dacia clio twingo megane \
        volkswagen toyota ford fiat opel nissan cyclomoteur remorque caravane camping-car velomoteur immat",
    ),
    (Meaning::trigger(Label::Rpps), "rpps medecin docteur dr praticien infirmier infirmiere pharmacien pharmacienne sage-femme"),
    (Meaning::trigger(Label::Adeli), "adeli infirmier infirmiere psychologue orthophoniste kinesitherapeute kine osteopathe"),
    (Meaning::trigger(Label::Iban), "iban rib compte prelevement virement bic bancaire bancaires sepa"),
    (Meaning::trigger(Label::PaymentCard), "carte cb visa mastercard bleue bancaire amex carde"),
    (
        Meaning::trigger(Label::Phone),
        "tel tél telephone telephonique telephoniques tph portable mobile fixe fax gsm appeler rappeler appelez rappelez appel \
        joindre joignable contacter contact contacts sms whatsapp phone telecopie telecopieur ligne coordonnees port mob composer composez standard numero",
    ),
    (Meaning::trigger(Label::IpAddress), "ip ipv4 ipv6 connexion"),
    (Meaning::trigger(Label::Reference), "dossier reference references ref refs refer demande affaire requete instance"),
    (Meaning::month(1), "janvier janv jan"),
    (Meaning::month(2), "fevrier fevr fev"),
    (Meaning::month(3), "mars"),
    (Meaning::month(4), "avril avr"),
    (Meaning::month(5), "mai"),
    (Meaning::month(6), "juin"),
    (Meaning::month(7), "juillet juil juill"),
    (Meaning::month(8), "aout"),
    (Meaning::month(9), "septembre sept sep"),
    (Meaning::month(10), "octobre oct"),
    (Meaning::month(11), "novembre nov"),
    (Meaning::month(12), "decembre dec"),
];

/// FNV: the words are ours, and short.
#[derive(Clone)]
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

static TABLE: LazyLock<HashMap<Vec<u8>, Meaning, BuildHasherDefault<Fnv>>> = LazyLock::new(|| {
    let mut table: HashMap<Vec<u8>, Meaning, _> = HashMap::default();
    for (meaning, words) in WORDS {
        for word in words.split_whitespace() {
            let folded = crate::fold::folded(word).into_bytes();
            let held = table.entry(folded).or_default();
            *held = *held | *meaning;
        }
    }
    table
});

/// A word of the table that is long enough for a letter to be wrong.
struct Long {
    letters: u32,
    word: &'static [u8],
    meaning: Meaning,
}

static LONG: LazyLock<Vec<Long>> = LazyLock::new(|| {
    let long = TABLE.iter().filter(|(word, _)| word.len() >= NEAR);
    long.map(|(word, meaning)| Long { letters: letters(word), word, meaning: *meaning }).collect()
});

/// The letters that a word has, as a set. What makes a word near another adds, takes or changes three of them at most: most words
/// are told apart without being read.
fn letters(word: &[u8]) -> u32 {
    word.iter().fold(0, |set, byte| set | 1 << (byte & 31))
}

/// Letters by which the sets of two words that are near may differ: "rn" for "m".
const MOST_APART: u32 = 3;

/// Folded words shorter than this are only themselves.
const NEAR: usize = 6;
/// No word of the table is longer.
const LONGEST: usize = 20;

/// What a word means exactly.
pub(crate) fn meaning(word: &str) -> Meaning {
    let mut buffer = [0; LONGEST];
    let Some(folded) = folded_into(word, &mut buffer) else { return Meaning::NONE };
    TABLE.get(folded).copied().unwrap_or_default()
}

/// What a word means when one letter of it is wrong, missing, doubled or swapped with its neighbour.
pub(crate) fn near(word: &str) -> Meaning {
    let mut buffer = [0; LONGEST];
    let Some(folded) = folded_into(word, &mut buffer).filter(|folded| folded.len() + 1 >= NEAR) else { return Meaning::NONE };
    let letters = letters(folded);
    let may_be =
        |known: &Long| (known.letters ^ letters).count_ones() <= MOST_APART && known.word.len().abs_diff(folded.len()) <= 1;
    let found = LONG.iter().find(|known| may_be(known) && is_near(folded, known.word));
    found.map_or(Meaning::NONE, |known| known.meaning)
}

fn folded_into<'b>(word: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b [u8]> {
    let mut length = 0;
    for c in word.chars() {
        let fits = fold(c, |byte| {
            let place = buffer.get_mut(length);
            length += 1;
            place.is_some_and(|place| {
                *place = byte;
                true
            })
        });
        if !fits {
            return None;
        }
    }
    buffer.get(..length)
}

/// True when one insertion, deletion, change or swap of neighbours leads from one word to the other,
/// or what a scanner confuses: "rn" and "m".
pub(crate) fn is_near(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let (short, long) = (&short[same..], &long[same..]);
    if short.len() == long.len() {
        return short.is_empty()
            || short[1..] == long[1..]
            || (short.len() > 1 && short[0] == long[1] && short[1] == long[0] && short[2..] == long[2..]);
    }
    short == &long[1..] || (short.first() == Some(&b'm') && long.starts_with(b"rn") && short[1..] == long[2..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_mean_what_they_say_without_accents_and_capitals() {
        assert!(meaning("ALLÉE").has(Meaning::WAY) && meaning("née").has(Meaning::BORN) && meaning("Bât").has(Meaning::BUILDING));
        assert_eq!(meaning("août").as_month(), Some(8));
        assert!(meaning("immatriculation").triggers(Label::Plate) && meaning("immatriculation").triggers(Label::Nir));
        assert_eq!((meaning("chaise"), meaning("")), (Meaning::NONE, Meaning::NONE));
    }

    #[test]
    fn one_wrong_letter_is_forgiven_in_long_words() {
        for (word, label) in
            [("étrnger", Label::ForeignerNumber), ("ernploi", Label::JobSeekerNumber), ("numéor fiscla", Label::Other)]
        {
            assert_eq!(near(word).triggers(label), label != Label::Other, "{word}");
        }
        assert!(near("véhicle").triggers(Label::Plate) && near("passeporrt").triggers(Label::Passport));
        assert!(!near("rib").is_trigger() && !near("chaise").is_trigger());
    }

    proptest::proptest! {
        /// What is told apart without being read would not have been near.
        #[test]
        fn words_that_are_near_have_nearly_the_same_letters(one in "[a-frnm]{4,7}", other in "[a-frnm]{4,8}") {
            let edited = (0..one.len()).map(|at| [&one[..at], &one[at + 1..]].concat());
            for other in edited.chain([one.replace("rn", "m"), one.replace('m', "rn"), other.clone()]) {
                let apart = (letters(one.as_bytes()) ^ letters(other.as_bytes())).count_ones();
                proptest::prop_assert!(apart <= MOST_APART || !is_near(one.as_bytes(), other.as_bytes()), "{} {}", one, other);
            }
        }
    }
}
