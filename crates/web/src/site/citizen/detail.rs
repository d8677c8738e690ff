//! The detail that is owed on request (CRPA R311-3-1-2), one click away instead.

use axum::extract::State;
use axum::response::{Html, IntoResponse};
use gouvernail_cases::CaseUse;
use gouvernail_store::Call;

use super::code::Behind;
use crate::layout::Audience;
use crate::site::Page;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::{paper, words};
use crate::views::citizen::{Detail, Operation};

/// GET /d/{code}/detail
pub async fn show(State(app): State<App>, behind: Behind) -> Page {
    let (dossier, locale) = (&behind.dossier, behind.visit.locale);
    let notification = dossier.case.notification.as_ref().ok_or(WebError::NotFound)?;
    let notice = notification.told.notice(words::of_notice(locale.lang()));
    let (phone, hours) = paper::reach(&app, dossier.system());
    let recorded = dossier.case.uses.iter().map(|case_use| recorded(&app, &behind, case_use));
    let under_way = dossier.calls.iter().filter(|call| call.outcome.is_none()).map(|call| under_way(&app, &behind, call));
    let further = dossier.case.further.iter().map(|further| {
        let detail = &further.told.notice(words::of_notice(locale.lang())).detail;
        (words::day(paper::day_of(&app, further.at), locale.lang()), detail.degree.clone(), detail.parameters.clone())
    });
    let detail = notice.detail.clone();
    let page = Detail {
        chrome: behind.visit.chrome(&app, Audience::Public, None),
        case_url: behind.url.clone(),
        reference: dossier.case.reference.clone(),
        degree: detail.degree,
        data: detail.data,
        parameters: detail.parameters,
        operations: detail.operations,
        further: further.collect(),
        uses: recorded.chain(under_way).collect(),
        cada: notice.mention.cada.clone(),
        phone,
        hours,
    };
    Ok(Html(page.render(locale)?).into_response())
}

fn recorded(app: &App, behind: &Behind, case_use: &CaseUse) -> Operation {
    let locale = behind.visit.locale;
    let call = behind.dossier.calls.iter().find(|call| call.intent.id == case_use.use_id);
    let energy = case_use.footprint.map(|footprint| words::energy(footprint.energy_wh_low, footprint.energy_wh_high, locale));
    Operation {
        when: words::moment(case_use.at, &app.identity.time_zone, locale.lang()),
        tool: tool(app, behind, &case_use.system, &case_use.version, call),
        sent: call.and_then(|call| paper::sent(call, locale)).unwrap_or_default(),
        protection: call.map(|call| paper::protection(call, locale)).unwrap_or_default(),
        answer: behind.dossier.case.told_output(&case_use.use_id).unwrap_or_default().to_owned(),
        energy: energy.unwrap_or_default(),
    }
}

/// A call whose end nobody has recorded yet.
fn under_way(app: &App, behind: &Behind, call: &Call) -> Operation {
    let locale = behind.visit.locale;
    Operation {
        when: words::moment(call.intent.at, &app.identity.time_zone, locale.lang()),
        tool: tool(app, behind, &call.intent.system, &call.intent.version, Some(call)),
        sent: paper::sent(call, locale).unwrap_or_default(),
        protection: paper::protection(call, locale),
        answer: locale.t("detail-unknown"),
        energy: String::new(),
    }
}

fn tool(app: &App, behind: &Behind, system: &str, version: &str, call: Option<&Call>) -> String {
    let locale = behind.visit.locale;
    let tool = locale.pair("case-tool", &app.name_of_system(system), version);
    let Some(call) = call else { return tool };
    let (model, host) = paper::run_by(&app.live.snapshot().register, &call.intent.model, &call.intent.host);
    format!("{tool}. {}", locale.pair("case-run-by", &model, &host))
}
