//! Secrets of a data folder: made once, kept in files that only their owner reads.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use anyhow::{Context, Result, bail};
use gouvernail_store::Ambient;

/// The 32 secret bytes in `path`, drawn at the first call.
///
/// # Errors
/// When the file is not 64 hexadecimal digits, when others may read it, or when it cannot be written.
pub fn secret(path: &Path, ambient: &Ambient) -> Result<[u8; 32]> {
    match fs::read_to_string(path) {
        Ok(text) => read(path, &text),
        Err(error) if error.kind() == ErrorKind::NotFound => create(path, ambient),
        Err(error) => Err(error).with_context(|| format!("cannot read the key {}", path.display())),
    }
}

fn read(path: &Path, text: &str) -> Result<[u8; 32]> {
    let mode = fs::metadata(path)?.permissions().mode();
    if mode & 0o077 != 0 {
        bail!("the key {} can be read by others (mode {:o}): run chmod 600 on it", path.display(), mode & 0o777);
    }
    let mut bytes = [0; 32];
    if hex::decode_to_slice(text.trim(), &mut bytes).is_err() {
        bail!("the key {} is damaged: it must hold 64 hexadecimal digits; restore it from a backup", path.display());
    }
    Ok(bytes)
}

fn create(path: &Path, ambient: &Ambient) -> Result<[u8; 32]> {
    let bytes = ambient.bytes::<32>();
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        writeln!(file, "{}", hex::encode(bytes))?;
        file.sync_all()?;
        // So that the name outlives a power cut: a key that signed must not be lost.
        File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
    };
    write().with_context(|| format!("cannot write the key {}", path.display()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_a_damaged_or_open_one_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.key");
        let ambient = crate::edge::ambient();
        let first = secret(&path, &ambient).unwrap();
        assert_eq!(secret(&path, &ambient).unwrap(), first);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);

        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(secret(&path, &ambient).unwrap_err().to_string().contains("chmod 600"));
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        fs::write(&path, "abc").unwrap();
        assert!(secret(&path, &ambient).unwrap_err().to_string().contains("damaged"));
    }
}
