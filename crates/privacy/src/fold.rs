//! Folding: one form for all accents, cases and ligatures of a letter of the Latin script, precomposed or not.

/// True for what continues a word: letters, digits and combining accents.
#[inline]
pub(crate) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_combining(c)
}

pub(crate) fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// True when something may begin or end between two neighbours: unless both are letters or both are digits.
/// Every layer cuts by this one rule, so what one layer hides opens no new place to another.
pub(crate) fn is_boundary(before: Option<char>, after: Option<char>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return true };
    match (is_word(before), is_word(after)) {
        (true, true) => before.is_numeric() != after.is_numeric(),
        _ => true,
    }
}

/// Gives the folded bytes of one character to `emit`; nothing for separators and combining accents.
/// Stops and returns false as soon as `emit` does.
#[inline]
pub(crate) fn fold(c: char, mut emit: impl FnMut(u8) -> bool) -> bool {
    if c.is_ascii() {
        return !c.is_ascii_alphanumeric() || emit(c.to_ascii_lowercase() as u8);
    }
    if let Some(letters) = plain(c) {
        return letters.iter().all(|&byte| emit(byte));
    }
    !c.is_alphanumeric() || c.to_lowercase().all(|lower| lower.encode_utf8(&mut [0; 4]).bytes().all(&mut emit))
}

/// Appends the folded form of a value, separators dropped.
pub(crate) fn fold_into(value: &str, folded: &mut Vec<u8>) {
    // Nearly all words.
    if value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return fold_ascii(value, folded);
    }
    for c in value.chars() {
        fold(c, |byte| {
            folded.push(byte);
            true
        });
    }
}

/// The same of ASCII letters and digits alone.
#[inline]
pub(crate) fn fold_ascii(value: &str, folded: &mut Vec<u8>) {
    // A digit has the bit that makes a letter small.
    folded.extend(value.bytes().map(|byte| byte | 0x20));
}

/// The folded form of a whole value, separators dropped.
pub(crate) fn folded(value: &str) -> String {
    let mut bytes = Vec::with_capacity(value.len());
    fold_into(value, &mut bytes);
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// The letters without accent of an accented letter or a ligature, in either case.
fn plain(c: char) -> Option<&'static [u8]> {
    Some(match c {
        'Æ' | 'æ' | 'Ǣ' | 'ǣ' | 'Ǽ' | 'ǽ' => b"ae",
        'Œ' | 'œ' => b"oe",
        'ß' | 'ẞ' => b"ss",
        'Þ' | 'þ' => b"th",
        'Ð' | 'ð' => b"d",
        'Ĳ' | 'ĳ' => b"ij",
        'Ŋ' | 'ŋ' | 'ŉ' => b"n",
        // Text copied from a PDF holds these.
        'ﬀ' => b"ff",
        'ﬁ' => b"fi",
        'ﬂ' => b"fl",
        'ﬃ' => b"ffi",
        'ﬄ' => b"ffl",
        'ﬅ' | 'ﬆ' => b"st",
        'À'..='ɏ' => return letter(&LATIN_TO_024F, c, 'À'),
        'Ḁ'..='ỿ' => return letter(&LATIN_ADDITIONAL, c, 'Ḁ'),
        _ => return None,
    })
}

fn letter(table: &'static [u8], c: char, first: char) -> Option<&'static [u8]> {
    let place = c as usize - first as usize;
    table.get(place..=place).filter(|letter| letter != b".")
}

/// Base letters of U+00C0 to U+024F by the names of the Unicode character database; a point when there is none.
const LATIN_TO_024F: [u8; 400] = *b"\
    aaaaaa.ceeeeiiii.nooooo.ouuuuy..aaaaaa.ceeeeiiii.nooooo.ouuuuy.y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii..jjkk.lllllll\
    lllnnnnnn...oooooo..rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
    bbbb...cc.ddd....ffg...ikkl..nnooo..pp.....ttttuu.vyyzz.........\
    .....d..l..n.aaiioouuuuuuuuuu.aaaa..ggggkkoooo..j.d.gg..nnaa..oo\
    aaaaeeeeiiiioooorrrruuuusstt..hhnd..zzaaeeooooooooyylntj..acclts\
    z..b..eejj.qrryy";

/// Base letters of U+1E00 to U+1EFF, where Vietnamese is.
const LATIN_ADDITIONAL: [u8; 256] = *b"\
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwyas....aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy....yy";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_all_spellings_of_a_letter() {
        for (spellings, form) in [
            (&["é", "É", "e\u{301}", "E\u{301}"][..], "e"),
            (&["ễ", "Ễ", "ê\u{303}", "e\u{302}\u{303}"], "e"),
            (&["İ", "i", "I", "ı", "i\u{307}"], "i"),
            (&["ß", "ẞ", "SS", "ſs"], "ss"),
            (&["Œuvre", "œuvre", "OEUVRE"], "oeuvre"),
            (&["Gri\u{fb00}on", "GRIFFON"], "griffon"),
            (&["Σ", "σ"], "σ"),
            (&["O\u{2019}Brien", "o brien", "OBRIEN"], "obrien"),
        ] {
            for spelling in spellings {
                assert_eq!(folded(spelling), form, "{spelling}");
            }
        }
    }

    #[test]
    fn a_boundary_is_never_inside_a_word_or_a_number() {
        for (pair, expected) in
            [("ab", false), ("12", false), ("e\u{301}", false), ("a1", true), ("1a", true), ("a ", true), ("_a", true)]
        {
            let mut chars = pair.chars();
            assert_eq!(is_boundary(chars.next(), chars.next()), expected, "{pair}");
        }
        assert!(is_boundary(None, Some('a')) && is_boundary(Some('1'), None));
    }
}
