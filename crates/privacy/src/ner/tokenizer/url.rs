//! Addresses of sites and of mail stay one token.

use super::charset::CharSet;

/// The letters of top-level domains, in the Python expression whose other parts are written out below.
pub(super) fn top_level_letters(pattern: &str) -> Option<CharSet> {
    let class = &pattern[..pattern.find("]{2,63}")? + 1];
    CharSet::parse(&mut class[class.rfind('[')? + 1..].chars().peekable())
}

/// True when `text`, without white space, is an address: an optional scheme and user, a host, an optional port and path.
pub(super) fn is_url(text: &[char], lower: &CharSet) -> bool {
    let scheme = after_scheme(text);
    let users = (1..text.len()).filter(|&at| text[at] == '@').map(|at| at + 1);
    [0].into_iter().chain(scheme).chain(users).any(|start| is_host_and_path(&text[start..], lower))
}

/// Where the host may begin after "https://": a scheme of two characters or more.
fn after_scheme(text: &[char]) -> Option<usize> {
    let end = text.iter().position(|&c| !(c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.')))?;
    (end >= 2 && text[end..].starts_with(&[':', '/', '/'])).then_some(end + 3)
}

fn is_host_and_path(text: &[char], lower: &CharSet) -> bool {
    let end = text.iter().position(|&c| !(is_label(c) || matches!(c, '-' | '_' | '.'))).unwrap_or(text.len());
    let (host, rest) = text.split_at(end);
    is_tail(rest) && (is_domain(host, lower) || is_public_address(host))
}

/// Letters and digits of labels, of the basic plane.
fn is_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c)
}

/// Labels of 1 to 64 characters, then a top-level domain in lower case.
fn is_domain(host: &[char], lower: &CharSet) -> bool {
    let mut labels = host.rsplit(|&c| c == '.');
    let top = labels.next().is_some_and(|top| (2..=63).contains(&top.len()) && top.iter().all(|&c| lower.contains(c)));
    let ends = |label: &[char]| label.first().zip(label.last()).is_some_and(|(&first, &last)| is_label(first) && is_label(last));
    let mut count = 0;
    top && labels.all(|label| {
        count += 1;
        label.len() <= 64 && ends(label)
    }) && count > 0
}

/// Four numbers that are an address of the Internet, neither private nor reserved.
fn is_public_address(host: &[char]) -> bool {
    let parts: Vec<Option<u16>> = host.split(|&c| c == '.').map(number).collect();
    let [Some(a), Some(b), Some(c), Some(d)] = parts[..] else { return false };
    let leading = |part: Option<&[char]>| part.is_some_and(|part| part.first() == Some(&'0'));
    let outer = [host.split(|&c| c == '.').next(), host.rsplit(|&c| c == '.').next()].into_iter().any(leading);
    let private = matches!((a, b), (10 | 127, _) | (169, 254) | (192, 168) | (172, 16..=31));
    !outer && !private && (1..=223).contains(&a) && b <= 255 && c <= 255 && (1..=254).contains(&d)
}

fn number(part: &[char]) -> Option<u16> {
    (1..=3).contains(&part.len()).then_some(())?;
    part.iter().try_fold(0, |sum, c| Some(sum * 10 + u16::try_from(c.to_digit(10)?).ok()?))
}

/// An optional port of 2 to 5 digits, then nothing or a path.
fn is_tail(text: &[char]) -> bool {
    let port = match text.split_first() {
        Some((':', rest)) => rest.iter().take_while(|c| c.is_ascii_digit()).count(),
        _ => return text.first().is_none_or(|&c| matches!(c, '/' | '?' | '#')),
    };
    (2..=5).contains(&port) && text.get(port + 1).is_none_or(|&c| matches!(c, '/' | '?' | '#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let lower = CharSet::of(vec![('a', 'z'), ('é', 'é')]);
        for (text, is) in [
            ("www.exemple.fr", true),
            ("https://exemple.fr/chemin?x=1", true),
            ("jean.dupont@exemple.fr", true),
            ("exemple.fr:8080/a", true),
            ("exemple.fr:8", false),
            ("http://8.8.8.8/", true),
            ("192.168.0.1", false),
            ("8.8.8.08", false),
            ("fin.Le", false),
            ("a.b-.fr", false),
            (".fr", false),
            ("@exemple.fr", false),
            ("mots", false),
        ] {
            assert_eq!(is_url(&text.chars().collect::<Vec<_>>(), &lower), is, "{text}");
        }
    }
}
