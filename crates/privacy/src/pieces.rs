//! A masked text beside the one that it was made of, to be shown to a person.

use std::ops::Range;

use crate::{Masked, Span};

/// A piece of a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece<'a> {
    /// Goes as it is.
    Kept(&'a str),
    /// Is replaced.
    Hidden {
        /// What it is and who found it.
        span: &'a Span,
        /// As it was written.
        text: &'a str,
        /// What goes in its place.
        placeholder: &'a str,
    },
    /// May be personal data, and goes as it is unless somebody is asked.
    Doubtful {
        /// What it may be and who found it.
        span: &'a Span,
        /// As it was written.
        text: &'a str,
    },
}

impl Masked {
    /// The pieces of `original`, the text that was masked, in order: together they are the whole of it.
    #[must_use]
    pub fn pieces<'a>(&'a self, original: &'a str) -> Vec<Piece<'a>> {
        let replaced = self.spans.iter().filter(|span| !span.label.is_kept());
        let hidden = replaced.zip(&self.placeholders).map(|(span, placeholder)| Piece::Hidden {
            span,
            text: &original[span.range.clone()],
            placeholder,
        });
        let doubtful = self.doubtful.iter().map(|span| Piece::Doubtful { span, text: &original[span.range.clone()] });
        let mut marked: Vec<_> = hidden.chain(doubtful).collect();
        marked.sort_by_key(|piece| piece.range().start);
        let (mut pieces, mut done) = (Vec::new(), 0);
        for piece in marked {
            let range = piece.range();
            if done < range.start {
                pieces.push(Piece::Kept(&original[done..range.start]));
            }
            done = range.end;
            pieces.push(piece);
        }
        if done < original.len() {
            pieces.push(Piece::Kept(&original[done..]));
        }
        pieces
    }
}

impl Piece<'_> {
    /// Where it stands, when it is more than text that is kept.
    fn range(&self) -> Range<usize> {
        match self {
            Self::Kept(_) => 0..0,
            Self::Hidden { span, .. } | Self::Doubtful { span, .. } => span.range.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Detector, KnownValue, Label, Vault};

    fn pieces(text: &str, hide_from: f32) -> (String, String) {
        let detector = Detector::new(&[KnownValue::new(Label::Person, "Zoé Lefèvre")]).hiding_from(hide_from);
        let masked = detector.mask(&mut Vault::new(), text);
        let (mut before, mut after) = (String::new(), String::new());
        for piece in masked.pieces(text) {
            let (was, goes) = match piece {
                Piece::Kept(text) | Piece::Doubtful { text, .. } => (text, text),
                Piece::Hidden { text, placeholder, .. } => (text, placeholder),
            };
            before.push_str(was);
            after.push_str(goes);
        }
        assert_eq!(after, masked.text);
        (before, after)
    }

    #[test]
    fn each_piece_says_what_becomes_of_it() {
        let text = "Zoé Lefèvre, [PERSONNE_9]. Au dos, 12/04/1931.";
        let detector = Detector::new(&[KnownValue::new(Label::Person, "Zoé Lefèvre")]);
        let masked = detector.mask(&mut Vault::new(), text);
        let said: Vec<&str> = masked
            .pieces(text)
            .iter()
            .map(|piece| match piece {
                Piece::Kept(_) => "kept",
                Piece::Hidden { .. } => "hidden",
                Piece::Doubtful { .. } => "doubtful",
            })
            .collect();
        assert_eq!(said, ["hidden", "kept", "hidden", "kept", "doubtful", "kept"]);
    }

    proptest! {
        #[test]
        fn pieces_are_the_whole_text_before_and_after(
            text in r"(Zoé Lefèvre|LEFEVRE|12/04/1931|\[PERSONNE_1\]|06 12 34 56 78|[a-z é,.]{0,9}|\n){0,12}", strict in any::<bool>(),
        ) {
            let (before, _) = pieces(&text, if strict { 0.3 } else { 0.9 });
            prop_assert_eq!(before, text);
        }
    }
}
