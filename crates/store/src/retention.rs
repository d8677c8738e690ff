//! What the public leaves is kept for a time (RGPD, article 5, 1, e): addresses serve to tell of an answer, private words to give
//! it. The answers, what was published and the counts stay.

use jiff::{SignedDuration, Timestamp};

use crate::row::micros;
use crate::{Result, Store};

statements! {
    // A consultation that nobody ever answers must not keep addresses for ever.
    ADDRESSES = "update contribution set email = '' where email <> '' \
                 and consultation in (select id from consultation where closed <= $1 or closes <= $2)";
    WORDS = "update report set words = '' where words <> '' and answered <= $1";
}

/// Time after the closing of a consultation during which a contributor's address serves.
pub const ADDRESS_KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// Longest time after the last day for contributing, answered or not.
pub const ADDRESS_KEPT_AT_MOST: SignedDuration = SignedDuration::from_hours(365 * 24);
/// Time after the answer during which the words of who reported a problem are kept.
pub const WORDS_KEPT: SignedDuration = SignedDuration::from_hours(365 * 24);

/// What was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Erased {
    /// Addresses of contributors.
    pub addresses: u64,
    /// Words of people who reported a problem.
    pub words: u64,
}

impl Store {
    /// Erases the addresses and the private words whose time is over at `now`.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_public(&self, now: Timestamp) -> Result<Erased> {
        let (closed, ended) = (micros(now - ADDRESS_KEPT), micros(now - ADDRESS_KEPT_AT_MOST));
        let answered = micros(now - WORDS_KEPT);
        Ok(writing!(self, |tx| {
            let addresses = sqlx::query(ADDRESSES).bind(closed).bind(ended).execute(&mut *tx).await?.rows_affected();
            let words = sqlx::query(WORDS).bind(answered).execute(&mut *tx).await?.rows_affected();
            Erased { addresses, words }
        }))
    }
}
