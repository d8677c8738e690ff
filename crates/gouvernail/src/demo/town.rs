//! The town of the story: its people, its dossier, the letter of one of its residents. All of it is invented.

/// Password of everybody in the town.
pub const PASSWORD: &str = "quatre mots bien choisis";
/// Identifier that the site gives to the system, from its name.
pub const SYSTEM: &str = "orientation-du-courrier";
/// Reference of the resident's case in the town's own software.
pub const CASE: &str = "AC-2026-0147";

/// Somebody who signs in.
pub struct Person {
    /// Name.
    pub name: &'static str,
    /// Address.
    pub email: &'static str,
    /// Field of their role in the form that adds people.
    pub role: &'static str,
}

pub const CLAIRE: Person = Person { name: "Claire Vasseur", email: "claire.vasseur@val-dormes.example", role: "role-referent" };
pub const JULIEN: Person = Person { name: "Julien Morel", email: "julien.morel@val-dormes.example", role: "role-owner" };
pub const SAMIR: Person = Person { name: "Samir Benali", email: "samir.benali@val-dormes.example", role: "role-agent" };
pub const INES: Person = Person { name: "Inès Carpentier", email: "ines.carpentier@val-dormes.example", role: "role-agent" };
pub const HELENE: Person = Person { name: "Hélène Marchand", email: "helene.marchand@val-dormes.example", role: "role-elected" };

/// Fields of a form.
pub type Fields = &'static [(&'static str, &'static str)];

pub const DECLARED: Fields = &[
    ("name", "Orientation du courrier"),
    ("purpose", "proposer à l’agent d’accueil le service qui traitera une demande"),
    ("touches", "yes"),
    ("risk", "limited"),
];
pub const ORGANISATION: Fields =
    &[("organisation-name", "Commune de Val-d’Ormes"), ("organisation-siret", "219 900 123 00007"), ("log", "yes")];
pub const STRATEGY: Fields = &[
    ("strategy-title", "Feuille de route numérique 2026-2029"),
    ("strategy-url", "https://val-dormes.example/feuille-de-route"),
    ("strategy-adopted", "2026-03-12"),
    ("strategy-objectives", "Répondre plus vite\nGarder le savoir-faire de l’accueil"),
];
pub const SHEET: Fields = &[
    ("sheet-name", "Orientation du courrier"),
    ("sheet-purpose-fr", "proposer à l’agent d’accueil le service qui traitera une demande"),
    ("sheet-purpose-en", "propose to the front desk the department that will handle a request"),
    ("sheet-objective", "repondre-plus-vite"),
    ("sheet-risk", "limited"),
    ("sheet-automation", "assisted"),
    ("sheet-self-learning", "no"),
    ("sheet-sensitive", "no"),
    ("sheet-touches", "yes"),
    ("sheet-decisions", "État civil\nUrbanisme\nÉcole\nAide sociale\nVoirie"),
];
pub const HOST: Fields = &[
    ("host-name", "La commune elle-même"),
    ("host-embedded", "yes"),
    ("host-country", "fr"),
    ("host-url", ""),
    ("host-id", "local"),
];
/// What is written once, in the data protection assessment, and read in the study on rights.
pub const DATA: Fields = &[
    (
        "q-donnees",
        "Le texte de la demande : du message de l’habitant à la machine de la commune. Noms, adresses et numéros sont remplacés avant.",
    ),
    ("q-sensibles", "no"),
    ("q-masquage", "rien"),
    ("q-prestataire", "no"),
];
/// Julien, responsible for the tool, writes the part on who keeps the hand.
pub const STUDY_OF_JULIEN: Fields = &[
    ("base", "0"),
    (
        "q-controle",
        "L’agent juge avant de voir la proposition, décide et dit pourquoi. La référente et le maire peuvent arrêter l’outil.",
    ),
    ("q-avant", "yes"),
    ("q-temps", "yes"),
    ("q-arret", "yes"),
    (
        "q-sans-outil",
        "La référente ou la maire, d’un bouton. Les demandes sont alors lues et réparties à la main, comme un jour sur cinq.",
    ),
];
/// What Claire writes, from a page that she had opened before Julien saved his part.
pub const STUDY: Fields = &[
    ("base", "0"),
    ("q-usage", "À l’accueil, l’agent lit la demande et donne son avis ; l’outil propose ensuite un service ; l’agent décide."),
    ("q-effet", "ordre"),
    ("q-droit", "no"),
    ("q-debut", "2026-12-01"),
    ("q-fin", "2027-11-30"),
    ("q-frequence", "40"),
    ("q-personnes", "Toute personne qui écrit à la mairie."),
    ("q-fragiles.langue", "langue"),
    (
        "q-pourquoi",
        "Les demandes mal orthographiées ou dans une autre langue sont les plus mal lues : l’accueil les lit toujours à la main.",
    ),
    ("q-donnees-personnelles", "yes"),
    ("q-risques", "Une mauvaise orientation retarde la réponse de quelques jours. Le service qui la reçoit s’en aperçoit."),
    ("q-gravite", "gene"),
    ("q-erreurs", "parfois"),
    ("q-discrimination", "inconnu"),
    (
        "q-comparaison",
        "L’épreuve du modèle donne le taux d’erreur. L’écart selon la langue sera mesuré pendant l’essai ; l’origine ne se mesure pas.",
    ),
    ("q-mesures", "Réorientation le jour même par l’accueil ; écarts relus chaque mois par le responsable."),
    ("q-information", "yes"),
    ("q-humain", "yes"),
    ("q-contester", "Avec le code de la lettre, par téléphone ou au guichet ; un autre agent regarde à nouveau et explique."),
    ("q-delai", "15"),
];
pub const NOTICE: Fields = &[
    ("notice-does-fr", "L’outil lit votre demande et propose le service de la mairie qui devrait la traiter."),
    (
        "notice-does-not-fr",
        "Il ne décide pas.\nIl ne connaît ni votre nom, ni votre adresse, ni votre téléphone : ils ont été masqués.\nIl n’apprend rien de votre demande.",
    ),
    ("notice-data-fr", "le texte de votre demande : votre message à la mairie"),
    ("notice-counts-fr", ""),
    ("notice-does-en", "The tool reads your request and proposes the department that should handle it."),
    (
        "notice-does-not-en",
        "It does not decide.\nIt knows neither your name, nor your address, nor your telephone: they were hidden.\nIt learns nothing from your request.",
    ),
    ("notice-data-en", "the text of your request: your message to the town hall"),
    ("notice-counts-en", ""),
];
pub const CHANNEL: Fields = &[("channel-telephone", "01 99 00 12 34"), ("channel-hours", "du lundi au vendredi, de 9 h à 17 h")];
pub const CONSULTATION: Fields = &[
    ("consultation-question", "Faut-il un outil pour orienter le courrier de la mairie, et à quelles conditions ?"),
    ("consultation-closes", "2099-12-15"),
    ("consultation-due", "2099-12-31"),
    ("consultation-url", ""),
];
/// What a resident says, without an account.
pub const CONTRIBUTION: Fields = &[
    (
        "contribution-words",
        "Oui, si une personne lit toujours ma lettre et si rien ne part hors de la commune. Et gardez le guichet.",
    ),
    ("contribution-name", "Nadia F."),
    ("contribution-email", ""),
    ("website", ""),
];
/// Her answer.
pub const CONTRIBUTION_ANSWER: &str = "Retenu : un agent donne toujours son avis d’abord, le modèle reste sur la machine de la \
    commune, et le guichet reste ouvert.";
pub const CONSULTATION_CLOSED: Fields = &[
    (
        "consultation-answer",
        "Oui, si un agent donne toujours son avis d’abord et si le modèle reste sur la machine de la commune. Les deux ont été retenus.",
    ),
    ("consultation-early", "la démonstration tient en quelques minutes"),
];
pub const SKILLS: Fields = &[(
    "skills-plan",
    "Un jour par semaine sans l’outil, pour que l’accueil garde la connaissance des services. Écarts relus en équipe.",
)];
pub const TRAINING: Fields = &[("training-module", "orientation-courrier")];
/// Right answers to the quiz of that module.
pub const QUIZ: Fields = &[("q1", "1"), ("q2", "2"), ("q3", "0"), ("q4", "1"), ("q5", "0")];

/// Subject of her message.
pub const TITLE: &str = "Lampadaire en panne, rue des Tilleuls";
/// What the resident wrote.
pub const REQUEST: &str = "Bonjour, je m’appelle Nadia Ferrand et j’habite 12 rue des Tilleuls. Devant chez moi, un lampadaire \
    clignote depuis une semaine et le trottoir est plongé dans le noir. Ma voisine est tombée hier soir. Quand sera-t-il réparé ? \
    Mon numéro est le 06 12 34 56 78, mon adresse nadia.ferrand@courriel.example. Numéro de sécurité sociale, si vous en avez \
    besoin pour le constat : 2 85 05 99 341 123 55.";
/// What the town knows of her, and who she is to the model host: nobody.
pub const KNOWN: [(&str, &str); 4] = [
    ("person", "Nadia Ferrand"),
    ("address", "12 rue des Tilleuls"),
    ("phone", "06 12 34 56 78"),
    ("email", "nadia.ferrand@courriel.example"),
];
/// Where her letter goes.
pub const RECIPIENT: [&str; 3] = ["Madame Nadia Ferrand", "12 rue des Tilleuls", "00000 Val-d’Ormes"];
/// Pieces of her text that must not be in what the model host received.
pub const SECRETS: [&str; 5] = ["Ferrand", "Tilleuls", "06 12 34 56 78", "nadia.ferrand", "2 85 05 99 341 123"];
/// A second request, made to be stopped on its way.
pub const SECOND_CASE: &str = "AC-2026-0148";
