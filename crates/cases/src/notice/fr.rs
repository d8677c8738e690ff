//! The words in French.

use jiff::civil::Date;

use super::facts::{Account, Followed, SecondLook, energy};
use super::{
    Block, DataSource, Detail, Facts, Lang, Mention, Message, Notice, Tool, Topic, block, energy_in_words, everyday, sentence,
    stopped,
};
use crate::event::Outcome;
use crate::{Case, Decision, deadline};

const MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

pub(super) fn date(day: Date) -> String {
    let number = if day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
    format!("{number} {} {}", MONTHS[day.month() as usize - 1], day.year())
}

pub(super) fn write(case: &Case, decision: &Decision, facts: &Facts, told_on: Date) -> Notice {
    let message = Message {
        lang: Lang::Fr,
        title: "Notre décision, et ce qu’un outil informatique a fait".to_owned(),
        intro: "Une personne a décidé. Un outil informatique a aussi servi dans votre dossier. Cette lettre dit ce qui s’est passé, et ce que vous pouvez faire.".to_owned(),
        blocks: vec![
            decided(decision),
            did(case, decision, facts),
            did_not(facts),
            data(facts),
            counted(facts),
            energy_used(case, facts),
            human(facts),
            contest(facts, told_on),
            documents(facts),
        ],
        signed: decision.agent.name.clone(),
    };
    let mention = mention(facts);
    let detail = detail(case, decision, facts);
    Notice {
        message: spaced_message(message),
        mention: Mention {
            purpose: spaced(&mention.purpose),
            right: spaced(&mention.right),
            how: spaced(&mention.how),
            cada: spaced(&mention.cada),
        },
        detail: Detail {
            degree: spaced(&detail.degree),
            data: spaced_all(&detail.data),
            parameters: spaced_all(&detail.parameters),
            operations: spaced_all(&detail.operations),
        },
    }
}

/// The blank beside high punctuation and inside quotation marks does not break (Imprimerie nationale's usage).
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let before_high = signs.peek().is_some_and(|next| matches!(next, ':' | ';' | '!' | '?' | '»'));
        out.push(if sign == ' ' && (before_high || out.ends_with('«')) { '\u{a0}' } else { sign });
    }
    out
}

fn spaced_all(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| spaced(text)).collect()
}

fn spaced_message(message: Message) -> Message {
    let blocks = message.blocks.into_iter().map(|block| Block {
        heading: spaced(&block.heading),
        paragraphs: spaced_all(&block.paragraphs),
        items: spaced_all(&block.items),
        ..block
    });
    Message { title: spaced(&message.title), intro: spaced(&message.intro), blocks: blocks.collect(), ..message }
}

fn decided(decision: &Decision) -> Block {
    let what = format!("Décision : {}", stopped(&decision.value));
    let why = format!("Raison : {}", stopped(&decision.reason));
    let who = format!("{} a examiné votre dossier et a pris cette décision.", decision.agent.name);
    block(Topic::Decided, "La décision", vec![what, why, who], Vec::new())
}

fn did(case: &Case, decision: &Decision, facts: &Facts) -> Block {
    let told = facts.tools.iter().flat_map(|tool| {
        let account = Account::of(case, decision, facts, tool);
        let first = format!(
            "Nous avons utilisé l’outil « {} » {} dans votre dossier {}. À quoi il sert : {}",
            tool.name,
            times(account.times),
            case.reference,
            stopped(&tool.purpose)
        );
        [Some(first), result(&account)]
    });
    let items = facts.tools.iter().flat_map(|tool| &tool.does).map(|does| sentence(does));
    block(Topic::Did, "Ce que l’outil a fait", told.flatten().collect(), items.collect())
}

fn times(n: usize) -> String {
    if n == 1 { "une fois".to_owned() } else { format!("{n} fois") }
}

/// What came out, and what the agent made of it; `None` when nothing is recorded.
fn result(account: &Account<'_>) -> Option<String> {
    let mut said = Vec::new();
    match account.proposals.as_slice() {
        [] if account.text => said.push("Il a rendu un texte, sans proposer de décision.".to_owned()),
        [] => {}
        proposals => said.push(format!("Dans votre dossier, il a proposé : {}", stopped(&proposals.join(", puis ")))),
    }
    if !said.is_empty() {
        said.push("L’agent avait donné son avis avant de voir cette réponse.".to_owned());
    }
    if !account.proposals.is_empty() {
        let followed = match account.followed {
            Followed::All => "Sa décision va dans le même sens.",
            Followed::None => "Sa décision est différente.",
            Followed::Some => "Sa décision rejoint une partie de ces propositions.",
        };
        said.push(followed.to_owned());
    }
    if account.unknown > 0 {
        let when = if account.unknown == account.times { String::new() } else { format!("{}, ", times(account.unknown)) };
        said.push(sentence(&format!(
            "{when}nous ne savons pas ce qu’il a répondu, ou pas en entier : l’appel n’est pas allé à son terme"
        )));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

fn did_not(facts: &Facts) -> Block {
    let first = "L’outil n’a pas décidé : une personne l’a fait.".to_owned();
    let items = facts.tools.iter().flat_map(|tool| &tool.does_not).map(|does_not| sentence(does_not));
    block(Topic::DidNot, "Ce que l’outil n’a pas fait", vec![first], items.collect())
}

fn data(facts: &Facts) -> Block {
    block(
        Topic::Data,
        "Les informations utilisées",
        Vec::new(),
        facts.tools.iter().flat_map(|tool| &tool.data).map(datum).collect(),
    )
}

fn datum(data: &DataSource) -> String {
    sentence(&format!("{} (origine : {})", data.label, data.source))
}

fn counted(facts: &Facts) -> Block {
    let counts = parameters(facts);
    let none = "Rien n’a été calculé : ni note, ni barème.".to_owned();
    let paragraphs = if counts.is_empty() { vec![none] } else { Vec::new() };
    block(Topic::Counted, "Ce qui a compté", paragraphs, counts)
}

fn parameters(facts: &Facts) -> Vec<String> {
    facts.tools.iter().flat_map(|tool| &tool.counts).map(|counts| sentence(counts)).collect()
}

fn energy_used(case: &Case, facts: &Facts) -> Block {
    let said = match energy(case, facts) {
        (None, _) => "L’énergie utilisée n’a pas pu être mesurée.".to_owned(),
        (Some((low, high)), partly) => {
            let range = super::capitalised(&energy_in_words(low, high, Lang::Fr));
            let rest = if partly { " Une partie n’a pas pu être mesurée." } else { "" };
            format!("{range} : {}.{rest}", everyday(low, high, Lang::Fr))
        }
    };
    block(Topic::Energy, "L’énergie utilisée", vec![said], Vec::new())
}

fn human(facts: &Facts) -> Block {
    let call =
        format!("Appelez le {} ({}), ou venez à l’accueil : une personne vous répond et vous explique.", facts.phone, facts.hours);
    block(Topic::Human, "Parler à une personne", vec![call], Vec::new())
}

fn contest(facts: &Facts, told_on: Date) -> Block {
    let how = format!(
        "Demandez un second regard : une autre personne reprend tout votre dossier. C’est gratuit. Allez sur {}, appelez-nous, venez à l’accueil, ou écrivez à {}. Donnez le code de cette lettre.",
        facts.site, facts.post
    );
    let when = format!(
        "Nous répondons en un mois au plus. Vous pouvez aussi saisir le tribunal administratif dans les deux mois qui suivent la réception de cette lettre, donc au moins jusqu’au {}.",
        date(deadline::contest_until(told_on))
    );
    block(Topic::Contest, "Si vous n’êtes pas d’accord", vec![how, when], Vec::new())
}

fn documents(facts: &Facts) -> Block {
    let ask = format!(
        "Vous avez le droit d’obtenir les règles que suit l’outil, et la manière dont il a servi dans votre dossier : le code de cette lettre les ouvre, ou écrivez-nous. Chaque outil est aussi décrit sur {}.",
        facts.register
    );
    let silence = "Sans réponse au bout d’un mois, ou en cas de refus, vous avez deux mois pour saisir gratuitement la CADA, une commission indépendante (cada.fr).".to_owned();
    block(Topic::Documents, "Tout savoir de l’outil", vec![ask, silence], Vec::new())
}

fn mention(facts: &Facts) -> Mention {
    let purposes: Vec<String> = facts.tools.iter().map(|tool| sentence(&tool.purpose)).collect();
    Mention {
        purpose: purposes.join(" "),
        right: "Vous pouvez obtenir les règles de ce traitement et les principales caractéristiques de sa mise en œuvre.".to_owned(),
        how: format!("Écrivez à {}, appelez le {} ou allez sur {}.", facts.post, facts.phone, facts.site),
        cada: "En cas de refus, ou sans réponse au bout d’un mois, vous pouvez saisir la Commission d’accès aux documents administratifs (CADA) dans un délai de deux mois.".to_owned(),
    }
}

fn detail(case: &Case, decision: &Decision, facts: &Facts) -> Detail {
    let name = &decision.agent.name;
    let degree = if case.judgements.iter().any(|judgement| judgement.agent.id == decision.agent.id) {
        format!("L’outil a aidé ; il n’a pas décidé. {name} a donné son propre avis avant de voir sa réponse, puis a décidé.")
    } else {
        format!("L’outil a servi ; il n’a pas décidé. {name} a décidé sans voir sa réponse.")
    };
    let results = facts.tools.iter().filter_map(|tool| result(&Account::of(case, decision, facts, tool)));
    Detail {
        degree,
        data: facts.tools.iter().flat_map(|tool| &tool.data).map(datum).collect(),
        parameters: parameters(facts).into_iter().chain(results).collect(),
        operations: facts.tools.iter().flat_map(operations).collect(),
    }
}

fn operations(tool: &Tool) -> Vec<String> {
    let mut said: Vec<String> = tool.does.iter().map(|does| sentence(does)).collect();
    if !tool.model.is_empty() {
        let host = if tool.host.is_empty() { String::new() } else { format!(", que fait fonctionner : {}", tool.host) };
        said.push(sentence(&format!("L’outil « {} » s’appuie sur le modèle {}{host}", tool.name, tool.model)));
    }
    said
}

pub(super) fn answer(case: &Case, second: &SecondLook<'_>, facts: &Facts, told_on: Date) -> Message {
    let what = match second.outcome {
        Outcome::Maintained => format!("La décision reste : {}", stopped(second.stood)),
        Outcome::Changed { value } => format!("La décision change. Elle est maintenant : {}", stopped(value)),
    };
    let asked = format!(
        "Vous avez demandé un second regard le {} (numéro {}-{}).",
        date(second.contestation.received),
        case.reference,
        second.contestation.id
    );
    let who = format!("{} n’avait pas pris la première décision, et a repris tout votre dossier.", second.agent.name);
    let why = format!("Raison : {}", stopped(second.reason));
    spaced_message(Message {
        lang: Lang::Fr,
        title: "La réponse à votre demande de second regard".to_owned(),
        intro: asked,
        blocks: vec![block(Topic::Answer, "La réponse", vec![what, why, who], Vec::new()), human(facts), contest(facts, told_on)],
        signed: second.agent.name.clone(),
    })
}
