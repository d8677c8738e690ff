//! Quotas and prices in the configuration file.

use std::collections::{BTreeMap, HashMap, HashSet};

use anyhow::{Result, bail};
use gouvernail_gateway::{Gateway, Price, Quota, Standing, Unit, Whose};
use gouvernail_web::site;
use jiff::Timestamp;
use serde::Deserialize;

/// `[[quotas]]`: what may be taken in a period by a system, through a key, or by everybody together.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Entry {
    /// Identifier of the system; every system together without it and without `key`.
    pub system: Option<String>,
    /// Identifier of an API key, between its dashes.
    pub key: Option<String>,
    /// When it begins again.
    pub per: Period,
    /// Calls that reach a model host.
    pub requests: Option<f64>,
    /// Tokens read and written.
    pub tokens: Option<f64>,
    /// Price of the tokens, euros.
    pub euros: Option<f64>,
    /// Electricity, kilowatt-hours.
    pub kwh: Option<f64>,
}

/// When a quota begins again.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Period {
    /// At each full hour.
    Hour,
    /// At midnight.
    #[default]
    Day,
    /// On the first of the month.
    Month,
}

/// `[hosts.ID.prices.MODEL]`: euros a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prices {
    /// Of tokens read.
    pub input: f64,
    /// Of tokens written.
    #[serde(default)]
    pub output: f64,
}

/// The quotas that calls meet, for the page that shows them.
pub fn shown(gateway: Gateway) -> Box<dyn Fn(Timestamp) -> Vec<site::Quota> + Send + Sync> {
    Box::new(move |now| gateway.quotas(now).into_iter().map(of_page).collect())
}

fn of_page(standing: Standing) -> site::Quota {
    let Standing { quota: Quota { of, unit, limit, per }, account, renewed } = standing;
    site::Quota {
        of: match of {
            Whose::Everybody => site::QuotaOf::Everybody,
            Whose::System(system) => site::QuotaOf::System(system),
            Whose::Key(key) => site::QuotaOf::Key(key),
        },
        unit: match unit {
            Unit::Requests => site::QuotaUnit::Requests,
            Unit::Tokens => site::QuotaUnit::Tokens,
            Unit::Euros => site::QuotaUnit::Euros,
            Unit::KilowattHours => site::QuotaUnit::KilowattHours,
        },
        every: match per {
            gouvernail_gateway::Period::Hour => site::QuotaPeriod::Hour,
            gouvernail_gateway::Period::Day => site::QuotaPeriod::Day,
            gouvernail_gateway::Period::Month => site::QuotaPeriod::Month,
        },
        limit,
        parts: unit.parts(),
        account,
        renewed,
    }
}

/// The quotas that the entries say.
///
/// # Errors
/// Says which entry is wrong, and how.
pub fn read(entries: &[Entry]) -> Result<Vec<Quota>> {
    let mut quotas = Vec::new();
    for (entry, place) in entries.iter().zip(1..) {
        let of = match (&entry.system, &entry.key) {
            (Some(_), Some(_)) => bail!("quotas, entry {place}: write `system` or `key`, not both"),
            (Some(system), None) => Whose::System(system.clone()),
            (None, Some(key)) => Whose::Key(key.clone()),
            (None, None) => Whose::Everybody,
        };
        let counted = limits(entry).into_iter().filter_map(|(unit, limit)| Some((unit, limit?))).collect::<Vec<_>>();
        if counted.is_empty() {
            bail!("quotas, entry {place}: say how much, with `requests`, `tokens`, `euros` or `kwh`");
        }
        for (unit, limit) in counted {
            let Some(limit) = unit.counted(limit) else {
                bail!("quotas, entry {place}: {} is {limit}: write an amount from 0 on", unit.as_str());
            };
            quotas.push(Quota { of: of.clone(), unit, limit, per: entry.per.into() });
        }
    }
    let mut seen = HashSet::new();
    if let Some(twice) = quotas.iter().find(|quota| !seen.insert(quota.id())) {
        bail!("quotas: {} is said twice; leave one", twice.id());
    }
    Ok(quotas)
}

fn limits(entry: &Entry) -> [(Unit, Option<f64>); 4] {
    [(Unit::Requests, entry.requests), (Unit::Tokens, entry.tokens), (Unit::Euros, entry.euros), (Unit::KilowattHours, entry.kwh)]
}

/// The prices of a host.
///
/// # Errors
/// Says which one is no price.
pub fn prices(host: &str, prices: &BTreeMap<String, Prices>) -> Result<HashMap<String, Price>> {
    let is_price = |euros: f64| (0.0..1e9).contains(&euros);
    if let Some((model, _)) = prices.iter().find(|(_, price)| !is_price(price.input) || !is_price(price.output)) {
        bail!("hosts.{host}.prices.{model}: write euros a million tokens, from 0 on");
    }
    Ok(prices.iter().map(|(model, price)| (model.clone(), Price { input: price.input, output: price.output })).collect())
}

impl From<Period> for gouvernail_gateway::Period {
    fn from(period: Period) -> Self {
        match period {
            Period::Hour => Self::Hour,
            Period::Day => Self::Day,
            Period::Month => Self::Month,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        quotas: Vec<Entry>,
    }

    fn of(text: &str) -> Result<Vec<Quota>> {
        read(&toml::from_str::<File>(text)?.quotas)
    }

    #[test]
    fn one_entry_is_a_quota_for_each_amount() {
        let quotas =
            of("[[quotas]]\nsystem = \"aide\"\nper = \"month\"\nrequests = 1000\neuros = 2.5\n[[quotas]]\ntokens = 7").unwrap();
        let ids: Vec<_> = quotas.iter().map(|quota| (quota.id(), quota.limit)).collect();
        let expected = [("system:aide/requests/month", 1000), ("system:aide/euros/month", 2_500_000), ("all/tokens/day", 7)];
        assert_eq!(ids, expected.map(|(id, limit)| (id.to_owned(), limit)));
    }

    #[test]
    fn a_mistake_names_its_entry() {
        for (text, word) in [
            ("[[quotas]]\nper = \"day\"", "entry 1: say how much"),
            ("[[quotas]]\ntokens = 1\n[[quotas]]\nsystem = \"a\"\nkey = \"b\"\ntokens = 1", "entry 2"),
            ("[[quotas]]\ntokens = -1", "from 0 on"),
            ("[[quotas]]\ntokens = 1\n[[quotas]]\ntokens = 2", "said twice"),
            ("[[quotas]]\ntokens = 1\nper = \"week\"", "week"),
            ("[[quotas]]\ntoken = 1", "token"),
        ] {
            let message = format!("{:#}", of(text).unwrap_err());
            assert!(message.contains(word), "{text}: {message}");
        }
    }
}
