//! French identifiers, without any known value.

use gouvernail_privacy::{Label, Span, Vault};

use super::{detector, mask};

fn plain(text: &str) -> String {
    mask(&detector(&[]), text)
}

#[test]
fn identifiers_are_checked_and_organisations_kept() {
    let text = "NIR 2 55 08 14 168 025 38, Corse 1 80 01 2A 004 005 49, IBAN FR14 2004 1010 0505 0001 3M02 606 BIC, \
                tél. 01 23 45 67 89, mail a.b+c@mairie.example.fr, SIRET 732 829 320 00074, SIREN 732829320, facture 2024-00012345.";
    let masked = "NIR [NIR_1], Corse [NIR_2], IBAN [IBAN_1] BIC, tél. [TELEPHONE_1], mail [COURRIEL_1], \
                  SIRET 732 829 320 00074, SIREN 732829320, facture 2024-00012345.";
    assert_eq!(plain(text), masked);
    let spans = detector(&[]).mask(&mut Vault::new(), text).spans;
    let labels: Vec<Label> = spans.iter().map(|span: &Span| span.label).collect();
    assert_eq!(labels, [Label::Nir, Label::Nir, Label::Iban, Label::Phone, Label::Email, Label::Siret, Label::Siren]);
    assert!(spans.iter().all(|span| text.is_char_boundary(span.range.start) && text.is_char_boundary(span.range.end)));
}

#[test]
fn numbers_in_any_separators_and_company() {
    for number in
        ["255081416802538", "2.55.08.14.168.025/38", "2 55 08 14 168 025 clé 38", "2\u{a0}55\u{202f}08 14 168 025 clé\u{a0}: 38"]
    {
        assert_eq!(plain(&format!("N°{number}.")), "N°[NIR_1].", "{number}");
    }
    for number in
        ["0123456789", "01.23.45.67.89", "+33 1 23 45 67 89", "+33(0)123456789", "(+33) 1 23 45 67 89", "0033 1-23-45-67-89"]
    {
        assert!(!plain(&format!("tel_{number};")).contains("23"), "{number}");
    }
    assert_eq!(plain("tel0123456789"), "tel[TELEPHONE_1]");
    assert_eq!(plain("2 55 08 14 168 025 39"), "[NIR_1]", "a typing error in the key");
}

#[test]
fn a_number_under_zeros_of_the_line_above_is_hidden() {
    for zeros in ["0", "00", "000"] {
        assert!(plain(&format!("{zeros}\n06 12 34 56 78")).ends_with("[TELEPHONE_1]"), "{zeros}");
    }
}

#[test]
fn the_end_of_a_date_is_no_reference() {
    assert_eq!(plain("Dossier ouvert le 12/04/1961, clos."), "Dossier ouvert le 12/04/1961, clos.");
    assert_eq!(plain("Dossier 04/1961-22 ouvert le 12/04/1961."), "Dossier [REFERENCE_1] ouvert le 12/04/1961.");
}

#[test]
fn a_number_that_only_resembles_stays() {
    for text in
        ["12345678901234567890", "2024-00012345", "12/11/2024", "255081416802", "01234567890", "0 euro 12 34 56 78", "98 76 54"]
    {
        assert_eq!(plain(text), text);
    }
}

#[test]
fn a_telephone_is_hidden_even_when_its_digits_make_a_siren() {
    for last in 0..10 {
        let masked = plain(&format!("tél. +33 612 345 67{last}"));
        assert_eq!(masked, "tél. [TELEPHONE_1]", "{last}");
    }
}

#[test]
fn addresses_with_accents_points_and_neighbours() {
    assert_eq!(plain("andré.dupont@x.fr."), "[COURRIEL_1].");
    assert_eq!(plain("Écrire à a.b@c.fr, A.B@C.FR ou ab@c.fr"), "Écrire à [COURRIEL_1], [COURRIEL_1.2] ou [COURRIEL_2]");
    assert_eq!(plain("<x_y@mairie-évry.example.fr>"), "<[COURRIEL_1]>");
    assert_eq!(plain("mailto:a@b.fr?x ftp://u:p@h.fr/"), "mailto:[COURRIEL_1]?x ftp://u:[COURRIEL_2]/");
    for text in ["paquet@1.2.3", "@mairie", "a @ b.fr", "jean@localhost", "@@", "a@.fr"] {
        assert_eq!(plain(text), text);
    }
}

#[test]
fn one_identifier_has_one_index_in_all_its_forms() {
    let text = "0612345678, +33 6 12 34 56 78, 06 12 34 56 78";
    assert_eq!(plain(text), "[TELEPHONE_1], [TELEPHONE_1.2], [TELEPHONE_1.3]");
    assert_eq!(plain("255081416802538 et 2 55 08 14 168 025 38"), "[NIR_1] et [NIR_1.2]");
}
