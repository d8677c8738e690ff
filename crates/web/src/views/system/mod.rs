//! Page 3: one system for those who govern it: its whole dossier, in the order of the work, and the stop order.

mod card;
mod parts;
mod sample;

pub use card::{Card, Part, State};
pub use parts::{
    AuthorisationCard, ChannelCard, ClassFields, ClauseField, ConsultationCard, ContractCard, EvaluationCard, KeyRow, KeysCard,
    ModelCard, NoticeCard, NoticeFields, OversightFields, OwnerCard, Preview, SheetCard, SkillChoice, SkillsCard, StartCard,
    StopCard, StudyCard, StudyRow, TrainingCard,
};

use super::workspace::{Missing, Standing};
use crate::layout::{Chrome, page};

/// What the reader may do here.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rights {
    /// Fill in the dossier.
    pub write: bool,
    /// Name an owner, give and withdraw keys.
    pub steer: bool,
    /// Authorise, and withdraw the authorisation.
    pub authorise: bool,
    /// Watch more closely, refuse, retire.
    pub govern: bool,
    /// Stop and resume.
    pub stop: bool,
}

/// The page. The forms of each part and their fields are written on its card's type.
#[derive(Debug, Clone)]
pub struct SystemPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name.
    pub name: String,
    /// What it is for, a sentence.
    pub purpose: String,
    /// Address of this page, prefix of its forms.
    pub url: String,
    /// Its public page.
    pub public_url: String,
    /// Where it stands.
    pub standing: Standing,
    /// Key of where it is in its life.
    pub stage: &'static str,
    /// What is missing; the first is the next step.
    pub missing: Vec<Missing>,
    /// Fields of its record that a source prefilled and nobody accepted yet.
    pub record_proposed: usize,
    /// Fields of its record that somebody must look at.
    pub record_review: usize,
    /// What the reader may do.
    pub rights: Rights,
    /// The short way, while it is open.
    pub start: Option<StartCard>,
    /// What it is.
    pub sheet: SheetCard,
    /// The model, who runs it, and the version: filled in on [`SupplyPage`].
    pub model: Card,
    /// Who answers for it.
    pub owner: OwnerCard,
    /// The impact studies.
    pub study: StudyCard,
    /// What citizens are told.
    pub notice: NoticeCard,
    /// How a person is reached.
    pub channel: ChannelCard,
    /// What the public was asked.
    pub consultation: ConsultationCard,
    /// The know-how to preserve.
    pub skills: SkillsCard,
    /// The training before first use.
    pub training: TrainingCard,
    /// Its own evaluation.
    pub evaluation: EvaluationCard,
    /// The contract of its host: filled in on [`SupplyPage`].
    pub contract: Card,
    /// The keys of applications.
    pub keys: KeysCard,
    /// The right to run.
    pub authorisation: AuthorisationCard,
    /// The stop order.
    pub stop: StopCard,
}
page!(SystemPage, "system.html");

/// What the system is made of and who supplies it, on a page of its own.
#[derive(Debug, Clone)]
pub struct SupplyPage {
    /// What surrounds the page.
    pub chrome: Chrome,
    /// Name of the system.
    pub name: String,
    /// The dossier, prefix of the forms.
    pub url: String,
    /// What the reader may do.
    pub rights: Rights,
    /// The model, who runs it, and the version.
    pub model: ModelCard,
    /// The contract of the host.
    pub contract: ContractCard,
}
page!(SupplyPage, "supply.html");

impl SystemPage {
    /// Whether the classification is shown unfolded: something is filled in, or wrong.
    pub fn class_is_open(&self) -> bool {
        self.sheet.classification.begun || self.chrome.errors.iter().any(|error| error.field.starts_with("class-"))
    }

    /// The cards, in the order of the work.
    pub fn cards(&self) -> [&Card; 14] {
        [
            &self.sheet.card,
            &self.model,
            &self.owner.card,
            &self.study.card,
            &self.notice.card,
            &self.channel.card,
            &self.consultation.card,
            &self.skills.card,
            &self.training.card,
            &self.evaluation.card,
            &self.contract,
            &self.keys.card,
            &self.authorisation.card,
            &self.stop.card,
        ]
    }
}
