//! Files inside a request: bytes in base64, which may be a letter in plain text all the same.

use std::borrow::Cow;

use base64::Engine;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

const LENIENT: GeneralPurposeConfig =
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true);
const ENGINES: [GeneralPurpose; 2] = [GeneralPurpose::new(&STANDARD, LENIENT), GeneralPurpose::new(&URL_SAFE, LENIENT)];

/// A shorter one is no picture, no sound and no document: it may be a word put in the wrong field.
const SHORTEST: usize = 256;

/// What can be read of a file: the text that its bytes are, or the string itself when it is not one in base64. `None` for
/// bytes that are no text.
pub(crate) fn text(file: &str) -> Option<Cow<'_, str>> {
    let url = file.strip_prefix("data:").and_then(|url| url.split_once(','));
    let payload = url.map_or(file, |(_, payload)| payload);
    let Some(bytes) = ENGINES.iter().find_map(|engine| engine.decode(payload).ok()) else { return Some(Cow::Borrowed(file)) };
    let word = Some(file).filter(|_| url.is_none() && file.len() < SHORTEST);
    match (String::from_utf8(bytes), word) {
        (Ok(inside), word) => Some(Cow::Owned(inside + "\n" + word.unwrap_or_default())),
        (Err(_), word) => word.map(Cow::Borrowed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_whatever_it_is_wrapped_in() {
        let wrapped = ENGINES[0].encode("Zoé Lefèvre habite ici");
        assert!(text(&wrapped).unwrap().starts_with("Zoé Lefèvre habite ici\n"));
        assert!(text(&format!("data:text/plain;base64,{wrapped}")).unwrap().contains("Zoé"));
        assert!(text(&ENGINES[1].encode("ÿÿ Zoé ?>")).unwrap().contains("Zoé"));
        assert_eq!(text("Zoé Lefèvre").unwrap(), "Zoé Lefèvre", "no base64 at all");
        assert!(text("Martin").unwrap().contains("Martin"), "a word that could be base64");
        let picture: Vec<u8> = (0..300).map(|at| (at * 7 % 256) as u8 | 0x80).collect();
        assert_eq!(text(&ENGINES[0].encode(picture)), None);
    }
}
