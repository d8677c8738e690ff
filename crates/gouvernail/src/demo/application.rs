//! The town's own software, which calls an ordinary OpenAI-compatible address with an ordinary key.

use std::time::Duration;

use anyhow::{Context, Result, bail};
use gouvernail_local_model::evaluation::{Evaluation, Request};
use reqwest::{Response, StatusCode};
use serde_json::{Value, json};

use super::town::{KNOWN, RECIPIENT};

/// A model of a gigabyte takes seconds to load, a minute from a slow disk.
const ATTEMPTS: u32 = 240;
const PAUSE: Duration = Duration::from_millis(500);

/// An application with its key.
pub struct Application<'a> {
    pub base: &'a str,
    pub client: &'a reqwest::Client,
    pub key: &'a str,
    pub model: &'a str,
    pub evaluation: &'a Evaluation,
}

impl Application<'_> {
    /// Declares a case, as the software would when a letter comes in.
    ///
    /// # Errors
    /// When it is refused.
    pub async fn declare(&self, reference: &str, text: &str) -> Result<()> {
        let known: Vec<Value> = KNOWN.iter().map(|(label, value)| json!({ "label": label, "value": value })).collect();
        let case = json!({ "reference": reference, "subject": text, "known": known, "recipient": RECIPIENT });
        let request = self.client.post(format!("{}/api/cases", self.base)).bearer_auth(self.key).json(&case);
        let answer = request.send().await.context("the interface of cases does not answer")?;
        let status = answer.status();
        if !status.is_success() {
            bail!("the case is refused ({status}): {}", answer.text().await.unwrap_or_default());
        }
        Ok(())
    }

    /// Asks the model which department should handle `text`.
    ///
    /// # Errors
    /// When nothing answers.
    pub async fn ask(&self, text: &str, agent: &str, case: Option<&str>) -> Result<(StatusCode, Value)> {
        let request = Request { id: String::new(), text: text.to_owned(), expected: String::new() };
        let answer = self.send(self.evaluation.body(self.model, &request), agent, case).await?;
        let status = answer.status();
        Ok((status, answer.json().await.context("the answer is not JSON")?))
    }

    /// Asks for a long text, as a stream.
    ///
    /// # Errors
    /// When it does not begin.
    pub async fn stream(&self, text: &str, agent: &str, case: &str) -> Result<Response> {
        let body = json!({ "model": self.model, "stream": true, "max_tokens": 800,
            "messages": [{ "role": "user", "content": text }] });
        let answer = self.send(body, agent, Some(case)).await?;
        if !answer.status().is_success() {
            bail!("the stream does not begin: {}", answer.text().await.unwrap_or_default());
        }
        Ok(answer)
    }

    /// Calls, and calls again while the gateway says that the model is still loading, as ordinary clients do.
    async fn send(&self, body: Value, agent: &str, case: Option<&str>) -> Result<Response> {
        for _ in 0..ATTEMPTS {
            let request = self.client.post(format!("{}/v1/chat/completions", self.base)).bearer_auth(self.key);
            let request = request.header("X-Gouvernail-Agent", agent).json(&body);
            let request = case.iter().fold(request, |request, case| request.header("X-Gouvernail-Case", *case));
            let answer = request.send().await.context("the gateway does not answer")?;
            if answer.status() != StatusCode::SERVICE_UNAVAILABLE {
                return Ok(answer);
            }
            tokio::time::sleep(PAUSE).await;
        }
        bail!("the model is not loaded after {} s: see gouvernail.log", ATTEMPTS / 2)
    }
}
