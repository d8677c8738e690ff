//! What an API key opens.

use std::collections::BTreeSet;

/// One thing that a key may open. The list of models is open to every key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Conversations: `/v1/chat/completions` and `/v1/responses`.
    Chat,
    /// `/v1/embeddings`.
    Embeddings,
    /// `/v1/rerank`.
    Rerank,
    /// `/v1/audio/transcriptions`.
    Transcriptions,
    /// Files of citizens: declared, read, erased, and named in calls.
    Cases,
    /// Saying which person is behind a call.
    Agents,
}

impl Scope {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 6] = [Self::Chat, Self::Embeddings, Self::Rerank, Self::Transcriptions, Self::Cases, Self::Agents];

    /// Its name, in forms, in the database and in errors.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Embeddings => "embeddings",
            Self::Rerank => "rerank",
            Self::Transcriptions => "transcriptions",
            Self::Cases => "cases",
            Self::Agents => "agents",
        }
    }

    /// The scope of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// What a key opens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Scopes {
    /// Everything, also what later versions add.
    #[default]
    All,
    /// These and nothing else.
    Only(BTreeSet<Scope>),
}

impl Scopes {
    /// Whether it is among them.
    #[must_use]
    pub fn allow(&self, scope: Scope) -> bool {
        match self {
            Self::All => true,
            Self::Only(scopes) => scopes.contains(&scope),
        }
    }

    /// As the database keeps them: names between spaces, nothing when all.
    pub(crate) fn column(&self) -> Option<String> {
        match self {
            Self::All => None,
            Self::Only(scopes) => Some(scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(" ")),
        }
    }

    /// A name that this version does not know opens nothing here.
    pub(crate) fn of_column(column: Option<&str>) -> Self {
        column.map_or(Self::All, |names| Self::Only(names.split(' ').filter_map(Scope::named).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let some = Scopes::Only(BTreeSet::from([Scope::Chat, Scope::Agents]));
        for scopes in [Scopes::All, Scopes::Only(BTreeSet::new()), some.clone(), Scopes::Only(BTreeSet::from(Scope::ALL))] {
            assert_eq!(Scopes::of_column(scopes.column().as_deref()), scopes);
        }
        assert!(some.allow(Scope::Chat) && !some.allow(Scope::Cases) && Scopes::All.allow(Scope::Cases));
        assert_eq!(Scopes::of_column(Some("chat telepathy agents")), some);
    }
}
