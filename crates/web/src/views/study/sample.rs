//! The study of the demonstration, while two people write it and before it is signed.

use super::*;
use crate::layout::{Audience, FieldError, fact};

const URL: &str = "/referent/systems/orientation-du-courrier";

fn question(id: &str, words: &str, input: Input, value: &str) -> QuestionView {
    QuestionView {
        field: format!("q-{id}"),
        words: words.into(),
        hint: String::new(),
        sources: vec!["Règlement (UE) 2024/1689, art. 27(1)(d)".into()],
        input,
        value: value.into(),
        choices: Vec::new(),
        answer: value.into(),
        optional: false,
        hidden: false,
        by: if value.is_empty() { String::new() } else { "Claire Vasseur, le 21 novembre 2026 à 14 h 02".into() },
        disputes: Vec::new(),
    }
}

fn choices(field: &str, offered: &[(&str, &str)], chosen: &[&str], several: bool) -> Vec<ChoiceView> {
    let choice = |(value, words): &(&str, &str)| ChoiceView {
        field: if several { format!("{field}.{value}") } else { field.to_owned() },
        value: (*value).to_owned(),
        words: (*words).to_owned(),
        chosen: chosen.contains(value),
    };
    offered.iter().map(choice).collect()
}

fn sections() -> Vec<SectionView> {
    let yes_no = [("yes", "oui"), ("no", "non")];
    let effect = [
        ("prepare", "À préparer le travail, sans toucher à l’issue"),
        ("ordre", "À choisir l’ordre ou le service qui traite"),
        ("propose", "À proposer une décision"),
    ];
    let fragile = [("agees", "Des personnes âgées"), ("langue", "Des personnes qui lisent mal le français")];
    let usage = vec![
        QuestionView {
            hint: "L’étape du travail, ce que l’outil reçoit, ce qu’il rend, ce que l’agent en fait.".into(),
            ..question(
                "usage",
                "Comment le service se sert-il de l’outil\u{a0}?",
                Input::Text,
                "À l’accueil, l’agent lit la demande et donne son avis\u{a0}; l’outil propose ensuite un service.",
            )
        },
        QuestionView {
            choices: choices("q-effet", &effect, &["ordre"], false),
            ..question("effet", "À quoi sert ce que rend l’outil\u{a0}?", Input::Choice, effect[1].1)
        },
        question("debut", "À partir de quand\u{a0}?", Input::Date, "2026-12-01"),
        question("frequence", "Combien de dossiers par semaine\u{a0}?", Input::Number, "40"),
    ];
    let people = vec![
        QuestionView {
            choices: choices("q-fragiles", &fragile, &["langue"], true),
            ..question("fragiles", "Qui, parmi elles, pourrait être moins bien servi\u{a0}?", Input::Choices, fragile[1].1)
        },
        QuestionView { hidden: true, ..question("pourquoi", "Pourquoi celles-là\u{a0}?", Input::Text, "") },
    ];
    let data = vec![question(
        "data_protection/donnees",
        "Quelles données passent par l’outil, d’où viennent-elles, où vont-elles\u{a0}?",
        Input::Text,
        "Le texte de la demande\u{a0}: du message de l’habitant à la machine de la commune.",
    )];
    let risks = vec![
        QuestionView {
            disputes: vec![DisputeView {
                value: "julien@1".into(),
                answer: "Une demande urgente part au mauvais service, et la personne attend une semaine de plus.".into(),
                by: "Julien Morel, le 21 novembre 2026 à 14 h 03".into(),
            }],
            ..question(
                "risques",
                "Qu’est-ce qui peut mal tourner pour elles\u{a0}?",
                Input::Text,
                "Une mauvaise orientation retarde la réponse de quelques jours.",
            )
        },
        QuestionView {
            choices: choices("q-avant", &yes_no, &[], false),
            ..question("avant", "L’agent donne-t-il son avis avant de voir celui de l’outil\u{a0}?", Input::Choice, "")
        },
        QuestionView { optional: true, ..question("energie", "Énergie d’un usage", Input::Read, "") },
    ];
    let section = |id: &str, title: &str, progress, questions| SectionView {
        id: format!("s-{id}"),
        title: title.into(),
        progress,
        hidden: false,
        lender: None,
        questions,
    };
    let lender = Some(("Analyse d’impact sur la protection des données".into(), format!("{URL}/study/data-protection")));
    vec![
        section("usage", "L’usage", (4, 4), usage),
        section("personnes", "Les personnes", (1, 1), people),
        SectionView { lender, ..section("donnees", "Les données", (1, 1), data) },
        section("risques", "Les risques", (1, 2), risks),
    ]
}

fn score(provisional: bool) -> ScoreView {
    ScoreView {
        level: "Modéré".into(),
        means: "Le chef du service peut proposer le mandat.".into(),
        axes: vec![("Ce que l’outil fait peser sur les personnes".into(), 5, 33), ("Ce qui les protège".into(), 9, 12)],
        how: vec![
            "Chaque réponse choisie donne ses points. Une question qui n’est pas posée ne compte jamais.".into(),
            "Le niveau se lit sur 5 points, de 33 possibles.".into(),
        ],
        provisional,
    }
}

impl StudyPage {
    /// While two people write it.
    pub fn sample() -> StudyPage {
        let missing = MissingAnswer {
            href: "#q-avant".into(),
            section: "Les risques".into(),
            words: "L’agent donne-t-il son avis avant de voir celui de l’outil\u{a0}?".into(),
        };
        StudyPage {
            chrome: Chrome::sample(Audience::Referent),
            system: ("Orientation du courrier".into(), URL.into()),
            url: format!("{URL}/study/rights"),
            title: "Étude d’impact sur les personnes et leurs droits".into(),
            about: "Pour un outil qui intervient dans des dossiers.".into(),
            tag: ("warn", "study-state-draft"),
            notices: vec![(
                "warn",
                "Deux personnes ont répondu à la même question en même temps. Rien n’est perdu\u{a0}: choisissez plus bas.".into(),
            )],
            facts: Vec::new(),
            missing: vec![missing],
            score: Some(score(true)),
            base: "12".into(),
            asked: "usage effet debut frequence fragiles pourquoi risques avant energie".into(),
            sections: sections(),
            may_write: true,
            written: false,
            has_history: true,
            saved: "Enregistré\u{a0}: Julien Morel, le 21 novembre 2026 à 14 h 03".into(),
        }
    }

    /// Handed over too early.
    pub fn sample_refused() -> StudyPage {
        let mut page = Self::sample();
        page.notices.clear();
        page.sections[3].questions[0].disputes.clear();
        let message = "Il manque\u{a0}: L’agent donne-t-il son avis avant de voir celui de l’outil\u{a0}?".into();
        page.chrome.errors.push(FieldError { field: "q-avant".into(), message });
        page
    }
}

impl StudyPaper {
    /// Before somebody who may sign it.
    pub fn sample() -> StudyPaper {
        StudyPaper {
            chrome: Chrome::sample(Audience::Elected),
            system: ("Orientation du courrier".into(), URL.into()),
            url: format!("{URL}/study/rights"),
            title: "Étude d’impact sur les personnes et leurs droits".into(),
            tag: ("warn", "study-state-to-sign"),
            notices: Vec::new(),
            facts: vec![fact("fact-author", "Claire Vasseur, Julien Morel"), fact("fact-written", "21 novembre 2026")],
            digest: "0708921934fab555cf735e81412b33825d0e9086ce2d23cf85fc244be6fd36c6".into(),
            score: Some(score(false)),
            sections: sections(),
            may_sign: true,
            may_return: true,
            why_not: String::new(),
            until: "2027-11-24".into(),
            months: 12,
        }
    }
}

impl StudyHistory {
    /// Three saves.
    pub fn sample() -> StudyHistory {
        let save = |n: i64, by: &str, change: (&str, &str), last| SaveView {
            n,
            by: by.into(),
            notes: Vec::new(),
            changes: vec![("Combien de dossiers par semaine\u{a0}?".into(), change.0.into(), change.1.into())],
            last,
        };
        let mut disputed = save(3, "Julien Morel, le 21 novembre 2026 à 14 h 03", ("30", "40"), true);
        disputed.notes.push("En même temps que quelqu’un d’autre, à «\u{a0}Les risques\u{a0}»\u{a0}: une semaine de plus.".into());
        StudyHistory {
            chrome: Chrome::sample(Audience::Referent),
            system: ("Orientation du courrier".into(), URL.into()),
            url: format!("{URL}/study/rights"),
            title: "Étude d’impact sur les personnes et leurs droits".into(),
            saves: vec![
                disputed,
                save(2, "Claire Vasseur, le 21 novembre 2026 à 14 h 02", ("Sans réponse", "30"), false),
                SaveView { changes: Vec::new(), ..save(1, "Claire Vasseur, le 20 novembre 2026 à 9 h 40", ("", ""), false) },
            ],
            older: String::new(),
            may_write: true,
        }
    }
}

impl StudyKept {
    /// A text that waits.
    pub fn sample() -> StudyKept {
        let text = "Une mauvaise orientation retarde la réponse de quelques jours.";
        StudyKept {
            chrome: Chrome::sample(Audience::Public),
            action: format!("{URL}/study/rights/draft"),
            fields: vec![("base".into(), "12".into()), ("asked".into(), "risques".into()), ("q-risques".into(), text.into())],
            texts: vec![text.into()],
        }
    }
}
