//! Answers, people and scores as they are read.

use gouvernail_questionnaire::{Answer, Answers, Kind, Question, Score, Source};

use super::writing::By;
use super::{Desk, Stands};
use crate::layout::{Fact, fact};
use crate::site::words;
use crate::views::study::ScoreView;

impl Desk {
    /// An answer in words; empty without one.
    pub(super) fn answer_in_words(&self, question: &Question, answer: Option<&Answer>) -> String {
        let locale = self.dossier.locale();
        let choice = |id: &str| {
            let found = question.kind.choices().iter().find(|choice| choice.id == id);
            found.map_or_else(|| id.to_owned(), |choice| self.say(&choice.words).to_owned())
        };
        match (answer, &question.kind) {
            (None, _) => String::new(),
            (Some(Answer::YesNo(said)), _) => locale.t(if *said { "yes" } else { "no" }),
            (Some(Answer::Number(number)), _) => self.number(*number),
            (Some(Answer::Several(chosen)), _) => chosen.iter().map(|id| choice(id)).collect::<Vec<_>>().join("\n"),
            (Some(Answer::Figure(figure)), Kind::Fact { unit, .. }) => {
                let bounds = locale.pair("study-figure", &self.number(rounded(figure.low)), &self.number(rounded(figure.high)));
                format!("{bounds}\u{a0}{unit} ({})", locale.t("study-measured"))
            }
            (Some(Answer::Figure(_)), _) => String::new(),
            (Some(Answer::Text(id)), Kind::Choice(_)) => choice(id),
            (Some(Answer::Text(day)), Kind::Date) => {
                day.parse().map_or_else(|_| day.clone(), |date| words::day(date, locale.lang()))
            }
            (Some(Answer::Text(text)), _) => text.clone(),
        }
    }

    /// What a field holds for this answer.
    pub(super) fn value(&self, answer: Option<&Answer>) -> String {
        match answer {
            Some(Answer::Text(text)) => text.clone(),
            Some(Answer::Number(number)) => self.number(*number).replace('\u{202f}', ""),
            Some(Answer::YesNo(said)) => if *said { "yes" } else { "no" }.to_owned(),
            _ => String::new(),
        }
    }

    fn number(&self, number: f64) -> String {
        let plain = number.to_string();
        if self.dossier.locale().is_fr() { plain.replace('.', ",") } else { plain }
    }

    /// Who and when, a few words.
    pub(super) fn by_words(&self, by: &By) -> String {
        let locale = self.dossier.locale();
        let moment = words::moment(by.at, &self.dossier.app.identity.time_zone, locale.lang());
        locale.pair("study-by", self.dossier.known.directory.name(&by.author), &moment)
    }

    /// When it was last saved, and by whom.
    pub(super) fn saved_words(&self) -> String {
        let Some(last) = &self.last else { return String::new() };
        let by = By { author: last.author.clone(), at: last.at };
        self.dossier.locale().with("draft-saved", &self.by_words(&by))
    }

    pub(super) fn source(&self, source: &Source) -> String {
        let text = self.questionnaire().texts.get(&source.text).map_or("", |words| self.say(words));
        format!("{text} {}", source.at).trim().to_owned()
    }

    /// Where the study stands, a sentence.
    pub(super) fn sentence(&self, stands: Stands) -> String {
        let locale = self.dossier.locale();
        match (stands, self.written()) {
            (Stands::Signed | Stands::Expired, Some(study)) => match &study.signature {
                Some(signature) => {
                    let last_day = self.dossier.last_day(signature.until);
                    locale.pair("study-row-signed", &self.dossier.name(&signature.signatory), &last_day)
                }
                None => String::new(),
            },
            (Stands::ToSign | Stands::Returned | Stands::Outdated, Some(study)) => {
                locale.pair("study-row-written", &self.authors(), &self.dossier.day(study.written))
            }
            (Stands::Draft, _) => self.saved_words(),
            _ => String::new(),
        }
    }

    fn authors(&self) -> String {
        let authors = self.written().into_iter().flat_map(|study| &study.authors);
        authors.map(|author| self.dossier.name(author)).collect::<Vec<_>>().join(", ")
    }

    /// Who wrote it and signed it, when.
    pub(super) fn facts(&self) -> Vec<Fact> {
        let Some(study) = self.written() else { return Vec::new() };
        let mut facts = vec![fact("fact-author", &self.authors()), fact("fact-written", &self.dossier.day(study.written))];
        if let Some(signature) = &study.signature {
            facts.push(fact("fact-signatory", &self.dossier.name(&signature.signatory)));
            facts.push(fact("study-signed-on", &self.dossier.day(signature.at)));
            facts.push(fact("fact-until", &self.dossier.last_day(signature.until)));
        }
        facts
    }

    /// What must be known before anything else.
    pub(super) fn notices(&self) -> Vec<(&'static str, String)> {
        let locale = self.dossier.locale();
        let mut notices = Vec::new();
        match (self.stands(), self.written()) {
            (Stands::Outdated, _) => notices.push(("stop", locale.t("study-outdated"))),
            (Stands::Expired, _) => notices.push(("stop", locale.t("study-expired"))),
            (Stands::Returned, Some(study)) => {
                let reason = study.returned.as_deref().unwrap_or_default();
                notices.push(("stop", locale.with("study-returned", reason)));
            }
            _ => {}
        }
        if self.written().is_some() && self.is_ahead() {
            notices.push(("warn", locale.t("study-ahead")));
        }
        notices
    }

    /// Points and level, with how they come out.
    pub(super) fn score_view(&self, answers: &Answers) -> Option<ScoreView> {
        let questionnaire = self.questionnaire();
        let Score { axes, total, .. } = questionnaire.score(answers);
        let total = total?;
        let level = questionnaire.level(&total.level)?;
        let name = |id: &str| questionnaire.axes.iter().find(|axis| axis.id == id).map_or("", |axis| self.say(&axis.words));
        let locale = self.dossier.locale();
        let mut how = vec![locale.t("study-how-visible")];
        if let Some(relief) = questionnaire.scoring.as_ref().and_then(|scoring| scoring.relief.as_ref()) {
            how.push(locale.of_total("study-how-relief", relief.at_percent as usize, relief.keep_percent as usize));
            let (before, after) = (total.before as usize, total.points as usize);
            how.push(if total.lowered { locale.of_total("study-how-lowered", before, after) } else { locale.t("study-how-kept") });
        }
        how.push(locale.of_total("study-how-total", total.points as usize, total.maximum as usize));
        Some(ScoreView {
            level: self.say(&level.words).to_owned(),
            means: level.means.as_ref().map(|means| self.say(means).to_owned()).unwrap_or_default(),
            axes: axes.iter().map(|axis| (name(&axis.axis).to_owned(), axis.points as usize, axis.maximum as usize)).collect(),
            how,
            provisional: !questionnaire.missing(answers).is_empty(),
        })
    }
}

/// Two significant figures: more would pretend.
fn rounded(number: f64) -> f64 {
    if number == 0.0 {
        return 0.0;
    }
    let scale = 10_f64.powf(1.0 - number.abs().log10().floor());
    let rounded = (number * scale).round() / scale;
    // A division may leave a last digit that nobody wrote.
    format!("{rounded:.12}").parse().unwrap_or(rounded)
}
