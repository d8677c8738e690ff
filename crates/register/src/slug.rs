//! Identifiers made from names: "Orientation du courrier" becomes `orientation-du-courrier`.

/// Longest identifier, characters.
const LONGEST: usize = 60;

/// The name in lower case, accents folded, everything else a hyphen; `empty` when nothing is left.
pub fn slug(name: &str, empty: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        match fold(c) {
            Some(plain) => out.push_str(plain),
            None if c.is_ascii_alphanumeric() => out.push(c),
            None if !out.ends_with('-') => out.push('-'),
            None => {}
        }
        if out.len() >= LONGEST {
            break;
        }
    }
    let out = out.trim_matches('-');
    if out.is_empty() { empty.to_owned() } else { out.to_owned() }
}

/// The same, followed by a number if `taken` says that it must be.
pub fn unique_slug(name: &str, empty: &str, taken: impl Fn(&str) -> bool) -> String {
    let first = slug(name, empty);
    let numbered = (2_u32..).map(|n| format!("{first}-{n}"));
    std::iter::once(first.clone()).chain(numbered).find(|candidate| !taken(candidate)).unwrap_or(first)
}

/// Letters of the languages of Western Europe without their accents.
fn fold(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'â' | 'ä' | 'á' | 'ã' | 'å' => "a",
        'ç' => "c",
        'é' | 'è' | 'ê' | 'ë' => "e",
        'î' | 'ï' | 'í' | 'ì' => "i",
        'ñ' => "n",
        'ô' | 'ö' | 'ó' | 'ò' | 'õ' => "o",
        'ù' | 'û' | 'ü' | 'ú' => "u",
        'ÿ' => "y",
        'œ' => "oe",
        'æ' => "ae",
        'ß' => "ss",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        assert_eq!(slug("Orientation du courrier", "x"), "orientation-du-courrier");
        assert_eq!(slug("  Aide à l’Œuvre — Noël ! ", "x"), "aide-a-l-oeuvre-noel");
        assert_eq!(slug("…", "systeme"), "systeme");
        assert!(slug(&"long ".repeat(40), "x").len() <= LONGEST);
    }

    #[test]
    fn a_taken_identifier_gets_a_number() {
        let taken = ["courrier", "courrier-2"];
        assert_eq!(unique_slug("Courrier", "x", |id| taken.contains(&id)), "courrier-3");
        assert_eq!(unique_slug("Voirie", "x", |id| taken.contains(&id)), "voirie");
    }
}
