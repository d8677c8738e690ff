//! A town fills its first dossier through the forms, each person in their own browser.

use crate::world::{Browser, World};

/// Identifier that the name of the system gives it.
pub const ID: &str = "orientation-du-courrier";

/// The browsers of the town.
pub struct Town {
    pub claire: Browser,
    pub julien: Browser,
    pub samir: Browser,
    pub helene: Browser,
    /// A resident, without an account.
    pub nadia: Browser,
}

impl Town {
    pub async fn new(world: &World) -> Self {
        world.people().await;
        Self {
            claire: world.signed_in("claire").await,
            julien: world.signed_in("julien").await,
            samir: world.signed_in("samir").await,
            helene: world.signed_in("helene").await,
            nadia: world.browser(),
        }
    }

    /// Everything but the authorisation.
    pub async fn fill(&mut self) {
        self.organisation().await;
        self.declare("limited", "yes").await;
        self.identity().await;
        self.assurances().await;
        self.samir.submit(&format!("/training/{ID}"), &QUIZ).await;
    }

    pub async fn organisation(&mut self) {
        let claire = &mut self.claire;
        claire.submit("/referent/organisation/sheet", &SHEET_OF_TOWN).await;
        claire.submit("/referent/organisation/strategy", &STRATEGY).await;
        claire.submit("/referent/organisation/referent", &[("referent-person", "claire")]).await;
    }

    pub async fn declare(&mut self, risk: &str, touches: &str) {
        let fields = [
            ("name", "Orientation du courrier"),
            ("purpose", "proposer le service qui traitera une demande"),
            ("touches", touches),
            ("risk", risk),
        ];
        let answer = self.claire.post("/referent/systems", &fields).await;
        assert_eq!(answer.location, format!("/referent/systems/{ID}?done=saved"));
    }

    /// Sheet, host, model, version, owner.
    pub async fn identity(&mut self) {
        self.claire.submit(&at("sheet"), &SHEET).await;
        self.model().await;
        self.claire.submit(&at("owner"), &[("owner-person", "julien")]).await;
        let page = self.julien.submit(&at("owner/accept"), &[]).await;
        assert!(page.says("Votre acceptation est inscrite au journal public."));
    }

    pub async fn model(&mut self) {
        self.claire.submit(&at("host"), &HOST).await;
        self.claire.submit(&at("model"), &MODEL).await;
        self.claire.submit(&at("version"), &[("version-model", "petit"), ("version-label", "1")]).await;
    }

    /// Study, notice, channel, consultation, skills, training, evaluation.
    pub async fn assurances(&mut self) {
        self.claire.submit(&at("study/rights"), &STUDY).await;
        sign(&mut self.helene, "rights").await;
        self.claire.submit(&at("notice"), &NOTICE).await;
        self.claire.submit(&at("channel"), &CHANNEL).await;
        self.consult().await;
        self.claire.submit(&at("skills"), &[("skills-plan", "Un jour sur cinq sans l’outil.")]).await;
        self.claire.submit(&at("training"), &[("training-module", "orientation-courrier")]).await;
        self.claire.submit(&at("evaluation"), &EVALUATION).await;
    }

    /// Opened, contributed to, moderated, answered, closed before the announced end.
    pub async fn consult(&mut self) {
        self.claire.submit(&at("consultation/open"), &CONSULTATION).await;
        let page = self.nadia.submit(&format!("/consultations/{ID}"), &CONTRIBUTION).await;
        assert!(page.says("Votre contribution est reçue"));
        self.claire.submit(&at("consultation/contributions/1/publish"), &[]).await;
        self.claire.submit(&at("consultation/contributions/1/answer"), &[("answer-1", "Retenu : un agent décide.")]).await;
        self.claire.submit(&at("consultation/close"), &CLOSED).await;
    }

    pub async fn authorise(&mut self) -> crate::world::Answer {
        let digest = field_in(&self.helene.get(&format!("/referent/systems/{ID}")).await.body, "authorisation-digest");
        self.helene.submit(&at("authorisation"), &[&AUTHORISATION[..], &[("authorisation-digest", &digest)]].concat()).await
    }
}

/// Address of a form of the system.
pub fn at(form: &str) -> String {
    format!("/referent/systems/{ID}/{form}")
}

/// What a hidden field of the page holds: the digest of what is read, and signed.
pub fn field_in(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let value = page.split(mark.as_str()).nth(1).unwrap_or_else(|| panic!("no field {name}: {page}"));
    value.split('"').next().unwrap().to_owned()
}

/// Reads a study, and signs what was read.
pub async fn sign(browser: &mut Browser, study: &str) -> crate::world::Answer {
    let read = browser.get(&at(&format!("study/{study}/print"))).await;
    let fields = [("sign-until", "2027-11-24"), ("sign-digest", &field_in(&read.body, "sign-digest"))];
    browser.submit(&at(&format!("study/{study}/sign")), &fields).await
}

pub type Fields<const N: usize> = [(&'static str, &'static str); N];

pub const SHEET_OF_TOWN: Fields<3> =
    [("organisation-name", "Commune de Val-d’Ormes"), ("organisation-siret", "213 100 001 00014"), ("log", "yes")];
pub const STRATEGY: Fields<4> = [
    ("strategy-title", "Feuille de route numérique"),
    ("strategy-url", "https://val-dormes.example/feuille-de-route"),
    ("strategy-adopted", "2026-03-12"),
    ("strategy-objectives", "Répondre plus vite\r\nGarder le savoir-faire\r\n"),
];
pub const SHEET: Fields<10> = [
    ("sheet-name", "Orientation du courrier"),
    ("sheet-purpose-fr", "proposer le service qui traitera une demande"),
    ("sheet-purpose-en", "propose the department that will handle a request"),
    ("sheet-objective", "repondre-plus-vite"),
    ("sheet-risk", "limited"),
    ("sheet-automation", "assisted"),
    ("sheet-self-learning", "no"),
    ("sheet-sensitive", "no"),
    ("sheet-touches", "yes"),
    ("sheet-decisions", "État civil\nUrbanisme\nÉcole\nAide sociale\nVoirie"),
];
pub const HOST: Fields<5> = [
    ("host-name", "La commune elle-même"),
    ("host-embedded", "yes"),
    ("host-country", "fr"),
    ("host-url", ""),
    ("host-id", "local"),
];
pub const MODEL: Fields<7> = [
    ("model-name", "Qwen2.5-Coder 1.5B"),
    ("model-host", "local"),
    ("model-open", "yes"),
    ("model-licence", "Apache-2.0"),
    ("model-total", "1,5"),
    ("model-active", "1.5"),
    ("model-id", "petit"),
];
pub const STUDY: Fields<22> = [
    ("q-usage", "À l’accueil, avant la distribution du courrier."),
    ("q-effet", "ordre"),
    ("q-droit", "no"),
    ("q-debut", "2026-12-01"),
    ("q-frequence", "40"),
    ("q-personnes", "Toute personne qui écrit à la mairie."),
    ("q-fragiles.personne", "personne"),
    ("q-donnees-personnelles", "no"),
    ("q-risques", "Une erreur retarde la réponse."),
    ("q-gravite", "demarche"),
    ("q-erreurs", "parfois"),
    ("q-discrimination", "compare"),
    ("q-comparaison", "Les erreurs relevées pendant l’essai."),
    ("q-controle", "L’agent juge avant l’outil et décide."),
    ("q-avant", "yes"),
    ("q-temps", "yes"),
    ("q-arret", "no"),
    ("q-mesures", "L’accueil réoriente le jour même."),
    ("q-information", "yes"),
    ("q-humain", "yes"),
    ("q-contester", "Par courrier ou au guichet."),
    ("q-delai", "15"),
];
pub const NOTICE: Fields<8> = [
    ("notice-does-fr", "L’outil lit votre demande et propose un service."),
    ("notice-does-not-fr", "Il ne décide pas.\nIl ne connaît pas votre nom."),
    ("notice-data-fr", "le texte de votre demande : votre message"),
    ("notice-counts-fr", ""),
    ("notice-does-en", "The tool reads your request and proposes a department."),
    ("notice-does-not-en", "It does not decide."),
    ("notice-data-en", "the text of your request: your message"),
    ("notice-counts-en", ""),
];
pub const CHANNEL: Fields<2> = [("channel-telephone", "01 99 00 12 34"), ("channel-hours", "du lundi au vendredi, de 9 h à 17 h")];
pub const CONSULTATION: Fields<4> = [
    ("consultation-question", "Faut-il un outil pour orienter le courrier ?"),
    ("consultation-closes", "2026-12-15"),
    ("consultation-due", "2027-01-15"),
    ("consultation-url", ""),
];
pub const CONTRIBUTION: Fields<4> = [
    ("contribution-words", "Oui, si une personne lit toujours ma lettre."),
    ("contribution-name", "Nadia F."),
    ("contribution-email", "nadia@courriel.example"),
    ("website", ""),
];
pub const CLOSED: Fields<2> =
    [("consultation-answer", "Oui, avec un avis humain d’abord."), ("consultation-early", "réunion publique avancée")];
pub const EVALUATION: Fields<5> = [
    ("evaluation-set", "orientation-courrier 2"),
    ("evaluation-passed", "23"),
    ("evaluation-total", "24"),
    ("evaluation-required", "21"),
    ("evaluation-smaller", "0"),
];
pub const CONTRACT: Fields<5> = [
    ("contract-reference", "2026-17"),
    ("contract-until", "2028-06-30"),
    ("clause-environment", "CCAP, art. 7"),
    ("clause-social", ""),
    ("clause-no-training", "CCAP, art. 21"),
];
pub const AUTHORISATION: Fields<2> = [("authorisation-scope", "Accueil de la mairie"), ("authorisation-until", "2027-11-24")];
/// The right answers, one more than needed.
pub const QUIZ: Fields<5> = [("q1", "1"), ("q2", "2"), ("q3", "0"), ("q4", "1"), ("q5", "0")];
