//! What an application says of a case when it declares it.

use serde::{Deserialize, Serialize};

use crate::KnownValue;
use crate::notice::Lang;

/// A declaration, as the store keeps it: the site writes it, the gateway reads from it what must be hidden.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declared {
    /// What the request is about.
    pub subject: String,
    /// Values known about the person, hidden from the model host.
    pub known: Vec<KnownValue>,
    /// Name and address for the letter, one line each; hidden from the model host too.
    pub recipient: Vec<String>,
    /// Language of the letter.
    #[serde(default)]
    pub lang: Lang,
    /// Drawn to be handled by humans alone: the gateway refuses every call on it.
    #[serde(default)]
    pub without_ai: bool,
}
