//! Asks a model the questions of an evaluation set, and counts the right answers.
//!
//! A set is two files of the operator: a TOML description (instruction, form of
//! the answer, pass mark, limits told honestly) and its requests, one JSON object
//! a line. Answers are forced into the form by JSON schema and drawn at
//! temperature 0, so that a figure can be found again by someone else.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// An evaluation set, ready to be asked.
#[derive(Debug, Clone)]
pub struct Evaluation {
    /// What is evaluated, and how.
    pub description: Description,
    /// The requests, in the order of the file.
    pub requests: Vec<Request>,
}

/// The TOML file of a set.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Description {
    /// Short identifier.
    pub id: String,
    /// Changes whenever a figure would no longer be comparable.
    pub version: String,
    /// Title in French.
    pub title_fr: String,
    /// Title in English.
    pub title_en: String,
    /// File of the requests, beside the description.
    pub requests: PathBuf,
    /// Share of right answers needed, above 0 and up to 1.
    pub pass_mark: f64,
    /// Longest answer, in tokens.
    pub max_tokens: u32,
    /// System message of every request.
    pub instruction: String,
    /// What passing does not prove, in French.
    pub limits_fr: String,
    /// What passing does not prove, in English.
    pub limits_en: String,
    /// Form of the answer.
    pub answer: AnswerForm,
    /// Requests answered before the real one, as models to follow; never requests of the set.
    #[serde(default, rename = "example")]
    pub examples: Vec<Example>,
}

/// One request answered in advance.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// User message.
    pub text: String,
    /// Right answer, the identifier of a choice.
    pub answer: String,
}

/// A JSON object with one field that takes one of a few values.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnswerForm {
    /// Name of the field.
    pub field: String,
    /// Its possible values.
    #[serde(rename = "choice")]
    pub choices: Vec<Choice>,
}

/// One possible answer. Small models choose better among plain words than among identifiers.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Identifier in the set and in reports.
    pub id: String,
    /// What the model writes.
    pub label: String,
}

impl AnswerForm {
    fn by_id(&self, id: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.id == id)
    }

    fn schema(&self) -> Value {
        let labels: Vec<&str> = self.choices.iter().map(|choice| choice.label.as_str()).collect();
        json!({
            "type": "object",
            "properties": { &self.field: { "type": "string", "enum": labels } },
            "required": [self.field],
            "additionalProperties": false,
        })
    }

    /// The identifier of the choice that the model made, if its answer has the form.
    fn read(&self, content: &str) -> Option<&str> {
        let value: Value = serde_json::from_str(content).ok()?;
        let label = value.get(&self.field)?.as_str()?;
        self.choices.iter().find(|choice| choice.label == label).map(|choice| choice.id.as_str())
    }
}

/// One request and the answer that a competent agent would give.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Identifier in the set.
    pub id: String,
    /// User message.
    pub text: String,
    /// Right answer, the identifier of a choice.
    pub expected: String,
}

/// What a model scored.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Identifier of the set.
    pub evaluation: String,
    /// Version of the set.
    pub version: String,
    /// Model asked.
    pub model: String,
    /// Right answers.
    pub passed: usize,
    /// Requests asked.
    pub total: usize,
    /// Share of right answers needed.
    pub pass_mark: f64,
    /// One result a request, in order.
    pub items: Vec<ItemResult>,
}

/// What a model answered to one request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ItemResult {
    /// Identifier of the request.
    pub id: String,
    /// Right answer.
    pub expected: String,
    /// The choice made; `None` when the answer did not have the form.
    pub answer: Option<String>,
    /// Whether they are the same.
    pub passed: bool,
}

/// Why a set cannot be used, or a run did not reach its end.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// A file cannot be read.
    #[error("the evaluation file {path} cannot be read: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("the evaluation file {path} is wrong: {problem}")]
    Content {
        /// The file.
        path: PathBuf,
        /// Where, and what to mend.
        problem: String,
    },
    /// The model host did not answer: nothing can be said of the model.
    #[error("the evaluation stopped at request \"{id}\": the model host failed: {problem}")]
    Host {
        /// The request.
        id: String,
        /// What happened.
        problem: String,
    },
}

impl Report {
    /// Share of right answers, between 0 and 1.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // far fewer than 2^52 requests
    pub fn score(&self) -> f64 {
        self.passed as f64 / self.total as f64
    }

    /// Fewest right answers that pass.
    #[must_use]
    #[allow(clippy::cast_precision_loss)] // as above
    pub fn required(&self) -> usize {
        (1..=self.total).find(|right| *right as f64 / self.total as f64 >= self.pass_mark).unwrap_or(self.total)
    }

    /// Whether the model may be used for this.
    #[must_use]
    pub fn passes(&self) -> bool {
        self.score() >= self.pass_mark
    }
}

impl Evaluation {
    /// Reads the description at `path` and the requests beside it, and checks both.
    ///
    /// # Errors
    /// [`EvaluationError`] names the file, the line and the mistake.
    pub fn load(path: &Path) -> Result<Self, EvaluationError> {
        let wrong = |path: &Path, problem: String| EvaluationError::Content { path: path.to_owned(), problem };
        let description: Description = toml::from_str(&read(path)?).map_err(|e| wrong(path, e.to_string()))?;
        let lines = path.with_file_name(&description.requests);
        let requests = parse_requests(&read(&lines)?).map_err(|problem| wrong(&lines, problem))?;
        let evaluation = Self { description, requests };
        evaluation.check().map_err(|problem| wrong(path, problem))?;
        Ok(evaluation)
    }

    fn check(&self) -> Result<(), String> {
        let Description { pass_mark, answer, examples, .. } = &self.description;
        if !(*pass_mark > 0.0 && *pass_mark <= 1.0) {
            return Err(format!("pass_mark is {pass_mark}; it must be above 0 and at most 1"));
        }
        if self.requests.is_empty() {
            return Err("there is no request".to_owned());
        }
        let mut seen = HashSet::new();
        for Request { id, expected, .. } in &self.requests {
            if !seen.insert(id) {
                return Err(format!("the request id \"{id}\" is used twice"));
            }
            if answer.by_id(expected).is_none() {
                return Err(format!("request \"{id}\" expects \"{expected}\", which is not among the choices"));
            }
        }
        for Example { text, answer: id } in examples {
            if answer.by_id(id).is_none() {
                return Err(format!("an example answers \"{id}\", which is not among the choices"));
            }
            if self.requests.iter().any(|request| request.text == *text) {
                return Err(format!("the example \"{text}\" is also a request: its answer would be given away"));
            }
        }
        Ok(())
    }

    /// Asks every request, one after the other, at an OpenAI-compatible address (`…/v1`).
    ///
    /// # Errors
    /// [`EvaluationError::Host`] when a request gets no answer; a wrong or
    /// shapeless answer is a result, not an error.
    pub async fn run(&self, base_url: &str, model: &str, client: &reqwest::Client) -> Result<Report, EvaluationError> {
        let mut items = Vec::with_capacity(self.requests.len());
        for request in &self.requests {
            let content = ask(client, base_url, &self.body(model, request))
                .await
                .map_err(|problem| EvaluationError::Host { id: request.id.clone(), problem })?;
            items.push(self.mark(request, &content));
        }
        Ok(Report {
            evaluation: self.description.id.clone(),
            version: self.description.version.clone(),
            model: model.to_owned(),
            passed: items.iter().filter(|item| item.passed).count(),
            total: items.len(),
            pass_mark: self.description.pass_mark,
            items,
        })
    }

    /// The body of the chat completion that asks one request (OpenAI, "Structured outputs").
    #[must_use]
    pub fn body(&self, model: &str, request: &Request) -> Value {
        let Description { answer, instruction, examples, max_tokens, .. } = &self.description;
        let mut messages = vec![json!({ "role": "system", "content": instruction.trim() })];
        for example in examples {
            let label = answer.by_id(&example.answer).map_or(example.answer.as_str(), |choice| &choice.label);
            messages.push(json!({ "role": "user", "content": example.text }));
            messages.push(json!({ "role": "assistant", "content": json!({ &answer.field: label }).to_string() }));
        }
        messages.push(json!({ "role": "user", "content": request.text }));
        json!({
            "model": model,
            "messages": messages,
            "temperature": 0,
            "seed": 1,
            "max_tokens": max_tokens,
            "response_format": {
                "type": "json_schema",
                "json_schema": { "name": "answer", "strict": true, "schema": answer.schema() },
            },
        })
    }

    fn mark(&self, request: &Request, content: &str) -> ItemResult {
        let answer = self.description.answer.read(content).map(str::to_owned);
        let passed = answer.as_ref() == Some(&request.expected);
        ItemResult { id: request.id.clone(), expected: request.expected.clone(), answer, passed }
    }
}

fn read(path: &Path) -> Result<String, EvaluationError> {
    fs::read_to_string(path).map_err(|source| EvaluationError::File { path: path.to_owned(), source })
}

fn parse_requests(text: &str) -> Result<Vec<Request>, String> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| serde_json::from_str(line).map_err(|e| format!("line {}: {e}", n + 1))).collect()
}

async fn ask(client: &reqwest::Client, base_url: &str, body: &Value) -> Result<String, String> {
    let url = format!("{base_url}/chat/completions");
    let answer = client.post(url).json(body).send().await.map_err(|e| e.to_string())?;
    let status = answer.status();
    let text = answer.text().await.map_err(|e| e.to_string())?;
    if !status.is_success() {
        return Err(format!("{status}: {text}"));
    }
    let value: Value = serde_json::from_str(&text).map_err(|e| e.to_string())?;
    let content = value.pointer("/choices/0/message/content").and_then(Value::as_str);
    Ok(content.unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shipped() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../evaluations/orientation-courrier.toml")
    }

    #[test]
    fn the_shipped_set_loads_and_is_balanced() {
        let evaluation = Evaluation::load(&shipped()).unwrap();
        assert_eq!(evaluation.requests.len(), 24);
        for choice in &evaluation.description.answer.choices {
            let count = evaluation.requests.iter().filter(|r| r.expected == choice.id).count();
            assert!((4..=5).contains(&count), "{choice:?}: {count}");
        }
    }

    #[test]
    fn only_the_expected_choice_in_the_right_form_passes() {
        let evaluation = Evaluation::load(&shipped()).unwrap();
        let request = &evaluation.requests[0];
        assert!(evaluation.mark(request, r#"{"categorie":"État civil"}"#).passed);
        let other = evaluation.mark(request, r#"{"categorie":"Voirie"}"#);
        assert_eq!((other.answer.as_deref(), other.passed), (Some("voirie"), false));
        for shapeless in ["etat-civil", r#"{"categorie":"autre"}"#, r#"["État civil"]"#, ""] {
            assert_eq!(evaluation.mark(request, shapeless).answer, None, "{shapeless}");
        }
    }

    #[test]
    fn mistakes_say_the_file_and_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let toml = fs::read_to_string(shipped()).unwrap();
        let path = folder.path().join("set.toml");
        let lines = folder.path().join("orientation-courrier.jsonl");
        let message = |toml: &str, requests: &str| {
            fs::write(&path, toml).unwrap();
            fs::write(&lines, requests).unwrap();
            Evaluation::load(&path).unwrap_err().to_string()
        };
        let good = r#"{"id":"a","text":"b","expected":"voirie"}"#;
        assert!(message(&toml, &format!("{good}\n{{")).contains("line 2"));
        assert!(message(&toml, &format!("{good}\n{good}")).contains("twice"));
        assert!(message(&toml, &good.replace("voirie", "mer")).contains("choices"));
        assert!(message(&toml, "\n").contains("no request"));
        let leak = toml.clone() + "\n[[example]]\ntext = \"b\"\nanswer = \"voirie\"\n";
        assert!(message(&leak, good).contains("given away"));
        assert!(message(&toml.replace("0.85", "85"), good).contains("pass_mark"));
        fs::remove_file(&lines).unwrap();
        assert!(matches!(Evaluation::load(&path), Err(EvaluationError::File { .. })));
    }

    proptest! {
        #[test]
        fn a_report_passes_exactly_from_its_mark(total in 1_usize..200, passed in 0_usize..200, mark in 1_u32..=100) {
            let passed = passed.min(total);
            let pass_mark = f64::from(mark) / 100.0;
            let report = Report {
                evaluation: String::new(), version: String::new(), model: String::new(),
                passed, total, pass_mark, items: Vec::new(),
            };
            prop_assert_eq!(report.passes(), report.score() >= pass_mark);
            prop_assert!(passed < total || report.passes());
            prop_assert!(passed > 0 || !report.passes());
        }
    }
}
