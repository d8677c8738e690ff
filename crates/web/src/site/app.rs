//! What every page needs: the store, the register in memory, the rules, and what the operator configured.

use std::collections::HashMap;
use std::sync::Arc;

use gouvernail_privacy::{Language, Strictness};
use gouvernail_register::Rules;
use gouvernail_store::{Account, Ambient, Live, Receipts, Store};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::throttle::Throttle;
use crate::badge::BadgeKey;
use crate::library::Library;

/// The site; cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// The parts of [`App`], built by the binary.
pub struct Parts {
    /// Database.
    pub store: Store,
    /// Register and directory in memory.
    pub live: Arc<Live>,
    /// Requirement packs.
    pub rules: Arc<Rules>,
    /// Time and randomness.
    pub ambient: Ambient,
    /// Receipts from the published log.
    pub receipts: Receipts,
    /// Questionnaires and training modules.
    pub library: Library,
    /// What the operator says of the administration.
    pub identity: Identity,
    /// Secret from which letter codes are derived; 32 bytes.
    pub secret: [u8; 32],
    /// Key that signs the badges.
    pub badges: BadgeKey,
    /// Attempts at passwords and codes.
    pub throttle: Throttle,
    /// The model that this machine runs, offered to dossiers that have none.
    pub embedded: Option<Embedded>,
    /// How personal data are looked for.
    pub privacy: Privacy,
    /// The quotas that calls meet at a moment: what is configured may change meanwhile.
    pub quotas: Box<dyn Fn(Timestamp) -> Vec<Quota> + Send + Sync>,
}

/// A quota in the period under way, for the page that shows it.
#[derive(Debug, Clone)]
pub struct Quota {
    /// Whose calls it counts.
    pub of: QuotaOf,
    /// What it counts.
    pub unit: QuotaUnit,
    /// When it begins again: every hour, every day, every month.
    pub every: QuotaPeriod,
    /// How much there is, as the account counts it.
    pub limit: i64,
    /// How many of what the account counts make one: a millionth of a euro is counted as one.
    pub parts: f64,
    /// Where what was taken stands.
    pub account: Account,
    /// The end of the period.
    pub renewed: Timestamp,
}

/// Whose calls a quota counts.
#[derive(Debug, Clone)]
pub enum QuotaOf {
    /// Those of the whole administration.
    Everybody,
    /// Those of a system.
    System(String),
    /// Those made with one key.
    Key(String),
}

/// What a quota counts.
#[derive(Debug, Clone, Copy)]
pub enum QuotaUnit {
    /// Calls that reach a model host.
    Requests,
    /// Tokens read and written.
    Tokens,
    /// Price of the tokens.
    Euros,
    /// Electricity.
    KilowattHours,
}

/// How long a quota lasts.
#[derive(Debug, Clone, Copy)]
pub enum QuotaPeriod {
    /// A full hour.
    Hour,
    /// A day.
    Day,
    /// A calendar month.
    Month,
}

/// How the gateway looks for personal data, for the page that shows it.
#[derive(Debug, Default)]
pub struct Privacy {
    /// Lists of names and the recogniser.
    pub language: Arc<Language>,
    /// What the operator says of hosts, by their identifier; the others have the default.
    pub hosts: HashMap<String, Strictness>,
}

/// The embedded model, as the register declares it.
#[derive(Debug, Clone)]
pub struct Embedded {
    /// Identifier of the host that stands for this machine.
    pub host: String,
    /// Identifier of the model.
    pub model: String,
    /// Its name for people.
    pub name: String,
    /// SPDX identifier of the licence of its weights.
    pub licence: String,
    /// Its parameters, billions.
    pub billions: f64,
}

/// What surrounds letters and pages.
#[derive(Debug, Clone)]
pub struct Identity {
    /// Name of the administration, until the register holds one.
    pub organisation: String,
    /// Address of this site as people type it, without a final slash.
    pub public_url: String,
    /// Sender of letters, one line each.
    pub sender: Vec<String>,
    /// Where letters are written.
    pub place: String,
    /// Where people write to, in one line.
    pub post: String,
    /// Telephone number of the switchboard, used until a system has its own.
    pub phone: String,
    /// When the telephone is answered, in words.
    pub hours: String,
    /// Time zone of the dates shown.
    pub time_zone: TimeZone,
    /// Address of the observatory that follows this log; empty when there is none.
    pub observatory: String,
    /// Verifier key of the log.
    pub log_vkey: String,
}

impl App {
    /// The site over its parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.ambient.now()
    }

    /// Name of the administration.
    #[must_use]
    pub fn organisation(&self) -> String {
        let known = self.live.snapshot();
        known.register.organisation.as_ref().map_or_else(|| self.identity.organisation.clone(), |o| o.name.clone())
    }

    /// Name of a system as people read it; the identifier itself when the register does not know it.
    #[must_use]
    pub fn name_of_system(&self, id: &str) -> String {
        let known = self.live.snapshot();
        known.register.systems.get(id).map_or_else(|| id.to_owned(), |system| system.sheet.name.clone())
    }
}

impl std::ops::Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
