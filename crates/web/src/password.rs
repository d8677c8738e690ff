//! Passwords: Argon2id (RFC 9106), stored in PHC form. Costly on purpose, so never on an asynchronous thread.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use gouvernail_store::{Ambient, Person};

use crate::invitation::Invitation;

/// Fewest characters of a password (CNIL, deliberation 2022-100: twelve, when nothing else is asked of it).
pub const MIN_CHARS: usize = 12;

/// Why a password is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short to resist.
    #[error("a password has at least {MIN_CHARS} characters, this one has {0}: choose a longer one, such as four words")]
    Short(usize),
    /// The hash function refused.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// The PHC string to store. Takes a good part of a second's processor time: call it off the asynchronous threads.
///
/// # Errors
/// [`PasswordError::Short`] says how long it must be.
pub fn hash(password: &str, ambient: &Ambient) -> Result<String, PasswordError> {
    let length = password.chars().count();
    if length < MIN_CHARS {
        return Err(PasswordError::Short(length));
    }
    let hash = Argon2::default().hash_password_with_salt(password.as_bytes(), &ambient.bytes::<16>());
    hash.map(|hash| hash.to_string()).map_err(|error| PasswordError::Hash(error.to_string()))
}

/// The same, off the asynchronous threads.
pub(crate) async fn hashed(ambient: &Ambient, password: String) -> Result<String, PasswordError> {
    let ambient = ambient.clone();
    let hashed = tokio::task::spawn_blocking(move || hash(&password, &ambient)).await;
    hashed.map_err(|error| PasswordError::Hash(error.to_string()))?
}

/// The person, if this is their password. An unknown person costs the same time, so that addresses cannot be guessed.
pub(crate) async fn check(person: Option<Person>, password: String) -> Option<Person> {
    let verified = tokio::task::spawn_blocking(move || {
        // Somebody who has no password yet costs the same time too.
        let has_one = person.as_ref().filter(|person| Invitation::of(person).is_none());
        let stored = has_one.map_or(NOBODY, |person| person.password_hash.as_str());
        let right = PasswordHash::new(stored).is_ok_and(|hash| verifies(&password, &hash));
        person.filter(|_| right)
    });
    verified.await.ok().flatten()
}

/// A hash with the same cost as any other, of a password that nobody has.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn verifies(password: &str, hash: &PasswordHash) -> bool {
    Argon2::default().verify_password(password.as_bytes(), hash).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ambient() -> Ambient {
        Ambient::new(|| jiff::Timestamp::UNIX_EPOCH, |bytes| bytes.fill(7))
    }

    fn person(password: &str) -> Person {
        Person {
            id: "p".into(),
            name: "Zoé".into(),
            email: "zoe@ville.example".into(),
            roles: Vec::new(),
            password_hash: hash(password, &ambient()).unwrap(),
            active: true,
        }
    }

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let zoe = person("quatre mots bien choisis");
        assert!(check(Some(zoe.clone()), "quatre mots bien choisis".into()).await.is_some());
        assert!(check(Some(zoe), "quatre mots mal choisis".into()).await.is_none());
        assert!(check(None, "quatre mots bien choisis".into()).await.is_none());
    }

    #[test]
    fn a_short_password_is_refused_and_nobodys_hash_is_well_formed() {
        assert!(matches!(hash("court", &ambient()), Err(PasswordError::Short(5))));
        let parameters = |hash: &str| hash.split('$').take(4).collect::<Vec<_>>().join("$");
        let real = hash("quatre mots bien choisis", &ambient()).unwrap();
        assert_eq!(parameters(&real), parameters(NOBODY), "the same cost for somebody unknown");
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
