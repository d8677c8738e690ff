//! The text of a lesson as HTML (CommonMark), with nothing in it that a trainer could not have meant: tags are shown as they
//! were typed, pictures are not fetched, and links lead to pages and addresses only.

use crate::i18n::Lang;
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

/// The text with the spaces of its language: a trainer types an ordinary one before a question mark, and print wants one that
/// does not break.
pub(super) fn spaced(text: &str, lang: Lang) -> String {
    let mut text = text.to_owned();
    if lang == Lang::Fr {
        for mark in ["?", "!", ";", ":", "»", "%"] {
            text = text.replace(&format!(" {mark}"), &format!("\u{a0}{mark}"));
        }
        text = text.replace("« ", "«\u{a0}");
    }
    text
}

/// HTML of a lesson.
pub(super) fn html(markdown: &str) -> String {
    let mut links: Vec<bool> = Vec::new();
    let safe = Parser::new_ext(markdown, Options::empty()).filter_map(|event| safe(event, &mut links));
    let mut out = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut out, safe);
    out
}

fn safe<'a>(event: Event<'a>, links: &mut Vec<bool>) -> Option<Event<'a>> {
    match event {
        Event::Html(typed) | Event::InlineHtml(typed) => Some(Event::Text(typed)),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Heading { level, id, classes, attrs }) => {
            Some(Event::Start(Tag::Heading { level: below(level), id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(below(level)))),
        Event::Start(Tag::Link { ref dest_url, .. }) => {
            links.push(leads_somewhere(dest_url));
            links.last().is_some_and(|kept| *kept).then_some(event)
        }
        Event::End(TagEnd::Link) => links.pop().is_some_and(|kept| kept).then_some(event),
        other => Some(other),
    }
}

/// The page has its own title, and each lesson its own.
fn below(level: HeadingLevel) -> HeadingLevel {
    level.max(HeadingLevel::H3)
}

fn leads_somewhere(address: &str) -> bool {
    let here = address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\");
    here || ["https://", "http://", "mailto:"].iter().any(|scheme| address.to_ascii_lowercase().starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::{html, spaced};
    use crate::i18n::Lang;

    #[test]
    fn what_could_harm_is_shown_and_not_obeyed() {
        let drawn = html(
            "<script>alert(1)</script>\n\nUn [lien](javascript:alert(1)), un [vrai](https://cnil.fr), ![vu](https://x.example/p.png).",
        );
        assert!(!drawn.contains("<script") && !drawn.contains("javascript") && !drawn.contains("<img"), "{drawn}");
        assert!(drawn.contains("&lt;script&gt;") && drawn.contains("<a href=\"https://cnil.fr\">vrai</a>"), "{drawn}");
        assert!(drawn.contains("Un lien, un"), "{drawn}");
        assert!(html("Titre\n=====\n").starts_with("<h3>"));
        assert_eq!(spaced("Qui ? « Moi »", Lang::Fr), "Qui\u{a0}? «\u{a0}Moi\u{a0}»");
        assert!(html("- un\n- **deux**\n").contains("<strong>deux</strong>"));
    }
}
