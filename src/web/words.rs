//! Words: the message catalogues (Fluent, `locales/<language>/*.ftl`) and dates in the reader's zone.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::Locale;
use chrono_tz::Tz;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rust_embed::RustEmbed;

use crate::clock::Instant;
use crate::error::Say;
use crate::people::Language;

#[derive(RustEmbed)]
#[folder = "locales"]
#[include = "*.ftl"]
struct Catalogues;

static BUNDLES: LazyLock<HashMap<Language, FluentBundle<FluentResource>>> =
    LazyLock::new(|| Language::ALL.iter().map(|language| (*language, bundle(*language))).collect());

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let id = language.word().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    bundle.set_use_isolating(false);
    for (name, text) in files(language) {
        // A catalogue that does not parse is caught by the test that reads them all.
        let resource = FluentResource::try_new(text).unwrap_or_else(|(resource, errors)| {
            tracing::error!("{name}: {errors:?}");
            resource
        });
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!("{name}: {errors:?}");
        }
    }
    bundle
}

/// The catalogue files of a language: name and text.
pub fn files(language: Language) -> Vec<(String, String)> {
    let prefix = format!("{}/", language.word());
    Catalogues::iter()
        .filter(|name| name.starts_with(&prefix))
        .filter_map(|name| Some((name.to_string(), String::from_utf8(Catalogues::get(&name)?.data.into_owned()).ok()?)))
        .collect()
}

/// The words of one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Words(pub Language);

impl Words {
    /// A message without arguments.
    pub fn t(&self, key: impl AsRef<str>) -> String {
        self.format(key.as_ref(), None)
    }

    /// A message that counts: `$n` chooses the plural.
    pub fn n(&self, key: &str, n: impl std::borrow::Borrow<i64>) -> String {
        let mut args = FluentArgs::new();
        args.set("n", FluentValue::from(*n.borrow()));
        self.format(key, Some(&args))
    }

    /// A message with one argument.
    pub fn t1(&self, key: &str, name: &str, value: impl ToString) -> String {
        self.with(key, &[(name, value.to_string())])
    }

    /// A message with two arguments.
    pub fn t2(&self, key: &str, one: (&str, &str), two: (&str, &str)) -> String {
        self.with(key, &[(one.0, one.1.to_owned()), (two.0, two.1.to_owned())])
    }

    /// A message with arguments; those that are whole numbers choose plurals.
    pub fn with(&self, key: &str, values: &[(&str, String)]) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in values {
            match value.parse::<i64>() {
                Ok(number) if number.to_string() == *value => args.set(*name, FluentValue::from(number)),
                _ => args.set(*name, FluentValue::from(value.clone())),
            }
        }
        self.format(key, Some(&args))
    }

    pub fn say(&self, say: &Say) -> String {
        let values: Vec<(&str, String)> = say.args.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.with(say.key, &values)
    }

    fn format(&self, key: &str, args: Option<&FluentArgs>) -> String {
        let pattern = BUNDLES.get(&self.0).and_then(|bundle| Some((bundle, bundle.get_message(key)?.value()?)));
        let Some((bundle, pattern)) = pattern else {
            tracing::error!("no words for {key}");
            return key.to_owned();
        };
        bundle.format_pattern(pattern, args, &mut Vec::new()).into_owned()
    }

    fn locale(&self) -> Locale {
        match self.0 {
            Language::En => Locale::en_GB,
            Language::Fr => Locale::fr_FR,
        }
    }

    /// Date and hour with the zone named: "24 November 2026, 19:03 CET".
    pub fn moment(&self, at: Instant, zone: Tz) -> String {
        at.in_zone(zone).format_localized("%-d %B %Y, %H:%M %Z", self.locale()).to_string()
    }

    /// Weekday, date and hour with the zone named: for what people have to come to.
    pub fn appointment(&self, at: Instant, zone: Tz) -> String {
        at.in_zone(zone).format_localized("%A %-d %B %Y, %H:%M %Z", self.locale()).to_string()
    }

    /// Weekday and date, as they are in `zone`.
    pub fn day(&self, at: Instant, zone: Tz) -> String {
        at.in_zone(zone).format_localized("%A %-d %B %Y", self.locale()).to_string()
    }

    /// The date alone, as it is in `zone`.
    pub fn date(&self, at: Instant, zone: Tz) -> String {
        at.in_zone(zone).format_localized("%-d %B %Y", self.locale()).to_string()
    }

    /// A number of bytes as people read it: "1.4 GB", with the language's own comma and units.
    pub fn size(&self, bytes: i64) -> String {
        let (bytes, byte) = (bytes.max(0) as f64, if self.0 == Language::Fr { "o" } else { "B" });
        let (amount, unit) = match bytes {
            ..1e6 => (bytes / 1e3, "k"),
            1e6..1e9 => (bytes / 1e6, "M"),
            _ => (bytes / 1e9, "G"),
        };
        let amount = format!("{amount:.1}");
        let amount = if self.0 == Language::Fr { amount.replace('.', ",") } else { amount };
        format!("{amount}\u{a0}{unit}{byte}")
    }

    /// The hour alone, without a zone: beside a date that has it.
    pub fn hour(&self, at: Instant, zone: Tz) -> String {
        at.in_zone(zone).format("%H:%M").to_string()
    }
}

/// `<time>` with the absolute time in a zone; `when.js` makes what is near relative.
pub fn when(words: Words, zone: Tz, at: Instant) -> String {
    let iso = at.utc().format("%Y-%m-%dT%H:%M:%SZ");
    format!("<time datetime=\"{iso}\">{}</time>", words.moment(at, zone))
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    #[test]
    fn sizes_are_told_in_the_language() {
        assert_eq!(Words(Language::En).size(1_449_000_000), "1.4\u{a0}GB");
        assert_eq!(Words(Language::Fr).size(999_999), "1000,0\u{a0}ko");
        assert_eq!(Words(Language::Fr).size(2_500_000), "2,5\u{a0}Mo");
        assert_eq!(Words(Language::En).size(-1), "0.0\u{a0}kB");
    }

    #[test]
    fn times_are_in_the_readers_zone_and_language_with_the_zone_named() {
        let at = Instant::from_utc(chrono::Utc.with_ymd_and_hms(2026, 11, 24, 18, 3, 0).unwrap());
        assert_eq!(Words(Language::En).moment(at, chrono_tz::Europe::Vienna), "24 November 2026, 19:03 CET");
        assert_eq!(Words(Language::Fr).moment(at, chrono_tz::Europe::Paris), "24 novembre 2026, 19:03 CET");
        assert_eq!(Words(Language::En).moment(at, chrono_tz::America::Montreal), "24 November 2026, 13:03 EST");
    }
}
