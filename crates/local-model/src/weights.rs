//! Is this file the one that was chosen?

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

/// Why weights are not used.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// No such file.
    #[error("no model weights at {0}: fetch them with scripts/fetch-model, or correct the path")]
    Missing(PathBuf),
    /// The file cannot be read.
    #[error("the model weights at {path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file is another one, or damaged.
    #[error(
        "the model weights at {path} are not the expected ones (SHA-256 {found}, expected {expected}): \
         remove the file and fetch it again with scripts/fetch-model"
    )]
    Different {
        /// The file.
        path: PathBuf,
        /// The digest wanted.
        expected: String,
        /// The digest found.
        found: String,
    },
}

/// Checks that the SHA-256 of the file is `sha256` (hexadecimal, either case).
///
/// Reads the whole file, about one second a gigabyte: call it off the
/// asynchronous threads, at set-up rather than at each start.
///
/// # Errors
/// [`WeightsError`] when the file is missing, unreadable or another one.
pub fn verify_weights(path: &Path, sha256: &str) -> Result<(), WeightsError> {
    let found = digest(path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => WeightsError::Missing(path.to_owned()),
        _ => WeightsError::Unreadable { path: path.to_owned(), source },
    })?;
    if found.eq_ignore_ascii_case(sha256) {
        return Ok(());
    }
    Err(WeightsError::Different { path: path.to_owned(), expected: sha256.to_owned(), found })
}

fn digest(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(hex::encode(hasher.finalize())),
            count => hasher.update(&block[..count]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // FIPS 180-4 example: SHA-256("abc").
    const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    #[test]
    fn the_right_file_passes_and_one_changed_byte_does_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("weights");
        std::fs::write(&path, "abc").unwrap();
        verify_weights(&path, ABC).unwrap();
        verify_weights(&path, &ABC.to_uppercase()).unwrap();
        std::fs::write(&path, "abd").unwrap();
        let message = verify_weights(&path, ABC).unwrap_err().to_string();
        assert!(message.contains(ABC) && message.contains("fetch"), "{message}");
    }

    #[test]
    fn a_missing_file_says_how_to_get_it_and_a_folder_is_unreadable() {
        let folder = tempfile::tempdir().unwrap();
        let missing = verify_weights(&folder.path().join("none"), ABC).unwrap_err();
        assert!(missing.to_string().contains("scripts/fetch-model"));
        let unreadable = verify_weights(folder.path(), ABC).unwrap_err();
        assert!(matches!(unreadable, WeightsError::Unreadable { .. }));
    }
}
