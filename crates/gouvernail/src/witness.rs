//! Asks a witness to countersign the log (`c2sp.org/tlog-witness`), and keeps the countersigned checkpoint for receipts.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use gouvernail_store::Receipts;
use gouvernail_tlog::checkpoint;
use gouvernail_tlog::note::{Note, Signature, Vkey};

/// Witnesses answer quickly or not at all.
const PATIENCE: Duration = Duration::from_secs(10);

/// A witness of our log.
pub struct Witness {
    url: String,
    key: Vkey,
    log: Vkey,
    receipts: Receipts,
    client: reqwest::Client,
}

impl Witness {
    /// The witness at `url` with the key `key`, for the log of `receipts` signed by `log`.
    pub fn new(url: &str, key: Vkey, log: Vkey, receipts: Receipts, client: reqwest::Client) -> Self {
        Self { url: url.trim_end_matches('/').to_owned(), key, log, receipts, client }
    }

    /// Asks for ever. Run it as a task of its own.
    pub async fn run(self, every: Duration) {
        let mut failing = false;
        let mut known = 0;
        loop {
            match self.round(known).await {
                Ok(size) => (known, failing) = (size, false),
                Err(error) if !failing => {
                    failing = true;
                    tracing::warn!(error = format!("{error:#}"), "the witness did not countersign; receipts go on without it");
                }
                Err(_) => {}
            }
            tokio::time::sleep(every).await;
        }
    }

    /// Has the last checkpoint countersigned if it is newer than `known`; returns the size that the witness now knows.
    async fn round(&self, known: u64) -> Result<u64> {
        let Some((note, size)) = self.receipts.last()? else { return Ok(0) };
        if size == known {
            return Ok(known);
        }
        let signature = match self.submit(&note, known, size).await? {
            Ok(signature) => signature,
            // It knows another size than we thought, after a restart of either.
            Err(theirs) => match self.submit(&note, theirs, size).await? {
                Ok(signature) => signature,
                Err(again) => bail!("it says that it knows {theirs} entries, then {again}"),
            },
        };
        let mut cosigned = note;
        cosigned.signatures.push(signature);
        let opened = checkpoint::open(&cosigned.to_string(), &[self.log.clone(), self.key.clone()])?;
        if opened.witnesses.is_empty() {
            bail!("the signature that it sent is not by the key {}", self.key.name());
        }
        self.receipts.keep_cosigned(&cosigned)?;
        Ok(size)
    }

    /// `Ok` is the signature; `Err` the size that the witness knows instead of `old`.
    async fn submit(&self, note: &Note, old: u64, size: u64) -> Result<Result<Signature, u64>> {
        if old > size {
            bail!("it has countersigned {old} entries and the log has {size}: the log was perhaps restored from an old copy");
        }
        let proof = self.receipts.log().consistency_proof(old, size)?;
        let lines: String = proof.iter().map(|hash| BASE64_STANDARD.encode(hash) + "\n").collect();
        let body = format!("old {old}\n{lines}\n{note}");
        let request = self.client.post(format!("{}/add-checkpoint", self.url)).timeout(PATIENCE).body(body);
        let answer = request.send().await.context("it does not answer")?;
        let status = answer.status();
        let text = answer.text().await.context("its answer was cut")?;
        match status.as_u16() {
            200 => Ok(Ok(text.parse().context("its answer is not a signature")?)),
            409 => Ok(Err(text.trim().parse().context("it gives no size")?)),
            _ => bail!("it answers {status}: {}", text.trim()),
        }
    }
}
