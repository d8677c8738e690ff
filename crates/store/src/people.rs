//! People and their sessions.

use jiff::Timestamp;
use serde_json::Value;

use crate::row::{json, micros, text, time};
use crate::{Result, Store, StoreError};

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
    SESSIONS = "select token_hash, person_id, created, expires from session where person_id = $1 order by created";
    END_SESSION = "delete from session where token_hash = $1";
    END_SESSIONS = "delete from session where person_id = $1";
    PURGE_SESSIONS = "delete from session where expires <= $1";
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
    /// Roles, opaque here.
    pub roles: Value,
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

type PersonRow = (String, String, String, String, String, bool);
type SessionRow = (String, String, i64, i64);

fn person((id, name, email, roles, password_hash, active): PersonRow) -> Result<Person> {
    Ok(Person { id, name, email, roles: json(&roles)?, password_hash, active })
}

fn session((token_hash, person_id, created, expires): SessionRow) -> Result<Session> {
    Ok(Session { token_hash, person_id, created: time(created)?, expires: time(expires)? })
}

/// SQLite folds only ASCII, so case is folded here for both engines.
fn fold(email: &str) -> String {
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
                let query = sqlx::query(sql).bind(&p.id).bind(&p.name).bind(fold(&p.email)).bind(text(&p.roles));
                query.bind(&p.password_hash).bind(p.active).execute(&mut *tx).await?.rows_affected()
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
        let row: Option<PersonRow> =
            reading!(self, |db| sqlx::query_as(BY_EMAIL).bind(fold(email)).fetch_optional(db).await)?;
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
            Ok(writing!(self, |tx| {
                let query = sqlx::query(INSERT_SESSION).bind(&session.token_hash).bind(&session.person_id);
                query.bind(created).bind(expires).execute(&mut *tx).await?;
            }))
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

    /// Sessions of a person, oldest first, ended ones included until they are purged.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list_sessions(&self, person_id: &str) -> Result<Vec<Session>> {
        let rows: Vec<SessionRow> = reading!(self, |db| sqlx::query_as(SESSIONS).bind(person_id).fetch_all(db).await)?;
        rows.into_iter().map(session).collect()
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
