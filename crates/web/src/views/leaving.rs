//! What of a text would leave for a model host.

use crate::layout::{Audience, Choice, Chrome, page};

/// The page. POST `/referent/leaving`: `leaving-text`, `leaving-host`, and what is known of the person: `leaving-name`,
/// `leaving-birth`, `leaving-other` (lines), all of which may be empty.
#[derive(Debug, Clone)]
pub struct LeavingPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Where it could go.
    pub hosts: Vec<Choice>,
    /// Whether lists of names are there: without them more is hidden, and names of others may stay.
    pub lists: bool,
    /// What was found, once a text was read.
    pub read: Option<Leaving>,
}
page!(LeavingPage, "leaving.html");

/// A text that was read.
#[derive(Debug, Clone)]
pub struct Leaving {
    /// Where it would go.
    pub host: String,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
    /// The text as it would leave.
    pub sent: String,
    /// How many passages are hidden.
    pub hidden: usize,
    /// How many somebody would be asked about, so that nothing leaves before.
    pub asked: usize,
}

/// A piece of the text.
#[derive(Debug, Clone)]
pub struct Piece {
    /// As it was written.
    pub text: String,
    /// What becomes of it.
    pub fate: Fate,
    /// What it is, and how it was recognised, as keys of words; empty for what is kept.
    pub kind: &'static str,
    /// See `kind`.
    pub how: &'static str,
    /// What goes in its place.
    pub instead: String,
}

/// What becomes of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It goes.
    Kept,
    /// It is replaced.
    Hidden,
    /// It goes if somebody says so.
    Asked,
}

impl Piece {
    /// Key of what becomes of it.
    pub fn fate_key(&self) -> &'static str {
        match self.fate {
            Fate::Kept => "leaving-kept",
            Fate::Hidden => "leaving-hidden",
            Fate::Asked => "leaving-asked",
        }
    }
}

impl Leaving {
    /// The pieces that something is said of.
    pub fn marked(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(|piece| piece.fate != Fate::Kept)
    }
}

impl LeavingPage {
    /// Before anything is given.
    pub fn sample_empty() -> LeavingPage {
        LeavingPage {
            chrome: Chrome::sample(Audience::Referent),
            hosts: vec![
                Choice { value: "local".into(), words: "Cette machine".into() },
                Choice { value: "albert".into(), words: "Albert API".into() },
            ],
            lists: true,
            read: None,
        }
    }

    /// A letter that was read.
    pub fn sample() -> LeavingPage {
        let mut page = LeavingPage::sample_empty();
        let piece =
            |text: &str, fate, kind, how, instead: &str| Piece { text: text.into(), fate, kind, how, instead: instead.into() };
        let kept = |text: &str| piece(text, Fate::Kept, "", "", "");
        let pieces = vec![
            kept("Bonjour, je m’appelle "),
            piece("Nadia Ferrand", Fate::Hidden, "label-person", "how-known", "[PERSONNE_1]"),
            kept(", ma voisine "),
            piece("Mme Le Goff", Fate::Hidden, "label-person", "how-names", "[PERSONNE_2]"),
            kept(" aussi attend depuis mars. Appelez-moi au "),
            piece("06 12 34 56 78", Fate::Hidden, "label-phone", "how-identifier", "[TELEPHONE_1]"),
            kept(". Au dos de la photo : "),
            piece("12/04/1931", Fate::Asked, "label-birth-date", "how-context", ""),
            kept("."),
        ];
        let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
        let sent = pieces.iter().map(|piece| if piece.instead.is_empty() { piece.text.as_str() } else { &piece.instead }).collect();
        page.chrome.typed.insert("leaving-text".into(), text);
        page.chrome.typed.insert("leaving-name".into(), "Nadia Ferrand".into());
        page.chrome.typed.insert("leaving-host".into(), "albert".into());
        page.read = Some(Leaving { host: "Albert API".into(), pieces, sent, hidden: 3, asked: 1 });
        page
    }
}
