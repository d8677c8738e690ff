//! `gouvernail case`: what an operator may do with a case.

use anyhow::{Result, bail};
use gouvernail_store::{Store, StoreError};

use crate::cli::Case;
use crate::config::Config;
use crate::folder;

/// Runs the command.
///
/// # Errors
/// Says why the case could not be erased.
pub async fn run(command: Case) -> Result<()> {
    let Case::Erase { config, reference } = command;
    let config = Config::load(&config.config)?;
    folder::open(&config.data)?;
    let store = Store::connect_within(&config.database, config.patience()).await?;
    let erased = erase(&store, &reference).await;
    store.close().await;
    erased
}

async fn erase(store: &Store, reference: &str) -> Result<()> {
    let unknown = || format!("no case has the reference {reference:?}: nothing was erased");
    let Some(file) = store.find_case_by_reference(reference).await? else { bail!(unknown()) };
    match store.erase_case(&file.id).await {
        Ok(true) => {
            println!("{reference} is erased; its commitments stay in the log and lead nowhere");
            Ok(())
        }
        Ok(false) => bail!(unknown()),
        Err(StoreError::InUse(_)) => {
            bail!("a call on {reference:?} is under way, and its end would bring data back: try again when it has ended")
        }
        Err(error) => Err(error.into()),
    }
}
