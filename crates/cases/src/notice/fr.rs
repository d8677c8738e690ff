//! The notice in French.

use jiff::civil::Date;

use super::{Block, DataSource, Detail, Factor, Lang, Mention, Notice, SystemFacts, block, capitalised, sentence};
use crate::{Case, Decision, deadline};

const MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

pub(super) fn date(day: Date) -> String {
    let number = if day.day() == 1 { "1er".to_owned() } else { day.day().to_string() };
    format!("{number} {} {}", MONTHS[day.month() as usize - 1], day.year())
}

pub(super) fn write(case: &Case, decision: &Decision, facts: &SystemFacts, told_on: Date) -> Notice {
    Notice {
        lang: Lang::Fr,
        title: "Un outil informatique a servi dans votre dossier".to_owned(),
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
        0 | 1 => "une fois".to_owned(),
        n => format!("{n} fois"),
    };
    let first = format!(
        "{} a utilisé l’outil « {} » {times} dans votre dossier {}. Il sert à {}.",
        facts.administration, facts.name, case.reference, facts.purpose
    );
    block("did", "Ce que l’outil a fait", vec![first], facts.operations.iter().map(|o| sentence(o)).collect())
}

fn did_not(facts: &SystemFacts) -> Block {
    let first = "L’outil n’a pas décidé à la place d’une personne.".to_owned();
    block("did_not", "Ce que l’outil n’a pas fait", vec![first], facts.does_not.iter().map(|o| sentence(o)).collect())
}

fn data(facts: &SystemFacts) -> Block {
    block("data", "Les informations utilisées", Vec::new(), facts.data.iter().map(datum).collect())
}

fn datum(source: &DataSource) -> String {
    sentence(&format!("{} (origine : {})", source.label, source.source))
}

fn counted(facts: &SystemFacts) -> Block {
    let none = "Aucun barème ni aucune note n’a été calculé.".to_owned();
    let paragraphs = if facts.factors.is_empty() { vec![none] } else { Vec::new() };
    block("counted", "Ce qui a compté", paragraphs, facts.factors.iter().map(factor).collect())
}

fn factor(factor: &Factor) -> String {
    let weight = factor.weight.as_ref().map(|w| format!(", qui compte pour {w}")).unwrap_or_default();
    let here = factor.situation.as_ref().map(|s| format!(". Dans votre dossier : {s}")).unwrap_or_default();
    sentence(&format!("{}{weight}{here}", factor.name))
}

fn decided(decision: &Decision) -> Block {
    let who = format!("{} a examiné votre dossier et a pris la décision.", decision.agent.name);
    let what = format!("Décision : {}", sentence(&decision.value));
    let why = format!("Raison : {}", sentence(&decision.reason));
    block("decided", "Qui a décidé, et pourquoi", vec![who, what, why], Vec::new())
}

fn human(facts: &SystemFacts) -> Block {
    let call = format!("Appelez le {} ou venez à l’accueil : une personne vous répond et vous explique.", facts.phone);
    block("human", "Parler à une personne", vec![call], Vec::new())
}

fn contest(facts: &SystemFacts) -> Block {
    let how = format!(
        "Vous n’êtes pas d’accord ? Demandez qu’une autre personne regarde votre dossier : sur {}, par téléphone au {}, par courrier à {}, ou à l’accueil. Donnez le code de cette lettre.",
        facts.url, facts.phone, facts.post
    );
    let when = "Nous vous répondons en un mois au plus. Vous pouvez aussi vous adresser au tribunal administratif dans les deux mois qui suivent la réception de cette lettre.".to_owned();
    block("contest", "Demander un nouvel examen", vec![how, when], Vec::new())
}

fn documents(facts: &SystemFacts, told_on: Date) -> Block {
    let ask = format!(
        "Vous avez le droit de savoir comment l’outil fonctionne et comment il a servi dans votre dossier. Écrivez à {}.",
        facts.post
    );
    let due = deadline::answer_due(told_on);
    let silence = format!(
        "Sans réponse au bout d’un mois, ou en cas de refus, vous avez deux mois pour saisir gratuitement la CADA, commission indépendante (cada.fr). Exemple : demande reçue le {}, réponse au plus tard le {}, CADA jusqu’au {}.",
        date(told_on),
        date(due),
        date(deadline::cada_until(due))
    );
    block("documents", "Obtenir les règles et les documents", vec![ask, silence], Vec::new())
}

fn mention(facts: &SystemFacts) -> Mention {
    Mention {
        purpose: sentence(&facts.purpose),
        right: "Vous pouvez obtenir les règles de ce traitement et les principales caractéristiques de sa mise en œuvre.".to_owned(),
        how: format!("Écrivez à {}, appelez le {} ou allez sur {}.", facts.post, facts.phone, facts.url),
        cada: "En cas de refus, ou sans réponse au bout d’un mois, vous pouvez saisir la Commission d’accès aux documents administratifs (CADA) dans un délai de deux mois.".to_owned(),
    }
}

fn detail(case: &Case, decision: &Decision, facts: &SystemFacts) -> Detail {
    Detail {
        degree: format!(
            "L’outil a aidé ; il n’a pas décidé. {} a donné son propre avis avant de voir le résultat ({} utilisation(s)), puis a décidé.",
            decision.agent.name,
            case.uses.len()
        ),
        data: facts.data.iter().map(datum).collect(),
        parameters: facts.factors.iter().map(factor).collect(),
        operations: facts.operations.iter().map(|o| capitalised(o)).collect(),
    }
}
