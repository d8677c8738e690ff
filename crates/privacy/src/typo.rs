//! Folded words with one letter wrong.

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

/// The spellings with one letter less.
pub(crate) fn without_one(word: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    (0..word.len()).map(|at| [&word[..at], &word[at + 1..]].concat())
}

/// The first of [`without_one`] that is something to `known`, without a new vector for each.
pub(crate) fn find_without_one<T>(word: &[u8], mut known: impl FnMut(&[u8]) -> Option<T>) -> Option<T> {
    let mut shorter = word.get(1..)?.to_vec();
    (0..word.len()).find_map(|at| {
        let found = known(&shorter);
        if let Some(place) = shorter.get_mut(at) {
            *place = word[at];
        }
        found
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_letter_is_left_out_once() {
        for word in [&b""[..], b"a", b"abcd"] {
            let mut seen = Vec::new();
            assert_eq!(
                find_without_one(word, |shorter| {
                    seen.push(shorter.to_vec());
                    None::<()>
                }),
                None
            );
            assert_eq!(seen, without_one(word).collect::<Vec<_>>());
        }
        assert_eq!(find_without_one(b"abc", |shorter| (shorter == b"ac").then_some(1)), Some(1));
    }
}
