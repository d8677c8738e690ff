//! The sample case of the gallery, told by the same rules as a real one.

use gouvernail_cases::notice::{self, DataSource, Days, Facts};
use gouvernail_cases::{Agent, Case, CaseUse, Decision, Lang, LetterFrame, Notification, SealedText, Told, Tool, UseFootprint};
use jiff::Timestamp;
use jiff::civil::{Date, date};

fn tool(lang: Lang) -> Tool {
    let words = |fr: &str, en: &str| (if lang == Lang::Fr { fr } else { en }).to_owned();
    Tool {
        id: "orientation-du-courrier".into(),
        name: "Orientation du courrier".into(),
        purpose: words("proposer le service qui traitera une demande", "propose the department that will handle a request"),
        does: vec![
            words("Il a lu votre demande", "It read your request"),
            words("Il a proposé un service parmi cinq", "It proposed one department out of five"),
        ],
        does_not: vec![
            words("Il n’a pas vu votre nom, votre adresse ni votre téléphone", "It did not see your name, address or telephone"),
            words("Il n’a rien appris de votre dossier", "It learnt nothing from your file"),
        ],
        data: vec![DataSource {
            label: words("le texte de votre demande", "the text of your request"),
            source: words("votre message", "your message"),
        }],
        counts: Vec::new(),
        model: "Qwen2.5-Coder 1.5B".into(),
        host: words("la commune elle-même", "the town itself"),
    }
}

/// The decided case.
pub(super) fn case() -> Case {
    let at = |time: &str| format!("2026-11-24T{time}Z").parse().unwrap_or(Timestamp::UNIX_EPOCH);
    let used = CaseUse {
        use_id: "u1".into(),
        system: "orientation-du-courrier".into(),
        version: "1".into(),
        at: at("09:29:00"),
        purpose: String::new(),
        data_categories: Vec::new(),
        output: SealedText::new("{\"categorie\":\"École\"}"),
        proposal: Some(SealedText::new("École")),
        footprint: Some(UseFootprint { energy_wh: 0.06, energy_wh_low: 0.02, energy_wh_high: 0.1, carbon_g: 0.003 }),
    };
    let agent = Agent::new("samir", "Samir Benali");
    let judgement = gouvernail_cases::Judgement {
        use_id: "u1".into(),
        agent: agent.clone(),
        value: "Voirie".into(),
        reason: "Trottoir effondré".into(),
        seal: String::new(),
        at: at("09:31:00"),
    };
    let decision = Decision {
        agent,
        value: "Voirie".into(),
        reason: "Le trottoir est à la commune : c’est la voirie qui répare, et pose une barrière dès aujourd’hui.".into(),
        at: at("09:42:00"),
        uses: 1,
    };
    Case {
        id: "sample".into(),
        reference: "CO-2026-0147".into(),
        subject: "Le trottoir devant l’école Jean-Macé est effondré".into(),
        known: Vec::new(),
        opened_at: at("08:00:00"),
        uses: vec![used],
        judgements: vec![judgement],
        reveals: Vec::new(),
        decision: Some(decision),
        notification: None,
        further: Vec::new(),
        openers: Vec::new(),
        contestations: Vec::new(),
        answered: Vec::new(),
        callbacks: Vec::new(),
    }
}

const SITE: &str = "https://val-dormes.example/d";

fn facts(lang: Lang) -> Facts {
    Facts {
        tools: vec![tool(lang)],
        unknown: Vec::new(),
        phone: "01 99 00 12 34".into(),
        hours: "du lundi au vendredi, de 9 h à 17 h".into(),
        post: "Mairie, 1 place de la République, 00000 Val-d’Ormes".into(),
        site: SITE.into(),
        register: "https://val-dormes.example/register".into(),
    }
}

fn frame(day: Date) -> LetterFrame {
    let lines = |all: &[&str]| all.iter().map(|line| (*line).to_owned()).collect();
    LetterFrame {
        sender: lines(&["Commune de Val-d’Ormes", "Accueil et courrier", "1, place de la République", "00000 Val-d’Ormes"]),
        recipient: lines(&["Madame Nadia Ferrand", "12, rue des Tilleuls", "00000 Val-d’Ormes"]),
        place: "Val-d’Ormes".into(),
        date: day,
        reference: "CO-2026-0147".into(),
        site: SITE.into(),
        phone: "01 99 00 12 34".into(),
    }
}

/// What was told of it.
pub(super) fn told() -> Told {
    let day = date(2026, 11, 24);
    let words = |lang| notice::notice(&case(), &facts(lang), day, lang).expect("the sample case is decided");
    Told { lang: Lang::Fr, fr: words(Lang::Fr), en: words(Lang::En), frame: frame(day) }
}

/// What was told of a use recorded two days after the letter.
pub(super) fn told_further() -> Told {
    let (first, day) = (date(2026, 11, 24), date(2026, 11, 26));
    let mut case = case();
    case.notification = Some(Notification {
        code_hash: String::new(),
        letter_ref: String::new(),
        told: told(),
        at: case.opened_at,
        uses: 1,
        replaced: Vec::new(),
    });
    let later = CaseUse { use_id: "u2".into(), proposal: Some(SealedText::new("Voirie")), ..case.uses[0].clone() };
    case.uses.push(later);
    let days = Days { told_on: day, court: date(2027, 1, 24) };
    let words =
        |lang| notice::further(&case, &facts(lang), days, first, "Samir Benali", lang).expect("the sample case has a later use");
    Told { lang: Lang::Fr, fr: words(Lang::Fr), en: words(Lang::En), frame: frame(day) }
}
