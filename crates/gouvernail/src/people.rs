//! `gouvernail people`: how the first person gets in.

use std::io::BufRead;

use anyhow::{Context, Result, bail};
use gouvernail_store::{Person, Role, Store};
use gouvernail_web::password;

use crate::cli::People;
use crate::config::Config;
use crate::{edge, folder};

/// Runs the command.
///
/// # Errors
/// Says what is wrong with what was given, or with the database.
pub async fn run(command: People) -> Result<()> {
    let password = match command {
        People::Add { .. } => first_line(std::io::stdin().lock())?,
        People::List { .. } => String::new(),
    };
    run_with(command, &password).await
}

/// Runs the command with this password.
///
/// # Errors
/// As [`run`].
pub async fn run_with(command: People, password: &str) -> Result<()> {
    match command {
        People::Add { config, name, email, roles } => {
            let store = open(&Config::load(&config.config)?).await?;
            let roles = roles.into_iter().map(Role::from).collect();
            let added = add(&store, name, email, roles, password).await;
            store.close().await;
            added
        }
        People::List { config } => {
            let store = open(&Config::load(&config.config)?).await?;
            for person in store.list_persons().await? {
                let roles: Vec<_> = person.roles.iter().map(|role| role.as_str()).collect();
                let gone = if person.active { "" } else { "  (no longer active)" };
                println!("{:<32} {:<40} {}{gone}", person.name, person.email, roles.join(", "));
            }
            Ok(())
        }
    }
}

async fn open(config: &Config) -> Result<Store> {
    folder::open(&config.data)?;
    Ok(Store::connect_within(&config.database, config.patience()).await?)
}

async fn add(store: &Store, name: String, email: String, roles: Vec<Role>, password: &str) -> Result<()> {
    if name.trim().is_empty() || !email.contains('@') {
        bail!("give a name and an address that holds an @");
    }
    let ambient = edge::ambient();
    let password_hash = password::hash(password, &ambient)?;
    let person = Person { id: ambient.id(), name, email, roles, password_hash, active: true };
    store.create_person(&person).await?;
    println!("{} can sign in as {}", person.name, person.email);
    Ok(())
}

fn first_line(mut input: impl BufRead) -> Result<String> {
    let mut line = String::new();
    input.read_line(&mut line).context("cannot read the password from standard input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
