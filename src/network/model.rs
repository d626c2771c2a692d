//! What the host chose, and words that can be given in each language.

use std::collections::BTreeMap;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::colour::Colour;
use super::documents::Document;
use crate::people::Language;
use crate::web::Words;

/// Words of the host's, in the languages they were given in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Texts(BTreeMap<Language, String>);

impl Texts {
    /// The words that there are: empty ones are left out.
    pub fn of(pairs: impl IntoIterator<Item = (Language, String)>) -> Self {
        Self(pairs.into_iter().filter(|(_, text)| !text.is_empty()).collect())
    }

    /// As they were given in this language; empty where they were not.
    pub fn get(&self, language: impl std::borrow::Borrow<Language>) -> &str {
        self.0.get(language.borrow()).map_or("", String::as_str)
    }

    /// Whether there are none in any language.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the language that is wanted, else in the first of `languages` (the main one first) that they were given in, else
    /// in whichever there is; and which language that is.
    pub fn said(&self, wanted: Language, languages: &[Language]) -> Option<(Language, &str)> {
        let of = |language: &Language| self.0.get_key_value(language);
        let found = of(&wanted).or_else(|| languages.iter().find_map(of)).or_else(|| self.0.first_key_value());
        found.map(|(language, text)| (*language, text.as_str()))
    }
}

/// A colour for each theme, both of which can be read there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accent {
    pub light: Colour,
    pub dark: Colour,
}

/// Rows of pixels that the top bar gives a logo, and columns at most.
const SHOWN: (u32, u32) = (160, 32);

/// A picture beside the name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logo {
    /// Under which it is kept.
    pub hash: String,
    /// Pixels of what is kept.
    pub width: u32,
    pub height: u32,
    /// What can be read in it, where that is more than the name beside it.
    pub alt: Texts,
}

impl Logo {
    /// Where it is served.
    pub fn href(&self) -> String {
        format!("/logo/{}.png", self.hash)
    }

    /// Width and height as the bar shows it, in pixels of CSS.
    pub fn shown(&self) -> (u32, u32) {
        let (width, height) = (self.width.max(1), self.height.max(1));
        let fitting = (SHOWN.1 * width).div_ceil(height);
        if fitting <= SHOWN.0 { (fitting.max(1), SHOWN.1) } else { (SHOWN.0, (SHOWN.0 * height).div_ceil(width)) }
    }
}

/// Everything that can be changed while the site runs, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The network's name.
    pub name: Texts,
    /// What Visitors read first, as Markdown; empty: the words that come with the program.
    #[serde(default)]
    pub welcome: Texts,
    /// Where questions to the host are mailed; empty: to each admin.
    #[serde(default)]
    pub contact: String,
    /// The colour that acts; `None`: the program's own.
    #[serde(default)]
    pub accent: Option<Accent>,
    /// The picture beside the name; `None`: the program's own sign.
    #[serde(default)]
    pub logo: Option<Logo>,
    /// Whether the guided page was finished, or put away.
    #[serde(default)]
    pub is_set_up: bool,
    /// The languages that are offered, the main one first; at least one.
    pub languages: Vec<Language>,
    /// The zone that Visitors' times are shown in, and whose clock the site keeps.
    pub zone: Tz,
}

impl Settings {
    /// What a new site begins with.
    pub fn begin(with: &crate::settings::Settings) -> Self {
        Self {
            name: Texts::of([(Language::ALL[0], with.site_name.clone())]),
            welcome: Texts::default(),
            contact: String::new(),
            accent: None,
            logo: None,
            is_set_up: false,
            languages: Language::ALL.to_vec(),
            zone: with.site_zone,
        }
    }

    /// The language of whatever has none of its own.
    pub fn main(&self) -> Language {
        self.languages.first().copied().unwrap_or(Language::ALL[0])
    }
}

/// The network as it is now, ready to be shown.
#[derive(Clone, Debug)]
pub struct Network {
    /// The row that is in force; 0 where the host has chosen nothing yet.
    pub version: i64,
    pub settings: Settings,
    /// The documents in force, in the order in which they are linked.
    pub documents: Vec<Document>,
    /// The welcome as HTML.
    pub(super) welcome: Texts,
}

impl Network {
    /// What is in force: the row of the settings (0 for none), the settings, the documents in any order.
    pub fn new(version: i64, settings: Settings, mut documents: Vec<Document>) -> Self {
        documents.sort_by_key(|document| document.kind);
        let html = |language: &Language| (*language, crate::web::render_markdown(settings.welcome.get(*language)).0);
        let welcome = Texts::of(Language::ALL.iter().map(html));
        Self { version, settings, documents, welcome }
    }

    /// The name in a language, or in the main one.
    pub fn name(&self, wanted: Language) -> &str {
        self.said(&self.settings.name, wanted).map_or("Plenary", |(_, name)| name)
    }

    /// The language the name is shown in, where that is another one.
    pub fn name_language(&self, wanted: Language) -> Option<Language> {
        self.said(&self.settings.name, wanted).map(|(language, _)| language).filter(|language| *language != wanted)
    }

    /// The welcome as HTML, with its language.
    pub fn welcome(&self, wanted: Language) -> Option<(Language, &str)> {
        self.said(&self.welcome, wanted)
    }

    /// Words in a language, or in the main one.
    pub fn said<'a>(&self, texts: &'a Texts, wanted: Language) -> Option<(Language, &'a str)> {
        texts.said(wanted, &self.settings.languages)
    }

    /// What stands at the foot of every page and mail, as words and address: the documents, and help.
    pub fn foot(&self, words: Words, base_url: &str) -> Vec<(String, String)> {
        let documents = self.documents.iter().map(|document| (words.t(format!("document-{}", document.kind)), format!("{base_url}{}", document.kind.href())));
        documents.chain([(words.t("help-title"), format!("{base_url}/help"))]).collect()
    }

    /// The language itself if the network offers it, else the main one.
    pub fn speaks(&self, wanted: Language) -> Language {
        if self.settings.languages.contains(&wanted) { wanted } else { self.settings.main() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_in_a_language_is_said_in_the_main_one() {
        let both = Texts::of([(Language::En, "Cities".to_owned()), (Language::Fr, "Villes".to_owned())]);
        let french = Texts::of([(Language::En, String::new()), (Language::Fr, "Villes".to_owned())]);
        assert_eq!(both.said(Language::Fr, &[Language::En]), Some((Language::Fr, "Villes")));
        assert_eq!(french.said(Language::En, &[Language::En, Language::Fr]), Some((Language::Fr, "Villes")));
        assert_eq!(french.said(Language::En, &[Language::En]), Some((Language::Fr, "Villes")));
        assert_eq!(Texts::default().said(Language::En, Language::ALL), None);
        assert_eq!(french.get(Language::En), "");
    }

    #[test]
    fn settings_are_read_back_as_they_were_stored() {
        let with = crate::settings::Settings::load(None).unwrap();
        let settings = Settings { welcome: Texts::of([(Language::Fr, "Bonjour".to_owned())]), ..Settings::begin(&with) };
        let stored = serde_json::to_string(&settings).unwrap();
        assert_eq!(serde_json::from_str::<Settings>(&stored).unwrap(), settings);
    }

    #[test]
    fn a_logo_fits_into_the_bar() {
        let shown = |width, height| Logo { hash: "a".into(), width, height, alt: Texts::default() }.shown();
        assert_eq!(shown(640, 160), (128, 32));
        assert_eq!(shown(640, 20), (160, 5));
        assert_eq!(shown(30, 160), (6, 32));
    }

    #[test]
    fn a_language_that_is_not_offered_gives_way_to_the_main_one() {
        let with = crate::settings::Settings::load(None).unwrap();
        let only = Network::new(1, Settings { languages: vec![Language::Fr], ..Settings::begin(&with) }, Vec::new());
        assert_eq!(only.speaks(Language::En), Language::Fr);
        assert_eq!(only.name(Language::Fr), with.site_name);
        assert_eq!(only.name_language(Language::Fr), Some(Language::En));
    }
}
