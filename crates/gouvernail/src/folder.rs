//! The data folder: it holds what is known of people and the keys that sign, so only its owner enters.

use std::fs::{self, DirBuilder};
use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, Result, bail};

/// What others must not have: anything for everybody, writing for the group.
const OPEN_TO_OTHERS: u32 = 0o027;
/// What the group may have, and an operator should know of.
const OPEN_TO_GROUP: u32 = 0o050;

/// Creates the data folder, for its owner alone, or makes sure that it is not open to others.
///
/// # Errors
/// When it cannot be created, or when others may read it or write in it.
pub fn open(data: &Path) -> Result<()> {
    if !data.exists() {
        let cannot = || format!("cannot create {}", data.display());
        if let Some(parent) = data.parent() {
            fs::create_dir_all(parent).with_context(cannot)?;
        }
        return DirBuilder::new().mode(0o700).create(data).with_context(cannot);
    }
    let mode = fs::metadata(data).with_context(|| format!("cannot look at {}", data.display()))?.permissions().mode() & 0o777;
    if mode & OPEN_TO_OTHERS != 0 {
        let data = data.display();
        bail!("the data folder {data} is open to others (mode {mode:o}) and holds personal data: run chmod 700 {data}");
    }
    if mode & OPEN_TO_GROUP != 0 {
        tracing::warn!(folder = %data.display(), mode = format!("{mode:o}"), "the data folder can be read by its group");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_made_for_its_owner_and_refused_when_open_to_others() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("above/data");
        open(&data).unwrap();
        assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
        for (mode, accepted) in [(0o755, false), (0o770, false), (0o701, false), (0o750, true), (0o700, true)] {
            fs::set_permissions(&data, fs::Permissions::from_mode(mode)).unwrap();
            let opened = open(&data);
            assert_eq!(opened.is_ok(), accepted, "{mode:o}");
            let said = opened.err().map(|error| error.to_string()).unwrap_or_default();
            assert!(accepted || said.contains("chmod 700"), "{said}");
        }
    }
}
