//! A case as the site handles it: read from the store, judged by the rules of `cases`, appended with what it owes to the log.

use gouvernail_cases::record;
use gouvernail_cases::{Agent, Case, CaseEvent, Declared};
use gouvernail_store::{Call, CaseFile, NewCaseEvent, OwedCommitment, Person, StoreError};

use super::app::App;
use super::error::WebError;

/// Author of what the person concerned does behind their code.
pub const CITIZEN: &str = "citizen";
/// Times that an act is tried again when something else was recorded meanwhile.
const ATTEMPTS: usize = 20;

/// A case with everything that is stored of it.
pub struct Dossier {
    /// The system whose key opened it.
    pub opened_by: String,
    /// What that system's application said.
    pub declared: Declared,
    /// Its history.
    pub events: Vec<CaseEvent>,
    /// The fold of its history.
    pub case: Case,
    /// Calls made on it, oldest first.
    pub calls: Vec<Call>,
    /// Hash of the code that opens it, once there is one.
    pub code_hash: Option<String>,
}

impl Dossier {
    /// Reads what belongs to a row.
    pub async fn of(app: &App, file: CaseFile) -> Result<Self, WebError> {
        let declared = serde_json::from_value(file.subject).map_err(|error| unreadable("declaration", &error))?;
        let events = events_of(app, &file.id).await?;
        // It was erased since the row was read.
        if events.is_empty() {
            return Err(WebError::NotFound);
        }
        let case = Case::fold(&events).map_err(|error| WebError::Internal(format!("the history of a case: {error}")))?;
        let calls = app.store.calls_of_case(&file.id).await?;
        Ok(Self { opened_by: file.opened_by, declared, events, case, calls, code_hash: file.code_hash })
    }

    /// The case with this reference.
    pub async fn by_reference(app: &App, reference: &str) -> Result<Self, WebError> {
        let file = app.store.find_case_by_reference(reference).await?.ok_or(WebError::NotFound)?;
        Self::of(app, file).await
    }

    /// The case with this identifier.
    pub async fn by_id(app: &App, id: &str) -> Result<Self, WebError> {
        let file = app.store.find_case(id).await?.ok_or(WebError::NotFound)?;
        Self::of(app, file).await
    }

    /// The system whose words judgements and decisions use: the last that touched the case, else the one that opened it.
    pub fn system(&self) -> &str {
        self.case.uses.last().map_or(self.opened_by.as_str(), |case_use| case_use.system.as_str())
    }

    /// Whether an algorithm touched the case: the person concerned must then be told.
    pub fn owes_notice(&self) -> bool {
        !self.case.uses.is_empty() || self.calls.iter().any(|call| call.outcome.is_none())
    }

    /// Appends one event with what it owes.
    async fn append(&mut self, app: &App, author: &str, event: CaseEvent) -> Result<(), WebError> {
        let mut after = self.case.clone();
        after.apply(&event)?;
        // First the code, then the fact: a code that opens nothing yet harms nobody, a letter whose code is unknown would; and a
        // code to be closed is closed whatever happens next.
        if let CaseEvent::Notified { code_hash, .. } | CaseEvent::CodeReplaced { code_hash, .. } = &event {
            app.store.set_case_code(&self.case.id, code_hash).await?;
            self.code_hash = Some(code_hash.clone());
        }
        let owed = self.owed(app, &event)?;
        let body = serde_json::to_value(&event).map_err(|error| unreadable("event", &error))?;
        let new = NewCaseEvent { at: event.at(), author: author.to_owned(), kind: event.kind().to_owned(), body };
        let expected = i64::try_from(self.events.len()).unwrap_or(i64::MAX);
        let status = after.status().as_str();
        app.store.append_case_event(&self.case.id, expected, &new, status, owed.as_ref()).await?;
        self.case = after;
        self.events.push(event);
        Ok(())
    }

    fn owed(&self, app: &App, event: &CaseEvent) -> Result<Option<OwedCommitment>, WebError> {
        let of_event = record::of_event(&self.case, event).map_err(|error| unreadable("record", &error))?;
        let Some((kind, record)) = of_event else { return Ok(None) };
        let owed = OwedCommitment::new(kind.as_str(), &record, app.ambient.bytes())?;
        Ok(Some(match self.case.uses.last() {
            Some(case_use) => owed.of_system(&case_use.system, &case_use.version),
            None => owed,
        }))
    }
}

/// Does what is left to do, one event after another: `next` looks at the case as it stands and says what comes next, or that
/// nothing does. When something else was recorded meanwhile the case is read again and `next` asked again, so that nothing is
/// lost and nothing is decided on what is no longer true.
pub async fn act(
    app: &App,
    id: &str,
    author: &str,
    mut next: impl FnMut(&Dossier) -> Result<Option<CaseEvent>, WebError>,
) -> Result<Dossier, WebError> {
    let (mut dossier, mut conflicts) = (Dossier::by_id(app, id).await?, 0);
    while let Some(event) = next(&dossier)? {
        match dossier.append(app, author, event).await {
            Err(WebError::Store(StoreError::Conflict { .. })) if conflicts < ATTEMPTS => {
                conflicts += 1;
                dossier = Dossier::by_id(app, id).await?;
            }
            other => other?,
        }
    }
    Ok(dossier)
}

/// The events of a case, oldest first.
pub async fn events_of(app: &App, id: &str) -> Result<Vec<CaseEvent>, WebError> {
    let stored = app.store.case_events(id).await?;
    let read = |event: gouvernail_store::CaseEvent| serde_json::from_value(event.body);
    stored.into_iter().map(read).collect::<Result<_, _>>().map_err(|error| unreadable("event", &error))
}

/// The public agent that a signed-in person is.
pub fn agent(person: &Person) -> Agent {
    Agent::new(&person.id, &person.name)
}

// Without the value: it may quote a person.
fn unreadable(what: &str, error: &serde_json::Error) -> WebError {
    WebError::Internal(format!("a stored {what} of a case cannot be read (line {}, column {})", error.line(), error.column()))
}
