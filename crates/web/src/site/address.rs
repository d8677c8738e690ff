//! Addresses of pages that carry what people chose.

/// A text as one segment of a path (RFC 3986 §3.3).
pub fn segment(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The agent's page of a case.
pub fn case_page(reference: &str) -> String {
    format!("/desk/cases/{}", segment(reference))
}

/// Name of a file to download, in signs that every system takes.
pub fn file_name(kind: &str, reference: &str, ending: &str) -> String {
    let safe: String = reference.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }).collect();
    format!("{kind}-{safe}.{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_reference_is_one_segment() {
        assert_eq!(case_page("VO-2026_0147"), "/desk/cases/VO-2026_0147");
        assert_eq!(segment("2026/118 é?#"), "2026%2F118%20%C3%A9%3F%23");
        assert_eq!(file_name("recu", "2026/118 \"é\"", "leaf"), "recu-2026-118----.leaf");
    }
}
