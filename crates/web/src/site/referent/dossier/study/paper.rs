//! The study as it was handed over: read, printed, signed.

use axum::response::{Html, IntoResponse};

use super::{Desk, SIGNATORIES, Stands, handed_over};
use crate::layout::Chrome;
use crate::site::Page;
use crate::site::error::WebError;
use crate::views::study::StudyPaper;

/// GET /referent/systems/{id}/study/{kind}/print
pub(super) async fn show(desk: Desk) -> Page {
    if desk.written().is_none() {
        return Err(WebError::NotFound);
    }
    let chrome = desk.dossier.signed.chrome(&desk.dossier.app);
    Ok(desk.paper(chrome).await?.into_response())
}

impl Desk {
    pub(super) async fn paper(&self, chrome: Chrome) -> Result<Html<String>, WebError> {
        let study = self.written();
        let answers = study.map(handed_over).unwrap_or_default();
        let stands = self.stands();
        let why_not = self.why_not(stands).await?;
        let signs = self.dossier.signed.allow(&SIGNATORIES).is_ok();
        let page = StudyPaper {
            system: (self.dossier.system.sheet.name.clone(), self.dossier.url()),
            url: self.url(),
            title: self.title(),
            tag: stands.tag(),
            notices: self.notices(),
            facts: self.facts(),
            digest: study.map(gouvernail_register::Study::digest).unwrap_or_default(),
            score: self.score_view(&answers),
            sections: self.sections(&answers),
            may_sign: why_not.is_none(),
            may_return: signs && matches!(stands, Stands::ToSign | Stands::Signed),
            why_not: why_not.unwrap_or_default(),
            until: self.last_day().to_string(),
            months: self.questionnaire().months as usize,
            chrome,
        };
        Ok(Html(page.render(self.dossier.locale())?))
    }

    /// Why the reader may not sign it now; none when they may.
    async fn why_not(&self, stands: Stands) -> Result<Option<String>, WebError> {
        let locale = self.dossier.locale();
        if !matches!(stands, Stands::ToSign | Stands::Expired | Stands::Signed | Stands::Returned) {
            return Ok(Some(String::new()));
        }
        if self.dossier.signed.allow(&SIGNATORIES).is_err() {
            return Ok(Some(locale.t("study-who-signs")));
        }
        Ok(self.wrote().await?.then(|| locale.t("study-own")))
    }
}
