//! How much a system, a key or everybody together may take in an hour, a day or a month: requests, tokens, euros, energy.
//!
//! A call [reserves](Reservation) what it may take at most, in the same durable write as its intent, and settles what it took
//! with its outcome ([`gouvernail_store::Claim`]). There is one account, in the database: what is enforced is what is shown, and
//! several nodes share it.

mod expected;
mod period;

use std::sync::Arc;

use gouvernail_footprint::Footprint;
use gouvernail_register::Call;
use gouvernail_store::{Account, Claim, Correction, OverQuota};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::error::GatewayError;
use crate::hosts::Route;
use crate::tokens::Tokens;
pub(crate) use expected::Expected;
pub use period::Period;

/// Millionths of a watt-hour in a kilowatt-hour.
const MICRO_WH: f64 = 1e9;

/// A limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Whose calls it counts.
    pub of: Whose,
    /// What it counts.
    pub unit: Unit,
    /// How much there is in each period, as [`Unit::counted`] gives it.
    pub limit: i64,
    /// When it begins again.
    pub per: Period,
}

/// A quota in one of its periods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The quota.
    pub quota: Quota,
    /// Where what was taken of it stands.
    pub account: Account,
    /// When it begins again.
    pub renewed: Timestamp,
}

/// Whose calls a quota counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// Those of the whole administration.
    Everybody,
    /// Those of a system, whatever the key.
    System(String),
    /// Those made with one key, by the identifier between its dashes.
    Key(String),
}

/// What a quota counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Calls that reached a model host.
    Requests,
    /// Tokens read and written.
    Tokens,
    /// Price of the tokens.
    Euros,
    /// Electricity, the upper end of what is estimated or measured.
    KilowattHours,
}

/// What the tokens of a model cost at a host, in euros a million, which is millionths of a euro each.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Price {
    /// Of tokens read.
    pub input: f64,
    /// Of tokens written.
    pub output: f64,
}

impl Price {
    /// Euros for so many tokens read and written.
    pub(crate) fn of(self, input: u64, output: u64) -> f64 {
        (input as f64 * self.input + output as f64 * self.output) / 1e6
    }
}

impl Unit {
    /// The whole number that an amount is counted as: millionths of a euro, and of a watt-hour. None when it is no amount.
    #[must_use]
    pub fn counted(self, amount: f64) -> Option<i64> {
        let counted = (amount * self.parts()).ceil();
        (0.0..9e15).contains(&counted).then_some(counted as i64)
    }

    /// The amount of a whole number.
    fn amount(self, counted: i64) -> f64 {
        counted as f64 / self.parts()
    }

    /// How many of what [`Unit::counted`] gives make one.
    #[must_use]
    pub fn parts(self) -> f64 {
        match self {
            Self::Requests | Self::Tokens => 1.0,
            Self::Euros => 1e6,
            Self::KilowattHours => MICRO_WH,
        }
    }

    /// Its word, in identifiers and errors.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Tokens => "tokens",
            Self::Euros => "euros",
            Self::KilowattHours => "kWh",
        }
    }
}

impl Quota {
    /// Its identifier. The limit is not part of it: changed, it holds from the next call on.
    #[must_use]
    pub fn id(&self) -> String {
        let (unit, per) = (self.unit.as_str(), self.per.as_str());
        match &self.of {
            Whose::Everybody => format!("all/{unit}/{per}"),
            Whose::System(system) => format!("system:{system}/{unit}/{per}"),
            Whose::Key(key) => format!("key:{key}/{unit}/{per}"),
        }
    }

    /// The account of the period that `now` is in.
    #[must_use]
    pub fn account(&self, now: Timestamp, zone: &TimeZone) -> Account {
        Account { quota: self.id(), period: self.per.label(now, zone) }
    }

    pub(crate) fn standing(&self, now: Timestamp, zone: &TimeZone) -> Standing {
        Standing { account: self.account(now, zone), renewed: self.per.end(now, zone), quota: self.clone() }
    }

    fn counts(&self, system: &str, key: &str) -> bool {
        match &self.of {
            Whose::Everybody => true,
            Whose::System(own) => own == system,
            Whose::Key(own) => own == key,
        }
    }
}

/// What one call takes, in every unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Taken {
    requests: u64,
    tokens: u64,
    euros: f64,
    kwh: f64,
}

impl Taken {
    fn of(self, unit: Unit) -> i64 {
        let amount = match unit {
            Unit::Requests => self.requests as f64,
            Unit::Tokens => self.tokens as f64,
            Unit::Euros => self.euros,
            Unit::KilowattHours => self.kwh,
        };
        unit.counted(amount).unwrap_or(i64::MAX / 2)
    }
}

/// What a call reserves: the claims, and how to settle them.
#[derive(Debug)]
pub(crate) struct Reservation {
    quotas: Vec<Quota>,
    claims: Arc<[Claim]>,
    expected: Expected,
    price: Price,
}

impl Reservation {
    /// What `call` with `key` on `route` reserves. `expected` is asked only when there is a quota on it.
    pub(crate) fn make(
        quotas: &[Quota],
        (call, key): (&Call, &str),
        route: &Route,
        expected: impl FnOnce() -> Expected,
        (now, zone): (Timestamp, &TimeZone),
    ) -> Result<Self, GatewayError> {
        let quotas: Vec<Quota> = quotas.iter().filter(|quota| quota.counts(&call.system, key)).cloned().collect();
        let expected = if quotas.is_empty() { Expected::default() } else { expected() };
        let price = match route.price {
            Some(price) => price,
            None if route.embedded || !quotas.iter().any(|quota| quota.unit == Unit::Euros) => Price::default(),
            None => return Err(GatewayError::Unpriced { host: route.host.clone(), model: call.model.clone() }),
        };
        let most = taken(expected.input, expected.output, price, expected.kwh);
        let claims =
            quotas.iter().map(|quota| Claim { account: quota.account(now, zone), amount: most.of(quota.unit), limit: quota.limit });
        let claims = claims.collect();
        Ok(Self { quotas, claims, expected, price })
    }

    /// What is reserved.
    pub(crate) fn claims(&self) -> Arc<[Claim]> {
        Arc::clone(&self.claims)
    }

    /// What puts it right once the call is over. What nobody counted is what was expected of it; a call that did not reach the
    /// host took nothing.
    pub(crate) fn settled(&self, reached: bool, tokens: Tokens, footprint: Option<&Footprint>) -> Arc<[Correction]> {
        let really = if reached {
            let (input, output) = (tokens.prompt.unwrap_or(self.expected.input), tokens.output.unwrap_or(self.expected.output));
            taken(input, output, self.price, footprint.map_or(self.expected.kwh, |footprint| footprint.energy_kwh.max))
        } else {
            Taken::default()
        };
        let pairs = self.quotas.iter().zip(self.claims.iter());
        let corrections =
            pairs.map(|(quota, claim)| Correction { account: claim.account.clone(), amount: really.of(quota.unit) - claim.amount });
        corrections.filter(|correction| correction.amount != 0).collect()
    }

    /// The error of a call for which too little is left.
    pub(crate) fn refused(&self, over: &OverQuota, now: Timestamp, zone: &TimeZone) -> GatewayError {
        let at = self.claims.iter().position(|claim| claim.account == over.claim.account);
        let Some(quota) = at.and_then(|at| self.quotas.get(at)) else {
            return GatewayError::Unavailable("a quota was changed meanwhile".to_owned());
        };
        let renewed = quota.per.end(now, zone);
        GatewayError::OverQuota(Box::new(Exhausted {
            quota: quota.id(),
            unit: quota.unit,
            limit: quota.unit.amount(quota.limit),
            left: quota.unit.amount(over.left),
            needed: quota.unit.amount(over.claim.amount),
            renewed,
            renewed_here: zone.to_datetime(renewed),
            seconds: renewed.duration_since(now).as_secs().max(1).unsigned_abs(),
        }))
    }
}

fn taken(input: u64, output: u64, price: Price, kwh: f64) -> Taken {
    Taken { requests: 1, tokens: input.saturating_add(output), euros: price.of(input, output), kwh }
}

/// A quota of which too little is left, for the caller.
#[derive(Clone, Debug, PartialEq)]
pub struct Exhausted {
    /// Its identifier.
    pub quota: String,
    /// What it counts.
    pub unit: Unit,
    /// How much there is in a period.
    pub limit: f64,
    /// How much is left.
    pub left: f64,
    /// How much the call may take.
    pub needed: f64,
    /// When it begins again.
    pub renewed: Timestamp,
    /// The same on the clocks of the administration.
    pub renewed_here: DateTime,
    /// Seconds until then.
    pub seconds: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_counted_whole_and_never_too_low() {
        assert_eq!(Unit::Euros.counted(5.0), Some(5_000_000));
        assert_eq!(Unit::Euros.counted(0.000_000_1), Some(1));
        assert_eq!(Unit::KilowattHours.counted(0.25), Some(250_000_000));
        assert_eq!(Unit::Requests.counted(-1.0), None);
        assert_eq!(Unit::Tokens.counted(f64::NAN), None);
        assert_eq!(Unit::Tokens.counted(f64::INFINITY), None);
    }

    #[test]
    fn identifiers_say_whose_what_and_when() {
        let quota = Quota { of: Whose::System("aide".into()), unit: Unit::KilowattHours, limit: 1, per: Period::Month };
        assert_eq!(quota.id(), "system:aide/kWh/month");
        assert!(quota.counts("aide", "k") && !quota.counts("autre", "k"));
    }
}
