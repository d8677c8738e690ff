//! Passwords: Argon2id (RFC 9106), stored in PHC form. Costly on purpose, so never on an asynchronous thread.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use gouvernail_store::{Ambient, Person};
use tokio::sync::Semaphore;

use crate::invitation::Invitation;

/// Fewest characters of a password (CNIL, deliberation 2022-100: twelve, when nothing else is asked of it).
pub const MIN_CHARS: usize = 12;

/// Why a password is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// Too short to resist.
    #[error("a password has at least {MIN_CHARS} characters, this one has {0}: choose a longer one, such as four words")]
    Short(usize),
    /// Too many passwords are being checked.
    #[error("too many passwords are being checked at this moment; try again in a moment")]
    Busy,
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

/// Passwords worked on at once: each takes a processor and 19 MiB for a good while, which calls and pages need too.
const AT_ONCE: usize = 2;
/// Those that may wait for their turn, about a second of work; past it, somebody is guessing and others are told to come back.
const WAITING: usize = 16;

/// The turns of this program.
static TURNS: Turns = Turns::new(AT_ONCE, WAITING);

/// Who may work, and who may wait.
struct Turns {
    room: Semaphore,
    turn: Semaphore,
}

impl Turns {
    const fn new(at_once: usize, waiting: usize) -> Self {
        Self { room: Semaphore::const_new(at_once + waiting), turn: Semaphore::const_new(at_once) }
    }

    /// Works off the asynchronous threads, when its turn has come.
    async fn take<T: Send + 'static>(&'static self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let in_room = self.room.try_acquire().map_err(|_| PasswordError::Busy)?;
        let turn = self.turn.acquire().await.map_err(|_| PasswordError::Busy)?;
        // Both go with the work: whoever asked may leave before it is done.
        let worked = tokio::task::spawn_blocking(move || {
            let _held = (in_room, turn);
            work()
        });
        worked.await.map_err(|error| PasswordError::Hash(error.to_string()))
    }
}

/// The same, off the asynchronous threads.
pub(crate) async fn hashed(ambient: &Ambient, password: String) -> Result<String, PasswordError> {
    let ambient = ambient.clone();
    TURNS.take(move || hash(&password, &ambient)).await?
}

/// The person, if this is their password. An unknown person costs the same time, so that addresses cannot be guessed.
pub(crate) async fn check(person: Option<Person>, password: String) -> Result<Option<Person>, PasswordError> {
    let verified = TURNS.take(move || {
        // Somebody who has no password yet costs the same time too.
        let has_one = person.as_ref().filter(|person| Invitation::of(person).is_none());
        let stored = has_one.map_or(NOBODY, |person| person.password_hash.as_str());
        let right = PasswordHash::new(stored).is_ok_and(|hash| verifies(&password, &hash));
        person.filter(|_| right)
    });
    verified.await
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
        assert!(check(Some(zoe.clone()), "quatre mots bien choisis".into()).await.unwrap().is_some());
        assert!(check(Some(zoe), "quatre mots mal choisis".into()).await.unwrap().is_none());
        assert!(check(None, "quatre mots bien choisis".into()).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_crowd_waits_for_its_turn_and_past_the_room_is_told_to_come_back() {
        static FEW: Turns = Turns::new(1, 2);
        let (open, door) = std::sync::mpsc::channel::<()>();
        let working = tokio::spawn(FEW.take(move || door.recv().is_err()));
        let waiting: Vec<_> = (0..2).map(|n| tokio::spawn(FEW.take(move || n))).collect();
        while FEW.room.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(matches!(FEW.take(|| ()).await, Err(PasswordError::Busy)));
        assert!(waiting.iter().all(|waiting| !waiting.is_finished()), "one works at a time");
        drop(open);
        assert!(working.await.unwrap().unwrap());
        for (n, waiting) in waiting.into_iter().enumerate() {
            assert_eq!(waiting.await.unwrap().unwrap(), n);
        }
        FEW.take(|| ()).await.unwrap();
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
