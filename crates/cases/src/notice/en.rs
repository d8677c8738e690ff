//! The notice in English.

use jiff::civil::Date;

use super::{Block, DataSource, Detail, Factor, Lang, Mention, Notice, SystemFacts, block, capitalised, sentence};
use crate::{Case, Decision, deadline};

pub(super) fn date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

pub(super) fn write(case: &Case, decision: &Decision, facts: &SystemFacts, told_on: Date) -> Notice {
    Notice {
        lang: Lang::En,
        title: "A computer tool was used on your file".to_owned(),
        blocks: vec![
            did(case, facts),
            did_not(facts),
            data(facts),
            counted(facts),
            decided(decision),
            human(facts),
            contest(facts),
            documents(facts, told_on),
        ],
        mention: mention(facts),
        detail: detail(case, decision, facts),
    }
}

fn did(case: &Case, facts: &SystemFacts) -> Block {
    let times = match case.uses.len() {
        0 | 1 => "once".to_owned(),
        n => format!("{n} times"),
    };
    let first = format!(
        "{} used the tool “{}” {times} on your file {}. Its purpose is to {}.",
        facts.administration, facts.name, case.reference, facts.purpose
    );
    block("did", "What the tool did", vec![first], facts.operations.iter().map(|o| sentence(o)).collect())
}

fn did_not(facts: &SystemFacts) -> Block {
    let first = "The tool did not decide in the place of a person.".to_owned();
    block("did_not", "What the tool did not do", vec![first], facts.does_not.iter().map(|o| sentence(o)).collect())
}

fn data(facts: &SystemFacts) -> Block {
    block("data", "The information used", Vec::new(), facts.data.iter().map(datum).collect())
}

fn datum(source: &DataSource) -> String {
    sentence(&format!("{} (from: {})", source.label, source.source))
}

fn counted(facts: &SystemFacts) -> Block {
    let none = "No scale and no score was computed.".to_owned();
    let paragraphs = if facts.factors.is_empty() { vec![none] } else { Vec::new() };
    block("counted", "What counted", paragraphs, facts.factors.iter().map(factor).collect())
}

fn factor(factor: &Factor) -> String {
    let weight = factor.weight.as_ref().map(|w| format!(", which counts for {w}")).unwrap_or_default();
    let here = factor.situation.as_ref().map(|s| format!(". In your file: {s}")).unwrap_or_default();
    sentence(&format!("{}{weight}{here}", factor.name))
}

fn decided(decision: &Decision) -> Block {
    let who = format!("{} examined your file and took the decision.", decision.agent.name);
    let what = format!("Decision: {}", sentence(&decision.value));
    let why = format!("Reason: {}", sentence(&decision.reason));
    block("decided", "Who decided, and why", vec![who, what, why], Vec::new())
}

fn human(facts: &SystemFacts) -> Block {
    let call = format!("Call {} or come to the front desk: a person answers and explains.", facts.phone);
    block("human", "Talk to a person", vec![call], Vec::new())
}

fn contest(facts: &SystemFacts) -> Block {
    let how = format!(
        "You disagree? Ask another person to look at your file: on {}, by telephone on {}, by post to {}, or at the front desk. Give the code of this letter.",
        facts.url, facts.phone, facts.post
    );
    let when =
        "We answer within one month. You may also go to the administrative court within two months of receiving this letter."
            .to_owned();
    block("contest", "Ask for a second look", vec![how, when], Vec::new())
}

fn documents(facts: &SystemFacts, told_on: Date) -> Block {
    let ask = format!("You have the right to know how the tool works and how it was used on your file. Write to {}.", facts.post);
    let due = deadline::answer_due(told_on);
    let silence = format!(
        "Without an answer after one month, or if we refuse, you have two months to ask the CADA, an independent commission, free of charge (cada.fr). Example: request received on {}, answer by {}, CADA until {}.",
        date(told_on),
        date(due),
        date(deadline::cada_until(due))
    );
    block("documents", "Get the rules and the documents", vec![ask, silence], Vec::new())
}

fn mention(facts: &SystemFacts) -> Mention {
    Mention {
        purpose: sentence(&facts.purpose),
        right: "You may obtain the rules of this processing and the main features of how it was carried out.".to_owned(),
        how: format!("Write to {}, call {} or go to {}.", facts.post, facts.phone, facts.url),
        cada: "If we refuse, or do not answer within one month, you may turn to the commission on access to administrative documents (CADA) within two months.".to_owned(),
    }
}

fn detail(case: &Case, decision: &Decision, facts: &SystemFacts) -> Detail {
    Detail {
        degree: format!(
            "The tool helped; it did not decide. {} gave their own view before seeing the result ({} use(s)), then decided.",
            decision.agent.name,
            case.uses.len()
        ),
        data: facts.data.iter().map(datum).collect(),
        parameters: facts.factors.iter().map(factor).collect(),
        operations: facts.operations.iter().map(|o| capitalised(o)).collect(),
    }
}
