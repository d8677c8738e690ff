//! From records to acts on our own register: a system that is new is declared, one that is known is brought up to date.

use std::collections::{BTreeMap, BTreeSet};

use gouvernail_register::{Automation, Classification, Event, Record, Register, Risk, SystemSheet, Value, unique_slug};

/// What importing records would do.
#[derive(Debug, Default)]
pub struct Plan {
    /// The acts, in order.
    pub acts: Vec<Event>,
    /// Systems that would be declared.
    pub declared: usize,
    /// Systems whose record would change.
    pub updated: usize,
    /// Systems whose record already says the same, or that were refused or retired.
    pub unchanged: usize,
}

/// What it takes to have `records` in the register. A record is known again by its identifier in the register it comes from,
/// or else by the administration, the service and the name; each system answers to one record at most.
pub fn plan(register: &Register, records: impl IntoIterator<Item = Record>) -> Plan {
    let mut known: BTreeMap<Identity, Vec<&str>> = BTreeMap::new();
    for (id, system) in register.systems.iter().rev() {
        if let Some(record) = &system.record {
            known.entry(Identity::of(record)).or_default().push(id);
        }
    }
    let mut taken: BTreeSet<String> = register.systems.keys().cloned().collect();
    let mut plan = Plan::default();
    for record in records {
        match known.get_mut(&Identity::of(&record)).and_then(Vec::pop) {
            Some(id) => plan.update(register, id, record),
            None => plan.declare(&mut taken, record),
        }
    }
    plan
}

impl Plan {
    fn declare(&mut self, taken: &mut BTreeSet<String>, record: Record) {
        let name = record.text("name").unwrap_or_default();
        let system = unique_slug(name, "systeme", |id| taken.contains(id));
        taken.insert(system.clone());
        self.declared += 1;
        self.acts.push(Event::SystemDeclared { system: system.clone(), sheet: sheet(&record) });
        self.acts.push(record.act(&system, None));
    }

    fn update(&mut self, register: &Register, id: &str, record: Record) {
        let Some(system) = register.systems.get(id) else { return };
        // What was refused or retired stays as it ended.
        let closed = system.refused.is_some() || system.retired.is_some();
        let before = system.record.clone().unwrap_or_default();
        let after = merged(before.clone(), record);
        if closed || after == before {
            self.unchanged += 1;
        } else {
            self.updated += 1;
            self.acts.push(after.act(id, Some(&before)));
        }
    }
}

/// Who a record speaks of.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Identity {
    /// By an identifier, or an address, in the register that it comes from.
    Source(String, String),
    /// By words.
    Words(Vec<String>),
}

impl Identity {
    fn of(record: &Record) -> Self {
        let format = record.foreign.keys().next().cloned().unwrap_or_default();
        let own = ["source_id", "source_register_url"].into_iter().find_map(|field| record.text(field));
        match own {
            Some(id) => Self::Source(format, id.to_owned()),
            None => {
                let words = ["organisation", "service", "name"].map(|field| record.text(field).unwrap_or_default().to_owned());
                Self::Words(words.into())
            }
        }
    }
}

/// The record as it stood, with what its source says now. What somebody here settled is not undone: a value that the source
/// says in the same words is not to be looked at again, and a risk that was assessed is not "to assess" any more.
fn merged(mut before: Record, now: Record) -> Record {
    let to_assess = Value::Text("to-assess".into());
    for (field, value) in now.fields {
        let settled = field == "risk_category" && value == to_assess && before.fields.contains_key(&field);
        if settled || before.fields.get(&field) == Some(&value) {
            continue;
        }
        if now.review.contains(&field) {
            before.review.insert(field.clone());
        }
        before.fields.insert(field, value);
    }
    before.foreign.extend(now.foreign);
    before
}

/// A cautious sheet: nothing is known of the risk, and a human decides.
fn sheet(record: &Record) -> SystemSheet {
    let name = record.text("name").unwrap_or_default().to_owned();
    let purpose = record.text("purpose").or_else(|| record.text("summary")).unwrap_or(&name).to_owned();
    SystemSheet {
        purpose_fr: purpose.clone(),
        purpose_en: purpose,
        name,
        objective: String::new(),
        risk: Risk::Unassessed,
        automation: Automation::Assisted,
        self_learning: false,
        sensitive_data: true,
        touches_cases: false,
        decisions: Vec::new(),
        classification: Classification::default(),
    }
}
