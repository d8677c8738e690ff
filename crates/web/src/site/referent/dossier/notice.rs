//! What citizens are told of the system.

use axum::Router;
use gouvernail_register::{Event, NoticeData, NoticeWords};

use super::{Cards, Dossier};
use crate::i18n::Lang;
use crate::site::Page;
use crate::site::app::App;
use crate::site::form::{Body, Filled};
use crate::site::referent::form;
use crate::views::system::{NoticeCard, NoticeFields, Part, Preview};

pub(super) fn routes() -> Router<App> {
    Router::new().route("/referent/systems/{id}/notice", form(publish))
}

pub(super) fn card(cards: &Cards<'_>) -> NoticeCard {
    let dossier = cards.dossier;
    let notice = dossier.system.notice.as_ref();
    let read = notice.map(|notice| match dossier.locale().lang() {
        Lang::Fr => &notice.fr,
        Lang::En => &notice.en,
    });
    NoticeCard {
        card: cards.card_in(Part::Notice, cards.outlook.state(Part::Notice, notice.is_some()), Vec::new()),
        fr: notice.map(|notice| fields(&notice.fr)).unwrap_or_default(),
        en: notice.map(|notice| fields(&notice.en)).unwrap_or_default(),
        preview: read.map(preview),
    }
}

fn fields(words: &NoticeWords) -> NoticeFields {
    let data: Vec<String> = words.data.iter().map(|data| format!("{} : {}", data.label, data.source)).collect();
    NoticeFields {
        does: words.does.join("\n"),
        does_not: words.does_not.join("\n"),
        data: data.join("\n"),
        counts: words.counts.join("\n"),
    }
}

fn preview(words: &NoticeWords) -> Preview {
    Preview {
        does: words.does.clone(),
        does_not: words.does_not.clone(),
        data: words.data.iter().map(|data| (data.label.clone(), data.source.clone())).collect(),
        counts: words.counts.clone(),
    }
}

/// POST /referent/systems/{id}/notice
async fn publish(dossier: Dossier, body: Body) -> Page {
    dossier.must(dossier.rights().write)?;
    let mut form = dossier.form(body);
    let (fr, en) = (words(&mut form, "fr", &dossier), words(&mut form, "en", &dossier));
    let event = Event::NoticePublished { system: dossier.id.clone(), fr, en };
    dossier.act(form, (Part::Notice, "notice-does-fr"), "saved", vec![event]).await
}

fn words(form: &mut Filled<'_>, lang: &str, dossier: &Dossier) -> NoticeWords {
    NoticeWords {
        does: form.lines(&format!("notice-does-{lang}")),
        does_not: form.lines(&format!("notice-does-not-{lang}")),
        data: data(form, &format!("notice-data-{lang}"), dossier),
        counts: form.optional_lines(&format!("notice-counts-{lang}")),
    }
}

/// `what : where it comes from`, one a line.
fn data(form: &mut Filled<'_>, field: &str, dossier: &Dossier) -> Vec<NoticeData> {
    let mut data = Vec::new();
    for line in form.lines(field) {
        match line.split_once(':').map(|(label, source)| (label.trim(), source.trim())) {
            Some((label, source)) if !label.is_empty() && !source.is_empty() => {
                data.push(NoticeData { label: label.to_owned(), source: source.to_owned() });
            }
            _ => form.wrong(field, dossier.locale().with("mistake-data-line", &line)),
        }
    }
    data
}
