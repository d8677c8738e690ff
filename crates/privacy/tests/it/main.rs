//! What is found, what is kept, what is sent, and how it comes back.

use gouvernail_privacy::{Detector, KnownValue, Label, Vault};

mod chunks;
mod events;
mod forms;
mod growth;
mod identifiers;
mod known;
mod names;
mod ner;
mod properties;
mod request;
mod restoration;

fn detector(known: &[(Label, &str)]) -> Detector {
    Detector::new(&known.iter().map(|(label, value)| KnownValue::new(*label, *value)).collect::<Vec<_>>())
}

fn case() -> Detector {
    detector(&[
        (Label::Person, "Hélène Le Goff"),
        (Label::Person, "Jean-Pierre Dupont"),
        (Label::BirthDate, "1985-03-07"),
        (Label::Nir, "1 85 03 75 123 001"),
        (Label::Phone, "06 12 34 56 78"),
        (Label::Address, "12 rue des Lilas, 35000 Rennes"),
        (Label::Reference, "DOS-2024/0042"),
    ])
}

/// Masks with a fresh vault, after checking that restoration is exact.
fn mask(detector: &Detector, text: &str) -> String {
    let mut vault = Vault::new();
    let masked = detector.mask(&mut vault, text).text;
    assert_eq!(vault.restore(&masked), text);
    masked
}
