//! The interface's words: French first, English second, from `locales/*.ftl` (Project Fluent).

use std::{borrow::Borrow, sync::LazyLock};

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

/// A language of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// French, the default.
    #[default]
    Fr,
    /// English.
    En,
}

impl Lang {
    /// Every language, in the order in which they are offered.
    pub const ALL: [Lang; 2] = [Lang::Fr, Lang::En];

    /// The BCP 47 tag, as in the `lang` attribute and in `?lang=`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// Reads a tag such as `fr` or `en-GB`; `None` when the language is not offered.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.trim().split(['-', '_']).next()?.to_ascii_lowercase();
        Lang::ALL.into_iter().find(|lang| lang.tag() == primary)
    }

    /// Chooses from an `Accept-Language` header (RFC 9110 §12.5.4), highest weight first, the
    /// earlier of two equal ones; French when nothing fits.
    pub fn from_accept(header: &str) -> Lang {
        let mut best: Option<(Lang, f32)> = None;
        for item in header.split(',') {
            let (tag, params) = item.split_once(';').unwrap_or((item, ""));
            let weight = params.trim().strip_prefix("q=").map_or(1.0, |q| q.trim().parse().unwrap_or(0.0));
            let Some(lang) = Lang::from_tag(tag) else { continue };
            if weight > 0.0 && best.is_none_or(|(_, w)| weight > w) {
                best = Some((lang, weight));
            }
        }
        best.map_or(Lang::Fr, |(lang, _)| lang)
    }

    const fn sources(self) -> &'static [&'static str] {
        match self {
            Lang::Fr => &[
                include_str!("../../../locales/fr/case.ftl"),
                include_str!("../../../locales/fr/common.ftl"),
                include_str!("../../../locales/fr/consultation.ftl"),
                include_str!("../../../locales/fr/dossier.ftl"),
                include_str!("../../../locales/fr/inside.ftl"),
                include_str!("../../../locales/fr/life.ftl"),
                include_str!("../../../locales/fr/observatory.ftl"),
                include_str!("../../../locales/fr/privacy.ftl"),
                include_str!("../../../locales/fr/public.ftl"),
                include_str!("../../../locales/fr/quotas.ftl"),
                include_str!("../../../locales/fr/record.ftl"),
                include_str!("../../../locales/fr/site.ftl"),
                include_str!("../../../locales/fr/skills.ftl"),
                include_str!("../../../locales/fr/study.ftl"),
                include_str!("../../../locales/fr/supply.ftl"),
                include_str!("../../../locales/fr/training.ftl"),
            ],
            Lang::En => &[
                include_str!("../../../locales/en/case.ftl"),
                include_str!("../../../locales/en/common.ftl"),
                include_str!("../../../locales/en/consultation.ftl"),
                include_str!("../../../locales/en/dossier.ftl"),
                include_str!("../../../locales/en/inside.ftl"),
                include_str!("../../../locales/en/life.ftl"),
                include_str!("../../../locales/en/observatory.ftl"),
                include_str!("../../../locales/en/privacy.ftl"),
                include_str!("../../../locales/en/public.ftl"),
                include_str!("../../../locales/en/quotas.ftl"),
                include_str!("../../../locales/en/record.ftl"),
                include_str!("../../../locales/en/site.ftl"),
                include_str!("../../../locales/en/skills.ftl"),
                include_str!("../../../locales/en/study.ftl"),
                include_str!("../../../locales/en/supply.ftl"),
                include_str!("../../../locales/en/training.ftl"),
            ],
        }
    }
}

/// The words of one language, ready to format.
pub struct Locale {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Locale({})", self.tag())
    }
}

static LOCALES: LazyLock<[Locale; 2]> = LazyLock::new(|| Lang::ALL.map(Locale::load));

impl Locale {
    /// The words of `lang`, parsed once for the whole process.
    pub fn of(lang: Lang) -> &'static Locale {
        &LOCALES[lang as usize]
    }

    fn load(lang: Lang) -> Locale {
        let id = lang.tag().parse().expect("a language tag of ours is well formed");
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The marks that isolate directions show up as boxes in old browsers and in copied text.
        bundle.set_use_isolating(false);
        for source in lang.sources() {
            let resource = FluentResource::try_new((*source).to_owned())
                .unwrap_or_else(|(_, errors)| panic!("locales/{}: a file does not parse: {errors:?}", lang.tag()));
            if let Err(errors) = bundle.add_resource(resource) {
                panic!("locales/{}: a key is written twice: {errors:?}", lang.tag());
            }
        }
        Locale { lang, bundle }
    }

    /// The `lang` attribute of the page.
    pub fn tag(&self) -> &'static str {
        self.lang.tag()
    }

    /// Which language this is.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Whether the page is in French.
    pub fn is_fr(&self) -> bool {
        self.lang == Lang::Fr
    }

    /// The words of `key`. An unknown key shows as `⟦key⟧`; a test keeps that from happening.
    pub fn t(&self, key: &str) -> String {
        self.format(key, None)
    }

    /// The words of `key` with `{ $x }` in them.
    pub fn with(&self, key: &str, x: &str) -> String {
        let mut args = FluentArgs::new();
        args.set("x", FluentValue::from(x.to_owned()));
        self.format(key, Some(&args))
    }

    /// The words of `key` with `{ $x }` and `{ $y }` in them.
    pub fn pair(&self, key: &str, x: &str, y: &str) -> String {
        let mut args = FluentArgs::new();
        args.set("x", FluentValue::from(x.to_owned()));
        args.set("y", FluentValue::from(y.to_owned()));
        self.format(key, Some(&args))
    }

    /// The words of `key` with the number `{ $n }`, plural rules included.
    pub fn n(&self, key: &str, n: impl Borrow<usize>) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(*n.borrow()));
        self.format(key, Some(&args))
    }

    /// The words of `key` with `{ $n }` out of `{ $total }`.
    pub fn of_total(&self, key: &str, n: impl Borrow<usize>, total: impl Borrow<usize>) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(*n.borrow()));
        args.set("total", FluentValue::from(*total.borrow()));
        self.format(key, Some(&args))
    }

    /// The words of `key` with the bounds `{ $n }` and `{ $total }`.
    pub fn between(&self, key: &str, least: u32, most: u32) -> String {
        self.of_total(key, least as usize, most as usize)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|m| m.value()) else {
            return format!("⟦{key}⟧");
        };
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        if errors.is_empty() { text } else { format!("⟦{key}⟧") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_browsers_preference() {
        assert_eq!(Lang::from_accept("en-GB,en;q=0.9,fr;q=0.8"), Lang::En);
        assert_eq!(Lang::from_accept("en;q=0.1, fr;q=0.8"), Lang::Fr);
        assert_eq!(Lang::from_accept("de, en;q=0"), Lang::Fr);
        assert_eq!(Lang::from_accept(""), Lang::Fr);
        assert_eq!(Lang::from_tag("EN_us"), Some(Lang::En));
    }

    #[test]
    fn plurals_follow_the_language() {
        assert_eq!(Locale::of(Lang::Fr).n("workspace-missing", 0_usize), "0 condition manquante");
        assert_eq!(Locale::of(Lang::En).n("workspace-missing", 0_usize), "0 conditions missing");
    }

    #[test]
    fn an_unknown_key_is_visible() {
        assert_eq!(Locale::of(Lang::Fr).t("no-such-key"), "⟦no-such-key⟧");
    }
}
