//! The road of a case, and what no sequence of commands can reach.

mod order;
mod sequences;
mod words;

use std::sync::LazyLock;

use gouvernail_cases::notice::{DataSource, Days};
use gouvernail_cases::{
    Agent, Case, CaseError, CaseEvent, CaseUse, Channel, Facts, Lang, LetterFrame, Message, SealedText, Told, Tool, notice,
};
use jiff::{Timestamp, civil::date};

const DAYS: Days = Days { told_on: date(2027, 2, 1), court: date(2027, 4, 1) };
const WHY: &str = "Les revenus ouvrent droit au tarif réduit.";

fn at() -> Timestamp {
    Timestamp::from_second(1_795_000_000).unwrap()
}

fn agent(n: u8) -> Agent {
    Agent::new(format!("a{n}"), ["Awa Diallo", "Łukasz Nowak", "Zoé Martin"][usize::from(n) % 3])
}

fn case_use(n: u8) -> CaseUse {
    CaseUse {
        use_id: format!("u{n}"),
        system: "tri".into(),
        version: "1".into(),
        at: at(),
        purpose: "préparer un résumé".into(),
        data_categories: vec!["revenus".into()],
        output: SealedText::new("Avis favorable"),
        proposal: Some(SealedText::new("favorable")),
        footprint: None,
    }
}

fn opened() -> (Case, Vec<CaseEvent>) {
    let event = Case::open("c1", "2026-118", "Tarif réduit de cantine", vec![], at()).unwrap();
    (Case::fold([&event]).unwrap(), vec![event])
}

fn go(case: &mut Case, history: &mut Vec<CaseEvent>, event: Result<CaseEvent, CaseError>) {
    let event = event.unwrap();
    case.apply(&event).unwrap();
    history.push(event);
}

/// A use that the gateway has made.
fn used(case: &Case, case_use: CaseUse) -> Result<CaseEvent, CaseError> {
    let event = CaseEvent::UseRecorded(case_use);
    case.check(&event).map(|()| event)
}

fn decided() -> (Case, Vec<CaseEvent>) {
    let (mut case, mut history) = opened();
    let event = used(&case, case_use(0));
    go(&mut case, &mut history, event);
    let event = case.judge("u0", agent(0), ("favorable", "Revenus bas"), [7; 32], at());
    go(&mut case, &mut history, event);
    let event = case.reveal("u0", agent(0), at());
    go(&mut case, &mut history, event);
    let event = case.decide(agent(0), "favorable", WHY, at());
    go(&mut case, &mut history, event);
    (case, history)
}

fn contested() -> (Case, Vec<CaseEvent>) {
    let (mut case, mut history) = decided();
    let event = case.notify("hash", "letter-1", TOLD.clone(), at());
    go(&mut case, &mut history, event);
    let event = case.contest("k1", Channel::Phone, ("Je ne comprends pas.", ""), date(2027, 1, 31), at());
    go(&mut case, &mut history, event);
    (case, history)
}

fn tool(id: &str) -> Tool {
    Tool {
        id: id.into(),
        name: "Tri des demandes".into(),
        purpose: "préparer un résumé de votre demande".into(),
        does: vec!["Il a lu votre demande".into()],
        does_not: vec!["Il n’a pas cherché d’autres informations sur vous".into()],
        data: vec![DataSource { label: "vos revenus".into(), source: "votre formulaire".into() }],
        counts: vec!["le quotient familial, 540 euros, compte pour la moitié".into()],
        model: "Petit 1.5B".into(),
        host: "la commune".into(),
    }
}

fn facts() -> Facts {
    Facts {
        tools: vec![tool("tri")],
        unknown: Vec::new(),
        phone: "02 00 00 00 00".into(),
        hours: "de 9 h à 17 h".into(),
        post: "Mairie, 1 place de la République, 00000 Saint-Aubin".into(),
        site: "https://ia.example.fr/d".into(),
        register: "https://ia.example.fr/register".into(),
    }
}

fn told(case: &Case) -> Told {
    let day = date(2026, 11, 24);
    let words = |lang| notice(case, &facts(), day, lang).unwrap();
    let frame = LetterFrame {
        sender: vec!["Commune de Saint-Aubin".into()],
        recipient: vec!["Mme Zoé Martin".into()],
        place: "Saint-Aubin".into(),
        date: day,
        reference: case.reference.clone(),
        site: facts().site,
        phone: facts().phone,
    };
    Told { lang: Lang::Fr, fr: words(Lang::Fr), en: words(Lang::En), frame }
}

/// All that a message says.
fn text(message: &Message) -> String {
    let blocks = message.blocks.iter().flat_map(|b| [&b.heading].into_iter().chain(&b.paragraphs).chain(&b.items));
    [&message.title, &message.intro].into_iter().chain(blocks).map(|words| plain(words) + "\n").collect()
}

/// Without the blanks that do not break.
fn plain(text: &str) -> String {
    text.replace('\u{a0}', " ")
}

/// A case with these uses of `tri`, decided "favorable" by an agent who saw them all.
fn decided_after(uses: Vec<CaseUse>) -> Case {
    let (mut case, mut history) = opened();
    for one in uses {
        let id = one.use_id.clone();
        let event = used(&case, one);
        go(&mut case, &mut history, event);
        let event = case.judge(&id, agent(0), ("favorable", "Revenus bas"), [7; 32], at());
        go(&mut case, &mut history, event);
        let event = case.reveal(&id, agent(0), at());
        go(&mut case, &mut history, event);
    }
    let event = case.decide(agent(0), "favorable", WHY, at());
    go(&mut case, &mut history, event);
    case
}

static TOLD: LazyLock<Told> = LazyLock::new(|| told(&decided().0));
