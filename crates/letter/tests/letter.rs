//! The letter, read back by programs that we did not write (poppler).

use std::process::Command;

use gouvernail_letter::{Lang, LetterError, LetterText, Section, render};

fn letter() -> LetterText {
    let section = |heading: &str, paragraphs: &[&str], items: &[&str]| Section {
        heading: heading.into(),
        paragraphs: paragraphs.iter().map(|p| (*p).to_owned()).collect(),
        items: items.iter().map(|p| (*p).to_owned()).collect(),
    };
    LetterText {
        sender: ["Commune de Saint-Aubin-des-Bois", "Service de l’enfance et de la restauration scolaire", "1, place de la République", "00000 Saint-Aubin-des-Bois", "02 00 00 00 00"].map(String::from).to_vec(),
        recipient: ["Monsieur Łukasz Nowak-Lefèvre", "12 bis, rue de l’Œuvre", "00000 Saint-Aubin-des-Bois"].map(String::from).to_vec(),
        place_date: "Saint-Aubin-des-Bois, le 24 novembre 2026".into(),
        subject: "votre dossier 2026-118 — un outil informatique a servi".into(),
        opening: vec![
            "Monsieur,".into(),
            "Votre demande de tarif réduit pour la cantine est acceptée. Un outil informatique a servi dans votre dossier ; une personne a décidé. Cette lettre vous dit ce qui s’est passé et ce que vous pouvez faire.".into(),
        ],
        sections: vec![
            section("Ce que l’outil a fait", &["La commune de Saint-Aubin-des-Bois a utilisé l’outil « Tri des demandes » une fois dans votre dossier. Il sert à préparer un résumé de votre demande."], &["Il a lu votre demande et l’a résumée en cinq lignes.", "Il a proposé une catégorie : « tarif réduit »."]),
            section("Ce que l’outil n’a pas fait", &["L’outil n’a pas décidé à la place d’une personne."], &["Il n’a pas cherché d’autres informations sur vous.", "Il n’a pas vu votre nom ni votre adresse."]),
            section("Les informations utilisées", &[], &["Vos revenus déclarés (origine : votre formulaire).", "Le nombre d’enfants à charge (origine : votre formulaire)."]),
            section("Ce qui a compté", &[], &["Le quotient familial, qui compte pour la moitié. Dans votre dossier : 540 euros."]),
            section("Qui a décidé, et pourquoi", &["Awa Diallo a examiné votre dossier et a pris la décision.", "Raison : les revenus déclarés ouvrent droit au tarif réduit."], &[]),
            section("Parler à une personne", &["Appelez le 02 00 00 00 00 ou venez à l’accueil : une personne vous répond et vous explique."], &[]),
            section("Demander un second regard", &["Vous n’êtes pas d’accord ? Demandez qu’une autre personne regarde votre dossier, sur internet, par téléphone, par courrier ou à l’accueil. Donnez le code de cette lettre. Nous vous répondons en un mois au plus."], &[]),
            section("Obtenir les règles et les documents", &["Vous avez le droit de savoir comment l’outil fonctionne et comment il a servi dans votre dossier. Sans réponse au bout d’un mois, ou en cas de refus, vous avez deux mois pour saisir gratuitement la CADA, commission indépendante (cada.fr)."], &[]),
        ],
        closing: vec!["Nous restons à votre disposition.".into(), "Pour le maire, Zoé Martin, responsable du service".into()],
        code: "7K3M-QX9P-2HTW".into(),
        url: "https://ia.saint-aubin.example.fr/c/7K3M-QX9P-2HTW".into(),
        phone: "02 00 00 00 00".into(),
        lang: Lang::Fr,
    }
}

/// Runs a poppler tool on the letter; `None`, said aloud, where poppler is not installed.
fn poppler(tool: &str, before: &[&str], after: &[&str], pdf: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.pdf");
    std::fs::write(&path, pdf).unwrap();
    match Command::new(tool).args(before).arg(&path).args(after).output() {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(_) => {
            println!("skipped: {tool} is not installed (Debian package poppler-utils)");
            None
        }
    }
}

#[test]
fn every_word_comes_out_in_reading_order() {
    let pdf = render(&letter()).unwrap();
    if let Ok(path) = std::env::var("GOUVERNAIL_LETTER_OUT") {
        std::fs::write(path, &pdf).unwrap();
    }
    let Some(text) = poppler("pdftotext", &["-raw"], &["-"], &pdf) else { return };
    let flat = text.replace('\u{a0}', " ").split_whitespace().collect::<Vec<_>>().join(" ");
    let mut from = 0;
    for wanted in [
        "Commune de Saint-Aubin-des-Bois",
        "Łukasz Nowak-Lefèvre",
        "l’Œuvre",
        "24 novembre 2026",
        "Objet :",
        "7K3M-QX9P-2HTW",
        "Ce que l’outil a fait",
        "« Tri des demandes »",
        "540 euros",
        "Awa Diallo",
        "cada.fr",
        "Zoé Martin",
    ] {
        let at = flat[from..].find(wanted).unwrap_or_else(|| panic!("{wanted} missing or out of order in\n{flat}"));
        from += at;
    }
}

#[test]
fn the_file_is_tagged_titled_and_a4() {
    let pdf = render(&letter()).unwrap();
    let Some(info) = poppler("pdfinfo", &[], &[], &pdf) else { return };
    for wanted in ["Tagged:          yes", "(A4)", "votre dossier 2026-118"] {
        assert!(info.contains(wanted), "{wanted} missing in\n{info}");
    }
    let metadata = poppler("pdfinfo", &["-meta"], &[], &pdf).unwrap();
    assert!(metadata.contains("pdfuaid:part"), "no PDF/UA mark in\n{metadata}");
    let tree = poppler("pdfinfo", &["-struct-text"], &[], &pdf).unwrap();
    for wanted in ["H1", "H2", "LI", "Lbl", "Figure", "Link"] {
        assert!(tree.contains(wanted), "{wanted} missing in\n{tree}");
    }
}

#[test]
fn the_same_text_gives_the_same_bytes() {
    assert_eq!(render(&letter()).unwrap(), render(&letter()).unwrap());
}

#[test]
fn what_cannot_be_printed_is_said() {
    let mut unprintable = letter();
    unprintable.recipient[0] = "山田".into();
    assert!(matches!(render(&unprintable), Err(LetterError::NoGlyph { sign: '山', .. })));
    let blank = LetterText { code: " ".into(), ..letter() };
    assert_eq!(render(&blank), Err(LetterError::Empty("code")));
    let long = LetterText { url: "https://x.example/".to_owned() + &"a".repeat(4000), ..letter() };
    assert!(matches!(render(&long), Err(LetterError::Qr { .. })));
}
