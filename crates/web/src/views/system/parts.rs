//! What each card adds to [`Card`]: the choices that its form offers and what its fields hold today.

use super::card::Card;
use crate::layout::{Choice, Fact};
use crate::views::workspace::Missing;

/// POST `{url}/sheet`: `sheet-name`, `sheet-purpose-fr`, `sheet-purpose-en`, `sheet-objective`, `sheet-risk`,
/// `sheet-automation`, `sheet-self-learning`, `sheet-sensitive`, `sheet-touches`, `sheet-decisions`.
#[derive(Debug, Clone)]
pub struct SheetCard {
    /// What every card says.
    pub card: Card,
    /// Name.
    pub name: String,
    /// Purpose, in French.
    pub purpose_fr: String,
    /// Purpose, in English.
    pub purpose_en: String,
    /// Objectives of the strategy.
    pub objectives: Vec<Choice>,
    /// The one that it serves.
    pub objective: String,
    /// `low`, `limited` or `high`.
    pub risk: &'static str,
    /// `assisted` or `full`.
    pub automation: &'static str,
    /// `yes` or `no`.
    pub self_learning: &'static str,
    /// `yes` or `no`.
    pub sensitive: &'static str,
    /// `yes` or `no`.
    pub touches: &'static str,
    /// What may be decided, one a line.
    pub decisions: String,
    /// How it was classified.
    pub classification: ClassFields,
}

/// How a system was classified: `class-prohibited`, `class-annex`, `class-exception`, `class-profiling`, `class-entry`,
/// `class-reasons`.
#[derive(Debug, Clone, Default)]
pub struct ClassFields {
    /// `yes` or `no`.
    pub prohibited: &'static str,
    /// Point of Annex III.
    pub annex: String,
    /// Exception that is claimed.
    pub exception: String,
    /// `yes` or `no`.
    pub profiling: &'static str,
    /// Entry in the Union's database.
    pub entry: String,
    /// Why.
    pub reasons: String,
    /// Whether something of it is filled in.
    pub begun: bool,
}

/// POST `{url}/host`: `host-name`, `host-country`, `host-embedded`, `host-url`, `host-id`, `host-supplier`,
/// `host-jurisdiction`, `host-qualifications`, `host-pue`. POST `{url}/model`: `model-name`, `model-host`, `model-licence`,
/// `model-open`, `model-active`, `model-total`, `model-id`, `model-publisher`, `model-publisher-country`, `model-revision`,
/// `model-data`. POST `{url}/version`: `version-model`, `version-label`.
#[derive(Debug, Clone)]
pub struct ModelCard {
    /// What every card says.
    pub card: Card,
    /// Hosts that are declared.
    pub hosts: Vec<Choice>,
    /// Models that are declared.
    pub models: Vec<Choice>,
    /// What may be published of the data that a model was trained on.
    pub openness: Vec<Choice>,
    /// The model of the version in force.
    pub model: String,
    /// The label proposed for the next version.
    pub next_label: String,
    /// Whether a version was declared before.
    pub again: bool,
    /// Name of the model of this machine, when it is offered; empty when not.
    pub embedded: String,
}

/// POST `{url}/owner`: `owner-person`. POST `{url}/owner/accept`, by the owner. POST `{url}/owner/left`.
#[derive(Debug, Clone)]
pub struct OwnerCard {
    /// What every card says.
    pub card: Card,
    /// People who may answer for a system.
    pub people: Vec<Choice>,
    /// Whether somebody does.
    pub named: bool,
    /// Who does, or whom the form proposes; may be empty.
    pub person: String,
    /// Whether the reader is that person and has not accepted yet.
    pub may_accept: bool,
}

/// The impact studies that are asked, and those that were begun: each has its own page.
#[derive(Debug, Clone)]
pub struct StudyCard {
    /// What every card says.
    pub card: Card,
    /// The studies.
    pub studies: Vec<StudyRow>,
}

/// One study of the system.
#[derive(Debug, Clone)]
pub struct StudyRow {
    /// Its title.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Where it stands: class and key of the tag.
    pub tag: (&'static str, &'static str),
    /// The same in a sentence: who, when; empty before anything is written.
    pub state: String,
    /// Whether the rules ask it.
    pub asked: bool,
}

/// POST `{url}/notice/withdraw`: `notice-reason`. POST `{url}/notice`: `notice-does-{fr,en}`, `notice-does-not-{fr,en}`, `notice-data-{fr,en}`, `notice-counts-{fr,en}`.
#[derive(Debug, Clone)]
pub struct NoticeCard {
    /// What every card says.
    pub card: Card,
    /// Today's words in French.
    pub fr: NoticeFields,
    /// Today's words in English.
    pub en: NoticeFields,
    /// What the citizen reads, in the language of the page; none before the first notice.
    pub preview: Option<Preview>,
}

/// Words of a notice in one language, one sentence a line.
#[derive(Debug, Clone, Default)]
pub struct NoticeFields {
    /// What the tool does.
    pub does: String,
    /// What it does not do.
    pub does_not: String,
    /// `label : source` lines.
    pub data: String,
    /// What counts.
    pub counts: String,
}

/// A notice as the citizen reads it.
#[derive(Debug, Clone)]
pub struct Preview {
    /// What the tool does.
    pub does: Vec<String>,
    /// What it does not do.
    pub does_not: Vec<String>,
    /// What it reads: what, and where it comes from.
    pub data: Vec<(String, String)>,
    /// What counts.
    pub counts: Vec<String>,
}

/// POST `{url}/channel`: `channel-telephone`, `channel-hours`.
#[derive(Debug, Clone)]
pub struct ChannelCard {
    /// What every card says.
    pub card: Card,
    /// Telephone number.
    pub telephone: String,
    /// When it is answered.
    pub hours: String,
}

/// Its forms are on a page of their own, at `{url}/consultation`.
#[derive(Debug, Clone)]
pub struct ConsultationCard {
    /// What every card says.
    pub card: Card,
    /// Key of the words that lead to that page.
    pub go: &'static str,
}

/// POST `{url}/skills`: `skills-plan`, `skills-{id}` for each skill at risk, `skills-quota`, `skills-continuity`. POST
/// `{url}/drill`: `drill-on`, `drill-until`, `drill-result`.
#[derive(Debug, Clone)]
pub struct SkillsCard {
    /// What every card says.
    pub card: Card,
    /// The plan.
    pub plan: String,
    /// The administration's skills.
    pub skills: Vec<SkillChoice>,
    /// Share of the cases done without it, percent; empty when none.
    pub quota: String,
    /// How the service goes on when it is stopped.
    pub continuity: String,
}

/// A skill that the system may put at risk.
#[derive(Debug, Clone)]
pub struct SkillChoice {
    /// Its identifier.
    pub value: String,
    /// Its name.
    pub words: String,
    /// `yes` when it is at risk.
    pub checked: &'static str,
}

/// POST `{url}/training`: `training-module`.
#[derive(Debug, Clone)]
pub struct TrainingCard {
    /// What every card says.
    pub card: Card,
    /// Modules that exist.
    pub modules: Vec<Choice>,
    /// The one of this system.
    pub module: String,
    /// Where it is read; empty before one is chosen.
    pub url: String,
    /// Agents who hold an attestation: name, last day.
    pub certified: Vec<(String, String)>,
    /// Agents who do not.
    pub waiting: Vec<String>,
}

/// POST `{url}/oversight`: `oversight-judged`, `oversight-wrong`, `oversight-caught`, `oversight-without`,
/// `oversight-findings`. POST `{url}/evaluation`: `evaluation-set`, `evaluation-passed`, `evaluation-total`, `evaluation-required`,
/// `evaluation-smaller`.
#[derive(Debug, Clone)]
pub struct EvaluationCard {
    /// What every card says.
    pub card: Card,
    /// Identifier and version of the evaluation set.
    pub set: String,
    /// Right answers.
    pub passed: String,
    /// Questions.
    pub total: String,
    /// Right answers needed.
    pub required: String,
    /// Smaller models that pass as well.
    pub smaller: String,
    /// What showed that people keep the hand; none for a system that touches no case.
    pub oversight: Option<OversightFields>,
}

/// Figures of cases judged beside the system, as they are recorded, or as the case desk counts them.
#[derive(Debug, Clone, Default)]
pub struct OversightFields {
    /// What is recorded.
    pub facts: Vec<Fact>,
    /// Cases where a person judged first.
    pub judged: String,
    /// Wrong proposals among them.
    pub wrong: String,
    /// Wrong proposals that were not followed.
    pub caught: String,
    /// Cases done without the system.
    pub without: String,
    /// What was learnt.
    pub findings: String,
    /// Whether the figures are those of the case desk, to be recorded.
    pub counted: bool,
}

/// POST `{url}/contract`: `contract-reference`, `-until`, `-supplier`, `-procedure`, `-signed`, and for each kind of clause
/// `clause-{kind}` (its evidence or empty), `clause-{kind}-until`, `clause-{kind}-tested`. POST `{url}/contract/end`:
/// `contract-end-reason`.
#[derive(Debug, Clone)]
pub struct ContractCard {
    /// What every card says.
    pub card: Card,
    /// Name of the host that it covers; empty before a model is chosen.
    pub host: String,
    /// Whether the administration runs the model itself.
    pub embedded: bool,
    /// Whether a contract is recorded.
    pub signed: bool,
    /// Reference of the contract.
    pub reference: String,
    /// Legal name of the supplier.
    pub supplier: String,
    /// How it was bought.
    pub procedure: String,
    /// Day of the signature, `2026-11-24`.
    pub signed_on: String,
    /// Last day, `2027-11-24`.
    pub until: String,
    /// The clauses that the rules ask of this system.
    pub asked: Vec<ClauseField>,
    /// The others.
    pub others: Vec<ClauseField>,
}

/// One clause and its evidence.
#[derive(Debug, Clone, Default)]
pub struct ClauseField {
    /// Name of its field.
    pub field: String,
    /// What the supplier is held to.
    pub words: String,
    /// What proves it.
    pub hint: String,
    /// Where it comes from.
    pub law: String,
    /// Page or annex; empty when it is not in the contract.
    pub evidence: String,
    /// Last day of what the evidence proves; empty when it is the contract's.
    pub until: String,
    /// Day on which it was tried; empty when it was not.
    pub tested: String,
    /// Whether it counts once it was tried.
    pub tried: bool,
}

/// POST `{url}/keys`: `key-label`, `key-until` and `key-person`, an address (both may be empty), `key-opens` and the boxes of
/// [`KeysCard::scopes`]. POST `{url}/keys/{id}/renew`: `renew-{id}`, days. POST `{url}/keys/{id}/revoke`.
#[derive(Debug, Clone)]
pub struct KeysCard {
    /// What every card says.
    pub card: Card,
    /// What applications call, ending in `/v1`.
    pub base_url: String,
    /// Name of the model that they ask for; empty before a version is declared.
    pub model: String,
    /// Whether each call must name a case.
    pub names_case: bool,
    /// What a key may open: the field of each, and the key of its words.
    pub scopes: Vec<(String, String)>,
    /// The keys, the last given first.
    pub keys: Vec<KeyRow>,
    /// The key just given: shown once, kept nowhere.
    pub minted: String,
}

/// One key.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// What it is for.
    pub label: String,
    /// Its public part.
    pub id: String,
    /// Whose own key it is, in words; empty for the key of an application.
    pub holder: String,
    /// Given when, ends when, in words.
    pub dates: String,
    /// What it opens, in words; empty when everything.
    pub opens: String,
    /// Until when the secret before the last renewal opens, in words; empty when it does not.
    pub previous: String,
    /// Whether it opens the door today.
    pub in_force: bool,
}

/// POST `{url}/authorisation`: `authorisation-scope`, `authorisation-until`. POST `{url}/authorisation/trial`: `trial-scope`,
/// `trial-until`. POST `{url}/authorisation/end`: `end-reason`.
#[derive(Debug, Clone)]
pub struct AuthorisationCard {
    /// What every card says.
    pub card: Card,
    /// Scope of the authorisation in force, or of the last one.
    pub scope: String,
    /// The last day proposed, `2027-11-24`.
    pub until: String,
    /// The version that would be authorised; empty before one is declared.
    pub version: String,
    /// Of that version, so that nothing else is signed.
    pub digest: String,
    /// Whether one is in force for the version.
    pub in_force: bool,
    /// What must hold before it can be given for the service.
    pub before: Vec<Missing>,
    /// What must hold before a bounded trial.
    pub before_trial: Vec<Missing>,
    /// The last day proposed for a trial, `2027-02-24`.
    pub trial_until: String,
    /// Whether the référent may give it: the system weighs on nobody's rights.
    pub by_referent: bool,
}

impl AuthorisationCard {
    /// Whether less is asked of a trial than of the service.
    pub fn trial_is_nearer(&self) -> bool {
        self.before_trial.len() < self.before.len()
    }
}

/// POST `{url}/stop` or `{url}/resume`: `stop-reason`. POST `{url}/watch` or `{url}/watch/end`: `watch-reason`.
/// POST `{url}/refuse`: `refuse-reason`. POST `{url}/retire`: `retire-reason`, `retire-records`.
#[derive(Debug, Clone)]
pub struct StopCard {
    /// What every card says.
    pub card: Card,
    /// Whether a stop order is in force.
    pub stopped: bool,
    /// Whether it is under closer watch.
    pub watched: bool,
    /// Whether it holds or held a mandate: it can be retired, and no longer refused.
    pub mandated: bool,
    /// Whether it was refused or retired: nothing more is done with it.
    pub closed: bool,
}

/// The short way of an assistant that weighs on nobody. POST `{url}/start`: `start-country`, `start-person`, `start-telephone`,
/// `start-hours`, `start-module`.
#[derive(Debug, Clone)]
pub struct StartCard {
    /// Name of the model that this machine runs.
    pub model: String,
    /// Who may answer for it.
    pub people: Vec<Choice>,
    /// The only one who may; empty when there are several.
    pub person: String,
    /// The switchboard.
    pub telephone: String,
    /// When it is answered.
    pub hours: String,
    /// The training modules.
    pub modules: Vec<Choice>,
    /// The one that suits.
    pub module: String,
}
