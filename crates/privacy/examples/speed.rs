//! Prints megabytes a second of processor time, for a letter and for hostile texts of two sizes.
//!
//! `cargo run --release -p gouvernail-privacy --example speed -- [DIR]` (Linux: it reads the time that the kernel counts).
//! `DIR` is what `scripts/fetch-names` prints: the letter is then also read with its lists and with the recogniser of names.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use gouvernail_privacy::{Detector, KnownValue, Label, Language, Vault};

const LETTER: &str = "Madame, Monsieur,\nJe soussignée Hélène LE GOFF, née le 7 mars 1985 à Quimper, demeurant 12 rue des Lilas, 35000 Rennes, \
    conteste la décision du 12 novembre 2024 (dossier DOS-2024/0042). Mon numéro de sécurité sociale est le 2 85 03 29 232 001 92. Vous pouvez \
    me joindre au 06 12 34 56 78 ou à helene.legoff@exemple.fr. Mon employeur (SIRET 732 829 320 00074) vous a transmis trois attestations, \
    qui prouvent que ma situation a été mal évaluée. Je vous prie d'agréer, Madame, Monsieur, l'expression de ma considération.\nH. Le Goff\n";

fn spent() -> Duration {
    let read = std::fs::read_to_string("/proc/self/schedstat").expect("Linux counts the time of processes");
    Duration::from_nanos(read.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).expect("nanoseconds"))
}

/// Megabytes a second of `work` on so many bytes, done again until the clock, which ticks every few milliseconds, can tell.
fn speed(bytes: usize, mut work: impl FnMut()) -> f64 {
    let start = spent();
    let mut done = 0;
    while spent() - start < Duration::from_millis(200) {
        work();
        done += bytes;
    }
    done as f64 / 1e6 / (spent() - start).as_secs_f64()
}

/// Megabytes a second with lists alone, and with the recogniser.
fn with_language(detector: &Detector, folder: &Path) {
    let load = || Language::load(folder).unwrap_or_else(|error| panic!("{error}"));
    let text: String = (0..100).map(|number| LETTER.replace("Le Goff", &format!("Le Goff{number}"))).collect();
    for (name, language) in [("lists", load().without_ner()), ("lists and recogniser", load())] {
        let detector = detector.clone().with_language(Arc::new(language));
        println!("{name:>24}  {:>9}  {:>12.2}", text.len(), speed(text.len(), || drop(detector.mask(&mut Vault::new(), &text))));
    }
}

fn main() {
    let known = [
        (Label::Person, "Hélène Le Goff"),
        (Label::Person, "Jean-Pierre Dupont"),
        (Label::BirthDate, "1985-03-07"),
        (Label::Nir, "2 85 03 29 232 001"),
        (Label::Phone, "06 12 34 56 78"),
        (Label::Address, "12 rue des Lilas, 35000 Rennes"),
        (Label::Reference, "DOS-2024/0042"),
    ];
    let detector = Detector::new(&known.map(|(label, value)| KnownValue::new(label, value)));
    println!("{:>24}  {:>9}  {:>12}  {:>12}", "text", "bytes", "mask MB/s", "restore MB/s");
    if let Some(folder) = std::env::args().nth(1) {
        with_language(&detector, Path::new(&folder));
    }
    for unit in [
        LETTER,
        "7",
        "1 ",
        "01 ",
        "06 12 34 56 78 ",
        "[",
        "[PERSONNE_1] ",
        "PERSONNE_",
        "h. ",
        "Le Goff, ",
        "a@",
        "FR14 ",
        "\\",
        "é",
    ] {
        for bytes in [100_000, 1_000_000] {
            let text = unit.repeat(bytes / unit.len());
            let mut vault = Vault::new();
            let masked = detector.mask(&mut vault, &text).text;
            assert_eq!(vault.restore(&masked), text);
            let masking = speed(text.len(), || drop(detector.mask(&mut Vault::new(), &text)));
            let restoring = speed(masked.len(), || drop(vault.restore(&masked)));
            let shown: String = unit.chars().take(16).collect();
            println!("{shown:>24?}  {bytes:>9}  {masking:>12.1}  {restoring:>12.1}");
        }
    }
}
