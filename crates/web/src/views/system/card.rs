//! The parts of a dossier, in the order of the work, and what every part's card says.

use crate::layout::Fact;
use crate::views::workspace::Missing;

/// A part of the dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What it is and what it is for (propositions 1 and 6).
    Sheet,
    /// The model, who runs it, and the version that is validated (propositions 8 to 10).
    Model,
    /// Who answers for it, with their acceptance (proposition 2).
    Owner,
    /// The impact studies (proposition 11).
    Study,
    /// What the citizen is told (proposition 7).
    Notice,
    /// How a person is reached without the internet (proposition 4).
    Channel,
    /// What the public was asked, and the answer (proposition 14).
    Consultation,
    /// The know-how to preserve (proposition 15).
    Skills,
    /// The training before first use (proposition 5).
    Training,
    /// The system's own evaluation (proposition 8).
    Evaluation,
    /// The contract and its clauses (proposition 12).
    Contract,
    /// The keys of applications.
    Keys,
    /// The right to run (gate G5).
    Authorisation,
    /// The stop order (proposition 6).
    Stop,
}

impl Part {
    /// Every part, in the order of the work.
    pub const ALL: [Part; 14] = [
        Part::Sheet,
        Part::Model,
        Part::Owner,
        Part::Study,
        Part::Notice,
        Part::Channel,
        Part::Consultation,
        Part::Skills,
        Part::Training,
        Part::Evaluation,
        Part::Contract,
        Part::Keys,
        Part::Authorisation,
        Part::Stop,
    ];

    /// Anchor in the page, and the fragment by which requirements point to it.
    pub fn slug(self) -> &'static str {
        self.words().0
    }

    /// Its page within the dossier, as the end of its address; empty for the dossier's own.
    pub fn page(self) -> &'static str {
        match self {
            Part::Model | Part::Contract => "/supply",
            _ => "",
        }
    }

    /// Where it is filled in, in the dossier at this address.
    pub fn address(self, dossier: &str) -> String {
        format!("{dossier}{}#{}", self.page(), self.slug())
    }

    /// Key of its title.
    pub fn title(self) -> &'static str {
        self.words().1
    }

    /// Key of the sentence that says why it is asked.
    pub fn why(self) -> &'static str {
        self.words().2
    }

    /// Key of what to do about it, a few words.
    pub fn fix(self) -> &'static str {
        self.words().3
    }

    /// The part with this anchor.
    pub fn of_slug(slug: &str) -> Option<Part> {
        Part::ALL.into_iter().find(|part| part.slug() == slug)
    }

    fn words(self) -> (&'static str, &'static str, &'static str, &'static str) {
        match self {
            Part::Sheet => ("sheet", "part-sheet", "why-sheet", "fix-sheet"),
            Part::Model => ("model", "part-model", "why-model", "fix-model"),
            Part::Owner => ("owner", "part-owner", "why-owner", "fix-owner"),
            Part::Study => ("study", "part-study", "why-study", "fix-study"),
            Part::Notice => ("notice", "part-notice", "why-notice", "fix-notice"),
            Part::Channel => ("channel", "part-channel", "why-channel", "fix-channel"),
            Part::Consultation => ("consultation", "part-consultation", "why-consultation", "fix-consultation"),
            Part::Skills => ("skills", "part-skills", "why-skills", "fix-skills"),
            Part::Training => ("training", "part-training", "why-training", "fix-training"),
            Part::Evaluation => ("evaluation", "part-evaluation", "why-evaluation", "fix-evaluation"),
            Part::Contract => ("contract", "part-contract", "why-contract", "fix-contract"),
            Part::Keys => ("keys", "part-keys", "why-keys", "fix-keys"),
            Part::Authorisation => ("authorisation", "part-authorisation", "why-authorisation", "fix-authorisation"),
            Part::Stop => ("stop", "part-stop", "why-stop", "fix-stop"),
        }
    }
}

/// Whether a part holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It holds now.
    Held,
    /// It was begun, or no longer holds.
    Begun,
    /// Nothing yet.
    Absent,
    /// No rule asks it of this system.
    NotAsked,
}

impl State {
    /// Key of the words of its tag.
    pub fn key(self) -> &'static str {
        match self {
            State::Held => "state-held",
            State::Begun => "state-begun",
            State::Absent => "state-absent",
            State::NotAsked => "state-not-asked",
        }
    }

    /// Class of its tag.
    pub fn class(self) -> &'static str {
        match self {
            State::Held => "ok",
            State::Begun => "warn",
            State::Absent => "",
            State::NotAsked => "quiet",
        }
    }
}

/// What every card says.
#[derive(Debug, Clone)]
pub struct Card {
    /// Which part.
    pub part: Part,
    /// Whether it holds.
    pub state: State,
    /// What is missing in it.
    pub lacks: Vec<Missing>,
    /// What is recorded.
    pub facts: Vec<Fact>,
    /// Whether its form is shown open.
    pub open: bool,
    /// One sentence that confirms what has just been done here; empty when there is none.
    pub done: String,
    /// Where to go on once it is done: address, and key of what to do there.
    pub next: Option<(String, &'static str)>,
}

impl Card {
    /// Class and key of its tag. That no stop order is in force is not worth one.
    pub fn tag(&self) -> Option<(&'static str, &'static str)> {
        match (self.part, self.state) {
            (Part::Stop, State::Held) => None,
            (Part::Stop, _) => Some(("stop", "standing-stopped")),
            (_, state) => Some((state.class(), state.key())),
        }
    }
}
