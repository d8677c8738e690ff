//! Consultations that take place on this site, and what people contribute to them.
//!
//! The register says that a consultation is opened, closed or reopened; the row of the consultation follows in the same
//! transaction. Whoever contributes, moderates or answers takes that row first, so that nothing slips in beside a closing.

use gouvernail_register::{Event, Register};
use jiff::Timestamp;

use crate::row::{micros, time};
use crate::{Result, Store, StoreError};

statements! {
    OPEN = "insert into consultation (id, system, closes, received) values ($1, $2, $3, 0)";
    // Waits for whoever holds the row; no row is a consultation that takes place elsewhere.
    CLOSE = "update consultation set closed = $2 where id = $1 and closed is null returning received";
    REOPEN = "update consultation set closed = null, closes = $2 where id = $1";
    WAITING = "select count(*) from contribution where consultation = $1 \
               and (state = 'pending' or (state = 'published' and answer = ''))";
    TAKE = "update consultation set received = received + 1 where id = $1 and closed is null and closes > $2 returning received";
    HOLD = "update consultation set received = received where id = $1 returning closed";
    INSERT = "insert into contribution (consultation, n, received, name, email, words, state, reason, answer) \
              values ($1, $2, $3, $4, $5, $6, 'pending', '', '')";
    MODERATE = "update contribution set state = $3, reason = $4 where consultation = $1 and n = $2";
    ANSWER = "update contribution set answer = $3, answered = $4, answered_by = $5 \
              where consultation = $1 and n = $2 and state = 'published'";
    LIST = "select n, received, name, email, words, state, reason, answer, answered from contribution \
            where consultation = $1 order by n";
}

/// What an act of the register makes of the contributions.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Turn {
    /// A consultation opens on this site.
    Open { id: String, system: String, closes: Timestamp },
    /// A consultation is closed with so many contributions, each answered.
    Close { id: String, at: Timestamp, contributions: i64 },
    /// It takes contributions again.
    Reopen { id: String, closes: Timestamp },
}

impl Turn {
    /// What `event`, recorded at `at` on this register, asks for; one that takes place elsewhere has nothing here.
    pub(crate) fn of(register: &Register, event: &Event, at: Timestamp) -> Option<Self> {
        match event {
            Event::ConsultationOpened { system, consultation, closes, url, .. } if url.is_empty() && !consultation.is_empty() => {
                Some(Self::Open { id: consultation.clone(), system: system.clone(), closes: *closes })
            }
            Event::ConsultationAnswered { consultation, contributions, .. } if !consultation.is_empty() => {
                Some(Self::Close { id: consultation.clone(), at, contributions: i64::from(*contributions) })
            }
            Event::ConsultationReopened { system, due, .. } => {
                let held = register.systems.get(system)?.consultation.as_ref()?;
                Some(Self::Reopen { id: held.id.clone(), closes: *due })
            }
            _ => None,
        }
    }
}

/// Does it inside a transaction `$tx`.
macro_rules! take_turn {
    ($tx:ident, $turn:expr) => {
        match $turn {
            $crate::consultations::Turn::Open { id, system, closes } => {
                let open = sqlx::query($crate::consultations::OPEN).bind(id).bind(system);
                open.bind($crate::row::micros(*closes)).execute(&mut *$tx).await?;
            }
            $crate::consultations::Turn::Close { id, at, contributions } => {
                let close = sqlx::query_as($crate::consultations::CLOSE).bind(id).bind($crate::row::micros(*at));
                let received: Option<(i64,)> = close.fetch_optional(&mut *$tx).await?;
                if let Some((received,)) = received {
                    let waiting = sqlx::query_as($crate::consultations::WAITING).bind(id);
                    let (waiting,): (i64,) = waiting.fetch_one(&mut *$tx).await?;
                    $crate::consultations::all_answered(waiting, received, *contributions)?;
                }
            }
            $crate::consultations::Turn::Reopen { id, closes } => {
                let reopen = sqlx::query($crate::consultations::REOPEN).bind(id);
                reopen.bind($crate::row::micros(*closes)).execute(&mut *$tx).await?;
            }
        }
    };
}

pub(crate) fn all_answered(waiting: i64, received: i64, said: i64) -> Result<()> {
    match (waiting, received == said) {
        (0, true) => Ok(()),
        (0, false) => Err(StoreError::Conflict { what: "the number of contributions", expected: said, found: received }),
        (waiting, _) => Err(StoreError::Unanswered(waiting)),
    }
}

/// What somebody says, without an account.
#[derive(Clone, Debug)]
pub struct NewContribution {
    /// When.
    pub at: Timestamp,
    /// Name to show; empty when they gave none.
    pub name: String,
    /// Address for the answer, never published; empty when they gave none.
    pub email: String,
    /// What they say.
    pub words: String,
}

/// Where a contribution stands before the public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moderation {
    /// Nobody has read it yet.
    Pending,
    /// Shown.
    Published,
    /// Kept, its place shown with this reason.
    SetAside(String),
}

/// A contribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Its place in the consultation, from 1.
    pub n: i64,
    /// When it came.
    pub received: Timestamp,
    /// Name to show; may be empty.
    pub name: String,
    /// Address for the answer, never published; may be empty.
    pub email: String,
    /// What it says.
    pub words: String,
    /// Whether it is shown.
    pub moderation: Moderation,
    /// The reasoned answer, and when it was given.
    pub answer: Option<(String, Timestamp)>,
}

impl Contribution {
    /// Whether something is still owed: a reading, or an answer.
    #[must_use]
    pub fn waits(&self) -> bool {
        match self.moderation {
            Moderation::Pending => true,
            Moderation::Published => self.answer.is_none(),
            Moderation::SetAside(_) => false,
        }
    }
}

type Row = (i64, i64, String, String, String, String, String, String, Option<i64>);

fn contribution((n, received, name, email, words, state, reason, answer, answered): Row) -> Result<Contribution> {
    let moderation = match state.as_str() {
        "pending" => Moderation::Pending,
        "published" => Moderation::Published,
        "set_aside" => Moderation::SetAside(reason),
        other => return Err(StoreError::BadRow { what: "state of a contribution", reason: other.to_owned() }),
    };
    let answer = answered.map(|at| Ok::<_, StoreError>((answer, time(at)?))).transpose()?;
    Ok(Contribution { n, received: time(received)?, name, email, words, moderation, answer })
}

impl Store {
    /// Takes a contribution; its place, or nothing when the consultation is closed or takes place elsewhere.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn contribute(&self, consultation: &str, new: &NewContribution) -> Result<Option<i64>> {
        let at = micros(new.at);
        Ok(writing!(self, |tx| {
            let take = sqlx::query_as(TAKE).bind(consultation).bind(at);
            let place: Option<(i64,)> = take.fetch_optional(&mut *tx).await?;
            if let Some((n,)) = place {
                let insert = sqlx::query(INSERT).bind(consultation).bind(n).bind(at);
                insert.bind(&new.name).bind(&new.email).bind(&new.words).execute(&mut *tx).await?;
            }
            place.map(|(n,)| n)
        }))
    }

    /// Shows a contribution or sets it aside. A closed consultation shows no more than it did: one may only be set aside.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such contribution, or none that may move so.
    pub async fn moderate(&self, consultation: &str, n: i64, moderation: &Moderation) -> Result<()> {
        let (state, reason) = match moderation {
            Moderation::Pending => ("pending", ""),
            Moderation::Published => ("published", ""),
            Moderation::SetAside(reason) => ("set_aside", reason.as_str()),
        };
        let may_be_closed = matches!(moderation, Moderation::SetAside(_));
        let moved = writing!(self, |tx| {
            let hold = sqlx::query_as(HOLD).bind(consultation);
            let held: Option<(Option<i64>,)> = hold.fetch_optional(&mut *tx).await?;
            if held.is_none_or(|(closed,)| closed.is_some() && !may_be_closed) {
                return Err(no_contribution(n));
            }
            let moderate = sqlx::query(MODERATE).bind(consultation).bind(n).bind(state).bind(reason);
            moderate.execute(&mut *tx).await?.rows_affected()
        });
        if moved == 0 { Err(no_contribution(n)) } else { Ok(()) }
    }

    /// Gives the reasoned answer to a contribution that is shown, while its consultation is open.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such contribution.
    pub async fn answer_contribution(&self, consultation: &str, n: i64, answer: &str, by: &str, at: Timestamp) -> Result<()> {
        let answered = writing!(self, |tx| {
            let hold = sqlx::query_as(HOLD).bind(consultation);
            let held: Option<(Option<i64>,)> = hold.fetch_optional(&mut *tx).await?;
            if held.is_none_or(|(closed,)| closed.is_some()) {
                return Err(no_contribution(n));
            }
            let query = sqlx::query(ANSWER).bind(consultation).bind(n).bind(answer).bind(micros(at)).bind(by);
            query.execute(&mut *tx).await?.rows_affected()
        });
        if answered == 0 { Err(no_contribution(n)) } else { Ok(()) }
    }

    /// Contributions to a consultation, in the order in which they came.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn contributions(&self, consultation: &str) -> Result<Vec<Contribution>> {
        let rows: Vec<Row> = reading!(self, |db| sqlx::query_as(LIST).bind(consultation).fetch_all(db).await)?;
        rows.into_iter().map(contribution).collect()
    }
}

fn no_contribution(n: i64) -> StoreError {
    StoreError::NotFound { what: "contribution that may be changed", id: n.to_string() }
}
