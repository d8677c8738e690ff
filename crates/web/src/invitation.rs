//! A link by which somebody chooses their own password: shown once, used once, good for three days.
//!
//! Until it is used, what it opens stands where the hash of the password does: no password matches it, so an old one no longer
//! opens anything, and nobody but the person ever knows the new one.

use gouvernail_store::{Ambient, Person, Session};
use jiff::{SignedDuration, Timestamp};

/// How long a link is good for.
pub const LASTS: SignedDuration = SignedDuration::from_hours(72);

/// What begins a stored invitation; no PHC string begins so.
const SCHEME: &str = "$invitation$";

/// A link that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// End of validity.
    pub until: Timestamp,
    /// SHA-256 of the token, in hexadecimal.
    token_hash: String,
}

impl Invitation {
    /// An invitation until `until`, and its token, which only the link holds.
    #[must_use]
    pub fn mint(until: Timestamp, ambient: &Ambient) -> (Self, String) {
        let token = hex::encode(ambient.bytes::<32>());
        (Self { until, token_hash: Session::hash(&token) }, token)
    }

    /// What stands in place of the hash of a password.
    #[must_use]
    pub fn stored(&self) -> String {
        format!("{SCHEME}{}${}", self.until.as_second(), self.token_hash)
    }

    /// The invitation that a person has not used yet.
    #[must_use]
    pub fn of(person: &Person) -> Option<Self> {
        let (until, token_hash) = person.password_hash.strip_prefix(SCHEME)?.split_once('$')?;
        let until = Timestamp::from_second(until.parse().ok()?).ok()?;
        Some(Self { until, token_hash: token_hash.to_owned() })
    }

    /// Whether this token opens it at `now`.
    #[must_use]
    pub fn opens(&self, token: &str, now: Timestamp) -> bool {
        // Both are hashes: what their comparison takes says nothing of the token.
        now < self.until && Session::hash(token) == self.token_hash
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(password_hash: String) -> Person {
        let (id, name, email) = ("p".into(), "Zoé".into(), "zoe@ville.example".into());
        Person { id, name, email, roles: Vec::new(), password_hash, active: true }
    }

    #[tokio::test]
    async fn a_link_opens_once_it_is_stored_until_its_end_and_no_password_does() {
        let ambient = Ambient::new(|| Timestamp::UNIX_EPOCH, |bytes| bytes.fill(7));
        let until = Timestamp::UNIX_EPOCH + LASTS;
        let (given, token) = Invitation::mint(until, &ambient);
        let zoe = person(given.stored());
        let read = Invitation::of(&zoe).unwrap();
        assert_eq!(read, given);
        let before = until - SignedDuration::from_secs(1);
        assert!(read.opens(&token, before) && !read.opens(&token, until) && !read.opens("", before));
        for typed in [token.as_str(), zoe.password_hash.as_str(), ""] {
            assert!(crate::password::check(Some(zoe.clone()), typed.to_owned()).await.unwrap().is_none());
        }
        assert_eq!(Invitation::of(&person("$argon2id$v=19$…".into())), None);
    }
}
