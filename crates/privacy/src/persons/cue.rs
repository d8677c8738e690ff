//! Words that announce a name, or say that a name is not a person's.

use std::sync::LazyLock;

use foldhash::HashMap;

use crate::fold::folded;
use crate::language::Word;
use crate::typo::{find_without_one, without_one};

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

/// Folded words of each kind; a word of two lists is of the first. Plurals in "s" are understood.
const LISTS: [(Cue, &str); 16] = [
    (Civility, include_str!("words/civilities.txt")),
    (Particle, include_str!("words/particles.txt")),
    (Stop, include_str!("words/grammar.txt")),
    (Label, include_str!("words/labels.txt")),
    (Kin, include_str!("words/kin.txt")),
    (Job, include_str!("words/trades.txt")),
    (Greeting, include_str!("words/greetings.txt")),
    (Born, include_str!("words/born.txt")),
    (Way, include_str!("words/ways.txt")),
    (Place, include_str!("words/places.txt")),
    (FirmAfter, include_str!("words/legal_forms.txt")),
    (Firm, include_str!("words/firms.txt")),
    (Act, include_str!("words/acts.txt")),
    (Town, include_str!("words/towns.txt")),
    (Calendar, include_str!("words/calendar.txt")),
    (By, include_str!("words/announcing.txt")),
];
/// Firms that have the name of a person, or one that looks like it; one a line.
const BRANDS: &str = include_str!("words/brands.txt");

/// From this band of family names on, "Pères" is a name rather than a plural, unless it is this frequent as a word.
const SURNAME: u8 = 7;
const COMMON: u8 = 10;
/// Words long enough that one wrong letter still leaves them readable.
const FUZZY: usize = 7;

static CUES: LazyLock<HashMap<Vec<u8>, Cue>> = LazyLock::new(|| {
    let mut cues = HashMap::default();
    for (cue, words) in LISTS {
        for word in words.split_ascii_whitespace().map(|word| word.replace('-', "")) {
            cues.entry(word.into_bytes()).or_insert(cue);
        }
    }
    cues
});

/// The folded words of each brand, by its first word.
static BRAND_NAMES: LazyLock<HashMap<Vec<u8>, Vec<Vec<u8>>>> = LazyLock::new(|| {
    let mut brands: HashMap<_, Vec<_>> = HashMap::default();
    for brand in BRANDS.lines() {
        let first = folded(brand.split(' ').next().unwrap_or_default());
        brands.entry(first.into_bytes()).or_default().push(folded(brand).into_bytes());
    }
    brands
});

/// The folded letters of the firms that everyone knows and whose name begins with this word.
pub(super) fn brands(first: &[u8]) -> &'static [Vec<u8>] {
    BRAND_NAMES.get(first).map_or(&[], Vec::as_slice)
}

/// The cues with one letter less, for words with one wrong, missing, added or exchanged letter.
static NEAR: LazyLock<HashMap<Vec<u8>, Cue>> = LazyLock::new(|| {
    let mut near = HashMap::default();
    for (word, cue) in CUES.iter().filter(|(word, cue)| word.len() >= FUZZY && **cue != By) {
        for shorter in without_one(word) {
            near.entry(shorter).or_insert(*cue);
        }
        near.insert(word.clone(), *cue);
    }
    near
});

/// What a folded word announces. A word that no list knows is read with a typing error.
pub(super) fn of(folded: &[u8], word: &Word) -> Cue {
    if let Some(cue) = CUES.get(folded) {
        return *cue;
    }
    let surname = word.surname >= SURNAME && word.ordinary < COMMON;
    if let Some(single) = folded.strip_suffix(b"s").filter(|single| single.len() > 3 && !surname)
        && let Some(cue) = CUES.get(single)
        && !matches!(cue, Cue::Stop | Cue::Particle)
    {
        return *cue;
    }
    let unknown = *word == Word::default();
    if !unknown || !(FUZZY..=FUZZY * 3).contains(&folded.len()) {
        return Cue::None;
    }
    let near = |word: &[u8]| NEAR.get(word).copied();
    near(folded).or_else(|| find_without_one(folded, near)).unwrap_or(Cue::None)
}

/// A word of grammar or of forms, even when no list of ordinary words is there.
pub(super) fn names_nobody(cue: Cue) -> bool {
    !matches!(cue, Cue::None | Cue::Particle)
}
