//! Prints megabytes a second of processor time of the recogniser of names, for a letter, a long file and hostile texts.
//!
//! `scripts/fetch-ner` first, then `cargo run --release -p gouvernail-privacy --example ner_speed [FOLDER]` (Linux: it
//! reads the time that the kernel counts). FOLDER holds the weights, by default where `scripts/fetch-ner` puts them.

use std::path::PathBuf;
use std::time::Duration;

use gouvernail_privacy::{Ner, NerFiles};

const LETTER: &str = "Madame, Monsieur,\nJe soussignée Hélène LE GOFF, née le 7 mars 1985 à Quimper, demeurant 12 rue des Lilas, 35000 Rennes, \
    conteste la décision du 12 novembre 2024 (dossier DOS-2024/0042). Mon numéro de sécurité sociale est le 2 85 03 29 232 001 92. Vous pouvez \
    me joindre au 06 12 34 56 78 ou à helene.legoff@exemple.fr. Mon employeur (SIRET 732 829 320 00074) vous a transmis trois attestations, \
    qui prouvent que ma situation a été mal évaluée. Je vous prie d'agréer, Madame, Monsieur, l'expression de ma considération.\nH. Le Goff\n";

/// Words of four letters, all distinct: nothing that was computed for one serves for another.
fn distinct(bytes: usize) -> String {
    let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
    (0..bytes / 5).map(|n| format!("{}{}{}{} ", letter(n), letter(n / 26), letter(n / 676), letter(n / 17_576))).collect()
}

fn spent() -> Duration {
    let read = std::fs::read_to_string("/proc/self/schedstat").expect("Linux counts the time of processes");
    Duration::from_nanos(read.split(' ').next().and_then(|nanoseconds| nanoseconds.parse().ok()).expect("nanoseconds"))
}

fn folder() -> PathBuf {
    let cache = std::env::var_os("GOUVERNAIL_CACHE").map(PathBuf::from);
    let home = || PathBuf::from(std::env::var_os("HOME").expect("a home folder")).join(".cache/gouvernail");
    std::env::args_os().nth(1).map_or_else(|| cache.unwrap_or_else(home).join("french/ner"), PathBuf::from)
}

/// Most memory of the process so far, in megabytes.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0.0) / 1e3
}

fn main() {
    let folder = folder();
    let read = |file: &str| std::fs::read(folder.join(file)).expect("scripts/fetch-ner was run");
    let (model, moves, tokenizer) = (read("ner/model"), read("ner/moves"), read("tokenizer"));
    let start = spent();
    let ner = Ner::from_files(NerFiles { model: &model, moves: &moves, tokenizer: &tokenizer }).expect("the files fit");
    println!("loaded in {:.0} ms; {:.0} MB at most so far", (spent() - start).as_secs_f64() * 1e3, peak());
    println!("{:>24}  {:>9}  {:>8}  {:>7}  {:>9}", "text", "bytes", "MB/s", "names", "peak MB");
    let repeated = [LETTER, "(", "a", "a-t-", "5km", "aa''''", "a@", "\n", "Jean ", "é ", "…"];
    for bytes in [LETTER.len(), 100_000, 1_000_000] {
        for text in repeated.iter().map(|unit| unit.repeat(bytes.div_ceil(unit.len()))).chain([distinct(bytes)]) {
            let start = spent();
            let mut done = 0;
            let mut names = 0;
            while done < 200_000 {
                names = ner.entities(&text).len();
                done += text.len();
            }
            let speed = done as f64 / 1e6 / (spent() - start).as_secs_f64();
            let shown: String = text.chars().take(16).collect();
            println!("{shown:>24?}  {:>9}  {speed:>8.2}  {names:>7}  {:>9.0}", text.len(), peak());
        }
    }
}
