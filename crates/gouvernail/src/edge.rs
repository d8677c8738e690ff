//! The edge of the program: the only places that read the clock, draw randomness and build an HTTP client.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use gouvernail_store::Ambient;
use jiff::Timestamp;
use rand::Rng;

/// The machine's clock and the operating system's randomness.
pub fn ambient() -> Ambient {
    Ambient::new(now, random)
}

/// Now.
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// A cryptographic generator seeded by the operating system; it panics rather than give predictable bytes.
fn random(bytes: &mut [u8]) {
    rand::rng().fill_bytes(bytes);
}

/// An HTTP client that follows no redirect and goes through no proxy: what is configured is what is called.
///
/// # Errors
/// When TLS cannot be set up.
pub fn http_client() -> Result<reqwest::Client> {
    client(reqwest::header::HeaderMap::new())
}

/// The same, which shows a key to whom it asks.
///
/// # Errors
/// When the key cannot stand in a header, or TLS cannot be set up.
pub fn http_client_with(key: &str) -> Result<reqwest::Client> {
    let mut value =
        reqwest::header::HeaderValue::from_str(&format!("Bearer {key}")).context("the key holds signs that no key has")?;
    value.set_sensitive(true);
    client([(reqwest::header::AUTHORIZATION, value)].into_iter().collect())
}

fn client(headers: reqwest::header::HeaderMap) -> Result<reqwest::Client> {
    // An error only says that a provider was already installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .default_headers(headers)
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(5))
        .pool_idle_timeout(Duration::from_secs(60))
        .build()
        .context("the HTTP client cannot be set up")
}

/// Where weights and engine are kept: `GOUVERNAIL_CACHE`, or `~/.cache/gouvernail`, as `scripts/fetch-model` does.
pub fn cache() -> PathBuf {
    match std::env::var_os("GOUVERNAIL_CACHE") {
        Some(folder) if !folder.is_empty() => folder.into(),
        _ => std::env::home_dir().unwrap_or_default().join(".cache/gouvernail"),
    }
}
