//! The words in English.

use jiff::civil::Date;

use super::facts::{Account, Days, Followed, Scope, SecondLook, energy};
use super::{
    Block, DataSource, Detail, Facts, Lang, Mention, Message, Notice, Tool, Topic, block, energy_in_words, everyday, sentence,
    stopped,
};
use crate::event::Outcome;
use crate::{Case, Decision};

pub(super) fn date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

pub(super) fn write(case: &Case, decision: &Decision, facts: &Facts, days: Days) -> Notice {
    let scope = Scope::whole(case, decision);
    let message = Message {
        lang: Lang::En,
        title: "Our decision, and what a computer tool did".to_owned(),
        intro: "A person decided. A computer tool was also used on your file. This letter says what happened, and what you can do."
            .to_owned(),
        blocks: vec![
            decided(decision),
            did(case, scope, decision, facts),
            did_not(facts, "The tool did not decide: a person did."),
            data(facts),
            counted(facts),
            energy_used(scope, facts),
            human(facts),
            contest(facts, days),
            documents(facts),
        ],
        signed: decision.agent.name.clone(),
    };
    Notice { message, mention: mention(facts), detail: detail(scope, decision, facts) }
}

pub(super) fn further(case: &Case, decision: &Decision, facts: &Facts, days: Days, since: Date, signed: &str) -> Notice {
    let scope = Scope::untold(case);
    let message = Message {
        lang: Lang::En,
        title: "What our first letter did not say yet".to_owned(),
        intro: format!(
            "A computer tool was used on your file, and our letter of {} did not say everything. Here is the rest. The decision does not change.",
            date(since)
        ),
        blocks: vec![
            did(case, scope, decision, facts),
            did_not(facts, "The tool did not decide: a person had already done so."),
            data(facts),
            counted(facts),
            energy_used(scope, facts),
            human(facts),
            contest(facts, days),
            documents(facts),
        ],
        signed: signed.to_owned(),
    };
    Notice { message, mention: mention(facts), detail: detail(scope, decision, facts) }
}

fn decided(decision: &Decision) -> Block {
    let what = format!("Decision: {}", stopped(&decision.value));
    let why = format!("Reason: {}", stopped(&decision.reason));
    let who = format!("{} made this decision.", decision.agent.name);
    block(Topic::Decided, "The decision", vec![what, why, who], Vec::new())
}

fn did(case: &Case, scope: Scope<'_>, decision: &Decision, facts: &Facts) -> Block {
    let told = facts.tools.iter().flat_map(|tool| {
        let account = Account::of(scope, decision, facts, tool);
        let first = format!(
            "We used the tool “{}” {} on your file {}. What it is for: {}",
            tool.name,
            times(account.times),
            case.reference,
            stopped(&tool.purpose)
        );
        [Some(first), result(&account)]
    });
    let items = facts.tools.iter().flat_map(|tool| &tool.does).map(|does| sentence(does));
    block(Topic::Did, "What the tool did", told.flatten().collect(), items.collect())
}

fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

/// What came out, and what the member of staff made of it; `None` when nothing is recorded.
fn result(account: &Account<'_>) -> Option<String> {
    let mut said = Vec::new();
    match account.proposals.as_slice() {
        [] if account.text => said.push("It produced a text, without proposing a decision.".to_owned()),
        [] => {}
        proposals => said.push(format!("On your file, it proposed: {}", stopped(&proposals.join(", then ")))),
    }
    if !said.is_empty() {
        said.push("The member of staff first noted their own view, then opened that answer.".to_owned());
    }
    if !account.proposals.is_empty() {
        let followed = match account.followed {
            Followed::All => "Their decision goes the same way.",
            Followed::None => "Their decision is different.",
            Followed::Some => "Their decision agrees with some of these proposals.",
        };
        said.push(followed.to_owned());
    }
    let when = |n| if n == account.times { String::new() } else { format!("{}, ", times(n)) };
    if account.late > 0 {
        let came = if account.late == 1 { "its answer came" } else { "its answers came" };
        let decision = if account.changed { "the first decision" } else { "the decision" };
        said.push(sentence(&format!("{}{came} after {decision}, which did not rest on it", when(account.late))));
    }
    if !account.late_proposals.is_empty() {
        said.push(format!("It proposed: {}", stopped(&account.late_proposals.join(", then "))));
    }
    if account.unknown > 0 {
        said.push(sentence(&format!(
            "{}we do not know what it answered, or not all of it: the call had not run to its end when this letter was written",
            when(account.unknown)
        )));
    }
    (!said.is_empty()).then(|| said.join(" "))
}

fn did_not(facts: &Facts, first: &str) -> Block {
    let items = facts.tools.iter().flat_map(|tool| &tool.does_not).map(|does_not| sentence(does_not));
    block(Topic::DidNot, "What the tool did not do", vec![first.to_owned()], items.collect())
}

fn data(facts: &Facts) -> Block {
    block(Topic::Data, "The information used", Vec::new(), facts.tools.iter().flat_map(|tool| &tool.data).map(datum).collect())
}

fn datum(data: &DataSource) -> String {
    sentence(&format!("{} (from: {})", data.label, data.source))
}

fn counted(facts: &Facts) -> Block {
    let counts = parameters(facts);
    let none = "Our register mentions no score and no scale for this tool.".to_owned();
    let paragraphs = if counts.is_empty() { vec![none] } else { Vec::new() };
    block(Topic::Counted, "What counted", paragraphs, counts)
}

fn parameters(facts: &Facts) -> Vec<String> {
    facts.tools.iter().flat_map(|tool| &tool.counts).map(|counts| sentence(counts)).collect()
}

fn energy_used(scope: Scope<'_>, facts: &Facts) -> Block {
    let said = match energy(scope, facts) {
        (None, _) => "The energy used could not be measured.".to_owned(),
        (Some((low, high)), partly) => {
            let rest = if partly { " Part of it could not be measured." } else { "" };
            format!("{}: {}.{rest}", energy_in_words(low, high, Lang::En), everyday(low, high, Lang::En))
        }
    };
    block(Topic::Energy, "The energy used", vec![said], Vec::new())
}

fn human(facts: &Facts) -> Block {
    let call = format!("Call {} ({}), or come to the front desk: a person answers and explains.", facts.phone, facts.hours);
    block(Topic::Human, "Speak to a person", vec![call], Vec::new())
}

fn contest(facts: &Facts, days: Days) -> Block {
    let how = format!(
        "Ask for a second look: somebody else takes up your file. It is free of charge. Go to {}, call us, come to the front desk, or write to us: {}. Give the code of this letter.",
        facts.site, facts.post
    );
    let when = format!("We answer within one month. {}", court(days));
    block(Topic::Contest, "If you disagree", vec![how, when], Vec::new())
}

fn court(days: Days) -> String {
    let last = date(days.court);
    if days.opens_court() {
        return format!(
            "You may also go to the administrative court within two months of receiving this letter, so at least until {last}."
        );
    }
    if days.told_on <= days.court {
        return format!(
            "You may also go to the administrative court, at least until {last}. This letter does not change that date."
        );
    }
    format!("This letter gives no new time to go to the administrative court: that time may have ended on {last}.")
}

fn documents(facts: &Facts) -> Block {
    let ask = format!(
        "You have the right to obtain the rules that the tool follows, and how it was used on your file: the code of this letter opens them, or write to us. Every tool is also described on {}.",
        facts.register
    );
    let silence = "Without an answer after one month, or if we refuse, you have two months to ask the CADA, an independent commission, free of charge (cada.fr).".to_owned();
    block(Topic::Documents, "Know everything about the tool", vec![ask, silence], Vec::new())
}

fn mention(facts: &Facts) -> Mention {
    let purposes: Vec<String> = facts.tools.iter().map(|tool| sentence(&tool.purpose)).collect();
    Mention {
        purpose: purposes.join(" "),
        right: "You may obtain the rules of this processing and the main features of how it was carried out.".to_owned(),
        how: format!("Write to {}, call {} or go to {}.", facts.post, facts.phone, facts.site),
        cada: "If we refuse, or do not answer within one month, you may turn to the commission on access to administrative documents (CADA) within two months.".to_owned(),
    }
}

fn detail(scope: Scope<'_>, decision: &Decision, facts: &Facts) -> Detail {
    let name = &decision.agent.name;
    let degree = if scope.before.is_empty() {
        format!("The tool was used; it did not decide. {name} had decided without opening that answer.")
    } else {
        format!("The tool was used; it did not decide. {name} noted their own view, opened the tool’s answer, then decided.")
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
        let host = if tool.host.is_empty() { String::new() } else { format!(", run by “{}”", tool.host) };
        said.push(sentence(&format!("The tool “{}” relies on the model {}{host}", tool.name, tool.model)));
    }
    said
}

pub(super) fn answer(case: &Case, second: &SecondLook<'_>, facts: &Facts, days: Days) -> Message {
    let what = match second.outcome {
        Outcome::Maintained => format!("The decision stays: {}", stopped(second.stood)),
        Outcome::Changed { value } => format!("The decision changes. It is now: {}", stopped(value)),
    };
    let asked = format!(
        "You asked for a second look on {} (number {}-{}).",
        date(second.contestation.received),
        case.reference,
        second.contestation.id
    );
    let seen = match (second.touched, second.contestation.blind) {
        (false, _) => "",
        (true, true) => " The tool’s answer was not shown to them before.",
        (true, false) => " This person may already have known the tool’s answer.",
    };
    let who = format!("{} took up your file, and had not made the decision that you contest.{seen}", second.agent.name);
    let why = format!("Reason: {}", stopped(second.reason));
    Message {
        lang: Lang::En,
        title: "The answer to your request for a second look".to_owned(),
        intro: asked,
        blocks: vec![block(Topic::Answer, "The answer", vec![what, why, who], Vec::new()), human(facts), contest(facts, days)],
        signed: second.agent.name.clone(),
    }
}
