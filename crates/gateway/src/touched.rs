//! The case that a call touches: what the rules ask of it, and the values that must be hidden.

use gouvernail_privacy::{KnownValue, Label};
use gouvernail_register::CaseMode;
use gouvernail_store::{CaseFile, Store};
use serde::Deserialize;

use crate::error::GatewayError;

/// A case, as far as a call needs it.
#[derive(Debug)]
pub(crate) struct Touched {
    /// Identifier.
    pub(crate) id: String,
    /// How it must be handled.
    pub(crate) mode: CaseMode,
    /// What is known of the person concerned.
    pub(crate) known: Vec<KnownValue>,
}

/// What the application that declares a case says of it.
#[derive(Deserialize)]
struct Subject {
    #[serde(default)]
    known: Vec<Known>,
    /// Name and address of the letter, one line each.
    #[serde(default)]
    recipient: Vec<String>,
    /// Drawn to be handled by humans alone.
    #[serde(default)]
    without_ai: bool,
}

#[derive(Deserialize)]
struct Known {
    label: String,
    value: String,
}

impl Touched {
    /// The case with this reference: the one read of the database on the road, indexed.
    pub(crate) async fn find(store: &Store, reference: &str) -> Result<Self, GatewayError> {
        let found = store.find_case_by_reference(reference).await;
        let found = found.map_err(|error| {
            tracing::error!(%error, "a case cannot be read");
            GatewayError::Unavailable("the case cannot be read, so nothing can be hidden".to_owned())
        })?;
        Self::of(found.ok_or(GatewayError::UnknownCase)?)
    }

    fn of(case: CaseFile) -> Result<Self, GatewayError> {
        // Without the reason: it may quote a value.
        let unreadable = |_| GatewayError::NotSent("the known values of the case cannot be read; declare it again".to_owned());
        let subject: Subject = serde_json::from_value(case.subject).map_err(unreadable)?;
        let mode = if subject.without_ai { CaseMode::WithoutAi } else { CaseMode::Assisted };
        let mut known: Vec<KnownValue> =
            subject.known.into_iter().map(|known| KnownValue::new(label(&known.label), known.value)).collect();
        let lines = subject.recipient.into_iter().zip(labels_of_lines());
        let lines = lines.filter(|(line, _)| !line.trim().eq_ignore_ascii_case("france"));
        known.extend(lines.map(|(line, label)| KnownValue::new(label, line)));
        known.push(KnownValue::new(Label::Reference, case.reference));
        Ok(Self { id: case.id, mode, known })
    }
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
    use serde_json::json;

    use super::*;

    fn case(subject: serde_json::Value) -> CaseFile {
        let updated = "2026-11-24T10:00:00Z".parse().unwrap();
        CaseFile { id: "c1".into(), reference: "2026-17".into(), subject, status: "open".into(), updated, code_hash: None }
    }

    #[test]
    fn every_known_value_is_to_be_hidden() {
        let known =
            json!([{ "label": "person", "value": "Zoé" }, { "label": "siret", "value": "X" }, { "label": "?", "value": "Y" }]);
        let recipient = ["Zoé Lefèvre", "3 rue Haute", "21000 Dijon", " France "];
        let touched = Touched::of(case(json!({ "subject": "…", "known": known, "recipient": recipient }))).unwrap();
        let labels: Vec<Label> = touched.known.iter().map(|known| known.label).collect();
        assert_eq!(
            labels,
            [Label::Person, Label::Other, Label::Other, Label::Person, Label::Address, Label::Address, Label::Reference]
        );
        assert_eq!(touched.mode, CaseMode::Assisted);
        assert_eq!(Touched::of(case(json!({ "without_ai": true }))).unwrap().mode, CaseMode::WithoutAi);
    }

    #[test]
    fn what_cannot_be_read_is_not_sent_and_not_quoted() {
        for subject in
            [json!({ "known": "Zoé" }), json!({ "known": [{ "label": "person" }] }), json!("Zoé"), json!({ "without_ai": 1 })]
        {
            let error = Touched::of(case(subject)).unwrap_err();
            assert!(matches!(error, GatewayError::NotSent(_)) && !error.to_string().contains("Zoé"), "{error}");
        }
    }
}
