//! Drawn records come back from every format; drawn bytes make none of them fail.

use std::collections::BTreeMap;

use gouvernail_interchange::{Dialect, Format, read, write};
use gouvernail_register::{Catalogue, Field, Kind, Link, Record, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// The fields that a dialect says without loss, the name first. Under a key that serves several fields, only the first.
fn lossless(dialect: Dialect) -> Vec<&'static str> {
    let fields: &str = match dialect {
        Dialect::NlApi => {
            "name summary organisation policy_area status start_date end_date contact public_page_url risk_category \
             source_register_url purpose proportionality human_oversight risks legal_basis legal_basis_links personal_data_basis \
             impact_assessments impact_assessment_links data_items data_source_links operations supplier source_code_url language \
             source_id keywords published_at"
        }
        Dialect::NlSchema => {
            "name summary organisation policy_area status start_date end_date contact public_page_url risk_category \
             source_register_url purpose proportionality human_oversight risks legal_basis personal_data_basis impact_assessments \
             fria_summary data_items operations supplier source_code_url source_id keywords"
        }
        Dialect::NlListing => "name organisation purpose legal_basis status published_at source_register_url source_id",
        Dialect::Atrs => {
            "name summary public_page_url contact organisation service accountable_role supplier supplier_identifier supplier_role \
             supplier_data_access procurement operations purpose expected_benefit previous_process alternatives_considered models \
             usage status maintenance_review system_architecture decision_supported provided_information human_oversight \
             required_training appeals data_items data_collection_mode data_recipients retention impact_assessments risks \
             risk_mitigation policy_area region published_at keywords"
        }
        Dialect::AtrsListing => "name organisation summary source_register_url published_at",
        Dialect::Us => {
            "name organisation service purpose provided_information status start_date end_date procurement data_items \
             source_code_url performance risks maintenance_review human_oversight risk_mitigation appeals"
        }
        Dialect::Etalab => {
            "name organisation service contact updated_at legal_context purpose decision_supported automation_level legal_basis \
             public_page_url decisions_per_year decision_scope impact_on_people data_items data_sources data_collection_mode \
             algorithm_type operations source_code_url"
        }
        Dialect::EuAnnex8c => {
            "name organisation organisation_address contact accountable_role eu_db_entry_url fria_summary dpia_summary"
        }
        Dialect::Gouvernail => return Catalogue::get().fields.iter().filter(|f| f.is_public()).map(|f| f.id.as_str()).collect(),
    };
    fields.split_whitespace().collect()
}

/// Our values that a dialect has a word for, for fields of choices.
fn precise(dialect: Dialect, field: &Field) -> Vec<String> {
    let all = || field.values.iter().map(|value| value.id.clone());
    let probe = |id: &String| {
        let value = if field.kind == Kind::Choice { Value::Text(id.clone()) } else { Value::List(vec![id.clone()]) };
        let record = Record { fields: BTreeMap::from([(field.id.clone(), value)]), ..Record::default() };
        write(dialect, [&record]).unwrap().notes.iter().all(|note| note.field != field.id)
    };
    all().filter(probe).collect()
}

fn value(dialect: Dialect, field: &'static Field) -> BoxedStrategy<Value> {
    let text = || "[A-Za-z0-9éœ<>&;:/.’-]([ -~\té’]{0,17}[A-Za-z0-9<>&;.])?";
    let address = || "https://[a-z]{1,9}\\.example/[a-z0-9?=&;,]{0,9}";
    let month = || (1950..2100, 1..=12).prop_map(|(year, month)| format!("{year}-{month:02}"));
    let link = (text(), proptest::option::of(address())).prop_map(|(title, link)| Link { title, link });
    match field.kind {
        Kind::Text => text().prop_map(Value::Text).boxed(),
        Kind::List => vec("[a-z]([a-z ,;<>]{0,9}[a-z])?", 1..4).prop_map(Value::List).boxed(),
        Kind::Flag => any::<bool>().prop_map(Value::Flag).boxed(),
        Kind::Month => month().prop_map(Value::Text).boxed(),
        Kind::Number => any::<u64>().prop_map(Value::Number).boxed(),
        Kind::Url => address().prop_map(Value::Text).boxed(),
        Kind::Links => vec(link, 1..3).prop_map(Value::Links).boxed(),
        Kind::Choice => select(precise(dialect, field)).prop_map(Value::Text).boxed(),
        Kind::Choices => subsequence(precise(dialect, field), 1..=3).prop_map(Value::List).boxed(),
    }
}

/// A record with a name and some of the fields that the dialect says without loss.
fn record(dialect: Dialect) -> BoxedStrategy<Record> {
    let fields = lossless(dialect).into_iter().map(|id| {
        let drawn = value(dialect, Catalogue::get().field(id).unwrap());
        // The keys of the purpose tell the Dutch dialects apart.
        let always = ["name", "purpose"].contains(&id) || dialect == Dialect::Us;
        let given = if always { drawn.prop_map(Some).boxed() } else { proptest::option::of(drawn).boxed() };
        given.prop_map(move |value| value.map(|value| (id.to_owned(), value)))
    });
    fields
        .collect::<Vec<_>>()
        .prop_map(|fields| Record { fields: fields.into_iter().flatten().collect(), ..Record::default() })
        .boxed()
}

fn comes_back(format: Format, dialect: Dialect, mut record: Record) -> Result<(), TestCaseError> {
    if dialect == Dialect::Us {
        record.fields.insert("risk_category".into(), Value::Text("to-assess".into()));
    }
    let language = match dialect {
        Dialect::Atrs | Dialect::AtrsListing | Dialect::Us => Some("en"),
        Dialect::NlListing => Some("nl"),
        Dialect::Etalab => Some("fr"),
        _ => None,
    };
    record.fields.extend(language.map(|language| ("language".to_owned(), Value::Text(language.into()))));
    if dialect != Dialect::Gouvernail {
        // It comes from there: nothing is added for its standard.
        record.foreign.entry(dialect.id().into()).or_default();
    }
    prop_assert_eq!(record.check(), Ok(()));
    let written = write(dialect, [&record]).unwrap();
    let again = read(format, &written.bytes).unwrap();
    prop_assert!(again.report.rejected.is_empty(), "{:?}", again.report.rejected);
    let (_, mut again) = again.records.into_iter().next().unwrap();
    // What must always be looked at is to be looked at again.
    prop_assert!(
        again.review.iter().all(|field| ["purpose", "risk_category", "data_items", "fria_summary"].contains(&field.as_str()))
    );
    again.review.clear();
    prop_assert_eq!(again, record);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nl_api(record in record(Dialect::NlApi)) { comes_back(Format::Nl, Dialect::NlApi, record)?; }

    #[test]
    fn nl_schema(record in record(Dialect::NlSchema)) { comes_back(Format::Nl, Dialect::NlSchema, record)?; }

    #[test]
    fn nl_listing(record in record(Dialect::NlListing)) { comes_back(Format::Nl, Dialect::NlListing, record)?; }

    #[test]
    fn atrs(record in record(Dialect::Atrs)) { comes_back(Format::Atrs, Dialect::Atrs, record)?; }

    #[test]
    fn atrs_listing(record in record(Dialect::AtrsListing)) { comes_back(Format::Atrs, Dialect::AtrsListing, record)?; }

    #[test]
    fn us(record in record(Dialect::Us)) { comes_back(Format::Us, Dialect::Us, record)?; }

    #[test]
    fn etalab(record in record(Dialect::Etalab)) { comes_back(Format::Etalab, Dialect::Etalab, record)?; }

    #[test]
    fn annex(record in record(Dialect::EuAnnex8c)) { comes_back(Format::EuAnnex8c, Dialect::EuAnnex8c, record)?; }

    #[test]
    fn ours(record in record(Dialect::Gouvernail)) { comes_back(Format::Gouvernail, Dialect::Gouvernail, record)?; }

    #[test]
    fn bytes_never_make_it_fail(bytes in vec(any::<u8>(), 0..400), text in "[\\[\\]{}:,\"a-z0-9 \n]{0,80}") {
        for format in Format::ALL {
            let _ = read(format, &bytes);
            let _ = read(format, text.as_bytes());
        }
    }

    /// Known keys with values of every shape: what is accepted is valid, and is written again as it stood.
    #[test]
    fn any_value_under_a_known_key(values in vec(any_json(), 12), extra in any_json()) {
        let keys = ["name", "organization", "goal", "status", "category", "begin_date", "lawful_basis_grouping", "tags", "website",
            "risks", "lang", "lars"];
        let mut source: serde_json::Map<_, _> = keys.iter().map(|key| (*key).to_owned()).zip(values).collect();
        source.insert("unheard_of".into(), extra);
        let bytes = serde_json::to_vec(&[&source]).unwrap();
        let read = read(Format::Nl, &bytes).unwrap();
        prop_assert_eq!(read.report.accepted + usize::from(!read.report.rejected.is_empty()), 1);
        for (_, record) in &read.records {
            prop_assert_eq!(record.check(), Ok(()));
            let again: serde_json::Value = serde_json::from_slice(&write(Dialect::NlApi, [record]).unwrap().bytes).unwrap();
            prop_assert_eq!(&again[0], &serde_json::Value::Object(source.clone()));
        }
    }
}

fn any_json() -> BoxedStrategy<serde_json::Value> {
    use serde_json::{Value, json};
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "[ a-z<>&;]{0,12}".prop_map(Value::from),
        Just(json!("In gebruik")),
        Just(json!("2026-03")),
        Just(json!("<p>een</p><ul><li>twee</li></ul>")),
        Just(json!({ "title": "Wet", "link": null })),
    ];
    let list = vec(leaf.clone(), 0..3).prop_map(Value::from);
    prop_oneof![3 => leaf, 1 => list].boxed()
}
