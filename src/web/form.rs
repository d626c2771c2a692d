//! Forms: what was typed is kept, what is wrong is said beside its field.

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use bytes::Bytes;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::slots::{CLOSE, OPEN};
use super::{Failure, Page};
use crate::app::Site;
use crate::error::{Error, Result, Say, Wrong};
use crate::people::Language;

/// A urlencoded form, with the limits of [`crate::limits`].
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Site> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &Site) -> std::result::Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let sent = match Bytes::from_request(Request::from_parts(parts.clone(), body), site).await {
            Ok(sent) => clean(sent),
            Err(rejection) if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => return Err(Error::TooLarge.into()),
            Err(rejection) => return Err(Error::field("", Say::new("wrong-form").with("detail", rejection.body_text())).into()),
        };
        match axum::Form::<T>::from_request(Request::from_parts(parts, Body::from(sent)), site).await {
            Ok(axum::Form(form)) => Ok(Self(form)),
            Err(rejection) => Err(Error::field("", Say::new("wrong-form").with("detail", rejection.body_text())).into()),
        }
    }
}

/// What was sent without the characters that nobody types: NUL, which PostgreSQL does not store, and the marks of slots,
/// which would be obeyed.
fn clean(sent: Bytes) -> Bytes {
    let lower = sent.to_ascii_lowercase();
    let holds = |part: &[u8]| lower.windows(part.len()).any(|window| window == part);
    if ![&b"%00"[..], b"\0", b"%ef", b"\xef"].iter().any(|part| holds(part)) {
        return sent;
    }
    let Ok(mut fields) = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&sent) else { return sent };
    for (_, text) in &mut fields {
        text.retain(|c| !matches!(c, '\0' | OPEN | CLOSE));
    }
    serde_urlencoded::to_string(fields).map_or(sent, Bytes::from)
}

/// The name of a field that is there in each language, as errors name fields: by words that live as long as the program.
#[macro_export]
macro_rules! in_language {
    ($name:literal, $language:expr) => {
        match $language {
            $crate::people::Language::En => concat!($name, "-en"),
            $crate::people::Language::Fr => concat!($name, "-fr"),
        }
    };
}

/// A form as the pairs it was sent as, for one that has fields in each language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// A form that was not sent: for tests.
    pub fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// The last value of a field; empty where it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().rev().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field that may be sent more than once.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str()).collect()
    }

    /// A text in one language: `name-en`.
    pub fn text(&self, name: &str, language: &Language) -> &str {
        self.get(&format!("{name}-{}", language.word()))
    }

    /// One more pair.
    pub fn set(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Fills a text in each language.
    pub fn texts<'a>(&mut self, name: &str, text: impl Fn(Language) -> &'a str) {
        for language in Language::ALL {
            self.set(&format!("{name}-{}", language.word()), text(*language));
        }
    }
}

/// What is wrong with a form, by field; empty when it is first shown.
#[derive(Clone, Debug, Default)]
pub struct Wrongs(pub Vec<Wrong>);

impl Wrongs {
    /// Takes the words of an error that belongs on the form; any other error goes on.
    pub fn of(error: Error) -> Result<Self> {
        match error {
            Error::Invalid(wrongs) => Ok(Self(wrongs)),
            Error::Conflict(say) => Ok(Self(vec![Wrong { field: "", say }])),
            Error::TooFast(seconds) => Ok(Self(vec![Wrong { field: "", say: Say::new("wrong-too-fast").with("n", seconds) }])),
            other => Err(other),
        }
    }

    pub fn add(&mut self, field: &'static str, say: impl Into<Say>) {
        self.0.push(Wrong { field, say: say.into() });
    }

    /// Keeps a checked value, or notes what is wrong with it.
    pub fn take<T>(&mut self, checked: std::result::Result<T, Wrong>) -> Option<T> {
        checked.map_err(|wrong| self.0.push(wrong)).ok()
    }

    /// [`Error::Invalid`] when anything was noted.
    pub fn check(self) -> Result<()> {
        if self.0.is_empty() { Ok(()) } else { Err(Error::Invalid(self.0)) }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same words, about the whole form: where its fields have ids of their own, so that nothing could lead there.
    pub fn whole(self) -> Self {
        Self(self.0.into_iter().map(|wrong| Wrong { field: "", ..wrong }).collect())
    }

    pub fn has(&self, field: &str) -> bool {
        self.0.iter().any(|wrong| wrong.field == field)
    }

    /// The sentence for a field (or for the whole form: `""`).
    pub fn about(&self, page: &Page, field: &str) -> Option<String> {
        self.0.iter().find(|wrong| wrong.field == field).map(|wrong| page.say(&wrong.say))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_types_is_left_out() {
        let marked = serde_urlencoded::to_string([("name", format!("a{OPEN}m1{CLOSE}b\0c \u{f8f2}é"))]).unwrap();
        let cleaned: Vec<(String, String)> = serde_urlencoded::from_bytes(&clean(marked.into())).unwrap();
        assert_eq!(cleaned, [("name".to_owned(), "am1bc \u{f8f2}é".to_owned())]);
        assert_eq!(clean(Bytes::from_static(b"a=1&b=%C3%A9")), "a=1&b=%C3%A9");
    }
}
