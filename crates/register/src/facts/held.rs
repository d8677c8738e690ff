//! Facts of a system of which nothing is missing: where the examples of a pack begin.

use jiff::Timestamp;

use super::{Fact, Facts};
use crate::record::Catalogue;
use Fact::{At, Is, Names, Number, Word};

/// Clauses that a contract may hold.
pub(crate) const CLAUSES: [&str; 8] =
    ["environment", "environment-criterion", "social", "no-training", "reversibility", "log-access", "explanation", "security"];

impl Facts {
    /// Everything that can be asked of a system of this risk is held until `until`; it touches cases unless its risk is low.
    pub(crate) fn held(risk: &'static str, until: Timestamp) -> Self {
        let cases = risk != "low";
        let yes = |names: &[&'static str]| names.iter().map(|name| (*name, Is(true))).collect::<Vec<_>>();
        let until_then = |names: &[&'static str]| names.iter().map(|name| (*name, At(until))).collect::<Vec<_>>();
        let no = [
            "prohibited",
            "annex_iii",
            "annex_exception",
            "profiling",
            "self_learning",
            "sensitive_data",
            "stopped",
            "refused",
            "retired",
        ];
        let held = [
            "declared",
            "classified",
            "eu_entry",
            "objective",
            "owner_in_post",
            "owner_accepted",
            "training_published",
            "notice_published",
            "human_channel",
            "consultation_answered",
            "skills_plan",
            "continuity",
            "evaluated",
            "smallest",
            "oversight_shown",
        ];
        let mut system = yes(&held);
        system.extend(no.map(|name| (name, Is(false))));
        system.extend([
            ("risk", Word(risk)),
            ("automation", Word("assisted")),
            ("touches_cases", Is(cases)),
            ("skills_quota", Number(20)),
            ("record", Names(Catalogue::get().fields.iter().map(|field| field.id.clone()).collect())),
            ("drill_until", At(until)),
        ]);
        let mut host = yes(&["declared", "in_union", "under_union_law", "qualified"]);
        host.push(("embedded", Is(false)));
        host.push(("contract_until", At(until)));
        host.push(("clauses", Names(CLAUSES.map(str::to_owned).into())));
        let groups = vec![
            ("organisation", yes(&["declared", "strategy", "referent", "roadmap", "doctrine"])),
            ("system", system),
            (
                "studies",
                until_then(&[
                    "light_until",
                    "rights_until",
                    "data_protection_until",
                    "environment_until",
                    "skills_until",
                    "accessibility_until",
                ]),
            ),
            ("model", yes(&["declared", "open_weights", "data_described"])),
            ("host", host),
            ("caller", vec![("person", Is(true)), ("certified_until", At(until))]),
            ("case", vec![("present", Is(cases)), ("without_ai", Is(false))]),
            ("log", yes(&["public"])),
            (
                "authorisation",
                vec![
                    ("from", At(Timestamp::UNIX_EPOCH)),
                    ("until", At(until)),
                    ("version_matches", Is(true)),
                    ("experiment", Is(false)),
                ],
            ),
        ];
        Self { groups, lapses: Vec::new() }
    }
}
