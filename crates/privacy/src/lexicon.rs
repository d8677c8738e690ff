//! What ordinary words say about what stands beside them. Folded: no accents, no capitals.

use std::ops::BitOr;
use std::sync::LazyLock;

use foldhash::HashMap;

use crate::Label;
use crate::typo::is_near;

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

static TABLE: LazyLock<HashMap<Vec<u8>, Meaning>> = LazyLock::new(|| {
    let mut table: HashMap<Vec<u8>, Meaning> = HashMap::default();
    for (meaning, words) in WORDS {
        for word in words.split_whitespace() {
            let folded = crate::fold::folded(word).into_bytes();
            let held = table.entry(folded).or_default();
            *held = *held | *meaning;
        }
    }
    table
});

/// The words of the table that are long enough for a letter to be wrong, in order, and where they are by their first two letters
/// and by their last two: whatever is wrong in a word leaves one of both as it was.
struct Long {
    words: Vec<(&'static [u8], Meaning)>,
    begin: Vec<Vec<Sketch>>,
    end: Vec<Vec<Sketch>>,
}

/// What tells most words apart from another without reading them.
struct Sketch {
    length: usize,
    /// The third letter and the last one; from the end, the third from the end and the first. No mistake changes both.
    letters: [u8; 2],
    place: usize,
}

impl Sketch {
    fn may_be(&self, length: usize, letters: [u8; 2]) -> bool {
        self.length.abs_diff(length) <= 1 && (self.letters[0] == letters[0] || self.letters[1] == letters[1])
    }
}

static LONG: LazyLock<Long> = LazyLock::new(|| {
    let long = TABLE.iter().filter(|(word, _)| word.len() >= NEAR);
    let mut words: Vec<_> = long.map(|(word, meaning)| (word.as_slice(), *meaning)).collect();
    words.sort_unstable_by_key(|(word, _)| *word);
    let places = |end: fn(&[u8]) -> (usize, [u8; 2])| {
        let mut places: Vec<_> = (0..PAIRS).map(|_| Vec::new()).collect();
        for (place, (word, _)) in words.iter().enumerate() {
            let (pair, letters) = end(word);
            places[pair].push(Sketch { length: word.len(), letters, place });
        }
        places
    };
    Long { begin: places(begin), end: places(end), words }
});

/// The first two letters, the third one and the last one.
fn begin(word: &[u8]) -> (usize, [u8; 2]) {
    (pair(word[0], word[1]), [word[2], word[word.len() - 1]])
}

/// The last two letters, the one before them and the first one.
fn end(word: &[u8]) -> (usize, [u8; 2]) {
    let length = word.len();
    (pair(word[length - 2], word[length - 1]), [word[length - 3], word[0]])
}

/// Two letters as one number: pairs that share it are only looked at in vain.
fn pair(first: u8, second: u8) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}

const PAIRS: usize = 1 << 10;

/// Folded words shorter than this are only themselves.
const NEAR: usize = 6;
/// No word of the table is longer.
const LONGEST: usize = 20;

/// What a folded word means exactly.
pub(crate) fn meaning(folded: &[u8]) -> Meaning {
    if folded.len() > LONGEST { Meaning::NONE } else { TABLE.get(folded).copied().unwrap_or_default() }
}

/// What a folded word means when one letter of it is wrong, missing, doubled or swapped with its neighbour.
pub(crate) fn near(folded: &[u8]) -> Meaning {
    if !(NEAR - 1..=LONGEST).contains(&folded.len()) {
        return Meaning::NONE;
    }
    let first = |places: &[Vec<Sketch>], (pair, letters): (usize, [u8; 2])| {
        let mut sketches = places[pair].iter().filter(|sketch| sketch.may_be(folded.len(), letters));
        sketches.find(|sketch| is_near(folded, LONG.words[sketch.place].0)).map(|sketch| sketch.place)
    };
    let found = first(&LONG.begin, begin(folded)).into_iter().chain(first(&LONG.end, end(folded))).min();
    found.map_or(Meaning::NONE, |place| LONG.words[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::folded;

    #[test]
    fn words_mean_what_they_say_without_accents_and_capitals() {
        let meaning = |word: &str| super::meaning(folded(word).as_bytes());
        assert!(meaning("ALLÉE").has(Meaning::WAY) && meaning("née").has(Meaning::BORN) && meaning("Bât").has(Meaning::BUILDING));
        assert_eq!(meaning("août").as_month(), Some(8));
        assert!(meaning("immatriculation").triggers(Label::Plate) && meaning("immatriculation").triggers(Label::Nir));
        assert_eq!((meaning("chaise"), meaning("")), (Meaning::NONE, Meaning::NONE));
    }

    #[test]
    fn one_wrong_letter_is_forgiven_in_long_words() {
        let near = |word: &str| super::near(folded(word).as_bytes());
        for (word, label) in
            [("étrnger", Label::ForeignerNumber), ("ernploi", Label::JobSeekerNumber), ("numéor fiscla", Label::Other)]
        {
            assert_eq!(near(word).triggers(label), label != Label::Other, "{word}");
        }
        assert!(near("véhicle").triggers(Label::Plate) && near("passeporrt").triggers(Label::Passport));
        assert!(!near("rib").is_trigger() && !near("chaise").is_trigger());
    }

    proptest::proptest! {
        /// The search among words with the same beginning or end finds what a search among all would.
        #[test]
        fn a_word_that_is_near_is_found(at in 0_usize..2000, place in 0_usize..20, edit in 0_u8..5, letter in b'a'..=b'z') {
            let words = &LONG.words;
            let mut word = words[at % words.len()].0.to_vec();
            let place = place % (word.len() - 1);
            match edit {
                0 => word[place] = letter,
                1 => word.insert(place, letter),
                2 => drop(word.remove(place)),
                3 => word.swap(place, place + 1),
                _ => word = String::from_utf8(word).expect("ASCII").replacen("rn", "m", 1).into_bytes(),
            }
            let all = words.iter().find(|(known, _)| word.len() + 1 >= NEAR && word.len() <= LONGEST && is_near(&word, known));
            let expected = all.map_or(Meaning::NONE, |(_, meaning)| *meaning);
            proptest::prop_assert_eq!(near(&word), expected);
        }
    }
}
