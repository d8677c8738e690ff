//! `gouvernail privacy`: personal data found, masked and given back, from standard input to standard output.

mod vaults;

use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use gouvernail_privacy::jsonl::{Document, LineError, MaskedDocument};
use gouvernail_privacy::{Detector, Language, Vault};
use serde::Serialize;
use vaults::Vaults;

use crate::cli::Privacy;
use crate::{language, out};

/// Bytes of lines read at once, and of answers kept back meanwhile.
const WAITING: usize = 1 << 16;

/// Runs the command.
///
/// # Errors
/// When the text or the file of vaults cannot be read or written; when a line was refused, after all others were answered.
pub fn run(command: Privacy) -> Result<()> {
    match command {
        Privacy::Scan { jsonl, no_known, language } => {
            let reader = Reader::new(language, no_known || !jsonl)?;
            if jsonl {
                return each_line(|line, text| json(&reader.scan(&reader.document(line, text)?)));
            }
            println!("{}", json(&reader.scan(&plain()?))?);
            Ok(())
        }
        Privacy::Mask { jsonl, no_known, language, vault: Some(file), .. } => {
            mask_apart(&file, jsonl, &Reader::new(language, no_known)?)
        }
        Privacy::Mask { no_known, language, vault: None, .. } => {
            let reader = Reader::new(language, no_known)?;
            each_line(|line, text| {
                let mut vault = Vault::new();
                let document = reader.document(line, text)?;
                let masked = document.mask(&reader.detector(&document), &mut vault);
                json(&MaskedDocument { vault: Some(vault), ..masked })
            })
        }
        Privacy::Restore { jsonl, vault } => restore(jsonl, vault.as_deref()),
    }
}

/// What reads documents: with the names of the language, and with or without what lines say of the person of the case.
struct Reader {
    language: Arc<Language>,
    alone: bool,
}

impl Reader {
    /// The folder that is given must be readable; the one where names are fetched may be absent.
    fn new(folder: Option<PathBuf>, alone: bool) -> Result<Self> {
        let language = match folder {
            Some(folder) => Language::load(&folder)?,
            None => match language::fetched() {
                fetched if fetched.is_dir() => Language::load(&fetched)?,
                fetched => {
                    eprintln!(
                        "gouvernail: no lists of names in {}: fewer names are found (scripts/fetch-names)",
                        fetched.display()
                    );
                    Language::default()
                }
            },
        };
        Ok(Self { language: Arc::new(language), alone })
    }

    fn document(&self, line: usize, json: &str) -> Result<Document, LineError> {
        if self.alone { Document::parse_alone(line, json) } else { Document::parse(line, json) }
    }

    fn detector(&self, document: &Document) -> Detector {
        Detector::new(&document.known).with_language(Arc::clone(&self.language))
    }

    fn scan(&self, document: &Document) -> impl Serialize {
        document.scan(&self.detector(document))
    }
}

/// The values go to the file before the masked text goes out: no text is ever without its way back.
fn mask_apart(file: &Path, jsonl: bool, reader: &Reader) -> Result<()> {
    let mut vaults = Vaults::open(file)?;
    let mut mask = |document: &Document| {
        let masked = document.mask(&reader.detector(document), vaults.of(&document.id));
        vaults.keep(&document.id).map(|()| masked)
    };
    let done = if jsonl {
        each_line(|line, text| json(&mask(&reader.document(line, text)?)?))
    } else {
        // Without an end of line more: what comes back is the text, byte for byte.
        out::bytes(mask(&plain()?)?.text.as_bytes());
        Ok(())
    };
    vaults.finish()?;
    done
}

fn restore(jsonl: bool, file: Option<&Path>) -> Result<()> {
    let vaults = file.map(Vaults::read).transpose()?;
    let restored = |masked: &MaskedDocument| masked.restore(vaults.as_ref().and_then(|vaults| vaults.get(&masked.id)));
    if jsonl {
        return each_line(|line, text| {
            let masked = MaskedDocument::parse(line, text)?;
            let problem = format!("no vault is known for \"{}\": give the file that `mask` wrote with --vault", masked.id);
            json(&restored(&masked).ok_or_else(|| LineError { line, field: "id".to_owned(), problem })?)
        });
    }
    let Document { id, text, .. } = plain()?;
    let restored = restored(&MaskedDocument { id, text, vault: None });
    out::bytes(restored.context("the file of vaults holds none for plain text: it was written with --jsonl")?.text.as_bytes());
    Ok(())
}

/// Standard input as one document without a name.
fn plain() -> Result<Document> {
    let mut bytes = Vec::new();
    io::stdin().read_to_end(&mut bytes).context("standard input cannot be read")?;
    let text = String::from_utf8(bytes).map_err(|wrong| wrong.utf8_error()).context("the text must be in UTF-8")?;
    Ok(Document { id: String::new(), text, known: Vec::new() })
}

/// Prints what `answer` makes of each line that is not empty. A line that it refuses is said on standard error, and the
/// others go on. Answers are kept back while more lines wait to be read, and never longer.
fn each_line(mut answer: impl FnMut(usize, &str) -> Result<String>) -> Result<()> {
    let mut source = BufReader::with_capacity(WAITING, io::stdin().lock());
    let (mut line, mut lines, mut refused) = (0, 0, 0);
    let (mut bytes, mut answers) = (Vec::new(), String::new());
    loop {
        if answers.len() >= WAITING || !source.buffer().contains(&b'\n') {
            out::bytes(answers.as_bytes());
            answers.clear();
        }
        bytes.clear();
        if source.read_until(b'\n', &mut bytes).context("standard input cannot be read")? == 0 {
            break;
        }
        line += 1;
        if bytes.trim_ascii().is_empty() {
            continue;
        }
        lines += 1;
        let text = std::str::from_utf8(bytes.strip_suffix(b"\n").unwrap_or(&bytes));
        let text = text.map_err(|wrong| LineError::whole(line, format!("UTF-8 is expected ({wrong})")));
        match text.map_err(Into::into).and_then(|text| answer(line, text)) {
            Ok(answer) => answers.extend([&answer, "\n"]),
            Err(error) => {
                // What was answered before is not lost with the rest.
                let error: LineError = error.downcast().inspect_err(|_| out::bytes(answers.as_bytes()))?;
                eprintln!("gouvernail: {error}");
                refused += 1;
            }
        }
    }
    if refused > 0 {
        bail!("{refused} of {lines} line(s) refused, and not answered");
    }
    Ok(())
}

fn json(answer: &impl Serialize) -> Result<String> {
    Ok(serde_json::to_string(answer)?)
}
