//! API keys of applications; only a hash of the secret is kept.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::live::touch_directory;
use crate::row::{micros, time};
use crate::scope::Scopes;
use crate::{Ambient, Result, Store, StoreError};

macro_rules! key_columns {
    () => {
        "select id, secret_hash, system_id, label, person, created, expires, revoked, \
         scopes, previous_hash, previous_until from api_key "
    };
}

statements! {
    INSERT = "insert into api_key (id, secret_hash, system_id, label, person, created, expires, revoked, \
              scopes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    BY_ID = concat!(key_columns!(), "where id = $1");
    LIST = concat!(key_columns!(), "where system_id = $1 order by created, id");
    LIST_ALL = concat!(key_columns!(), "order by created, id");
    // Nobody renews a key that somebody else renewed meanwhile: one of the two would hold a text that opens nothing.
    RENEW = "update api_key set secret_hash = $2, previous_hash = $3, previous_until = $4 \
             where id = $1 and secret_hash = $3 and revoked is null";
    REVOKE = "update api_key set revoked = $2 where id = $1 and revoked is null";
}

/// A key by which an application calls the gateway for one system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiKey {
    /// Public part of the key.
    pub id: String,
    /// Hash of the secret part.
    pub secret_hash: String,
    /// The system that the key speaks for.
    pub system_id: String,
    /// What the key is for, in its owner's words.
    pub label: String,
    /// The one person who holds it, when it is a person's own: it speaks for nobody else.
    pub person: Option<String>,
    /// When it was given.
    pub created: Timestamp,
    /// When it ends by itself, if ever.
    pub expires: Option<Timestamp>,
    /// When it was withdrawn, if it was.
    pub revoked: Option<Timestamp>,
    /// What it opens.
    pub scopes: Scopes,
    /// The secret that it had before it was renewed, as long as that one still opens.
    pub previous: Option<Previous>,
}

/// The secret of a key before its renewal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// Hash of the secret part.
    pub secret_hash: String,
    /// Until when it opens.
    pub until: Timestamp,
}

/// Every key begins so: secret scanners recognise it.
const PREFIX: &str = "gvn";

impl ApiKey {
    /// A new key for `system_id`, and its text, which is shown once and kept nowhere: `gvn-IDENTIFIER-SECRET`.
    #[must_use]
    pub fn mint(system_id: &str, label: &str, expires: Option<Timestamp>, ambient: &Ambient) -> (Self, String) {
        let id = hex::encode(ambient.bytes::<6>());
        let (secret_hash, text) = secret(&id, ambient);
        let key = Self {
            id,
            secret_hash,
            system_id: system_id.to_owned(),
            label: label.to_owned(),
            person: None,
            created: ambient.now(),
            expires,
            revoked: None,
            scopes: Scopes::All,
            previous: None,
        };
        (key, text)
    }

    /// The same key with a new secret, and its new text, shown once. The old text opens until `until`: the application is
    /// given the new one meanwhile, without an outage. Quotas and records go on, for the identifier stays.
    #[must_use]
    pub fn renewed(self, until: Timestamp, ambient: &Ambient) -> (Self, String) {
        let (secret_hash, text) = secret(&self.id, ambient);
        let previous = Some(Previous { secret_hash: self.secret_hash, until });
        (Self { secret_hash, previous, ..self }, text)
    }

    /// The same as the own key of a person: every call made with it is theirs, whatever it says.
    #[must_use]
    pub fn held_by(self, person: &str) -> Self {
        Self { person: Some(person.to_owned()), ..self }
    }

    /// Identifier inside the text of a key.
    pub(crate) fn id_in(text: &str) -> Option<&str> {
        let (id, _) = text.strip_prefix(PREFIX)?.strip_prefix('-')?.split_once('-')?;
        Some(id)
    }

    /// Whether `text` holds a secret of this key. A secret has 256 random bits, so a plain hash protects it.
    pub(crate) fn is_opened_by(&self, text: &str, now: Timestamp) -> bool {
        let Some((_, secret)) = text.rsplit_once('-') else { return false };
        let hash = hash(secret);
        let previous = self.previous.as_ref().filter(|previous| now < previous.until);
        hash == self.secret_hash || previous.is_some_and(|previous| hash == previous.secret_hash)
    }

    /// Whether it is neither expired nor withdrawn at `now`.
    #[must_use]
    pub fn in_force(&self, now: Timestamp) -> bool {
        self.revoked.is_none() && self.expires.is_none_or(|end| now < end)
    }
}

fn hash(secret: &str) -> String {
    hex::encode(Sha256::digest(secret))
}

/// A new secret for the key `id`: its hash, and the text of the key.
fn secret(id: &str, ambient: &Ambient) -> (String, String) {
    let secret = hex::encode(ambient.bytes::<32>());
    (hash(&secret), format!("{PREFIX}-{id}-{secret}"))
}

type Row =
    (String, String, String, String, Option<String>, i64, Option<i64>, Option<i64>, Option<String>, Option<String>, Option<i64>);

fn key(row: Row) -> Result<ApiKey> {
    let (id, secret_hash, system_id, label, person, created, expires, revoked, scopes, previous_hash, previous_until) = row;
    let (expires, revoked) = (expires.map(time).transpose()?, revoked.map(time).transpose()?);
    let previous = match previous_hash.zip(previous_until) {
        Some((secret_hash, until)) => Some(Previous { secret_hash, until: time(until)? }),
        None => None,
    };
    let (created, scopes) = (time(created)?, Scopes::of_column(scopes.as_deref()));
    Ok(ApiKey { id, secret_hash, system_id, label, person, created, expires, revoked, scopes, previous })
}

impl Store {
    /// Adds a key.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] if the identifier is taken.
    pub async fn create_api_key(&self, key: &ApiKey) -> Result<()> {
        let write = async {
            writing!(self, |tx| {
                let query = sqlx::query(INSERT).bind(&key.id).bind(&key.secret_hash).bind(&key.system_id);
                let query = query.bind(&key.label).bind(&key.person).bind(micros(key.created));
                let query = query.bind(key.expires.map(micros)).bind(key.revoked.map(micros));
                query.bind(key.scopes.column()).execute(&mut *tx).await?;
                touch_directory!(tx);
            });
            Ok(())
        };
        write.await.map_err(|e: StoreError| e.or_duplicate("an API key with this identifier"))
    }

    /// The key with this identifier, ended or not: the caller compares its dates with the time.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn find_api_key(&self, id: &str) -> Result<Option<ApiKey>> {
        let row: Option<Row> = reading!(self, |db| sqlx::query_as(BY_ID).bind(id).fetch_optional(db).await)?;
        row.map(key).transpose()
    }

    /// Keys of one system, or all, oldest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list_api_keys(&self, system_id: Option<&str>) -> Result<Vec<ApiKey>> {
        let rows: Vec<Row> = match system_id {
            Some(system) => reading!(self, |db| sqlx::query_as(LIST).bind(system).fetch_all(db).await)?,
            None => reading!(self, |db| sqlx::query_as(LIST_ALL).fetch_all(db).await)?,
        };
        rows.into_iter().map(key).collect()
    }

    /// Keeps the new secret of a key that [`ApiKey::renewed`] gave; false if the key was withdrawn, or renewed by somebody
    /// else meanwhile.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn renew_api_key(&self, key: &ApiKey) -> Result<bool> {
        let Some(previous) = &key.previous else { return Ok(false) };
        let until = micros(previous.until);
        Ok(writing!(self, |tx| {
            let query = sqlx::query(RENEW).bind(&key.id).bind(&key.secret_hash).bind(&previous.secret_hash).bind(until);
            let renewed = query.execute(&mut *tx).await?.rows_affected();
            touch_directory!(tx);
            renewed > 0
        }))
    }

    /// Withdraws a key at `at`; false if there is no such key or it was already withdrawn.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn revoke_api_key(&self, id: &str, at: Timestamp) -> Result<bool> {
        let at = micros(at);
        Ok(writing!(self, |tx| {
            let revoked = sqlx::query(REVOKE).bind(id).bind(at).execute(&mut *tx).await?.rows_affected();
            touch_directory!(tx);
            revoked > 0
        }))
    }
}
