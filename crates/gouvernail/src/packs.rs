//! The administration's own packs: read at the start, and again whenever they change.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use gouvernail_register::{PackText, Rules};

/// Time between two looks at the folder of packs.
pub const LOOK: Duration = Duration::from_secs(5);
/// The policies of a pack.
const POLICIES: &str = "requirements.cedar";
/// Its examples.
pub const EXAMPLES: &str = "examples.toml";

/// The packs that ship, and those of the administration's folder.
///
/// # Errors
/// Says which pack is wrong, and where: a program does not start on rules that it cannot read.
pub fn open(folder: Option<&Path>) -> Result<Rules> {
    let own = folder.map(packs_in).transpose()?.unwrap_or_default();
    Ok(Rules::with(&own)?)
}

/// Looks at the folder `every` so often, and reads it again when something in it changed. Packs that cannot be read are reported,
/// and those in force stay.
pub async fn keep(rules: Arc<Rules>, folder: PathBuf, every: Duration) {
    let mut known = packs_in(&folder).ok();
    loop {
        tokio::time::sleep(every).await;
        let found = packs_in(&folder);
        if let Err(error) = &found
            && known.is_some()
        {
            tracing::error!("the rules in force stay as they were: {error:#}");
        }
        let found = found.ok();
        if found.is_some() && found != known {
            take(&rules, found.as_deref().unwrap_or_default());
        }
        known = found;
    }
}

/// Reads the folder again, now.
///
/// # Errors
/// Says which pack is wrong, and where; the rules in force stay then.
pub fn again(rules: &Rules, folder: &Path) -> Result<()> {
    Ok(rules.replace(&packs_in(folder)?)?)
}

fn take(rules: &Rules, packs: &[PackText]) {
    match rules.replace(packs) {
        Ok(()) => tracing::info!(packs = packs.len(), requirements = rules.requirements().count(), "new rules are in force"),
        Err(error) => tracing::error!("the rules in force stay as they were: {error}"),
    }
}

/// Every folder of `folder` that holds policies, in the order of their names.
fn packs_in(folder: &Path) -> Result<Vec<PackText>> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("rules_dir: cannot read {}", folder.display()))?;
    let mut packs = Vec::new();
    for entry in entries {
        let path = entry.with_context(|| format!("rules_dir: cannot read {}", folder.display()))?.path();
        if path.join(POLICIES).is_file() {
            packs.push(pack(&path)?);
        }
    }
    packs.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(packs)
}

/// The pack in this folder; examples may be absent.
///
/// # Errors
/// Says which file cannot be read.
pub fn pack(folder: &Path) -> Result<PackText> {
    let file = folder.join(POLICIES);
    let policies = std::fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    let examples = match std::fs::read_to_string(folder.join(EXAMPLES)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot read {}", folder.join(EXAMPLES).display()));
        }
        read => read.unwrap_or_default(),
    };
    let name = std::path::absolute(folder)?.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(PackText { name, policies, examples })
}

#[cfg(test)]
mod tests {
    use super::*;

    const OFTEN: Duration = Duration::from_millis(20);

    fn example() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/local-example")
    }

    /// A folder of packs that holds the example.
    fn doctrine() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("commune");
        std::fs::create_dir(&own).unwrap();
        for file in [POLICIES, EXAMPLES] {
            std::fs::copy(example().join(file), own.join(file)).unwrap();
        }
        (folder, own.join(POLICIES))
    }

    #[test]
    fn the_packs_of_a_folder_add_to_what_ships() {
        let (folder, _) = doctrine();
        let shipped = Rules::shipped().unwrap().requirements().count();
        assert_eq!(open(Some(folder.path())).unwrap().requirements().count(), shipped + 5);
        assert_eq!(open(None).unwrap().requirements().count(), shipped);
    }

    #[test]
    fn a_wrong_pack_keeps_the_program_from_starting_and_says_where() {
        let (folder, policies) = doctrine();
        std::fs::write(&policies, "@id(\"x\")\nforbid (principal, action, resource) unless { context.lune };").unwrap();
        let error = format!("{:#}", open(Some(folder.path())).map(drop).unwrap_err());
        assert!(error.contains("commune") && error.contains("lune"), "{error}");
        let gone = format!("{:#}", open(Some(&folder.path().join("nowhere"))).map(drop).unwrap_err());
        assert!(gone.contains("rules_dir") && gone.contains("nowhere"), "{gone}");
    }

    #[tokio::test]
    async fn a_changed_folder_is_read_again_and_a_wrong_one_changes_nothing() {
        let (folder, policies) = doctrine();
        let rules = Arc::new(open(Some(folder.path())).unwrap());
        let before = rules.requirements().count();
        let keeper = tokio::spawn(keep(Arc::clone(&rules), folder.path().to_owned(), OFTEN));
        let good = std::fs::read_to_string(&policies).unwrap();
        let after = |text: &str| {
            std::fs::write(&policies, text).unwrap();
            tokio::time::sleep(OFTEN * 10)
        };
        tokio::time::sleep(OFTEN * 10).await;
        assert_eq!(rules.edition(), 0, "nothing changed");
        after("forbid (principal").await;
        assert_eq!((rules.edition(), rules.requirements().count()), (0, before), "the valid rules stay");
        let fewer = good.split("@id(\"local-eu").next().unwrap();
        after(fewer).await;
        assert_eq!((rules.edition(), rules.requirements().count()), (1, before - 1));
        keeper.abort();
    }
}
