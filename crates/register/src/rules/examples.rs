//! Examples that a pack carries: facts given in short, what is asked, and what must be missing.

use std::collections::{BTreeMap, BTreeSet};

use cedar_policy::{Context, EntityUid};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Action, PackText, Rules, pack, start};
use crate::facts::{Fact, Facts};

/// The day of an example that names none.
const USUAL_DAY: Date = jiff::civil::date(2026, 12, 1);
/// What a complete dossier holds is held until then.
const HELD_UNTIL: Date = jiff::civil::date(2099, 1, 1);

/// The file `examples.toml` of a pack.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Examples {
    #[serde(default)]
    example: Vec<Example>,
}

/// One example: a complete dossier, what is different in it, and what this pack must then find missing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Example {
    /// What it shows, in a sentence.
    says: String,
    /// `low`, `limited` or `high`.
    risk: String,
    /// `try`, `authorise` or `call`.
    #[serde(default = "call")]
    action: String,
    /// Day on which the question is asked.
    on: Option<Date>,
    /// Facts that differ, by `group.name`: true, false, a number, a word, a list, a date, or "none" for a fact that is absent.
    #[serde(default, rename = "where")]
    different: BTreeMap<String, toml::Value>,
    /// Requirements of this pack that are missing, no more and no fewer.
    missing: BTreeSet<String>,
}

fn call() -> String {
    "call".into()
}

/// Why the examples of a pack could not be run.
#[derive(Debug, thiserror::Error)]
#[error("pack {pack}, examples.toml: {reason}")]
pub struct ExampleError {
    /// Name of the pack.
    pub pack: String,
    /// What is wrong, and how to mend it.
    pub reason: String,
}

/// What the examples showed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExamplesRun {
    /// How many were run.
    pub ran: usize,
    /// Those that did not come out as written, each in words.
    pub failures: Vec<String>,
    /// Requirements of the pack that no example shows missing.
    pub never_missing: Vec<String>,
}

/// Runs the examples of `pack` on `rules`, which must hold it.
pub fn run_examples(pack: &PackText, rules: &Rules) -> Result<ExamplesRun, ExampleError> {
    let wrong = |reason: String| ExampleError { pack: pack.name.clone(), reason };
    let examples: Examples = toml::from_str(&pack.examples).map_err(|error| wrong(error.to_string()))?;
    let own = rules.requirements().filter(|known| known.pack == pack.name).map(|known| known.id.clone());
    let own: BTreeSet<String> = own.collect();
    let mut run = ExamplesRun::default();
    let mut shown = BTreeSet::new();
    for example in &examples.example {
        let missing = example.run(rules).map_err(|reason| wrong(format!("“{}”: {reason}", example.says)))?;
        let missing: BTreeSet<String> = missing.into_iter().filter(|id| own.contains(id)).collect();
        run.ran += 1;
        if missing != example.missing {
            run.failures.push(format!("“{}”: expected {:?}, found {missing:?}", example.says, example.missing));
        }
        shown.extend(missing);
    }
    run.never_missing = own.into_iter().filter(|id| !shown.contains(id)).collect();
    Ok(run)
}

impl Example {
    fn run(&self, rules: &Rules) -> Result<Vec<String>, String> {
        let risk = word(&self.risk).ok_or_else(|| format!("risk {:?} is none of low, limited, high", self.risk))?;
        let action = match self.action.as_str() {
            "try" => Action::Try,
            "authorise" => Action::Authorise,
            "call" => Action::Call,
            other => return Err(format!("action {other:?} is none of try, authorise, call")),
        };
        let mut facts = Facts::held(risk, start(HELD_UNTIL));
        for (path, value) in &self.different {
            change(&mut facts, path, value)?;
        }
        let now = start(self.on.unwrap_or(USUAL_DAY));
        fits(&facts, &self.action, now)?;
        let decision = rules.judge(&facts, action, (None, "example"), now).map_err(|error| error.to_string())?;
        Ok(decision.missing.iter().map(|requirement| requirement.id.clone()).collect())
    }
}

fn change(facts: &mut Facts, path: &str, value: &toml::Value) -> Result<(), String> {
    let (group, name) = path.split_once('.').unwrap_or((path, ""));
    if name.is_empty() && value.as_str() == Some("none") {
        facts.groups.retain(|(known, _)| *known != group);
        return Ok(());
    }
    let record = facts.group(group).ok_or_else(|| format!("{path:?}: write group.name, as in rules/schema.cedarschema"))?;
    record.retain(|(known, _)| *known != name);
    if value.as_str() == Some("none") {
        return Ok(());
    }
    let fact = read(value).ok_or_else(|| format!("{path}: {value} is not a fact"))?;
    // Names of facts live as long as the program: examples are few, and read once.
    record.push((name.to_owned().leak(), fact));
    Ok(())
}

fn read(value: &toml::Value) -> Option<Fact> {
    match value {
        toml::Value::Boolean(holds) => Some(Fact::Is(*holds)),
        toml::Value::Integer(number) => Some(Fact::Number(*number)),
        toml::Value::String(text) => match text.parse::<Date>() {
            Ok(day) => Some(Fact::At(start(day))),
            Err(_) => word(text).map(Fact::Word),
        },
        toml::Value::Array(names) => {
            names.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>().map(Fact::Names)
        }
        _ => None,
    }
}

fn word(text: &str) -> Option<&'static str> {
    ["low", "limited", "high", "assisted", "full"].into_iter().find(|known| *known == text)
}

/// Whether the facts have the shape of the schema: a name misspelt in an example must not pass unseen.
pub(super) fn fits(facts: &Facts, action: &str, now: Timestamp) -> Result<Context, String> {
    let schema = pack::schema().map_err(|error| error.to_string())?;
    let action = serde_json::json!({ "type": "Action", "id": action });
    let action = EntityUid::from_json(action).map_err(|error| error.to_string())?;
    let mut all = Map::from_iter([("now".to_owned(), now.as_millisecond().into())]);
    for (group, record) in &facts.groups {
        let record: Map<String, Value> = record.iter().map(|(name, fact)| ((*name).to_owned(), fact.into())).collect();
        all.insert((*group).to_owned(), record.into());
    }
    let context = Context::from_json_value(all.into(), Some((&schema, &action))).map_err(|error| format!("{error:?}"))?;
    context.validate(&schema, &action).map_err(|error| error.to_string())?;
    Ok(context)
}
