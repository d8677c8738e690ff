//! What the person in front of an application reads of an error: in French, what happened and what they can do. Chat
//! applications show the message as it is, so it comes before the words for whoever wrote the application.

use gouvernail_privacy::Doubt;
use gouvernail_register::Requirement;

use crate::error::GatewayError;
use crate::quotas::{Exhausted, Unit};

/// Passages in doubt that are quoted; the others are counted.
const QUOTED: usize = 3;

impl GatewayError {
    /// The whole message.
    pub(crate) fn message(&self) -> String {
        self.to_person().map_or_else(|| self.to_string(), |french| format!("{french}\nIn English: {self}"))
    }

    /// `None` when only whoever wrote the application can do something. "Rien n’a été envoyé" is said of what can only happen
    /// before the host is called: a key may be withdrawn, or a host given up, after a first attempt.
    fn to_person(&self) -> Option<String> {
        let said = match self {
            Self::Refused(missing) => return Some(refused(missing)),
            Self::Doubtful(doubts) => return Some(doubtful(doubts)),
            Self::OverQuota(quota) => return Some(exhausted(quota)),
            Self::HostDown { seconds, .. } => {
                return Some(format!("Le modèle ne répond plus. Réessayez dans {seconds}\u{a0}s."));
            }
            Self::TooLarge { .. } => "La demande est trop longue. Rien n’a été envoyé.",
            Self::UnknownKey | Self::OutOfScope { .. } | Self::BadIdentity { .. } => {
                "Cette application n’est pas admise, ou ne l’est pas pour cela. Prévenez votre référent."
            }
            Self::NotSent(_) => {
                "Des données personnelles n’ont pas pu être masquées à coup sûr. Rien n’a été envoyé\u{a0}; retirez-les, puis recommencez."
            }
            Self::Unread { .. } => {
                "Une image, un son ou un document de ce dossier ne peut pas être relu pour y masquer les données personnelles. Rien n’a été envoyé\u{a0}; retirez-le, puis recommencez."
            }
            Self::Unavailable(_) | Self::Stopping => {
                "Le service n’est pas disponible en ce moment, et rien n’est répondu sans être consigné. Réessayez dans un instant."
            }
            Self::Unpriced { .. } => "Le prix de ce modèle n’est pas connu. Rien n’a été envoyé\u{a0}; prévenez votre référent.",
            Self::HostBusy { .. } => {
                "Le modèle a trop de demandes en ce moment. Rien n’a été envoyé\u{a0}; réessayez dans un instant."
            }
            Self::DeadlineExceeded { .. } | Self::Silent(_) => "La réponse a trop tardé. Réessayez, ou demandez moins à la fois.",
            Self::Upstream(_) => "Le modèle n’a pas répondu comme il devait. Réessayez, et prévenez votre référent si cela dure.",
            Self::BadRequest { .. } | Self::UnknownCase | Self::UnknownRoute { .. } | Self::UnknownModel { .. } => return None,
            Self::WrongMethod { .. } => return None,
        };
        Some(said.to_owned())
    }
}

/// Each reason, with the page where it is mended.
fn refused(missing: &[Requirement]) -> String {
    let reasons = missing.iter().map(|requirement| format!(" {} Où y remédier\u{a0}: {}", requirement.fr, requirement.fix));
    format!("Appel refusé.{}", reasons.collect::<String>())
}

fn doubtful(doubts: &[Doubt]) -> String {
    let quoted = doubts.iter().take(QUOTED).map(|doubt| format!("«\u{a0}{}\u{a0}»", doubt.text));
    let mut quoted = quoted.collect::<Vec<_>>().join(", ");
    if doubts.len() > QUOTED {
        quoted += ", …";
    }
    format!(
        "Rien n’a été envoyé\u{a0}: des passages sont peut-être des données personnelles ({quoted}). Retirez-les, ou dites dans votre application ce qui doit être masqué."
    )
}

fn exhausted(quota: &Exhausted) -> String {
    let what = match quota.unit {
        Unit::Requests => "d’appels",
        Unit::Tokens => "de jetons",
        Unit::Euros => "d’euros",
        Unit::KilowattHours => "d’électricité, en kWh,",
    };
    let [left, limit, needed] = [quota.left, quota.limit, quota.needed].map(decimal);
    let renewed = quota.renewed_here.strftime("%d/%m/%Y à %H:%M");
    format!(
        "Le quota {what} ne suffit plus\u{a0}: il en reste {left} sur {limit}, et cette demande peut en prendre {needed}. Rien n’a été envoyé\u{a0}; demandez une réponse plus courte, ou attendez le {renewed}."
    )
}

fn decimal(amount: f64) -> String {
    amount.to_string().replace('.', ",")
}

#[cfg(test)]
mod tests {
    use gouvernail_register::Rules;

    use super::*;

    #[test]
    fn a_person_reads_in_french_what_they_can_do_before_the_rest() {
        let training = Rules::shipped().unwrap().requirements().find(|r| r.id == "training").unwrap().clone();
        let refused = GatewayError::refused(&[training], "https://ia.commune.example/", "orientation").message();
        let (french, english) = refused.split_once("\nIn English: ").unwrap();
        assert!(french.starts_with("Appel refusé. ") && french.contains("attestation"), "{french}");
        for said in [french, english] {
            assert!(said.ends_with(" https://ia.commune.example/training/orientation"), "{said}");
        }
        let renewed: jiff::Timestamp = "2026-11-30T23:00:00Z".parse().unwrap();
        let over = GatewayError::OverQuota(Box::new(Exhausted {
            quota: "all/kWh/day".into(),
            unit: Unit::KilowattHours,
            limit: 1.5,
            left: 0.25,
            needed: 0.5,
            renewed,
            renewed_here: renewed.in_tz("Europe/Paris").unwrap().datetime(),
            seconds: 60,
        }));
        assert!(over.message().starts_with(
            "Le quota d’électricité, en kWh, ne suffit plus\u{a0}: il en reste 0,25 sur 1,5, et cette demande peut en prendre 0,5. Rien n’a été envoyé\u{a0}; demandez une réponse plus courte, ou attendez le 01/12/2026 à 00:00.\n"
        ), "{}", over.message());
    }

    #[test]
    fn whoever_wrote_the_application_reads_their_own_mistakes_alone() {
        let error = GatewayError::WrongMethod { allowed: "POST" };
        assert_eq!(error.message(), error.to_string());
    }
}
