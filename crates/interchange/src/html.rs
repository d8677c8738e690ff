//! The little HTML that the Dutch register accepts in texts (`div br p ul ol li`), read as plain text and back.

/// Elements that the register accepts; what looks like any other stays as it is written.
const ELEMENTS: [&str; 6] = ["div", "br", "p", "ul", "ol", "li"];

/// The text that a browser would show. Without an element, the string is plain text and stays as it is.
pub(crate) fn to_text(source: &str) -> String {
    if !holds_elements(source) {
        return source.trim().to_owned();
    }
    let mut text = Text::default();
    let mut rest = source;
    while let Some(character) = rest.chars().next() {
        if let Some((name, closing, after)) = element(rest) {
            text.element(&name, closing);
            rest = after;
        } else if let Some((decoded, after)) = entity(rest) {
            text.verbatim(decoded);
            rest = after;
        } else {
            text.character(character);
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
        }
    }
    text.written.trim().to_owned()
}

/// A string that [`to_text`] reads as `text`: the text itself unless it looks like HTML.
pub(crate) fn from_text(text: &str) -> String {
    if to_text(text) == text {
        return text.to_owned();
    }
    let mut written = String::from("<p>");
    let mut before = '\n';
    for character in text.chars() {
        match character {
            '\n' => written.push_str("<br>"),
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            ' ' if !before.is_whitespace() => written.push(' '),
            space if space.is_whitespace() => written.push_str(&format!("&#{};", u32::from(space))),
            other => written.push(other),
        }
        before = character;
    }
    written + "</p>"
}

#[derive(Default)]
struct Text {
    written: String,
}

impl Text {
    /// Blocks and items begin on a line of their own.
    fn element(&mut self, name: &str, closing: bool) {
        if name == "br" {
            self.written.push('\n');
            return;
        }
        if !self.written.is_empty() && !self.written.ends_with('\n') {
            self.written.push('\n');
        }
        if name == "li" && !closing {
            self.written.push_str("– ");
        }
    }

    /// Line breaks of the source are spaces, and spaces do not begin a line.
    fn character(&mut self, character: char) {
        match character {
            space if space.is_ascii_whitespace() => {
                if !self.written.is_empty() && !self.written.ends_with(char::is_whitespace) {
                    self.written.push(' ');
                }
            }
            other => self.written.push(other),
        }
    }

    fn verbatim(&mut self, character: char) {
        self.written.push(character);
    }
}

fn holds_elements(source: &str) -> bool {
    source.match_indices('<').any(|(at, _)| source.get(at..).is_some_and(|rest| element(rest).is_some()))
}

/// An accepted element at the beginning: its name, whether it closes, and what follows. Attributes are not shown.
fn element(source: &str) -> Option<(String, bool, &str)> {
    let inside = source.strip_prefix('<')?;
    let (tag, after) = inside.split_once('>')?;
    let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
    let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    let ended = tag.get(name.len()..).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '/', '\n', '\t']));
    (ended && !tag.contains('<') && ELEMENTS.contains(&name.as_str())).then_some((name, closing, after))
}

/// An entity at the beginning, and what follows.
fn entity(source: &str) -> Option<(char, &str)> {
    let (name, after) = source.strip_prefix('&')?.split_once(';')?;
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "eacute" => 'é',
        "euml" => 'ë',
        "iuml" => 'ï',
        "ouml" => 'ö',
        _ => char::from_u32(name.strip_prefix('#')?.parse().ok()?)?,
    };
    Some((character, after))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_shown_as_a_browser_would() {
        let source =
            "<p>Anonimiseren voor Woo &amp; AVG.</p>\n<ul><li>een</li><li class=\"x\">twee</li></ul><div>slot<br/>einde</div>";
        assert_eq!(to_text(source), "Anonimiseren voor Woo & AVG.\n– een\n– twee\nslot\neinde");
        assert_eq!(to_text("a < b &amp; c > d"), "a < b &amp; c > d");
        assert_eq!(to_text("<p>a <script>x</script></p>"), "a <script>x</script>");
        assert_eq!(to_text("<picture>"), "<picture>");
    }

    proptest! {
        #[test]
        fn a_text_comes_back(text in "[ -~\n\té<>&;p/]{0,60}") {
            let text = text.trim().to_owned();
            prop_assert_eq!(to_text(&from_text(&text)), text);
        }

        #[test]
        fn nothing_makes_it_fail(source in ".*") {
            to_text(&source);
        }
    }
}
