//! What the system is made of and who supplies it: model, host, version and contract, on a page of their own.

use axum::Router;
use axum::response::Html;
use axum::routing::get;

use super::{Cards, Dossier, contract, model};
use crate::layout::Chrome;
use crate::site::app::App;
use crate::site::error::WebError;
use crate::site::outlook::Outlook;
use crate::views::system::{Part, SupplyPage};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/supply", get(show))
}

/// GET /referent/systems/{id}/supply
async fn show(dossier: Dossier) -> Result<Html<String>, WebError> {
    let chrome = dossier.signed.chrome(&dossier.app);
    dossier.supply_page(chrome, None)
}

impl Dossier {
    /// The page; `refused` is the part whose form comes back.
    pub(super) fn supply_page(&self, mut chrome: Chrome, refused: Option<Part>) -> Result<Html<String>, WebError> {
        let outlook = Outlook::of(&self.app, &self.known, &self.id, self.now)?;
        let cards = Cards { dossier: self, outlook: &outlook, refused, done: self.done(&mut chrome) };
        let page = SupplyPage {
            name: self.system.sheet.name.clone(),
            url: self.url(),
            rights: self.rights(),
            model: model::card(&cards),
            contract: contract::card(&cards)?,
            chrome,
        };
        Ok(Html(page.render(self.locale())?))
    }
}
