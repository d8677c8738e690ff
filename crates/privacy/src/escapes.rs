//! A text as its escapes mean it: `\u00e9` and `\n` of JSON, `%C3%A9` of URLs.

use std::ops::Range;

/// The meaning of a text, with the way back to its offsets.
pub(crate) struct Unescaped {
    pub text: String,
    /// For each byte of `text`, and for its end, where what it comes from begins in the original.
    origin: Vec<usize>,
}

impl Unescaped {
    /// `None` when the text holds no escape: it means what it is.
    pub(crate) fn of(original: &str) -> Option<Self> {
        if !original.bytes().any(|byte| matches!(byte, b'\\' | b'%')) {
            return None;
        }
        let mut read = Self { text: String::new(), origin: Vec::new() };
        let mut at = 0;
        while let Some(found) = original[at..].find(['\\', '%']) {
            read.copy(original, at..at + found);
            at += found;
            let length = if original[at..].starts_with('%') { read.percent(original, at) } else { read.backslash(original, at) };
            // What is no escape is copied with its first character, which is ASCII.
            read.copy(original, at + length..(at + 1).max(at + length));
            at = (at + 1).max(at + length);
        }
        read.copy(original, at..original.len());
        read.origin.push(original.len());
        (read.text != original).then_some(read)
    }

    /// Where a range of the meaning lies in the original.
    pub(crate) fn range(&self, read: &Range<usize>) -> Range<usize> {
        self.origin[read.start]..self.origin[read.end]
    }

    fn copy(&mut self, original: &str, range: Range<usize>) {
        self.text.push_str(&original[range.clone()]);
        self.origin.extend(range);
    }

    fn push(&mut self, c: char, origin: usize) {
        self.text.push(c);
        self.origin.resize(self.text.len(), origin);
    }

    /// Reads `%XX%XX…` at `at`; gives its length.
    fn percent(&mut self, original: &str, at: usize) -> usize {
        let bytes: Vec<u8> = original.as_bytes()[at..].chunks_exact(3).map_while(|three| hex(three.strip_prefix(b"%")?)).collect();
        let mut read = 0;
        for chunk in bytes.utf8_chunks() {
            for c in chunk.valid().chars() {
                self.push(c, at + 3 * read);
                read += c.len_utf8();
            }
            if !chunk.invalid().is_empty() {
                self.push(char::REPLACEMENT_CHARACTER, at + 3 * read);
                read += chunk.invalid().len();
            }
        }
        3 * bytes.len()
    }

    /// Reads the escape at `at`, whatever the number of its backslashes (JSON inside JSON doubles them); gives its length.
    fn backslash(&mut self, original: &str, at: usize) -> usize {
        let rest = original[at..].trim_start_matches('\\');
        let slashes = original.len() - at - rest.len();
        let (meant, length) = match rest.as_bytes() {
            [b'u', ..] => match unicode(rest) {
                Some((c, length)) => (c, length),
                None => return self.slashes(at, slashes),
            },
            [b'n' | b'r' | b't' | b'b' | b'f', ..] => (' ', 1),
            _ => return self.slashes(at, slashes),
        };
        self.push(meant, at);
        slashes + length
    }

    /// Backslashes that escape nothing that matters, taken in one go: a long run is read once.
    fn slashes(&mut self, at: usize, count: usize) -> usize {
        (at..at + count).for_each(|origin| self.push('\\', origin));
        count
    }
}

/// `uXXXX`, or a pair of them for a character beyond U+FFFF.
fn unicode(rest: &str) -> Option<(char, usize)> {
    let unit =
        |text: &str| u32::from_str_radix(text.get(1..5).filter(|digits| digits.bytes().all(|b| b.is_ascii_hexdigit()))?, 16).ok();
    let first = unit(rest)?;
    if let Some(c) = char::from_u32(first) {
        return Some((c, 5));
    }
    let low = rest[5..].trim_start_matches('\\');
    let second = unit(low).filter(|second| low.starts_with('u') && (0xdc00..0xe000).contains(second) && first < 0xdc00)?;
    let c = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))?;
    Some((c, rest.len() - low.len() + 5))
}

fn hex(two: &[u8]) -> Option<u8> {
    let digits = std::str::from_utf8(two).ok().filter(|_| two.iter().all(u8::is_ascii_hexdigit))?;
    u8::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_are_read_and_lead_back() {
        for (original, meant) in [
            (r"H\u00e9l\u00E8ne", "Hélène"),
            (r"l\\u00e9a\nb", "léa b"),
            ("a%20b%C3%A9%", "a bé%"),
            (r"\ud83d\ude00!", "😀!"),
            ("%FF%41", "\u{fffd}A"),
        ] {
            let read = Unescaped::of(original).expect("escapes");
            assert_eq!(read.text, meant);
            assert_eq!(read.range(&(0..read.text.len())), 0..original.len());
        }
        let read = Unescaped::of(r"x \u00e9!").expect("escapes");
        assert_eq!(read.range(&(2..4)), 2..8);
        for plain in ["", "50 %", "%zz", r"\ud83d alone", r"C:\dossier", "é%é"] {
            assert!(Unescaped::of(plain).is_none_or(|read| read.text == plain), "{plain}");
        }
    }

    proptest! {
        #[test]
        fn every_character_leads_back_to_one(text in r"(\\|%|u|n|[0-9a-f]{2}|é|😀|.){0,40}") {
            if let Some(read) = Unescaped::of(&text) {
                prop_assert_eq!(read.origin.len(), read.text.len() + 1);
                for (at, c) in read.text.char_indices() {
                    let range = read.range(&(at..at + c.len_utf8()));
                    prop_assert!(!range.is_empty() && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
                }
            }
        }
    }
}
