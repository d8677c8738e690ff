//! What the gateway serves. The router, the addresses at the hosts and the messages are made of these rows, so that there is
//! one road for all of them.

use gouvernail_store::Scope;

/// An endpoint of the OpenAI-compatible interface, under `/v1` here and at the hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Endpoint {
    /// A conversation, answered whole or streamed.
    Chat,
    /// The same in items and typed events; nothing is kept at the host.
    Responses,
    /// Texts to vectors.
    Embeddings,
    /// Documents in the order of their nearness to a question.
    Rerank,
    /// Speech to text.
    Transcriptions,
}

impl Endpoint {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Chat, Self::Responses, Self::Embeddings, Self::Rerank, Self::Transcriptions];

    /// Its address, from the base address that ends in `/v1`.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Chat => "/chat/completions",
            Self::Responses => "/responses",
            Self::Embeddings => "/embeddings",
            Self::Rerank => "/rerank",
            Self::Transcriptions => "/audio/transcriptions",
        }
    }

    /// What a key must open.
    pub(crate) fn scope(self) -> Scope {
        match self {
            Self::Chat | Self::Responses => Scope::Chat,
            Self::Embeddings => Scope::Embeddings,
            Self::Rerank => Scope::Rerank,
            Self::Transcriptions => Scope::Transcriptions,
        }
    }

    /// Its name in records.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::Responses => "responses",
            Self::Embeddings => "embeddings",
            Self::Rerank => "rerank",
            Self::Transcriptions => "transcriptions",
        }
    }

    /// `gen_ai.operation.name` of OpenTelemetry, where it has one for it.
    #[must_use]
    pub fn operation(self) -> &'static str {
        match self {
            Self::Chat | Self::Responses => "chat",
            Self::Embeddings => "embeddings",
            Self::Rerank => "rerank",
            Self::Transcriptions => "transcription",
        }
    }

    /// Whether it takes a form with a file.
    pub(crate) fn takes_file(self) -> bool {
        self == Self::Transcriptions
    }

    /// Whether its answer can come in pieces.
    pub(crate) fn streams(self) -> bool {
        !matches!(self, Self::Embeddings | Self::Rerank)
    }

    /// What the history of a case says of an answer that holds no text.
    pub(crate) fn wordless(self) -> Option<&'static str> {
        match self {
            Self::Embeddings => Some("Textes transformés en vecteurs pour la recherche. L’outil n’a rien écrit."),
            Self::Rerank => Some("Documents classés selon leur proximité avec une question. L’outil n’a rien écrit."),
            Self::Chat | Self::Responses | Self::Transcriptions => None,
        }
    }
}
