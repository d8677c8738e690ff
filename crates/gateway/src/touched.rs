//! The case that a call touches: what the rules ask of it, and the values that must be hidden.
//!
//! A system knows a case only by what it declared of it itself: to every other system's key the case does not exist.

use gouvernail_cases::Declared;
use gouvernail_privacy::{KnownValue, Label};
use gouvernail_register::CaseMode;
use gouvernail_store::{CaseDeclarations, Store};

use crate::error::GatewayError;

/// A case, as far as a call needs it.
#[derive(Debug)]
pub(crate) struct Touched {
    /// Identifier.
    pub(crate) id: String,
    /// The system that calls.
    pub(crate) system: String,
    /// How it must be handled.
    pub(crate) mode: CaseMode,
    /// What this system knows of the person concerned.
    pub(crate) known: Vec<KnownValue>,
    /// How many cases had been erased when this was read.
    pub(crate) erasures: i64,
}

/// What the database says of a reference: the one read on the road, indexed.
pub(crate) async fn read(store: &Store, reference: &str) -> Result<CaseDeclarations, GatewayError> {
    store.case_declarations(reference).await.map_err(|error| {
        tracing::error!(%error, "a case cannot be read");
        GatewayError::Unavailable("the case cannot be read, so nothing can be hidden".to_owned())
    })
}

impl Touched {
    /// The case with this reference, for one of the systems that declared it; to another one it is unknown.
    pub(crate) fn of(read: CaseDeclarations, reference: &str, system: &str) -> Result<Self, GatewayError> {
        let CaseDeclarations { erasures, declarations } = read;
        let mut own = None;
        let mut mode = CaseMode::Assisted;
        for declaration in declarations {
            // Without the reason: it may quote a value.
            let unreadable = |_| GatewayError::NotSent("the known values of the case cannot be read; declare it again".to_owned());
            let declared: Declared = serde_json::from_value(declaration.subject).map_err(unreadable)?;
            // Whoever said that humans alone handle this case has said it for every tool.
            if declared.without_ai {
                mode = CaseMode::WithoutAi;
            }
            if declaration.system == system {
                own = Some((declaration.case_id, declared));
            }
        }
        let (id, declared) = own.ok_or(GatewayError::UnknownCase)?;
        Ok(Self { id, system: system.to_owned(), mode, known: to_hide(declared, reference), erasures })
    }
}

fn to_hide(declared: Declared, reference: &str) -> Vec<KnownValue> {
    let mut known: Vec<KnownValue> =
        declared.known.into_iter().map(|known| KnownValue::new(label(&known.label), known.value)).collect();
    let lines = declared.recipient.into_iter().zip(labels_of_lines());
    let lines = lines.filter(|(line, _)| !line.trim().eq_ignore_ascii_case("france"));
    known.extend(lines.map(|(line, label)| KnownValue::new(label, line)));
    known.push(KnownValue::new(Label::Reference, reference));
    known
}

/// A letter is addressed to a name, then to a place. The country names nobody, and stays.
fn labels_of_lines() -> impl Iterator<Item = Label> {
    std::iter::once(Label::Person).chain(std::iter::repeat(Label::Address))
}

/// What is known of a person is hidden whatever its label: one that this release does not know hides as `other`, and so do
/// the labels that would keep a value in clear.
fn label(name: &str) -> Label {
    match name {
        "person" => Label::Person,
        "birth_date" => Label::BirthDate,
        "address" => Label::Address,
        "nir" => Label::Nir,
        "iban" => Label::Iban,
        "phone" => Label::Phone,
        "email" => Label::Email,
        "reference" => Label::Reference,
        _ => Label::Other,
    }
}

#[cfg(test)]
mod tests {
    use gouvernail_store::CaseDeclaration;
    use serde_json::{Value, json};

    use super::*;

    fn declared(by: &[(&str, Value)]) -> CaseDeclarations {
        let one = |(system, subject): &(&str, Value)| CaseDeclaration {
            case_id: "c1".into(),
            system: (*system).to_owned(),
            subject: subject.clone(),
        };
        CaseDeclarations { erasures: 0, declarations: by.iter().map(one).collect() }
    }

    fn said(known: &Value, recipient: &[&str]) -> Value {
        json!({ "subject": "…", "known": known, "recipient": recipient })
    }

    #[test]
    fn every_known_value_is_to_be_hidden() {
        let known =
            json!([{ "label": "person", "value": "Zoé" }, { "label": "siret", "value": "X" }, { "label": "?", "value": "Y" }]);
        let recipient = ["Zoé Lefèvre", "3 rue Haute", "21000 Dijon", " France "];
        let touched = Touched::of(declared(&[("tri", said(&known, &recipient))]), "2026-17", "tri").unwrap();
        let labels: Vec<Label> = touched.known.iter().map(|known| known.label).collect();
        assert_eq!(
            labels,
            [Label::Person, Label::Other, Label::Other, Label::Person, Label::Address, Label::Address, Label::Reference]
        );
        assert_eq!(touched.mode, CaseMode::Assisted);
    }

    #[test]
    fn a_system_knows_what_it_declared_and_nothing_else() {
        let value = |value: &str| json!([{ "label": "person", "value": value }]);
        let both = || declared(&[("tri", said(&value("Zoé"), &[])), ("resume", said(&value("Ali"), &[]))]);
        let touched = Touched::of(both(), "2026-17", "resume").unwrap();
        let of_resume = [KnownValue::new(Label::Person, "Ali"), KnownValue::new(Label::Reference, "2026-17")];
        assert_eq!(touched.known, of_resume);
        let stranger = Touched::of(both(), "2026-17", "autre").unwrap_err().to_string();
        let absent = Touched::of(declared(&[]), "absent", "autre").unwrap_err().to_string();
        assert_eq!(stranger, absent);
    }

    #[test]
    fn a_case_for_humans_alone_is_so_for_every_tool() {
        let mut alone = said(&json!([]), &[]);
        alone["without_ai"] = true.into();
        let both = declared(&[("tri", alone), ("resume", said(&json!([]), &[]))]);
        assert_eq!(Touched::of(both, "2026-17", "resume").unwrap().mode, CaseMode::WithoutAi);
    }

    #[test]
    fn what_cannot_be_read_is_not_sent_and_not_quoted() {
        for subject in
            [json!({ "known": "Zoé" }), json!({ "known": [{ "label": "person" }] }), json!("Zoé"), json!({ "without_ai": 1 })]
        {
            let error = Touched::of(declared(&[("tri", subject)]), "2026-17", "tri").unwrap_err();
            assert!(matches!(error, GatewayError::NotSent(_)) && !error.to_string().contains("Zoé"), "{error}");
        }
    }
}
