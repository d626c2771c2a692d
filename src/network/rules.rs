//! What may be chosen for the network, and how two choices differ. Pure.

use super::colour::{Colour, Ground, for_dark};
use super::{Accent, Logo, Settings, Texts};
use crate::error::{Say, Wrong};
use crate::in_language;
use crate::limits;
use crate::people::Language;
use crate::web::{Pairs, Wrongs};

/// Names, languages and zone as they were typed, into what is in force; what is wrong is said beside its field.
pub fn names(form: &Pairs, now: &Settings, wrongs: &mut Wrongs) -> Settings {
    let offered: Vec<Language> = Language::ALL.iter().copied().filter(|language| form.all("languages").contains(&language.word())).collect();
    let main = form.get("main_language").parse::<Language>().ok().filter(|main| offered.contains(main));
    if offered.is_empty() {
        wrongs.add("languages", "wrong-network-languages");
    } else if main.is_none() {
        wrongs.add("main_language", "wrong-network-main");
    }
    let name = texts(form, "name", |text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    for language in Language::ALL {
        if name.get(*language).chars().count() > limits::NAME {
            wrongs.add(in_language!("name", *language), Say::new("wrong-too-long").with("limit", limits::NAME));
        }
    }
    let main = main.unwrap_or(now.main());
    if name.get(main).is_empty() {
        wrongs.add(in_language!("name", main), "wrong-network-name");
    }
    let zone = form.get("zone").parse().map_err(|_| wrongs.add("zone", "wrong-zone")).unwrap_or(now.zone);
    let languages = std::iter::once(main).chain(offered.into_iter().filter(|language| *language != main)).collect();
    Settings { name, languages, zone, ..now.clone() }
}

/// The welcome as it was typed.
pub fn welcome(form: &Pairs, now: &Settings, wrongs: &mut Wrongs) -> Settings {
    let welcome = texts(form, "welcome", |text| text.trim().replace("\r\n", "\n"));
    for language in Language::ALL {
        if welcome.get(*language).chars().count() > limits::SHORT_TEXT {
            wrongs.add(in_language!("welcome", *language), Say::new("wrong-too-long").with("limit", limits::SHORT_TEXT));
        }
    }
    Settings { welcome, ..now.clone() }
}

/// The address for questions as it was typed.
pub fn contact(form: &Pairs, now: &Settings, wrongs: &mut Wrongs) -> Settings {
    let contact = form.get("contact").trim().to_owned();
    if !contact.is_empty() && contact.parse::<lettre::Address>().is_err() {
        wrongs.add("contact", "wrong-email");
    }
    Settings { contact, ..now.clone() }
}

/// The accent as it was typed, and what is read in the logo. The dark theme's colour follows from the light one's where it
/// was left empty.
pub fn looks(form: &Pairs, now: &Settings, wrongs: &mut Wrongs) -> Settings {
    let alt = alt(form);
    for language in Language::ALL {
        if alt.get(*language).chars().count() > limits::TITLE {
            wrongs.add(in_language!("alt", *language), Say::new("wrong-too-long").with("limit", limits::TITLE));
        }
    }
    let logo = now.logo.clone().filter(|_| form.get("remove") != "yes").map(|logo| Logo { alt, ..logo });
    let light = accent(form, "accent", Ground::Light, wrongs);
    let dark = accent(form, "accent_dark", Ground::Dark, wrongs);
    if light.is_none() && dark.is_some() {
        wrongs.add("accent", "wrong-accent-both");
    }
    let accent = light.map(|light| Accent { light, dark: dark.unwrap_or_else(|| for_dark(light)) });
    Settings { accent, logo, ..now.clone() }
}

/// What is read in the logo, as it was typed.
pub fn alt(form: &Pairs) -> Texts {
    texts(form, "alt", |text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn accent(form: &Pairs, field: &'static str, ground: Ground, wrongs: &mut Wrongs) -> Option<Colour> {
    let typed = form.get(field).trim();
    if typed.is_empty() {
        return None;
    }
    let Ok(colour) = typed.parse::<Colour>() else {
        wrongs.add(field, "wrong-accent");
        return None;
    };
    if !ground.takes(colour) {
        let contrast = format!("{:.1}", (ground.least(colour) * 10.0).floor() / 10.0);
        wrongs.add(field, Say::new("wrong-accent-contrast").with("contrast", contrast).with("nearest", ground.nearest(colour)));
    }
    Some(colour)
}

/// What was typed of a text in each language.
fn texts(form: &Pairs, name: &str, clean: impl Fn(&str) -> String) -> Texts {
    Texts::of(Language::ALL.iter().map(|language| (*language, clean(form.text(name, language)))))
}

/// One thing that was chosen otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// A key of the catalogue.
    pub what: &'static str,
    pub language: Option<Language>,
    pub from: String,
    pub to: String,
}

/// In what two choices differ, the earlier one first.
pub fn changes(from: &Settings, to: &Settings) -> Vec<Change> {
    let list = |settings: &Settings| settings.languages.iter().map(|language| language.name()).collect::<Vec<_>>().join(", ");
    let texts = |what, one: &Texts, other: &Texts| {
        let change = |language: &Language| Change { what, language: Some(*language), from: one.get(*language).into(), to: other.get(*language).into() };
        Language::ALL.iter().map(change).collect::<Vec<_>>()
    };
    let plain = |what, from: String, to: String| vec![Change { what, language: None, from, to }];
    let accent = |settings: &Settings, of: fn(Accent) -> Colour| settings.accent.map_or(String::new(), |accent| of(accent).to_string());
    let logo = |settings: &Settings| settings.logo.as_ref().map_or(String::new(), |logo| logo.hash.chars().take(8).collect());
    let set_up = |settings: &Settings| if settings.is_set_up { "✓".to_owned() } else { String::new() };
    let alt = |settings: &Settings| settings.logo.as_ref().map_or(Texts::default(), |logo| logo.alt.clone());
    let all = [
        texts("network-name", &from.name, &to.name),
        plain("network-languages", list(from), list(to)),
        plain("network-zone", from.zone.name().into(), to.zone.name().into()),
        texts("network-welcome", &from.welcome, &to.welcome),
        plain("network-set-up", set_up(from), set_up(to)),
        plain("network-contact", from.contact.clone(), to.contact.clone()),
        plain("network-accent", accent(from, |accent| accent.light), accent(to, |accent| accent.light)),
        plain("network-accent-dark", accent(from, |accent| accent.dark), accent(to, |accent| accent.dark)),
        plain("network-logo", logo(from), logo(to)),
        texts("network-logo-alt", &alt(from), &alt(to)),
    ];
    all.into_iter().flatten().filter(|change| change.from != change.to).collect()
}

/// [`Wrong`] about a field of the settings, for acts.
pub fn stale() -> crate::error::Error {
    crate::error::Error::Invalid(vec![Wrong { field: "", say: Say::new("wrong-network-changed") }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin() -> Settings {
        Settings::begin(&crate::settings::Settings::load(None).unwrap())
    }

    fn checked(pairs: &[(&str, &str)]) -> Result<Settings, Vec<&'static str>> {
        let mut wrongs = Wrongs::default();
        let settings = names(&Pairs::of(pairs), &begin(), &mut wrongs);
        if wrongs.is_empty() { Ok(settings) } else { Err(wrongs.0.iter().map(|wrong| wrong.field).collect()) }
    }

    #[test]
    fn the_main_language_comes_first_and_has_a_name() {
        let settings = checked(&[("languages", "en"), ("languages", "fr"), ("main_language", "fr"), ("name-fr", " Villes  libres "), ("zone", "Europe/Paris")]).unwrap();
        assert_eq!(settings.languages, [Language::Fr, Language::En]);
        assert_eq!(settings.name.get(Language::Fr), "Villes libres");
        assert_eq!(checked(&[("languages", "en"), ("main_language", "en"), ("name-fr", "Villes"), ("zone", "UTC")]), Err(vec!["name-en"]));
        assert_eq!(checked(&[("languages", "en"), ("main_language", "fr"), ("name-en", "Cities"), ("zone", "UTC")]), Err(vec!["main_language"]));
        assert_eq!(checked(&[("name-en", "Cities"), ("zone", "Nowhere")]), Err(vec!["languages", "zone"]));
    }

    #[test]
    fn an_accent_that_cannot_be_read_is_refused_with_the_nearest_that_can() {
        let chosen = |light: &str, dark: &str| {
            let mut wrongs = Wrongs::default();
            let settings = looks(&Pairs::of(&[("accent", light), ("accent_dark", dark)]), &begin(), &mut wrongs);
            (settings.accent, wrongs.0)
        };
        let (accent, wrongs) = chosen("0f6470", "");
        assert!(wrongs.is_empty() && accent.unwrap().light.to_string() == "#0f6470");
        let (_, wrongs) = chosen("#ffcc00", "");
        assert_eq!((wrongs[0].field, wrongs[0].say.key), ("accent", "wrong-accent-contrast"));
        let (_, wrongs) = chosen(&wrongs[0].say.args[1].1, "");
        assert!(wrongs.is_empty(), "what is offered passes");
        assert_eq!(chosen("#0f6470", "#0f6470").1[0].field, "accent_dark");
        assert_eq!(chosen("teal", "").1[0].say.key, "wrong-accent");
        assert_eq!(chosen("", "#7fd0cb").1[0].say.key, "wrong-accent-both");
    }

    #[test]
    fn a_change_is_told_by_what_it_was_and_is() {
        let now = begin();
        assert_eq!(changes(&now, &now), []);
        let mut wrongs = Wrongs::default();
        let to = welcome(&Pairs::of(&[("welcome-fr", "Bonjour.\r\nEntrez.")]), &now, &mut wrongs);
        assert_eq!(changes(&now, &to), [Change { what: "network-welcome", language: Some(Language::Fr), from: String::new(), to: "Bonjour.\nEntrez.".into() }]);
    }
}
