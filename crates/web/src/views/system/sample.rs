//! The demonstration's dossier, nearly complete: the study waits for its signature.

use super::*;
use crate::layout::{Audience, Choice, fact};
use crate::views::workspace::sample_missing;

fn held(part: Part, facts: Vec<crate::layout::Fact>) -> Card {
    Card { part, state: State::Held, lacks: Vec::new(), facts, open: false, done: String::new(), next: None }
}

/// A card with one thing missing; the first of the page stands open.
fn lacking(part: Part, state: State, nth: usize) -> Card {
    Card { state, lacks: sample_missing().drain(nth..=nth).collect(), open: nth == 0, ..held(part, Vec::new()) }
}

impl SystemPage {
    /// As the référent sees it.
    pub fn sample() -> SystemPage {
        SystemPage {
            chrome: Chrome::sample(Audience::Referent),
            name: "Orientation du courrier".into(),
            purpose: "Sert à proposer le service qui traitera une demande.".into(),
            url: "/referent/systems/orientation-du-courrier".into(),
            public_url: "/register/orientation-du-courrier".into(),
            standing: Standing::Refused,
            stage: "stage-under-study",
            missing: sample_missing(),
            start: None,
            record_proposed: 3,
            record_review: 2,
            rights: Rights { write: true, steer: true, authorise: false, govern: true, stop: true },
            sheet: sheet(),
            model: model().card,
            owner: owner(),
            study: study(),
            notice: notice(),
            channel: ChannelCard {
                card: held(Part::Channel, vec![fact("field-telephone", "01 99 00 12 34"), fact("field-hours", HOURS)]),
                telephone: "01 99 00 12 34".into(),
                hours: HOURS.into(),
            },
            consultation: consultation(),
            skills: skills(),
            training: training(),
            evaluation: evaluation(),
            contract: contract().card,
            keys: keys(),
            authorisation: AuthorisationCard {
                digest: String::new(),
                card: lacking(Part::Authorisation, State::Absent, 2),
                scope: String::new(),
                until: "2027-11-24".into(),
                version: "1".into(),
                in_force: false,
                before: sample_missing().drain(..1).collect(),
                before_trial: Vec::new(),
                trial_until: "2027-02-24".into(),
                by_referent: false,
            },
            stop: StopCard { card: held(Part::Stop, Vec::new()), stopped: false, watched: false, mandated: false, closed: false },
        }
    }

    /// As the elected official sees it when everything is ready: the authorisation is theirs to give.
    pub fn sample_to_authorise() -> SystemPage {
        let mut page = SystemPage::sample();
        page.chrome = Chrome::sample(Audience::Elected);
        page.rights = Rights { authorise: true, govern: true, stop: true, ..Rights::default() };
        page.stage = "stage-ready";
        page.missing.drain(..2);
        page.study.card = held(Part::Study, Vec::new());
        page.study.studies.iter_mut().for_each(|study| study.tag = ("ok", "study-state-signed"));
        page.training.card = held(Part::Training, page.training.card.facts);
        page.authorisation.card.open = true;
        page.authorisation.before.clear();
        page
    }

    /// Its supply, as the référent sees it.
    pub fn sample_supply() -> SupplyPage {
        let SystemPage { chrome, name, url, rights, .. } = SystemPage::sample();
        SupplyPage { chrome, name, url, rights, model: model(), contract: contract() }
    }

    /// The supply of a system that begins, on a machine that runs a model.
    pub fn sample_supply_begun() -> SupplyPage {
        let mut page = SystemPage::sample_supply();
        let card = Card { state: State::Absent, facts: Vec::new(), open: true, ..page.model.card };
        page.model = ModelCard { card, hosts: Vec::new(), models: Vec::new(), again: false, ..page.model };
        page.model.embedded = "Qwen2.5-Coder 1.5B Instruct, Q4_K_M".into();
        page.contract =
            ContractCard { card: Card { state: State::NotAsked, facts: Vec::new(), ..page.contract.card }, ..page.contract };
        page.contract.host = String::new();
        page
    }

    /// An assistant that weighs on nobody, just declared.
    pub fn sample_start() -> SystemPage {
        SystemPage {
            name: "Aide à la rédaction".into(),
            purpose: "Sert à aider à rédiger une note.".into(),
            record_proposed: 0,
            record_review: 0,
            start: Some(StartCard {
                model: "SmolLM2 135M".into(),
                people: vec![Choice::new("julien", "Julien Morel")],
                person: "julien".into(),
                telephone: "01 99 00 12 34".into(),
                hours: HOURS.into(),
                modules: vec![Choice::new("redaction-assistee", "Rédaction assistée")],
                module: "redaction-assistee".into(),
            }),
            ..SystemPage::sample()
        }
    }

    /// Just after a key was given.
    pub fn sample_key() -> SystemPage {
        let mut page = SystemPage::sample();
        page.keys.minted = "gvn-3f9a0c51d2e4-0b7c1f5e8a2d4c6b9e0f1a3c5d7e9b1f3a5c7d9e1b3f5a7c9d1e3f5b7a9c1d3e5f".into();
        page
    }
}

const HOURS: &str = "du lundi au vendredi, de 9 h à 17 h";

fn sheet() -> SheetCard {
    let objective = "Répondre plus vite sans décider à la place des agents";
    SheetCard {
        card: held(
            Part::Sheet,
            vec![
                fact("field-objective", objective),
                fact("public-risk", "Limité"),
                fact("public-decides", "Un agent décide, l’outil propose"),
                fact("field-decisions", "État civil, Urbanisme, École, Aide sociale, Voirie"),
            ],
        ),
        name: "Orientation du courrier".into(),
        purpose_fr: "proposer le service qui traitera une demande".into(),
        purpose_en: "propose the department that will handle a request".into(),
        objectives: vec![Choice::new("delais", objective)],
        objective: "delais".into(),
        risk: "limited",
        automation: "assisted",
        self_learning: "no",
        sensitive: "no",
        touches: "yes",
        classification: ClassFields { prohibited: "no", profiling: "no", ..ClassFields::default() },
        decisions: "État civil\nUrbanisme\nÉcole\nAide sociale\nVoirie".into(),
    }
}

fn model() -> ModelCard {
    ModelCard {
        card: held(
            Part::Model,
            vec![
                fact("fact-model", "Qwen2.5-Coder 1.5B, poids ouverts, licence Apache-2.0"),
                fact("fact-host", "La commune elle-même (FR)"),
                fact("fact-version", "1"),
            ],
        ),
        hosts: vec![Choice::new("local", "La commune elle-même (FR)")],
        openness: vec![
            Choice::new("closed", "Rien, ou nous ne le savons pas"),
            Choice::new("described", "Une description qui permet de juger"),
        ],
        models: vec![Choice::new("petit", "Qwen2.5-Coder 1.5B")],
        model: "petit".into(),
        next_label: "2".into(),
        again: true,
        embedded: String::new(),
    }
}

fn owner() -> OwnerCard {
    OwnerCard {
        card: held(Part::Owner, vec![fact("fact-person", "Julien Morel"), fact("fact-accepted", "oui")]),
        people: vec![Choice::new("julien", "Julien Morel")],
        named: true,
        person: "julien".into(),
        may_accept: false,
    }
}

fn study() -> StudyCard {
    let row = |title: &str, slug: &str, tag, state: &str, asked| StudyRow {
        title: title.into(),
        url: format!("/referent/systems/orientation-du-courrier/study/{slug}"),
        tag,
        state: state.into(),
        asked,
    };
    let rights = row(
        "Étude d’impact sur les personnes et leurs droits",
        "rights",
        ("warn", "study-state-to-sign"),
        "Écrite par Claire Vasseur, Julien Morel, le 21 novembre 2026",
        true,
    );
    let data = row(
        "Analyse d’impact sur la protection des données",
        "data-protection",
        ("warn", "study-state-draft"),
        "Enregistré\u{a0}: Claire Vasseur, le 20 novembre 2026 à 16 h 12",
        false,
    );
    StudyCard { card: lacking(Part::Study, State::Begun, 0), studies: vec![data, rights] }
}

fn notice() -> NoticeCard {
    let fr = NoticeFields {
        does: "L’outil lit votre demande et propose le service qui devrait y répondre.".into(),
        does_not: "Il ne décide pas.\nIl ne connaît ni votre nom ni votre adresse.".into(),
        data: "le texte de votre demande : votre message".into(),
        counts: String::new(),
    };
    let lines = |text: &str| text.lines().map(str::to_owned).collect();
    let preview = Preview {
        does: lines(&fr.does),
        does_not: lines(&fr.does_not),
        data: vec![("le texte de votre demande".into(), "votre message".into())],
        counts: Vec::new(),
    };
    NoticeCard { card: held(Part::Notice, Vec::new()), fr, en: NoticeFields::default(), preview: Some(preview) }
}

fn consultation() -> ConsultationCard {
    let (question, answer) = ("Faut-il un outil pour orienter le courrier\u{a0}?", "Oui, avec un avis humain d’abord.");
    let facts = vec![fact("field-question", question), fact("field-contributions", "4"), fact("field-answer", answer)];
    ConsultationCard { card: held(Part::Consultation, facts), go: "consultation-go-read" }
}

fn training() -> TrainingCard {
    TrainingCard {
        card: lacking(Part::Training, State::Begun, 1),
        modules: vec![Choice::new("orientation-courrier", "Bien se servir de l’outil d’orientation du courrier")],
        module: "orientation-courrier".into(),
        url: "/training/orientation-du-courrier".into(),
        certified: Vec::new(),
        waiting: vec!["Inès Carpentier".into(), "Samir Benali".into()],
    }
}

fn evaluation() -> EvaluationCard {
    EvaluationCard {
        card: held(
            Part::Evaluation,
            vec![
                fact("fact-result", "23 réponses justes sur 24, pour un seuil de 21"),
                fact("field-set", "orientation-courrier 2"),
                fact("field-smaller", "0"),
            ],
        ),
        set: "orientation-courrier 2".into(),
        passed: "23".into(),
        total: "24".into(),
        required: "21".into(),
        smaller: "0".into(),
        oversight: Some(OversightFields {
            facts: vec![fact("oversight-judged", "40"), fact("oversight-caught", "6 sur 7")],
            judged: "40".into(),
            wrong: "7".into(),
            caught: "6".into(),
            without: "12".into(),
            findings: "Les demandes doubles trompent l’outil\u{a0}; les agents les repèrent.".into(),
            counted: false,
        }),
    }
}

fn skills() -> SkillsCard {
    let plan = "Un jour sur cinq, le courrier est orienté sans l’outil.";
    let facts = vec![
        fact("field-plan", plan),
        fact("fact-skills", "Connaître les services"),
        fact("fact-quota", "20\u{a0}%"),
        fact("skills-continuity", "L’accueil oriente à la main."),
        fact("fact-drill", "Le 12 octobre 2026, valable jusqu’au 12 octobre 2027. Tout a tenu, une heure de plus."),
    ];
    SkillsCard {
        card: held(Part::Skills, facts),
        plan: plan.into(),
        skills: vec![SkillChoice { value: "services".into(), words: "Connaître les services".into(), checked: "yes" }],
        quota: "20".into(),
        continuity: "L’accueil oriente à la main.".into(),
    }
}

fn contract() -> ContractCard {
    let clause = |kind: &str, words: &str, tried| ClauseField {
        field: format!("clause-{kind}"),
        words: words.into(),
        hint: "L’article, et ce qu’il oblige à mesurer".into(),
        law: "CCP, art. L2112-2".into(),
        tried,
        ..ClauseField::default()
    };
    ContractCard {
        card: Card { state: State::NotAsked, ..held(Part::Contract, Vec::new()) },
        host: "La commune elle-même".into(),
        embedded: true,
        signed: true,
        reference: "2026-17".into(),
        supplier: String::new(),
        procedure: String::new(),
        signed_on: String::new(),
        until: "2028-06-30".into(),
        asked: vec![clause("environment", "Environnement\u{a0}: une condition d’exécution", false)],
        others: vec![clause("reversibility", "Réversibilité\u{a0}: reprendre ses données et les faire effacer", true)],
    }
}

fn keys() -> KeysCard {
    let key = KeyRow {
        label: "Logiciel d’accueil".into(),
        id: "3f9a0c51d2e4".into(),
        holder: String::new(),
        dates: "donnée le 21 novembre 2026, jusqu’au 21 novembre 2027".into(),
        opens: "n’ouvre que ceci\u{a0}: conversations, dossiers".into(),
        previous: "l’ancienne clé fonctionne encore jusqu’au 4 décembre 2026".into(),
        in_force: true,
    };
    KeysCard {
        card: held(Part::Keys, Vec::new()),
        base_url: "https://val-dormes.example/v1".into(),
        model: "petit".into(),
        names_case: true,
        scopes: ["scope-chat", "scope-embeddings", "scope-rerank", "scope-transcriptions", "scope-cases", "scope-agents"]
            .map(|words| (words.replace("scope", "key-opens"), words.to_owned()))
            .into(),
        keys: vec![key],
        minted: String::new(),
    }
}
