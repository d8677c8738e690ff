//! Importing: what is new is declared, what is known is brought up to date, nothing is there twice.

use gouvernail_interchange::plan::{Plan, plan};
use gouvernail_interchange::{Format, read};
use gouvernail_register::{Event, Record, Recorded, Register, Risk, Value};
use serde_json::json;

fn records(file: serde_json::Value) -> Vec<Record> {
    read(Format::Nl, file.to_string().as_bytes()).unwrap().records.into_iter().map(|(_, record)| record).collect()
}

fn apply(register: &mut Register, plan: Plan) {
    for event in plan.acts {
        let seq = register.epoch + 1;
        register.apply(&Recorded { seq, at: "2026-11-24T10:00:00Z".parse().unwrap(), author: "claire".into(), event });
    }
}

fn file() -> serde_json::Value {
    json!([
        { "name": "Parkeren", "source_id": "17", "goal": "Plek vinden", "publication_category": "Overige algoritmes" },
        { "name": "Parkeren", "organization": "Gemeente A", "goal": "Een" },
        { "name": "Parkeren", "organization": "Gemeente B", "goal": "Twee" },
    ])
}

#[test]
fn a_system_is_known_again() {
    let mut register = Register::default();
    let first = plan(&register, records(file()));
    assert_eq!((first.declared, first.acts.len()), (3, 6));
    apply(&mut register, first);
    let systems: Vec<&str> = register.systems.keys().map(String::as_str).collect();
    assert_eq!(systems, ["parkeren", "parkeren-2", "parkeren-3"]);
    let again = plan(&register, records(file()));
    assert_eq!((again.declared, again.unchanged, again.acts.len()), (0, 3, 0));
    let mut changed = file();
    changed[0]["name"] = json!("Vrij parkeren");
    changed[2]["goal"] = json!("Drie");
    let third = plan(&register, records(changed));
    assert_eq!((third.declared, third.updated, third.unchanged), (0, 2, 1));
    let told: Vec<_> =
        third
            .acts
            .iter()
            .map(|act| {
                if let Event::RecordWritten { system, changed, .. } = act { (system.as_str(), changed.concat()) } else { panic!() }
            })
            .collect();
    assert_eq!(told, [("parkeren", "name".into()), ("parkeren-3", "purpose".into())]);
}

#[test]
fn what_somebody_settled_here_is_not_undone() {
    let mut register = Register::default();
    let first = plan(&register, records(file()));
    apply(&mut register, first);
    let mut settled = register.systems["parkeren"].record.clone().unwrap();
    assert!(settled.review.contains("risk_category") && settled.review.contains("purpose"));
    settled.review.clear();
    settled.fields.insert("retention".into(), Value::Text("un an".into()));
    let act = settled.clone().act("parkeren", register.systems["parkeren"].record.as_ref());
    apply(&mut register, Plan { acts: vec![act], ..Plan::default() });
    assert_eq!(plan(&register, records(file())).unchanged, 3, "the source says nothing new");
    let mut changed = file();
    changed[0]["goal"] = json!("Anders");
    let Some(Event::RecordWritten { record, .. }) = plan(&register, records(changed)).acts.pop() else { panic!() };
    assert_eq!(record.text("retention"), Some("un an"));
    assert_eq!(Vec::from_iter(&record.review), ["purpose"], "only what the source said anew");
}

#[test]
fn a_new_system_is_declared_with_caution() {
    let acts = plan(&Register::default(), records(file())).acts;
    let Event::SystemDeclared { sheet, .. } = &acts[0] else { panic!() };
    assert_eq!(sheet.risk, Risk::Unassessed);
    assert!(sheet.decisions.is_empty() && !sheet.touches_cases && sheet.sensitive_data);
    assert_eq!((sheet.name.as_str(), sheet.purpose_fr.as_str()), ("Parkeren", "Plek vinden"));
}
