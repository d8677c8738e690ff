//! What each quota allows, and what was taken of it in the period under way.

use axum::extract::State;
use axum::response::Html;
use gouvernail_store::Snapshot;

use super::READERS;
use crate::i18n::Locale;
use crate::site::app::{App, Quota, QuotaOf, QuotaPeriod, QuotaUnit};
use crate::site::error::WebError;
use crate::site::visit::SignedIn;
use crate::site::words;
use crate::views::quotas::{QuotaRow, QuotasPage};

/// GET /referent/quotas
pub async fn show(State(app): State<App>, signed: SignedIn) -> Result<Html<String>, WebError> {
    signed.allow(&READERS)?;
    let (known, locale) = (app.live.snapshot(), signed.visit.locale);
    let mut rows = Vec::new();
    for quota in (app.quotas)(app.now()) {
        let used = app.store.quota_used(&quota.account).await?;
        rows.push(row(&app, &known, &quota, used, locale));
    }
    let page = QuotasPage { chrome: signed.chrome(&app), rows };
    Ok(Html(page.render(locale)?))
}

fn row(app: &App, known: &Snapshot, quota: &Quota, used: i64, locale: &Locale) -> QuotaRow {
    let amount = |counted: i64| amount(quota.unit, counted as f64 / quota.parts, locale);
    let (whose, system) = whose(known, &quota.of, locale);
    let left = quota.limit.saturating_sub(used).max(0);
    // Something that was taken is never said to be nothing, and what is not exhausted not to be.
    let share = if quota.limit > 0 { (used as f64 / quota.limit as f64 * 100.0).clamp(0.0, 100.0) } else { 100.0 };
    let whole = if left > 0 { share.ceil().min(99.0) } else { 100.0 };
    QuotaRow {
        whose,
        system,
        allowed: locale.with(
            match quota.every {
                QuotaPeriod::Hour => "quotas-hour",
                QuotaPeriod::Day => "quotas-day",
                QuotaPeriod::Month => "quotas-month",
            },
            &amount(quota.limit),
        ),
        taken: amount(used),
        percent: locale.with("percent", &whole.to_string()),
        left: amount(left),
        exhausted: left == 0,
        renewed: words::moment(quota.renewed, &app.identity.time_zone, locale.lang()),
    }
}

/// Whose calls it counts, in words, and the system when it is in the register.
fn whose(known: &Snapshot, of: &QuotaOf, locale: &Locale) -> (String, Option<String>) {
    match of {
        QuotaOf::Everybody => (locale.t("quotas-everybody"), None),
        QuotaOf::Key(key) => (locale.with("quotas-key", key), None),
        QuotaOf::System(id) => match known.register.systems.get(id) {
            Some(system) => (system.sheet.name.clone(), Some(id.clone())),
            None => (id.clone(), None),
        },
    }
}

fn amount(unit: QuotaUnit, amount: f64, locale: &Locale) -> String {
    let whole = amount.round() as usize;
    match unit {
        QuotaUnit::Requests => locale.n("quotas-requests", whole),
        QuotaUnit::Tokens => locale.n("quotas-tokens", whole),
        QuotaUnit::Euros => locale.with("quotas-euros", &words::decimal(amount, 2, locale)),
        QuotaUnit::KilowattHours => locale.with("quotas-kwh", &words::decimal(amount, 3, locale)),
    }
}
