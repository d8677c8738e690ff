//! Every page drawn from its sample, in every language: for tests, browsers and pictures.

use crate::i18n::{Lang, Locale};
use crate::layout::RenderError;
use crate::views::{
    case::CasePage,
    certificates::Certificates,
    citizen::{CitizenCase, Detail, EnterCode, Received, Soon},
    consultation::{ConsultationDesk, ConsultationPage, Consultations},
    council::Council,
    dependency::Dependency,
    desk::Desk,
    error::{ErrorPage, Kind},
    home::{Accessibility, Home},
    import::ImportPage,
    invitation::InvitationPage,
    leaving::LeavingPage,
    letter::LetterPage,
    login::Login,
    observatory::Observatory,
    organisation::OrganisationPage,
    people::PeoplePage,
    propositions::Propositions,
    quotas::QuotasPage,
    record::RecordPage,
    register::{PublicSystem, Register},
    report::{ReportForm, ReportRead, ReportSent, ReportsDesk},
    sheet_text::SheetTextPage,
    skills::SkillsPage,
    strategy::StrategyPage,
    study::{StudyHistory, StudyKept, StudyPage, StudyPaper},
    system::SystemPage,
    training::{Training, Trainings},
    workspace::Workspace,
};

/// One drawn page.
#[derive(Debug)]
pub struct Drawn {
    /// Its name, a file name without ending.
    pub name: String,
    /// Its language.
    pub lang: Lang,
    /// The HTML.
    pub html: String,
}

/// Draws every page in every language.
pub fn all() -> Result<Vec<Drawn>, RenderError> {
    let mut drawn = Vec::new();
    for lang in Lang::ALL {
        let l = Locale::of(lang);
        let mut add = |name: &str, html: Result<String, RenderError>| -> Result<(), RenderError> {
            drawn.push(Drawn { name: name.into(), lang, html: html? });
            Ok(())
        };
        add("home", Home::sample().render(l))?;
        add("accessibility", Accessibility::sample().render(l))?;
        add("login", Login::sample().render(l))?;
        add("login-refused", Login::sample_refused().render(l))?;
        add("invitation", InvitationPage::sample().render(l))?;
        add("invitation-over", InvitationPage::sample_over().render(l))?;
        add("workspace", Workspace::sample().render(l))?;
        add("workspace-first-day", Workspace::sample_first_day().render(l))?;
        add("organisation", OrganisationPage::sample().render(l))?;
        add("people", PeoplePage::sample().render(l))?;
        add("people-given", PeoplePage::sample_given().render(l))?;
        add("system", SystemPage::sample().render(l))?;
        add("system-start", SystemPage::sample_start().render(l))?;
        add("system-to-authorise", SystemPage::sample_to_authorise().render(l))?;
        add("system-key", SystemPage::sample_key().render(l))?;
        add("supply", SystemPage::sample_supply().render(l))?;
        add("supply-begun", SystemPage::sample_supply_begun().render(l))?;
        add("record", RecordPage::sample_in(lang).render(l))?;
        add("sheet-text", SheetTextPage::sample_empty().render(l))?;
        add("sheet-text-read", SheetTextPage::sample().render(l))?;
        add("leaving", LeavingPage::sample_empty().render(l))?;
        add("leaving-read", LeavingPage::sample().render(l))?;
        add("quotas", QuotasPage::sample().render(l))?;
        add("quotas-none", QuotasPage::sample_none().render(l))?;
        add("import", ImportPage::sample_empty().render(l))?;
        add("import-checked", ImportPage::sample().render(l))?;
        add("study", StudyPage::sample().render(l))?;
        add("study-refused", StudyPage::sample_refused().render(l))?;
        add("study-paper", StudyPaper::sample().render(l))?;
        add("study-history", StudyHistory::sample().render(l))?;
        add("study-kept", StudyKept::sample().render(l))?;
        add("trainings", Trainings::sample().render(l))?;
        add("training", Training::sample().render(l))?;
        add("training-held", Training::sample_held().render(l))?;
        add("training-changed", Training::sample_changed().render(l))?;
        add("certificates", Certificates::sample().render(l))?;
        add("certificates-import", Certificates::sample_import().render(l))?;
        add("desk", Desk::sample().render(l))?;
        add("desk-closed", Desk::sample_closed().render(l))?;
        add("case-blind", CasePage::sample().render(l))?;
        add("case-untrained", CasePage::sample_untrained().render(l))?;
        add("case-untold", CasePage::sample_untold().render(l))?;
        add("case-colleague", CasePage::sample_colleague().render(l))?;
        add("case-revealed", CasePage::sample_revealed().render(l))?;
        add("case-decided", CasePage::sample_decided().render(l))?;
        add("case-contested", CasePage::sample_contested().render(l))?;
        add("letter", LetterPage::sample().render(l))?;
        add("letter-further", LetterPage::sample_further().render(l))?;
        add("enter-code", EnterCode::sample().render(l))?;
        add("enter-code-unknown", EnterCode::sample_unknown().render(l))?;
        add("citizen-case", CitizenCase::sample_in(lang).render(l))?;
        add("citizen-further", CitizenCase::sample_further_in(lang).render(l))?;
        add("citizen-answered", CitizenCase::sample_answered_in(lang).render(l))?;
        add("citizen-detail", Detail::sample_in(lang).render(l))?;
        add("received", Received::sample().render(l))?;
        add("received-answered", Received::sample_answered().render(l))?;
        add("receipt-soon", Soon::sample().render(l))?;
        add("propositions", Propositions::sample().render(l))?;
        add("register", Register::sample().render(l))?;
        add("public-system", PublicSystem::sample().render(l))?;
        add("consultations", Consultations::sample().render(l))?;
        add("consultation", ConsultationPage::sample().render(l))?;
        add("consultation-closed", ConsultationPage::sample_closed().render(l))?;
        add("consultation-desk", ConsultationDesk::sample().render(l))?;
        add("consultation-desk-open", ConsultationDesk::sample_open().render(l))?;
        add("consultation-desk-to-close", ConsultationDesk::sample_to_close().render(l))?;
        add("consultation-desk-closed", ConsultationDesk::sample_closed().render(l))?;
        add("report", ReportForm::sample().render(l))?;
        add("report-sent", ReportSent::sample().render(l))?;
        add("report-read", ReportRead::sample().render(l))?;
        add("reports", ReportsDesk::sample().render(l))?;
        add("skills", SkillsPage::sample().render(l))?;
        add("skills-empty", SkillsPage::sample_empty().render(l))?;
        add("dependency", Dependency::sample().render(l))?;
        add("strategy", StrategyPage::sample().render(l))?;
        add("strategy-none", StrategyPage::sample_none().render(l))?;
        add("council", Council::sample().render(l))?;
        add("observatory", Observatory::sample().render(l))?;
        for kind in Kind::ALL {
            add(&format!("error-{}", kind.status()), ErrorPage::sample_of(kind).render(l))?;
        }
    }
    Ok(drawn)
}
