//! A supplier's sheet in the format of a register prefills what the record does not say yet.

use axum::response::{IntoResponse, Redirect};
use gouvernail_interchange::{Format, read};
use gouvernail_register::{Event, Proposal, Proposals, Record, Source};

use super::Dossier;
use crate::site::Page;
use crate::site::form::Body;

/// The formats of sheets, the most telling first.
const SHEETS: [Format; 5] = [Format::Gouvernail, Format::Nl, Format::Atrs, Format::Etalab, Format::EuAnnex8c];

/// POST /referent/systems/{id}/record/sheet
pub(super) async fn fill(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let sheet = form.text("sheet");
    let (written, mut proposals) = (dossier.record(), Proposals::new());
    match only(&sheet) {
        Ok(found) => {
            let known = dossier.known_values().await?;
            for (id, value) in found.fields {
                // What is recorded or known of this system is better than what its supplier says of it.
                if written.fields.contains_key(&id) || known.contains_key(&id) {
                    continue;
                }
                proposals.insert(id, Proposal { value, source: Source::Sheet, quote: String::new() });
            }
            if proposals.is_empty() {
                form.wrong("sheet", dossier.locale().t("record-sheet-nothing"));
            }
        }
        Err(Several(0)) if sheet.is_empty() => {}
        Err(Several(0)) => form.wrong("sheet", dossier.locale().t("record-sheet-unread")),
        Err(Several(several)) => form.wrong("sheet", dossier.locale().n("record-sheet-several", several)),
    }
    let filled = proposals.keys().cloned().collect::<Vec<_>>().join(",");
    let acts = [Event::RecordProposed { system: dossier.id.clone(), proposals }];
    if form.is_right() && dossier.record_acts(&mut form, "sheet", &acts).await? {
        return Ok(Redirect::to(&format!("{}?filled={filled}#proposals", dossier.record_url())).into_response());
    }
    dossier.record_again(form, "").await
}

/// How many records were found instead of one.
struct Several(usize);

/// The one record of a sheet, in the format that understands most of it.
fn only(sheet: &str) -> Result<Record, Several> {
    let found = SHEETS.into_iter().filter_map(|format| read(format, sheet.as_bytes()).ok());
    let best = found.max_by_key(|read| read.records.first().map_or(0, |(_, record)| record.fields.len()));
    let mut records = best.map(|read| read.records).unwrap_or_default();
    match records.len() {
        1 => records.pop().map(|(_, record)| record).ok_or(Several(0)),
        several => Err(Several(several)),
    }
}
