//! The form of a Space, new or changed: as it was typed, and checked.

use serde::Deserialize;

use crate::error::Wrong;
use crate::forum::rules::checked_title;
use crate::forum::{ManagedSpace, May, SpaceRules, SpaceText};
use crate::limits;
use crate::secret;
use crate::people::Language;
use crate::people::rights::Layer;
use crate::error::Say;
use crate::web::Wrongs;

/// A Space's form as it was sent: pairs, for it has a title and a purpose in each language.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct SpaceForm(Vec<(String, String)>);

/// A Space as its form means it.
pub struct Meant {
    pub layer: Layer,
    pub language: String,
    pub rules: SpaceRules,
    pub texts: Vec<SpaceText>,
}

impl SpaceForm {
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// What is typed of a text in one language.
    pub fn text(&self, name: &str, language: &Language) -> &str {
        self.get(&format!("{name}-{}", language.word()))
    }

    /// The form of a Space that is to be made.
    pub fn of_new() -> Self {
        Self::filled(Layer::Public, "", SpaceRules::new(), &[], 0)
    }

    /// The form of a Space as it is.
    pub fn of(space: &ManagedSpace, texts: &[SpaceText]) -> Self {
        Self::filled(space.layer, &space.language, space.rules(), texts, space.version)
    }

    fn filled(layer: Layer, language: &str, rules: SpaceRules, texts: &[SpaceText], version: i64) -> Self {
        let mut pairs = vec![
            ("layer".to_owned(), layer.to_string()),
            ("language".to_owned(), language.to_owned()),
            ("may_start".to_owned(), rules.may_start.to_string()),
            ("may_reply".to_owned(), rules.may_reply.to_string()),
            ("may_schedule".to_owned(), rules.may_schedule.to_string()),
            ("may_open".to_owned(), rules.may_open.to_string()),
            ("version".to_owned(), version.to_string()),
            ("key".to_owned(), secret::token()),
        ];
        for text in texts {
            pairs.push((format!("title-{}", text.language.word()), text.title.clone()));
            pairs.push((format!("purpose-{}", text.language.word()), text.purpose.clone()));
        }
        Self(pairs)
    }

    /// What it means, or what is wrong with it. A language may be left out; one has to be there whole.
    pub fn checked(&self, wrongs: &mut Wrongs) -> Option<Meant> {
        let texts: Vec<SpaceText> = Language::ALL.iter().filter_map(|language| self.checked_text(*language, wrongs)).collect();
        let none = Language::ALL.iter().all(|language| self.text("title", language).trim().is_empty());
        if none {
            wrongs.add(title_of(Language::ALL[0]), "wrong-title-empty");
        }
        let layer = self.get("layer").parse().map_err(|()| wrongs.add("layer", "wrong-choice")).ok();
        let language = self.get("language").to_owned();
        if !language.is_empty() && language.parse::<Language>().is_err() {
            wrongs.add("language", "wrong-choice");
        }
        let may = ["may_start", "may_reply", "may_schedule", "may_open"].map(|name| match self.get(name).parse::<May>() {
            Ok(May::Nobody) | Err(()) => {
                wrongs.add(name, "wrong-choice");
                None
            }
            Ok(may) => Some(may),
        });
        let [Some(may_start), Some(may_reply), Some(may_schedule), Some(may_open)] = may else { return None };
        let layer = layer.filter(|_| wrongs.is_empty())?;
        Some(Meant { layer, language, rules: SpaceRules { may_start, may_reply, may_schedule, may_open }, texts })
    }

    fn checked_text(&self, language: Language, wrongs: &mut Wrongs) -> Option<SpaceText> {
        let (title, purpose) = (self.text("title", &language).trim(), self.text("purpose", &language).trim());
        if title.is_empty() && purpose.is_empty() {
            return None;
        }
        let title = wrongs.take(checked_title(title).map_err(|wrong| Wrong { field: title_of(language), ..wrong }));
        if purpose.chars().count() > limits::SHORT_TEXT {
            wrongs.add(purpose_of(language), Say::new("wrong-too-long").with("limit", limits::SHORT_TEXT));
        }
        title.map(|title| SpaceText { language, title, purpose: purpose.replace("\r\n", "\n") })
    }
}

/// The field of a title; errors name fields by words that live as long as the program.
const fn title_of(language: Language) -> &'static str {
    match language {
        Language::En => "title-en",
        Language::Fr => "title-fr",
    }
}

const fn purpose_of(language: Language) -> &'static str {
    match language {
        Language::En => "purpose-en",
        Language::Fr => "purpose-fr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> SpaceForm {
        let mut form = SpaceForm::of_new();
        form.0.extend(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        form
    }

    fn wrong(pairs: &[(&str, &str)]) -> Vec<&'static str> {
        let mut wrongs = Wrongs::default();
        assert!(form(pairs).checked(&mut wrongs).is_none());
        wrongs.0.iter().map(|wrong| wrong.field).collect()
    }

    #[test]
    fn one_language_is_enough_and_none_is_not() {
        let mut wrongs = Wrongs::default();
        let meant = form(&[("title-fr", " La place "), ("purpose-fr", "Pour tous.")]).checked(&mut wrongs).unwrap();
        assert_eq!(meant.texts, [SpaceText { language: Language::Fr, title: "La place".into(), purpose: "Pour tous.".into() }]);
        assert_eq!(meant.rules, SpaceRules::new());
        assert_eq!(wrong(&[]), ["title-en"]);
        // A purpose without a title is half a text.
        assert_eq!(wrong(&[("title-en", "Square"), ("purpose-fr", "Pour tous.")]), ["title-fr"]);
    }

    #[test]
    fn nobody_can_be_given_a_right_and_choices_are_looked_at() {
        assert_eq!(wrong(&[("title-en", "Square"), ("may_start", "nobody")]), ["may_start"]);
        assert_eq!(wrong(&[("title-en", "Square"), ("layer", "secret")]), ["layer"]);
        assert_eq!(wrong(&[("title-en", "Square"), ("language", "tlh")]), ["language"]);
        let long = "x".repeat(limits::SHORT_TEXT + 1);
        assert_eq!(wrong(&[("title-en", "Square"), ("purpose-en", &long)]), ["purpose-en"]);
    }
}
