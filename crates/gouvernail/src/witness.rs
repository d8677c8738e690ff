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
            200 => Ok(Ok(ours(&text, &self.key)?)),
            409 => Ok(Err(text.trim().parse().context("it gives no size")?)),
            _ => bail!("it answers {status}: {}", text.trim()),
        }
    }
}

/// The signature by `key` in an answer, which may have several lines: a witness has one key or more, and changes them.
fn ours(answer: &str, key: &Vkey) -> Result<Signature> {
    let read = answer.lines().map(|line| line.parse::<Signature>().context("its answer is not a list of signatures"));
    let signatures = read.collect::<Result<Vec<_>>>()?;
    let known = |signature: &Signature| signature.name == key.name() && signature.id == key.id();
    match signatures.into_iter().find(known) {
        Some(signature) => Ok(signature),
        None => bail!("none of the signatures that it sent is by the key {}", key.name()),
    }
}

#[cfg(test)]
mod tests {
    use gouvernail_tlog::checkpoint::Checkpoint;
    use gouvernail_tlog::cosignature::Cosigner;
    use gouvernail_tlog::note::Signer;

    use super::*;

    #[test]
    fn the_known_key_is_found_among_several_signatures() {
        let note = Checkpoint::sign(0, [0; 32], &Signer::from_seed("commune.example/journal", &[1; 32]).unwrap()).unwrap();
        let witness = |name, seed| Cosigner::from_seed(name, &[seed; 32]).unwrap();
        let (old, known, other) = (witness("temoin.example", 2), witness("temoin.example", 3), witness("autre.example", 4));
        let lines: String = [&old, &known, &other].map(|witness| witness.cosign(&note, 1_790_000_000).to_string()).concat();
        assert_eq!(lines.lines().count(), 3);
        assert_eq!(ours(&lines, known.vkey()).unwrap(), known.cosign(&note, 1_790_000_000));
        let absent = ours(&old.cosign(&note, 1_790_000_000).to_string(), known.vkey()).unwrap_err();
        assert!(absent.to_string().contains("temoin.example"));
        for wrong in ["", "oops", &format!("{lines}oops\n")] {
            assert!(ours(wrong, known.vkey()).is_err(), "{wrong:?}");
        }
    }
}
