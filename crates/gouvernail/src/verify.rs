//! `gouvernail log verify` and `gouvernail receipt verify`: what anyone can check, without trusting who runs the log.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use gouvernail_tlog::ReadError;
use gouvernail_tlog::disk::DiskLog;
use gouvernail_tlog::entry::Entry;
use gouvernail_tlog::note::{Verified, Vkey};
use gouvernail_tlog::opening::Opening;
use gouvernail_tlog::verify::{Receipt, verify_log, verify_receipt};
use jiff::Timestamp;
use serde_json::Value;

use crate::edge;

/// Keys given on the command line: the text of a key, or a file that holds one.
///
/// # Errors
/// Says which one is not a key.
pub fn keys(given: &[String]) -> Result<Vec<Vkey>> {
    given.iter().map(|text| key(text)).collect()
}

fn key(given: &str) -> Result<Vkey> {
    if let Ok(key) = given.parse() {
        return Ok(key);
    }
    let text =
        std::fs::read_to_string(given).with_context(|| format!("{given:?} is neither a verifier key nor a file that holds one"))?;
    text.parse().with_context(|| format!("the file {given} does not hold a verifier key"))
}

/// Verifies a whole log, in a folder or at an address, and says what it holds.
///
/// # Errors
/// Says what is wrong with the log, or why it cannot be read.
pub async fn log(source: String, keys: Vec<Vkey>, old: Option<PathBuf>) -> Result<()> {
    let old = old.map(|path| std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display())));
    let old = old.transpose()?;
    let reader = Source::of(source)?;
    let handle = tokio::runtime::Handle::current();
    // Verification is pure and synchronous: it runs beside the network that feeds it.
    tokio::task::spawn_blocking(move || verify(&reader, &handle, &keys, old.as_deref())).await?
}

fn verify(source: &Source, handle: &tokio::runtime::Handle, keys: &[Vkey], old: Option<&str>) -> Result<()> {
    let mut statements: Vec<(String, u64)> = Vec::new();
    let report = verify_log(&|path: &str| source.read(path, handle), keys, old, &mut |_, entry| {
        if let Entry::Statement(said) = entry {
            count(&mut statements, said["type"].as_str().unwrap_or("?"));
        }
    })?;
    println!("log        {}", report.checkpoint.origin);
    println!("entries    {}: {} commitments, {} public statements", report.checkpoint.size, report.commitments, report.statements);
    for (kind, count) in statements {
        println!("           {count} × {kind}");
    }
    println!("files      {} tiles and bundles, each compared", report.files);
    println!("signed by  its own key, and {}", witnesses(&report.witnesses));
    if let Some(size) = report.continues {
        println!("continues  the older checkpoint of {size} entries");
    }
    println!("verified");
    Ok(())
}

fn count(counts: &mut Vec<(String, u64)>, kind: &str) {
    match counts.iter_mut().find(|(known, _)| known == kind) {
        Some((_, count)) => *count += 1,
        None => counts.push((kind.to_owned(), 1)),
    }
}

fn witnesses(verified: &[Verified]) -> String {
    let said = |witness: &Verified| {
        let time = witness.time.and_then(|seconds| Timestamp::from_second(i64::try_from(seconds).ok()?).ok());
        format!("{} on {}", witness.key.name(), time.map_or("an unknown day".to_owned(), |time| time.to_string()))
    };
    if verified.is_empty() { "no witness".to_owned() } else { verified.iter().map(said).collect::<Vec<_>>().join(", ") }
}

/// Where a log is.
enum Source {
    Folder(DiskLog),
    Address(String, reqwest::Client),
}

impl Source {
    fn of(source: String) -> Result<Self> {
        if source.starts_with("https://") || source.starts_with("http://") {
            return Ok(Self::Address(source.trim_end_matches('/').to_owned(), edge::http_client()?));
        }
        if !Path::new(&source).is_dir() {
            bail!("{source:?} is neither a folder nor an address that begins with https:// or http://");
        }
        Ok(Self::Folder(DiskLog::open(source)?))
    }

    fn read(&self, path: &str, handle: &tokio::runtime::Handle) -> Result<Option<Vec<u8>>, ReadError> {
        match self {
            Self::Folder(log) => log.read(path),
            Self::Address(base, client) => {
                let failed = |reason: String| ReadError { path: path.to_owned(), reason };
                handle.block_on(fetch(client, format!("{base}/{path}"))).map_err(failed)
            }
        }
    }
}

async fn fetch(client: &reqwest::Client, url: String) -> Result<Option<Vec<u8>>, String> {
    let answer = client.get(url).send().await.map_err(|error| error.to_string())?;
    match answer.status() {
        reqwest::StatusCode::NOT_FOUND => Ok(None),
        status if !status.is_success() => Err(status.to_string()),
        _ => Ok(Some(answer.bytes().await.map_err(|error| error.to_string())?.to_vec())),
    }
}

/// A receipt that was verified, and what it opens.
pub struct Checked {
    receipt: Receipt,
    opening: Option<Opening>,
}

/// Verifies a receipt offline: the signatures, the place in the log, and the record that it proves. The record is looked for
/// beside the receipt (`NAME.json` for `NAME.tlog-proof`), and so is the entry (`NAME.tlog-proof.leaf`).
///
/// # Errors
/// Says what is wrong with the receipt.
pub fn receipt(path: &Path, leaf: Option<PathBuf>, record: Option<PathBuf>, keys: &[Vkey]) -> Result<Checked> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read the receipt {}", path.display()))?;
    let opening = match beside(record, path.with_extension("json"))? {
        Some(bytes) => Some(Opening::parse(&bytes)?),
        None => None,
    };
    let leaf = match (beside(leaf, path.with_added_extension("leaf"))?, &opening) {
        (Some(leaf), _) => leaf,
        (None, Some(opening)) => opening.leaf()?,
        (None, None) => bail!("give what the receipt proves: its record with --record FILE, or its entry with --leaf FILE"),
    };
    let receipt = verify_receipt(&text, &leaf, keys)?;
    if let Some(opening) = &opening {
        opening.check(&leaf)?;
    }
    Ok(Checked { receipt, opening })
}

/// The bytes of a file that was named, or of the one that is expected, if it is there.
fn beside(named: Option<PathBuf>, expected: PathBuf) -> Result<Option<Vec<u8>>> {
    let path = match named {
        Some(path) => path,
        None if expected.is_file() => expected,
        None => return Ok(None),
    };
    std::fs::read(&path).map(Some).with_context(|| format!("cannot read {}", path.display()))
}

impl Checked {
    /// Which entry of which log, signed by whom.
    pub fn proof(&self) -> String {
        let Receipt { checkpoint, index, witnesses: signed, .. } = &self.receipt;
        format!(
            "log        {}\nentry      number {index} of {}\nsigned by  the log's key, and {}",
            checkpoint.origin,
            checkpoint.size,
            witnesses(signed)
        )
    }

    /// What kind of act it proves, if its record came with it.
    pub fn kind(&self) -> Option<&str> {
        self.opening.as_ref().map(|opening| opening.domain.as_str())
    }

    /// Shows the proof and the whole record.
    pub fn show(&self) {
        println!("{}", self.proof());
        match &self.opening {
            Some(opening) => show(opening),
            None => println!("record     not given: only its entry is proved, not what it says"),
        }
        println!("verified");
    }
}

fn show(opening: &Opening) {
    println!("record     {}", opening.domain);
    lines("", &opening.record);
}

/// One line a value, so that a person can read the record without knowing JSON.
fn lines(prefix: &str, value: &Value) {
    let inner = |key: &str| if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, field)| lines(&inner(key), field)),
        Value::Array(items) => items.iter().enumerate().for_each(|(n, item)| lines(&inner(&n.to_string()), item)),
        Value::String(text) => println!("           {prefix} = {text}"),
        other => println!("           {prefix} = {other}"),
    }
}
