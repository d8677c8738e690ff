//! How many tokens a call took: what the host says, else an estimate that says that it is one.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// Largest count that canonical JSON carries exactly (RFC 8785 §3.2.2.3); a host that says more is not believed.
const LARGEST: u64 = (1 << 53) - 1;
/// Characters of a token, the usual rule of thumb for English; French takes a little more tokens, so the estimate is low.
const CHARACTERS: u64 = 4;

/// What a host says that it counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Usage {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
}

/// The words for it: those of chats, those of responses, and those of embeddings and rerank, which write nothing.
#[derive(Deserialize)]
struct Words {
    prompt_tokens: Option<u64>,
    completion_tokens: Option<u64>,
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    total_tokens: Option<u64>,
}

impl Usage {
    /// Reads the `usage` of an answer; one that is malformed is none.
    pub(crate) fn read(raw: &RawValue) -> Option<Self> {
        let believed = |count: Option<u64>| count.filter(|count| *count <= LARGEST);
        let words: Words = serde_json::from_str(raw.get()).ok()?;
        let written = words.completion_tokens.or(words.output_tokens);
        let read = words.prompt_tokens.or(words.input_tokens).or(words.total_tokens.filter(|_| written.is_none()));
        Some(Self { prompt_tokens: believed(read), completion_tokens: believed(written) })
    }
}

/// Tokens of one call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Tokens {
    /// Tokens read by the model.
    pub(crate) prompt: Option<u64>,
    /// Tokens that it wrote.
    pub(crate) output: Option<u64>,
    /// True when the host did not say how many it wrote.
    pub(crate) estimated: bool,
}

impl Tokens {
    /// The host's count, else an estimate from `pieces` of text with `characters` in all. Nothing written and nothing said is
    /// unknown, not zero: the model may have worked for a caller who left.
    pub(crate) fn of(usage: Option<Usage>, pieces: u64, characters: u64) -> Self {
        let usage = usage.unwrap_or_default();
        let estimate = Some(estimate(pieces, characters)).filter(|tokens| *tokens > 0);
        Self {
            prompt: usage.prompt_tokens,
            output: usage.completion_tokens.or(estimate),
            estimated: usage.completion_tokens.is_none() && estimate.is_some(),
        }
    }
}

/// Engines send one piece a token or several at once, so the larger of both counts is the nearer.
fn estimate(pieces: u64, characters: u64) -> u64 {
    pieces.max(characters.div_ceil(CHARACTERS))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Option<Usage> {
        Usage::read(serde_json::from_str(text).unwrap())
    }

    #[test]
    fn the_host_is_believed_within_reason() {
        let usage = read(r#"{"prompt_tokens":36,"completion_tokens":3,"total_tokens":39,"details":{}}"#);
        assert_eq!(Tokens::of(usage, 50, 900), Tokens { prompt: Some(36), output: Some(3), estimated: false });
        let absurd = read(r#"{"prompt_tokens":1,"completion_tokens":18446744073709551615}"#);
        assert_eq!(Tokens::of(absurd, 2, 40), Tokens { prompt: Some(1), output: Some(10), estimated: true });
        for malformed in [r#"{"completion_tokens":-3}"#, "[]", "7"] {
            assert_eq!(read(malformed), None);
        }
        assert_eq!(Tokens::of(None, 0, 0), Tokens::default());
    }

    proptest! {
        /// However a text is cut, the estimate covers its length, and more text or more pieces never make less.
        #[test]
        fn an_estimate_only_grows(pieces in 0u64..10_000, characters in 0u64..1_000_000, more in 0u64..1000) {
            let base = estimate(pieces, characters);
            prop_assert!(base * CHARACTERS >= characters && base >= pieces);
            prop_assert!(estimate(pieces + more, characters) >= base);
            prop_assert!(estimate(pieces, characters + more) >= base);
        }
    }
}
