//! A problem reported on a system: the form, the code, the answer, and the list of those that wait.

use crate::layout::{Audience, Chrome, page};

/// POST `{url}`: `report-words`, and `website`, which stays empty.
#[derive(Debug, Clone)]
pub struct ReportForm {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The system.
    pub name: String,
    /// Address of this page and of its form.
    pub url: String,
    /// The system's public page.
    pub system_url: String,
    /// A person's telephone number.
    pub phone: String,
    /// When it is answered.
    pub hours: String,
}
page!(ReportForm, "report.html");

/// What its author sees once it is sent.
#[derive(Debug, Clone)]
pub struct ReportSent {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The system.
    pub name: String,
    /// The day by which an answer is owed.
    pub due: String,
    /// The code, shown this once.
    pub code: String,
    /// The page that it opens.
    pub url: String,
}
page!(ReportSent, "report-sent.html");

/// A report behind its code.
#[derive(Debug, Clone)]
pub struct ReportRead {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The system.
    pub name: String,
    /// Day on which it came.
    pub received: String,
    /// The day by which an answer is owed.
    pub due: String,
    /// Whether that day is past without an answer.
    pub late: bool,
    /// What was written.
    pub words: String,
    /// Day of the answer; empty while it is owed.
    pub answered: String,
    /// The answer; empty while it is owed.
    pub answer: String,
}
page!(ReportRead, "report-read.html");

/// A report that waits. POST `/referent/reports/{id}/answer`: `answer-{id}`, `summary-{id}` (may be empty).
#[derive(Debug, Clone)]
pub struct OpenReport {
    /// Identifier.
    pub id: String,
    /// The system.
    pub name: String,
    /// Its dossier.
    pub system_url: String,
    /// Day on which it came.
    pub received: String,
    /// The day by which an answer is owed.
    pub due: String,
    /// Whether that day is past.
    pub late: bool,
    /// What was written.
    pub words: String,
}

/// Every report that waits, oldest first.
#[derive(Debug, Clone)]
pub struct ReportsDesk {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// The reports.
    pub reports: Vec<OpenReport>,
}
page!(ReportsDesk, "reports.html");

const NAME: &str = "Orientation du courrier";
const WORDS: &str = "Ma demande en occitan est partie au mauvais service, deux fois.";

impl ReportForm {
    /// An empty form.
    pub fn sample() -> ReportForm {
        ReportForm {
            chrome: Chrome::sample(Audience::Public),
            name: NAME.into(),
            url: "/register/orientation-du-courrier/report".into(),
            system_url: "/register/orientation-du-courrier".into(),
            phone: "01 99 00 12 34".into(),
            hours: "du lundi au vendredi, de 9 h à 17 h".into(),
        }
    }
}

impl ReportSent {
    /// Just sent.
    pub fn sample() -> ReportSent {
        ReportSent {
            chrome: Chrome::sample(Audience::Public),
            name: NAME.into(),
            due: "25 décembre 2026".into(),
            code: "K7QM-2XRD-9T4W".into(),
            url: "/reports/K7QM-2XRD-9T4W".into(),
        }
    }
}

impl ReportRead {
    /// Answered.
    pub fn sample() -> ReportRead {
        ReportRead {
            chrome: Chrome::sample(Audience::Public),
            name: NAME.into(),
            received: "25 novembre 2026".into(),
            due: "25 décembre 2026".into(),
            late: false,
            words: WORDS.into(),
            answered: "2 décembre 2026".into(),
            answer: "C’était vrai. Ces demandes sont maintenant lues par un agent, sans l’outil.".into(),
        }
    }
}

impl ReportsDesk {
    /// One late, one not.
    pub fn sample() -> ReportsDesk {
        let report = |id: &str, received: &str, due: &str, late| OpenReport {
            id: id.into(),
            name: NAME.into(),
            system_url: "/referent/systems/orientation-du-courrier".into(),
            received: received.into(),
            due: due.into(),
            late,
            words: WORDS.into(),
        };
        let reports = vec![
            report("01", "20 octobre 2026", "19 novembre 2026", true),
            report("02", "25 novembre 2026", "25 décembre 2026", false),
        ];
        ReportsDesk { chrome: Chrome::sample(Audience::Referent), reports }
    }
}
