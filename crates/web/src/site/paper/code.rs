//! The code of a case's letter. It is derived, so that a letter can be printed again while the store keeps only a hash.

use gouvernail_cases::code;
use sha2::{Digest, Sha256};

use crate::site::app::App;
use crate::site::casework::Dossier;
use crate::site::error::WebError;

/// What codes are derived under.
const CODE_DOMAIN: &[u8] = b"gouvernail/letter-code/v1\n";

/// The code of a case's letter after so many replacements.
pub fn code_of(app: &App, case_id: &str, replaced: usize) -> String {
    let mut hash = Sha256::new();
    hash.update(CODE_DOMAIN);
    hash.update(app.secret);
    hash.update(case_id.as_bytes());
    if replaced > 0 {
        hash.update(format!("\n{replaced}"));
    }
    let hash: [u8; 32] = hash.finalize().into();
    let mut first = [0; 7];
    first.copy_from_slice(&hash[..7]);
    code::from_bytes(first)
}

/// The code that opens the case now. A program that died while it was being replaced left the next one in the row.
pub fn current_code(app: &App, dossier: &Dossier) -> Result<String, WebError> {
    let replaced = dossier.case.notification.as_ref().map_or(0, |notification| notification.replaced.len());
    let codes = [replaced, replaced + 1].map(|replaced| code_of(app, &dossier.case.id, replaced));
    let opens = |code: &&String| code::hash(code).ok() == dossier.code_hash;
    let found = codes.iter().find(opens).cloned();
    found.ok_or_else(|| WebError::Internal("the code of a letter was derived from another secret: restore secret.key".to_owned()))
}
