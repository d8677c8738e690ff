//! Why an act on a case is refused, and how to mend it.

/// An act that the rules of a case do not allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// The history does not start with `Opened`, or is empty.
    #[error("this case has no opening event: record `opened` first")]
    NotOpened,
    /// A second `Opened`.
    #[error("case {0} is already open: use another identifier")]
    AlreadyOpened(String),
    /// A required field is blank.
    #[error("field `{field}` is empty: fill it in")]
    Empty {
        /// Name of the field.
        field: &'static str,
    },
    /// The same use twice.
    #[error("use {0} is already recorded on this case")]
    DuplicateUse(String),
    /// A use that this case does not have.
    #[error("use {0} is not recorded on this case: check the identifier of the call")]
    UnknownUse(String),
    /// The agent has already judged this use.
    #[error("agent {agent} has already judged use {use_id}: a sealed judgement cannot be replaced")]
    AlreadyJudged {
        /// The use judged.
        use_id: String,
        /// The agent's identifier.
        agent: String,
    },
    /// The stored seal does not match the judgement.
    #[error("the seal of the judgement on use {0} does not match its value: the record was altered")]
    BrokenSeal(String),
    /// Reveal before judgement.
    #[error("agent {agent} must give a judgement on use {use_id} before the tool's output is shown")]
    NotJudged {
        /// The use to judge.
        use_id: String,
        /// The agent's identifier.
        agent: String,
    },
    /// Decision before reveal.
    #[error("agent {agent} has not seen the output of use {use_id}: give a judgement, then open it, then decide")]
    NotRevealed {
        /// The use not seen.
        use_id: String,
        /// The agent's identifier.
        agent: String,
    },
    /// Nobody stands behind the act.
    #[error("a decision needs a named person: give the agent's identifier and name")]
    NoNamedHuman,
    /// The reason says nothing.
    #[error("the reason does not explain: write at least {min} characters that say why")]
    NoReason {
        /// Fewest characters accepted.
        min: usize,
    },
    /// A second decision.
    #[error("this case is already decided: a change goes through a contestation")]
    AlreadyDecided,
    /// Notification or contestation before any decision.
    #[error("this case has no decision: a named person must decide before anyone is notified")]
    NotDecided,
    /// A second notification.
    #[error("this decision is already notified")]
    AlreadyNotified,
    /// A complementary letter, and nothing that the person was not told.
    #[error("the person was told of every use on this case: there is nothing to add")]
    NothingToTell,
    /// A new code that is the old one.
    #[error("the new code is the one to be closed: derive another")]
    SameCode,
    /// Contestation before notification.
    #[error("this decision is not notified yet: there is nothing to contest")]
    NotNotified,
    /// The same contestation identifier twice.
    #[error("contestation {0} is already recorded")]
    DuplicateContestation(String),
    /// A contestation that this case does not have.
    #[error("contestation {0} is not recorded on this case")]
    UnknownContestation(String),
    /// The due date is not the legal one.
    #[error("the answer to contestation {id} is due on {expected}, not on {given}: one calendar month (CRPA R*311-12)")]
    WrongDueDate {
        /// The contestation.
        id: String,
        /// What the law gives.
        expected: jiff::civil::Date,
        /// What the event says.
        given: jiff::civil::Date,
    },
    /// The person who decided, first or on an earlier contestation, would judge their own decision.
    #[error("agent {agent} took the contested decision: assign the contestation to somebody else")]
    SameAgent {
        /// The agent's identifier.
        agent: String,
    },
    /// Answered by somebody who was not asked.
    #[error("contestation {contestation} is not assigned to agent {agent}: assign it first")]
    NotAssigned {
        /// The contestation.
        contestation: String,
        /// The agent's identifier.
        agent: String,
    },
    /// Assigned or answered after its answer.
    #[error("contestation {0} is already answered")]
    AlreadyAnswered(String),
    /// The answer is asked for, and there is none yet.
    #[error("contestation {0} is not answered yet")]
    NotAnswered(String),
    /// "Changed" to what stands already.
    #[error("the decision is already `{0}`: maintain it, or choose another")]
    SameDecision(String),
    /// The same request to be called back, twice.
    #[error("a call back to {0} is already asked for")]
    CallbackAlreadyAsked(String),
    /// Nobody asked to be called back.
    #[error("nobody asked to be called back on this case")]
    NoCallback,
    /// Who gives a second look would learn what the tool answered.
    #[error("agent {0} gives a second look on this case: what the tool answered stays closed until they have answered")]
    LooksAgain(String),
    /// What was told says what the tool proposed, and this agent may still have to judge without knowing it.
    #[error("agent {0} has not judged on this case: what was told to the person stays closed until they have answered")]
    StillBlind(String),
}
