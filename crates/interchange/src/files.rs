//! Whole files: JSON, and the CSV of the United States.

use encoding_rs::WINDOWS_1252;
use gouvernail_register::{Foreign, Record};
use serde_json::Value as Json;

use crate::format::{Dialect, Format};
use crate::report::{Note, Place, Problem, Read, Report};
use crate::table::Table;
use crate::{decode, encode, nested, own};

/// A file in which no record can be found.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// It is not JSON.
    #[error("the file is not JSON: {0}; check that it is whole and in UTF-8")]
    Json(#[from] serde_json::Error),
    /// It is JSON without records.
    #[error("no record was found in the file: a list of records is expected, or an object that holds one")]
    NoRecords,
    /// It cannot be read as rows.
    #[error("the file is not CSV: {0}")]
    Csv(#[from] csv::Error),
    /// Its columns are not those of the format.
    #[error("column {at} is {found:?} and should be {wanted:?}: give the inventory of 2024 with its 62 columns")]
    Column {
        /// Its position, from 1.
        at: usize,
        /// The title found.
        found: String,
        /// The title of the format.
        wanted: String,
    },
}

/// A file that was written.
#[derive(Debug)]
pub struct Written {
    /// Its content.
    pub bytes: Vec<u8>,
    /// What the format could not hold, and what it asks for in vain.
    pub notes: Vec<Note>,
}

/// Reads the records of a file.
///
/// # Errors
/// [`Unreadable`] when it holds no record at all; what is wrong with one record is in the report.
pub fn read(format: Format, bytes: &[u8]) -> Result<Read, Unreadable> {
    let sources = if format == Format::Us { rows(Dialect::Us.table(), bytes)? } else { objects(format, bytes)? };
    let (mut report, mut records) = (Report { read: sources.len(), ..Report::default() }, Vec::new());
    for (place, source) in sources {
        let note = |(field, problem)| Note { place, field, problem };
        match source.and_then(|source| one(format, source)) {
            Ok((record, review)) => {
                records.push((place, record));
                report.review.extend(review.into_iter().map(note));
            }
            Err(refused) => report.rejected.extend(refused.into_iter().map(note)),
        }
    }
    report.accepted = records.len();
    Ok(Read { records, report })
}

/// Writes records in a dialect.
///
/// # Errors
/// When the rows of a CSV cannot be written.
pub fn write<'a>(dialect: Dialect, records: impl IntoIterator<Item = &'a Record>) -> Result<Written, csv::Error> {
    let (mut written, mut notes) = (Vec::new(), Vec::new());
    for (index, record) in records.into_iter().enumerate() {
        let (keys, said) = match dialect {
            Dialect::Gouvernail => (own::encode(record), Vec::new()),
            _ => encode::record(dialect, record),
        };
        let place = Place::Index(index);
        notes.extend(said.into_iter().map(|(field, problem)| Note { place, field, problem }));
        written.push(nested::deep(dialect.table(), keys));
    }
    let bytes = match dialect {
        Dialect::Us => csv_of(dialect.table(), &written)?,
        _ => format!("{:#}\n", Json::from_iter(written)).into_bytes(),
    };
    Ok(Written { bytes, notes })
}

type Said = Vec<(String, Problem)>;
type Source = (Place, Result<Foreign, Said>);

fn one(format: Format, source: Foreign) -> Result<(Record, Said), Said> {
    if format == Format::Gouvernail {
        return own::decode(&source);
    }
    let dialect = dialect_of(format, &source);
    decode::record(dialect, nested::flat(dialect.table(), source))
}

/// The dialect of which the object has most keys.
fn dialect_of(format: Format, source: &Foreign) -> Dialect {
    let keys = |dialect: &Dialect| {
        let table = dialect.table();
        let flat = nested::flat(table, source.clone());
        let named = usize::from(flat.contains_key(table.name_key()));
        // Without its name it is no record; the first dialect wins a tie.
        (named, table.rows.iter().flat_map(|row| &row.keys).filter(|key| flat.contains_key(*key)).count())
    };
    let first = format.dialects().iter().rev().max_by_key(|dialect| keys(dialect));
    first.copied().unwrap_or(Dialect::Gouvernail)
}

fn objects(format: Format, bytes: &[u8]) -> Result<Vec<Source>, Unreadable> {
    let list = match serde_json::from_slice(bytes)? {
        Json::Array(list) => list,
        Json::Object(object) if is_record(format, &object) => vec![Json::Object(object)],
        Json::Object(object) => wrapped(object).ok_or(Unreadable::NoRecords)?,
        _ => return Err(Unreadable::NoRecords),
    };
    let object = |raw| if let Json::Object(object) = raw { Ok(object) } else { Err(vec![(String::new(), Problem::NotARecord)]) };
    Ok(list.into_iter().enumerate().map(|(index, raw)| (Place::Index(index), object(raw))).collect())
}

fn is_record(format: Format, object: &Foreign) -> bool {
    let named = |dialect: &Dialect| nested::flat(dialect.table(), object.clone()).contains_key(dialect.table().name_key());
    if format == Format::Gouvernail { object.contains_key("fields") } else { format.dialects().iter().any(named) }
}

/// The first list of objects in an object.
fn wrapped(object: Foreign) -> Option<Vec<Json>> {
    object.into_iter().find_map(|(_, raw)| match raw {
        Json::Array(list) if list.first().is_some_and(Json::is_object) => Some(list),
        _ => None,
    })
}

/// The rows of the inventory, in Windows-1252 unless a mark says otherwise; an empty cell is an absent key.
fn rows(table: &Table, bytes: &[u8]) -> Result<Vec<Source>, Unreadable> {
    let (text, _, _) = WINDOWS_1252.decode(bytes);
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let found = reader.headers()?.clone();
    for (at, column) in table.columns.iter().enumerate() {
        let (found, wanted) = (found.get(at).unwrap_or_default().trim(), title(column));
        if found != wanted {
            return Err(Unreadable::Column { at: at + 1, found: found.to_owned(), wanted: wanted.to_owned() });
        }
    }
    let (mut sources, mut lines) = (Vec::new(), Lines { text: &text, at: 0, line: 1 });
    for row in reader.records() {
        let row = row?;
        let line = lines.of(row.position());
        sources.push((Place::Line(line), cells(table, &row)));
    }
    Ok(sources)
}

/// Counts lines as an editor does: the reader leaves the second half of a line break to the row that follows.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn of(&mut self, row: Option<&csv::Position>) -> u64 {
        let begins = row.and_then(|row| usize::try_from(row.byte()).ok()).unwrap_or_default();
        let passed = self.text.as_bytes().get(self.at..begins).unwrap_or_default();
        let breaks = self.text.as_bytes().get(begins..).unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.at = begins;
        self.line + breaks as u64
    }
}

fn cells(table: &Table, row: &csv::StringRecord) -> Result<Foreign, Said> {
    let (found, wanted) = (row.len(), table.columns.len());
    if found != wanted {
        return Err(vec![(String::new(), Problem::Columns { found, wanted })]);
    }
    let filled = table.columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty());
    Ok(filled.map(|(column, cell)| (column.clone(), Json::String(cell.to_owned()))).collect())
}

/// The title of a column, without the number that tells it from another of the same title.
fn title(column: &str) -> &str {
    column.rsplit_once(" (column ").map_or(column, |(title, _)| title).trim()
}

fn csv_of(table: &Table, written: &[Foreign]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(table.columns.iter().map(|column| title(column)))?;
    for keys in written {
        writer.write_record(table.columns.iter().map(|column| keys.get(column).and_then(Json::as_str).unwrap_or_default()))?;
    }
    let utf8 = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(WINDOWS_1252.encode(&String::from_utf8_lossy(&utf8)).0.into_owned())
}
