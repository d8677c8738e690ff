//! API keys of applications; only a hash of the secret is kept.

use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::live::touch_directory;
use crate::row::{micros, time};
use crate::{Ambient, Result, Store, StoreError};

macro_rules! key_columns {
    () => {
        "select id, secret_hash, system_id, label, person, created, expires, revoked from api_key "
    };
}

statements! {
    INSERT = "insert into api_key (id, secret_hash, system_id, label, person, created, expires, revoked) \
              values ($1, $2, $3, $4, $5, $6, $7, $8)";
    BY_ID = concat!(key_columns!(), "where id = $1");
    LIST = concat!(key_columns!(), "where system_id = $1 order by created, id");
    LIST_ALL = concat!(key_columns!(), "order by created, id");
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
}

/// Every key begins so: secret scanners recognise it.
const PREFIX: &str = "gvn";

impl ApiKey {
    /// A new key for `system_id`, and its text, which is shown once and kept nowhere: `gvn-IDENTIFIER-SECRET`.
    #[must_use]
    pub fn mint(system_id: &str, label: &str, expires: Option<Timestamp>, ambient: &Ambient) -> (Self, String) {
        let (id, secret) = (hex::encode(ambient.bytes::<6>()), hex::encode(ambient.bytes::<32>()));
        let text = format!("{PREFIX}-{id}-{secret}");
        let (system_id, label) = (system_id.to_owned(), label.to_owned());
        let (secret_hash, created) = (hash(&secret), ambient.now());
        (Self { id, secret_hash, system_id, label, person: None, created, expires, revoked: None }, text)
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

    /// Whether `text` holds this key's secret. The secret has 256 random bits, so a plain hash protects it.
    pub(crate) fn is_opened_by(&self, text: &str) -> bool {
        text.rsplit_once('-').is_some_and(|(_, secret)| hash(secret) == self.secret_hash)
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

type Row = (String, String, String, String, Option<String>, i64, Option<i64>, Option<i64>);

fn key((id, secret_hash, system_id, label, person, created, expires, revoked): Row) -> Result<ApiKey> {
    let (expires, revoked) = (expires.map(time).transpose()?, revoked.map(time).transpose()?);
    Ok(ApiKey { id, secret_hash, system_id, label, person, created: time(created)?, expires, revoked })
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
                query.bind(key.expires.map(micros)).bind(key.revoked.map(micros)).execute(&mut *tx).await?;
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
