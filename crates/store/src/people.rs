//! People and their sessions.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json as value;
use sha2::{Digest, Sha256};

use crate::live::touch_directory;
use crate::row::{json, micros, text, time};
use crate::{Ambient, Result, Store, StoreError};

macro_rules! person_columns {
    () => {
        "select p.id, p.name, p.email, p.roles, p.password_hash, p.active from person p "
    };
}

statements! {
    INSERT = "insert into person (id, name, email, roles, password_hash, active) values ($1, $2, $3, $4, $5, $6)";
    UPDATE = "update person set name = $2, email = $3, roles = $4, password_hash = $5, active = $6 where id = $1";
    BY_ID = concat!(person_columns!(), "where p.id = $1");
    BY_EMAIL = concat!(person_columns!(), "where p.email = $1");
    LIST = concat!(person_columns!(), "order by p.name, p.id");
    INSERT_SESSION = "insert into session (token_hash, person_id, created, expires) values ($1, $2, $3, $4)";
    FIND_SESSION = "select s.token_hash, s.person_id, s.created, s.expires from session s \
                    join person p on p.id = s.person_id where s.token_hash = $1 and s.expires > $2 and p.active = $3";
    END_SESSION = "delete from session where token_hash = $1";
    END_SESSIONS = "delete from session where person_id = $1";
    PURGE_SESSIONS = "delete from session where expires <= $1";
}

/// What a person may do. Being the owner of a system is a fact of the register, not only a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Steers AI in the administration, keeps the register.
    Referent,
    /// May answer for a system.
    Owner,
    /// Decides on citizens' files.
    Agent,
    /// Authorises, and reads the council's page.
    Elected,
    /// Checks from outside the hierarchy: may ask for the opening of entries.
    Inspector,
}

impl Role {
    /// Every role, in the order in which they are offered.
    pub const ALL: [Self; 5] = [Self::Referent, Self::Owner, Self::Agent, Self::Elected, Self::Inspector];

    /// The word stored, and used on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Referent => "referent",
            Self::Owner => "owner",
            Self::Agent => "agent",
            Self::Elected => "elected",
            Self::Inspector => "inspector",
        }
    }
}

/// Somebody who can sign in.
#[derive(Clone, Debug, PartialEq)]
pub struct Person {
    /// Identifier.
    pub id: String,
    /// Name as shown.
    pub name: String,
    /// Address; stored trimmed and in lower case, unique.
    pub email: String,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Password hash in PHC form.
    pub password_hash: String,
    /// False when the person may no longer sign in; their sessions no longer count.
    pub active: bool,
}

/// A sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Hash of the token that the browser holds.
    pub token_hash: String,
    /// Whose it is.
    pub person_id: String,
    /// When it began.
    pub created: Timestamp,
    /// When it ends by itself.
    pub expires: Timestamp,
}

impl Session {
    /// A session of `person_id` that lasts until `expires`, and its token, which only the browser keeps.
    #[must_use]
    pub fn mint(person_id: &str, expires: Timestamp, ambient: &Ambient) -> (Self, String) {
        let token = hex::encode(ambient.bytes::<32>());
        let person_id = person_id.to_owned();
        (Self { token_hash: Self::hash(&token), person_id, created: ambient.now(), expires }, token)
    }

    /// What is stored of a token.
    #[must_use]
    pub fn hash(token: &str) -> String {
        hex::encode(Sha256::digest(token))
    }
}

type PersonRow = (String, String, String, String, String, bool);
type SessionRow = (String, String, i64, i64);

fn person((id, name, email, roles, password_hash, active): PersonRow) -> Result<Person> {
    let roles = serde_json::from_value(json(&roles)?).map_err(|e| StoreError::BadRow { what: "role", reason: e.to_string() })?;
    Ok(Person { id, name, email, roles, password_hash, active })
}

fn session((token_hash, person_id, created, expires): SessionRow) -> Result<Session> {
    Ok(Session { token_hash, person_id, created: time(created)?, expires: time(expires)? })
}

/// SQLite folds only ASCII, so case is folded here for both engines.
pub(crate) fn fold(email: &str) -> String {
    email.trim().to_lowercase()
}

impl Store {
    /// Adds a person.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if the identifier or the address is taken.
    pub async fn create_person(&self, person: &Person) -> Result<()> {
        self.write_person(INSERT, person).await.map(drop)
    }

    /// Replaces everything known of `person.id`.
    ///
    /// # Errors
    /// [`StoreError::NotFound`], or [`StoreError::Duplicate`] if the address is taken.
    pub async fn update_person(&self, person: &Person) -> Result<()> {
        match self.write_person(UPDATE, person).await? {
            0 => Err(StoreError::NotFound { what: "person", id: person.id.clone() }),
            _ => Ok(()),
        }
    }

    async fn write_person(&self, sql: &'static str, p: &Person) -> Result<u64> {
        let write = async {
            Ok(writing!(self, |tx| {
                let query = sqlx::query(sql).bind(&p.id).bind(&p.name).bind(fold(&p.email)).bind(text(&value!(p.roles)));
                let written = query.bind(&p.password_hash).bind(p.active).execute(&mut *tx).await?.rows_affected();
                touch_directory!(tx);
                written
            }))
        };
        write.await.map_err(|e: StoreError| e.or_duplicate("a person with this identifier or e-mail address"))
    }

    /// The person with this identifier.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_person(&self, id: &str) -> Result<Option<Person>> {
        let row: Option<PersonRow> = reading!(self, |db| sqlx::query_as(BY_ID).bind(id).fetch_optional(db).await)?;
        row.map(person).transpose()
    }

    /// The person with this address, in whatever case.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_person_by_email(&self, email: &str) -> Result<Option<Person>> {
        let row: Option<PersonRow> = reading!(self, |db| sqlx::query_as(BY_EMAIL).bind(fold(email)).fetch_optional(db).await)?;
        row.map(person).transpose()
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list_persons(&self) -> Result<Vec<Person>> {
        let rows: Vec<PersonRow> = reading!(self, |db| sqlx::query_as(LIST).fetch_all(db).await)?;
        rows.into_iter().map(person).collect()
    }

    /// Opens a session.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if the token was already used.
    pub async fn create_session(&self, session: &Session) -> Result<()> {
        let (created, expires) = (micros(session.created), micros(session.expires));
        let write = async {
            writing!(self, |tx| {
                let query = sqlx::query(INSERT_SESSION).bind(&session.token_hash).bind(&session.person_id);
                query.bind(created).bind(expires).execute(&mut *tx).await?;
            });
            Ok(())
        };
        write.await.map_err(|e: StoreError| e.or_duplicate("a session with this token"))
    }

    /// The session of this token, if it has not ended at `now` and its person is active.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_session(&self, token_hash: &str, now: Timestamp) -> Result<Option<Session>> {
        let row: Option<SessionRow> = reading!(self, |db| sqlx::query_as(FIND_SESSION)
            .bind(token_hash)
            .bind(micros(now))
            .bind(true)
            .fetch_optional(db)
            .await)?;
        row.map(session).transpose()
    }

    /// Ends one session; false if there was none.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke_session(&self, token_hash: &str) -> Result<bool> {
        Ok(writing!(self, |tx| sqlx::query(END_SESSION).bind(token_hash).execute(&mut *tx).await?.rows_affected()) > 0)
    }

    /// Ends every session of a person and returns how many there were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke_sessions(&self, person_id: &str) -> Result<u64> {
        Ok(writing!(self, |tx| sqlx::query(END_SESSIONS).bind(person_id).execute(&mut *tx).await?.rows_affected()))
    }

    /// Forgets the sessions that have ended at `now` and returns how many there were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn purge_sessions(&self, now: Timestamp) -> Result<u64> {
        let now = micros(now);
        Ok(writing!(self, |tx| sqlx::query(PURGE_SESSIONS).bind(now).execute(&mut *tx).await?.rows_affected()))
    }
}
