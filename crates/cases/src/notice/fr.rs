//! The words in French.

use jiff::civil::Date;

use super::facts::{Account, Days, Followed, Scope, SecondLook, energy};
use super::{
    Block, DataSource, Detail, Facts, Lang, Mention, Message, Notice, Tool, Topic, block, energy_in_words, everyday, sentence,
    stopped,
};
use crate::event::Outcome;
use crate::{Case, Decision};

const MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

pub(super) fn date(day: Date) -> String {
    let number = if day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
    format!("{number} {} {}", MONTHS[day.month() as usize - 1], day.year())
}

pub(super) fn write(case: &Case, decision: &Decision, facts: &Facts, days: Days) -> Notice {
    let scope = Scope::whole(case, decision);
    let message = Message {
        lang: Lang::Fr,
        title: "Notre décision, et ce qu’un outil informatique a fait".to_owned(),
        intro: "Une personne a décidé. Un outil informatique a aussi servi dans votre dossier. Cette lettre dit ce qui s’est passé, et ce que vous pouvez faire.".to_owned(),
        blocks: vec![
            decided(decision),
            did(case, scope, decision, facts),
            did_not(facts, "L’outil n’a pas décidé : une personne l’a fait."),
            data(facts),
            counted(facts),
            energy_used(scope, facts),
            human(facts),
            contest(facts, days),
            documents(facts),
        ],
        signed: decision.agent.name.clone(),
    };
    whole(message, facts, detail(scope, decision, facts))
}

pub(super) fn further(case: &Case, decision: &Decision, facts: &Facts, days: Days, since: Date, signed: &str) -> Notice {
    let scope = Scope::untold(case);
    let message = Message {
        lang: Lang::Fr,
        title: "Ce que notre première lettre ne disait pas encore".to_owned(),
        intro: format!(
            "Un outil informatique a servi dans votre dossier, et notre lettre du {} ne disait pas tout. Voici la suite. La décision ne change pas.",
            date(since)
        ),
        blocks: vec![
            did(case, scope, decision, facts),
            did_not(facts, "L’outil n’a pas décidé : une personne l’avait déjà fait."),
            data(facts),
            counted(facts),
            energy_used(scope, facts),
            human(facts),
            contest(facts, days),
            documents(facts),
        ],
        signed: signed.to_owned(),
    };
    whole(message, facts, detail(scope, decision, facts))
}

fn whole(message: Message, facts: &Facts, detail: Detail) -> Notice {
    let mention = mention(facts);
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

/// The blank beside high punctuation, inside quotation marks (Imprimerie nationale's usage), between two figures, as in a
/// telephone number, and within a date does not break.
fn spaced(text: &str) -> String {
    let held = |text: String, month: &&str| text.replace(&format!(" {month} "), &format!("\u{a0}{month}\u{a0}"));
    let text = MONTHS.iter().fold(text.to_owned(), held);
    let mut out = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let before = out.chars().next_back();
        let held = signs.peek().is_some_and(|next| {
            matches!(next, ':' | ';' | '!' | '?' | '»') || next.is_ascii_digit() && before.is_some_and(|c| c.is_ascii_digit())
        });
        out.push(if sign == ' ' && (held || before == Some('«')) { '\u{a0}' } else { sign });
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
    let who = format!("{} a pris cette décision.", decision.agent.name);
    block(Topic::Decided, "La décision", vec![what, why, who], Vec::new())
}

fn did(case: &Case, scope: Scope<'_>, decision: &Decision, facts: &Facts) -> Block {
    let told = facts.tools.iter().flat_map(|tool| {
        let account = Account::of(scope, decision, facts, tool);
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
        said.push("L’agent a d’abord noté son avis, puis a ouvert cette réponse.".to_owned());
    }
    if !account.proposals.is_empty() {
        let followed = match account.followed {
            Followed::All => "Sa décision va dans le même sens.",
            Followed::None => "Sa décision est différente.",
            Followed::Some => "Sa décision rejoint une partie de ces propositions.",
        };
        said.push(followed.to_owned());
    }
    let when = |n| if n == account.times { String::new() } else { format!("{}, ", times(n)) };
    if account.late > 0 {
        let came = if account.late == 1 { "sa réponse est arrivée" } else { "ses réponses sont arrivées" };
        let decision = if account.changed { "la première décision" } else { "la décision" };
        said.push(sentence(&format!("{}{came} après {decision}, qui n’en a pas tenu compte", when(account.late))));
    }
    if !account.late_proposals.is_empty() {
        said.push(format!("Il proposait : {}", stopped(&account.late_proposals.join(", puis "))));
    }
    if account.unknown > 0 {
        said.push(sentence(&format!(
            "{}nous ne savons pas ce qu’il a répondu, ou pas en entier : l’appel n’était pas allé à son terme quand cette lettre a été écrite",
            when(account.unknown)
        )));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

fn did_not(facts: &Facts, first: &str) -> Block {
    let items = facts.tools.iter().flat_map(|tool| &tool.does_not).map(|does_not| sentence(does_not));
    block(Topic::DidNot, "Ce que l’outil n’a pas fait", vec![first.to_owned()], items.collect())
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
    let none = "Notre registre ne signale ni note ni barème pour cet outil.".to_owned();
    let paragraphs = if counts.is_empty() { vec![none] } else { Vec::new() };
    block(Topic::Counted, "Ce qui a compté", paragraphs, counts)
}

fn parameters(facts: &Facts) -> Vec<String> {
    facts.tools.iter().flat_map(|tool| &tool.counts).map(|counts| sentence(counts)).collect()
}

fn energy_used(scope: Scope<'_>, facts: &Facts) -> Block {
    let said = match energy(scope, facts) {
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

fn contest(facts: &Facts, days: Days) -> Block {
    let how = format!(
        "Demandez un second regard : une autre personne reprend votre dossier. C’est gratuit. Allez sur {}, appelez-nous, venez à l’accueil, ou écrivez-nous : {}. Donnez le code de cette lettre.",
        facts.site, facts.post
    );
    let when = format!("Nous répondons en un mois au plus. {}", court(days));
    block(Topic::Contest, "Si vous n’êtes pas d’accord", vec![how, when], Vec::new())
}

fn court(days: Days) -> String {
    let last = date(days.court);
    if days.opens_court() {
        return format!(
            "Vous pouvez aussi saisir le tribunal administratif dans les deux mois qui suivent la réception de cette lettre, donc au moins jusqu’au {last}."
        );
    }
    if days.told_on <= days.court {
        return format!(
            "Vous pouvez aussi saisir le tribunal administratif, au moins jusqu’au {last}. Cette lettre ne change pas cette date."
        );
    }
    format!("Cette lettre ne donne pas de nouveau délai pour saisir le tribunal administratif : ce délai a pu finir le {last}.")
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

fn detail(scope: Scope<'_>, decision: &Decision, facts: &Facts) -> Detail {
    let name = &decision.agent.name;
    let degree = if scope.before.is_empty() {
        format!("L’outil a servi ; il n’a pas décidé. {name} avait décidé sans ouvrir cette réponse.")
    } else {
        format!(
            "L’outil a servi ; il n’a pas décidé. {name} a noté son propre avis, a ouvert la réponse de l’outil, puis a décidé."
        )
    };
    let results = facts.tools.iter().filter_map(|tool| result(&Account::of(scope, decision, facts, tool)));
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
        let host = if tool.host.is_empty() { String::new() } else { format!(", exploité par « {} »", tool.host) };
        said.push(sentence(&format!("L’outil « {} » s’appuie sur le modèle {}{host}", tool.name, tool.model)));
    }
    said
}

pub(super) fn answer(case: &Case, second: &SecondLook<'_>, facts: &Facts, days: Days) -> Message {
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
    let seen = match (second.touched, second.contestation.blind) {
        (false, _) => "",
        (true, true) => " La réponse de l’outil ne lui a pas été montrée avant.",
        (true, false) => " Cette personne pouvait déjà connaître la réponse de l’outil.",
    };
    let who = format!("{} a repris votre dossier, et n’avait pas pris la décision que vous contestez.{seen}", second.agent.name);
    let why = format!("Raison : {}", stopped(second.reason));
    spaced_message(Message {
        lang: Lang::Fr,
        title: "La réponse à votre demande de second regard".to_owned(),
        intro: asked,
        blocks: vec![block(Topic::Answer, "La réponse", vec![what, why, who], Vec::new()), human(facts), contest(facts, days)],
        signed: second.agent.name.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn what_belongs_together_does_not_break() {
        for (text, held) in [
            ("Appelez le 01 99 00 12 34 : c’est gratuit.", "Appelez le 01~99~00~12~34~: c’est gratuit."),
            ("jusqu’au 24 janvier 2027. « Tri »", "jusqu’au 24~janvier~2027. «~Tri~»"),
        ] {
            assert_eq!(spaced(text), held.replace('~', "\u{a0}"));
        }
    }
}
