//! Quotas: what a call reserves is written with its intent, what it really took with its outcome.
//!
//! The journal writes both in one transaction that holds the rows of the quotas concerned, so that any number of nodes on one
//! database never grant more than there is, and a call that was not kept took nothing.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use crate::{Result, Store};

statements! {
    // Makes the row, or locks it on PostgreSQL, and reads it.
    HOLD = "insert into quota_use (quota, period, used) values ($1, $2, 0) \
            on conflict (quota, period) do update set used = quota_use.used returning used";
    SPEND = "update quota_use set used = $1 where quota = $2 and period = $3";
    USED = "select used from quota_use where quota = $1 and period = $2";
    FORGET = "delete from quota_use where period < $1";
}

/// Time during which what was taken of quotas can be looked up: a year and a month, so that a year can be set against the next.
pub const PERIODS_KEPT: SignedDuration = SignedDuration::from_hours(396 * 24);

/// A quota in one of its periods.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Identifier of the quota.
    pub quota: String,
    /// Its period, such as `2026-11-27`.
    pub period: String,
}

/// What a call reserves of a quota, in whatever unit the quota counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Of which quota.
    pub account: Account,
    /// How much.
    pub amount: i64,
    /// How much there is in all, in the period.
    pub limit: i64,
}

/// A claim for which too little is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverQuota {
    /// What was asked for.
    pub claim: Claim,
    /// What is left.
    pub left: i64,
}

/// What a call took in the end, less what it had reserved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// Of which quota.
    pub account: Account,
    /// More when above zero, given back when below.
    pub amount: i64,
}

/// The accounts that one batch touches, while they are held.
#[derive(Debug, Default)]
pub(crate) struct Ledger(BTreeMap<Account, Held>);

#[derive(Debug, Default)]
struct Held {
    used: i64,
    changed: bool,
}

impl Ledger {
    /// Of these accounts, in the one order that every node takes them in: two nodes never wait for each other.
    pub(crate) fn of<'a>(accounts: impl Iterator<Item = &'a Account>) -> Self {
        Self(accounts.map(|account| (account.clone(), Held::default())).collect())
    }

    /// The accounts to be held, and where what they say goes.
    pub(crate) fn accounts(&mut self) -> impl Iterator<Item = (&Account, &mut i64)> {
        self.0.iter_mut().map(|(account, held)| (account, &mut held.used))
    }

    /// Reserves all of the claims, or none.
    pub(crate) fn reserve(&mut self, claims: &[Claim]) -> Result<(), OverQuota> {
        let over = claims.iter().find_map(|claim| {
            let left = claim.limit.saturating_sub(self.0.get(&claim.account)?.used);
            (claim.amount > left).then(|| OverQuota { claim: claim.clone(), left: left.max(0) })
        });
        match over {
            Some(over) => Err(over),
            None => {
                claims.iter().for_each(|claim| self.add(&claim.account, claim.amount));
                Ok(())
            }
        }
    }

    /// Takes or gives back.
    pub(crate) fn correct(&mut self, corrections: &[Correction]) {
        corrections.iter().for_each(|correction| self.add(&correction.account, correction.amount));
    }

    fn add(&mut self, account: &Account, amount: i64) {
        if let Some(held) = self.0.get_mut(account).filter(|_| amount != 0) {
            held.used = held.used.saturating_add(amount).max(0);
            held.changed = true;
        }
    }

    /// What must be written.
    pub(crate) fn changed(&self) -> impl Iterator<Item = (&Account, i64)> {
        self.0.iter().filter(|(_, held)| held.changed).map(|(account, held)| (account, held.used))
    }
}

impl Store {
    /// What was taken of a quota in a period, what calls under way reserve included.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn quota_used(&self, account: &Account) -> Result<i64> {
        let (quota, period) = (&account.quota, &account.period);
        let row: Option<(i64,)> = reading!(self, |db| sqlx::query_as(USED).bind(quota).bind(period).fetch_optional(db).await)?;
        Ok(row.map_or(0, |(used,)| used))
    }

    /// Forgets what was taken in the periods that ended [`PERIODS_KEPT`] before `now`. Returns how many there were.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn forget_periods(&self, now: Timestamp) -> Result<u64> {
        // Labels of periods begin with their day or their month: in the order of letters they are in the order of time.
        let day = (now - PERIODS_KEPT).strftime("%Y-%m-%d").to_string();
        Ok(writing!(self, |tx| sqlx::query(FORGET).bind(&day).execute(&mut *tx).await?.rows_affected()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn account(quota: u8) -> Account {
        Account { quota: quota.to_string(), period: "2026-11".to_owned() }
    }

    fn claims(amounts: &[(u8, i64)], limit: i64) -> Vec<Claim> {
        amounts.iter().map(|(quota, amount)| Claim { account: account(*quota), amount: *amount, limit }).collect()
    }

    #[test]
    fn a_call_that_one_quota_stops_takes_nothing_of_the_others() {
        let mut ledger = Ledger::of([account(1), account(2)].iter());
        ledger.reserve(&claims(&[(2, 9)], 10)).unwrap();
        let over = ledger.reserve(&claims(&[(1, 5), (2, 5)], 10)).unwrap_err();
        assert_eq!((over.claim.account, over.left), (account(2), 1));
        assert_eq!(ledger.changed().collect::<Vec<_>>(), [(&account(2), 9)]);
    }

    proptest! {
        /// Whatever is asked for and given back, what is granted and not given back stays within the limit.
        #[test]
        fn no_more_is_granted_than_there_is(asked in prop::collection::vec((0u8..3, 0i64..40, any::<bool>()), 0..60)) {
            let mut ledger = Ledger::of([account(0), account(1), account(2)].iter());
            let mut granted = [0i64; 3];
            for (quota, amount, returned) in asked {
                if ledger.reserve(&claims(&[(quota, amount)], 100)).is_ok() {
                    granted[usize::from(quota)] += amount;
                    if returned {
                        ledger.correct(&[Correction { account: account(quota), amount: -amount }]);
                        granted[usize::from(quota)] -= amount;
                    }
                }
                prop_assert!(granted.iter().all(|sum| *sum <= 100));
            }
            for (account, used) in ledger.changed() {
                prop_assert_eq!(used, granted[account.quota.parse::<usize>().unwrap()]);
            }
        }
    }
}
