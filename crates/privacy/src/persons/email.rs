//! Names that e-mail addresses hold: "jean.dupont@", "jdupont@", "jeandupont75@".

use foldhash::HashSet;

use super::token::{Shape, Tokens};

/// What services write before "@".
const SERVICES: &str = "contact mairie accueil service services info infos etat civil etatcivil secretariat direction noreply reply ne \
    pas repondre scolaire urbanisme ccas communication courrier cabinet guichet unique support www http https com net org gouv ville \
    commune prefecture departement region metropole agglo caf admin gestion social sociale ressources humaines finances technique \
    techniques population elections periscolaire jeunesse culture sport dossier demande reclamation";

/// A piece of a name shorter than this, in letters, is in too many words.
const MIN_PIECE: usize = 4;
/// Longer words hold no name.
const MAX_PIECE: usize = 40;

/// The words that may be names by the addresses of the text: whole pieces, and their beginnings and ends when two names are joined.
pub(super) fn pieces(tokens: &Tokens) -> HashSet<&[u8]> {
    let mut pieces = HashSet::default();
    for at in 0..tokens.len() {
        if !tokens[at].local || tokens[at].shape == Shape::Initial {
            continue;
        }
        let word = tokens.letters(at);
        let letters = &word[..word.iter().position(u8::is_ascii_digit).unwrap_or(word.len())];
        if letters.len() < 3 || letters.len() > MAX_PIECE || is_service(letters) {
            continue;
        }
        for cut in MIN_PIECE..letters.len() {
            pieces.insert(&letters[..cut]);
            if letters.len() - cut >= MIN_PIECE {
                pieces.insert(&letters[cut..]);
            }
        }
        pieces.insert(&letters[1..]);
        pieces.insert(letters);
    }
    pieces
}

fn is_service(letters: &[u8]) -> bool {
    SERVICES.split_ascii_whitespace().any(|service| service.as_bytes() == letters)
}
