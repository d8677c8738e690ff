//! The moves that read a text token by token, and which of them may follow.

use super::NerKind;

/// What a move does with the token at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Opens an entity of several tokens.
    Begin,
    /// Goes on inside it.
    Inside,
    /// Closes it.
    Last,
    /// An entity of this token alone.
    Unit,
    /// Outside of entities.
    Out,
    /// A move of the training that never applies.
    Never,
}

/// A move, with the entity that it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) kind: Kind,
    pub(super) entity: Option<NerKind>,
}

/// What of a token decides which moves may be made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    /// It is white space.
    pub(super) on_space: bool,
    /// Nothing follows that an entity could go on with.
    pub(super) is_last: bool,
}

impl Move {
    /// A move by the numbers and labels of the file.
    pub(super) fn parse(action: u8, label: &str) -> Option<Self> {
        let entity = match label {
            "PER" => Some(NerKind::Person),
            "LOC" => Some(NerKind::Place),
            "ORG" => Some(NerKind::Organisation),
            "MISC" => Some(NerKind::Misc),
            "" => None,
            _ => return None,
        };
        let kind = match (action, entity) {
            (1, Some(_)) => Kind::Begin,
            (2, Some(_)) => Kind::Inside,
            (3, Some(_)) => Kind::Last,
            (4, Some(_)) => Kind::Unit,
            (4, None) => Kind::Never,
            (5, None) => Kind::Out,
            _ => return None,
        };
        Some(Self { kind, entity })
    }

    /// True when the move may be made: with the entity that is open, on this token.
    pub(super) fn is_valid(self, open: Option<NerKind>, Token { on_space, is_last }: Token) -> bool {
        match self.kind {
            Kind::Begin => open.is_none() && !is_last && !on_space,
            Kind::Inside => open.is_some() && open == self.entity && !is_last,
            Kind::Last => open.is_some() && open == self.entity,
            Kind::Unit => open.is_none() && !on_space,
            Kind::Out => open.is_none(),
            Kind::Never => false,
        }
    }
}
