//! `gouvernail observatory`: wiring of the observatory, and its findings in words.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::routing::get;
use gouvernail_observatory::{Config, Finding, FollowedLog, Outcome, Overview, TallyFault, What, router};
use gouvernail_web::i18n::{Lang, Locale};
use gouvernail_web::layout::{Audience, Chrome, RenderError};
use gouvernail_web::site::words;
use gouvernail_web::views::observatory as view;
use jiff::tz::TimeZone;
use zeroize::Zeroizing;

use crate::{cli, edge, keys, listen, verify};

/// How often every entry is read again from the first.
const IN_FULL: Duration = Duration::from_secs(24 * 3600);

/// Runs the command until it is stopped.
///
/// # Errors
/// When the configuration, the data folder or the address cannot be used.
pub async fn run(command: cli::Observatory) -> Result<()> {
    std::fs::create_dir_all(&command.data).with_context(|| format!("cannot create {}", command.data.display()))?;
    let seed = keys::secret(&command.data.join("witness.key"), &edge::ambient())?;
    let config = Config {
        logs: followed(&command.logs)?,
        data: command.data.clone(),
        witness_name: command.name.clone(),
        witness_seed: Zeroizing::new(seed),
        interval: Duration::from_secs(command.every),
        silence: Duration::from_secs(command.silence),
        read_in_full_every: IN_FULL,
    };
    let observatory = gouvernail_observatory::Observatory::open(config, &edge::http_client()?, Arc::new(edge::now))?;
    let vkey = observatory.vkey();
    std::fs::write(command.data.join("witness.vkey"), format!("{vkey}\n")).context("cannot write witness.vkey")?;
    let following = observatory.clone();
    tokio::spawn(async move { following.follow().await });
    let name = command.name;
    let pages = router(observatory, move |overview: &Overview, language: &str| page(&name, overview, language));
    let style =
        get(async || ([(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")], gouvernail_web::STYLE));
    let site = Router::new().route(gouvernail_web::STYLE_PATH, style).merge(pages);
    let listener = listen::bind(command.listen).await?;
    println!("observatory: http://{}  key {vkey}", command.listen);
    listen::serve(listener, site).await
}

/// Pairs of address and key, as the command line gives them.
fn followed(given: &[String]) -> Result<Vec<FollowedLog>> {
    given
        .chunks_exact(2)
        .map(|pair| {
            let vkey = verify::keys(&pair[1..])?.remove(0);
            Ok(FollowedLog { name: vkey.name().to_owned(), vkey: vkey.to_string(), url: pair[0].clone() })
        })
        .collect()
}

fn page(name: &str, overview: &Overview, language: &str) -> Result<String, RenderError> {
    let locale = Locale::of(Lang::from_tag(language).unwrap_or_else(|| Lang::from_accept(language)));
    let checks = overview.worst_first().into_iter().map(|(log, check)| view::Check {
        log: log.name.clone(),
        what: locale.t(what(check.what)),
        when: words::moment(check.at, &TimeZone::get("Europe/Paris").unwrap_or(TimeZone::UTC), locale.lang()),
        outcome: outcome(check.outcome),
        finding: match &check.finding {
            Some(finding) => words_of(finding, locale),
            None => held(log, check.what, locale),
        },
    });
    let page = view::Observatory {
        chrome: Chrome::new(name, Audience::Observatory, ""),
        logs: overview.logs.len(),
        entries: number(overview.entries()),
        checks: checks.collect(),
        vkey: overview.vkey.clone(),
        data_url: "/observatory.json".to_owned(),
    };
    page.render(locale)
}

fn what(what: What) -> &'static str {
    match what {
        What::News => "check-news",
        What::History => "check-history",
        What::Forms => "check-forms",
        What::Tallies => "check-tallies",
    }
}

fn outcome(outcome: Outcome) -> view::Outcome {
    match outcome {
        Outcome::Held => view::Outcome::Held,
        Outcome::Silent => view::Outcome::Silent,
        Outcome::Broken => view::Outcome::Broken,
    }
}

/// What was found when it held: the figure behind it.
fn held(log: &gouvernail_observatory::LogOverview, what: What, locale: &Locale) -> String {
    let read = number(log.verified.map_or(0, |verified| verified.size));
    match what {
        What::News => locale.n("held-news", number(log.cosigned.map_or(0, |cosigned| cosigned.size))),
        What::History => locale.n("held-history", read),
        What::Forms => locale.n("held-forms", read),
        What::Tallies => locale.n("held-tallies", number(log.counts.tallies)),
    }
}

fn number(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// A finding as a citizen reads it.
fn words_of(finding: &Finding, locale: &Locale) -> String {
    match finding {
        Finding::NoAnswer { path, .. } => locale.with("finding-no-answer", path),
        Finding::Missing { path, .. } => locale.with("finding-missing", path),
        Finding::NotRenewed { since } => locale.with("finding-not-renewed", &day(*since, locale)),
        Finding::Withheld { published, cosigned, .. } => locale.of_total("finding-withheld", number(*published), number(*cosigned)),
        Finding::Checkpoint { reason } => locale.with("finding-checkpoint", reason),
        Finding::Shrunk { from, to } => locale.of_total("finding-shrunk", number(*to), number(*from)),
        Finding::Forked { size } => locale.n("finding-forked", number(*size)),
        Finding::Rewritten { size } => locale.n("finding-rewritten", number(*size)),
        Finding::Altered { path } => locale.with("finding-altered", path),
        Finding::Root { size } => locale.n("finding-root", number(*size)),
        Finding::Form { index, .. } => locale.n("finding-form", number(*index)),
        Finding::Tally { index, fault } => locale.n(tally(fault), number(*index)),
    }
}

fn tally(fault: &TallyFault) -> &'static str {
    match fault {
        TallyFault::Unreadable { .. } => "tally-unreadable",
        TallyFault::Range { .. } => "tally-range",
        TallyFault::Gap { .. } => "tally-gap",
        TallyFault::Sum { .. } => "tally-sum",
    }
}

fn day(at: jiff::Timestamp, locale: &Locale) -> String {
    words::day(at.to_zoned_datetime(TimeZone::UTC).date(), locale.lang())
}
