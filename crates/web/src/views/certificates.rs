//! Who is certified for what, until when; what was passed elsewhere comes in here.

use crate::layout::{Audience, Choice, Chrome, page};

/// What somebody holds for the version in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// Certified.
    Valid,
    /// Certified, for less than 90 days still.
    Soon,
    /// Certified for an earlier version: a refresher is due.
    Earlier,
    /// It ended.
    Lapsed,
    /// Nothing yet.
    Never,
}

impl Held {
    /// Key of the words of its tag.
    pub fn key(self) -> &'static str {
        match self {
            Held::Valid => "held-valid",
            Held::Soon => "held-soon",
            Held::Earlier => "held-earlier",
            Held::Lapsed => "held-lapsed",
            Held::Never => "held-never",
        }
    }

    /// Class of its tag.
    pub fn class(self) -> &'static str {
        match self {
            Held::Valid => "ok",
            Held::Soon | Held::Earlier => "warn",
            Held::Lapsed | Held::Never => "quiet",
        }
    }
}

/// One person.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Name.
    pub name: String,
    /// What they hold.
    pub held: Held,
    /// Its last day, in words; empty when they hold nothing.
    pub until: String,
}

/// One system and its people, by name.
#[derive(Debug, Clone)]
pub struct OfSystem {
    /// Name.
    pub name: String,
    /// Where its training is chosen.
    pub url: String,
    /// Title of the module.
    pub module: String,
    /// The version in force; empty before one is declared.
    pub version: String,
    /// Agents, and whoever else passed it.
    pub holders: Vec<Holder>,
}

/// A line of the table that was sent.
#[derive(Debug, Clone)]
pub struct ImportRow {
    /// Its number.
    pub line: usize,
    /// Name of the person, when the line is good.
    pub name: String,
    /// Address, day passed, last day, evidence, as they were sent.
    pub cells: [String; 4],
    /// Keys of the column at fault and of the reason.
    pub wrong: Option<(&'static str, &'static str)>,
}

/// What a table would do; nothing is recorded yet.
#[derive(Debug, Clone)]
pub struct Import {
    /// Its lines.
    pub rows: Vec<ImportRow>,
}

impl Import {
    /// How many lines are good.
    pub fn good(&self) -> usize {
        self.rows.iter().filter(|row| row.wrong.is_none()).count()
    }

    /// How many are not.
    pub fn bad(&self) -> usize {
        self.rows.len() - self.good()
    }
}

/// The page. POST `/referent/training/withdraw`: `withdraw-which`, `withdraw-reason`.
/// POST `/referent/training/import`: `passed-system`, `passed-rows`, and `passed-keep` (`yes`) to record the good lines.
#[derive(Debug, Clone)]
pub struct Certificates {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Systems that have a training.
    pub systems: Vec<OfSystem>,
    /// Certifications that can be withdrawn.
    pub withdrawable: Vec<Choice>,
    /// Systems for which certificates can come in.
    pub taught: Vec<Choice>,
    /// The table just sent.
    pub import: Option<Import>,
}
page!(Certificates, "certificates.html");

impl Certificates {
    /// One system, one person in each state.
    pub fn sample() -> Certificates {
        let holder = |name: &str, held: Held, until: &str| Holder { name: name.into(), held, until: until.into() };
        let holders = vec![
            holder("Inès Carpentier", Held::Soon, "12 janvier 2027"),
            holder("Lucie Roussel", Held::Earlier, "3 juin 2027"),
            holder("Marc Delorme", Held::Lapsed, "1er octobre 2026"),
            holder("Nadia Petit", Held::Never, ""),
            holder("Samir Benali", Held::Valid, "24 novembre 2027"),
        ];
        let system = OfSystem {
            name: "Orientation du courrier".into(),
            url: "/referent/systems/orientation-du-courrier#training".into(),
            module: "Bien se servir de l’outil d’orientation du courrier".into(),
            version: "2".into(),
            holders,
        };
        Certificates {
            chrome: Chrome::sample(Audience::Referent),
            systems: vec![system],
            withdrawable: vec![Choice::new("a b 2", "Samir Benali, Orientation du courrier (2)")],
            taught: vec![Choice::new("orientation-du-courrier", "Orientation du courrier")],
            import: None,
        }
    }

    /// A table of two lines, one wrong.
    pub fn sample_import() -> Certificates {
        let text = "ines@val-dormes.example;04/11/2026;03/11/2027;CNFPT, attestation 2026-118\nmarc@val-dormes.example;hier;03/11/2027;CNFPT";
        let cells = |line: &str| -> [String; 4] {
            let mut cells = line.split(';').map(str::to_owned);
            std::array::from_fn(|_| cells.next().unwrap_or_default())
        };
        let wrong = [None, Some(("passed-passed", "passed-no-day"))];
        let row = |((nth, line), wrong): ((usize, &str), Option<_>)| ImportRow {
            line: nth + 1,
            name: if wrong.is_none() { "Inès Carpentier".into() } else { String::new() },
            cells: cells(line),
            wrong,
        };
        let mut page = Certificates::sample();
        page.import = Some(Import { rows: text.lines().enumerate().zip(wrong).map(row).collect() });
        page.chrome.typed.insert("passed-rows".into(), text.into());
        page.chrome.typed.insert("passed-system".into(), "orientation-du-courrier".into());
        page
    }
}
