//! Forms: what was typed is kept, what is wrong is said beside its field.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use super::{Failure, Page};
use crate::app::Site;
use crate::error::{Error, Result, Say, Wrong};

/// A urlencoded form, with the limits of [`crate::limits`].
pub struct Form<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Site> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, site: &Site) -> std::result::Result<Self, Failure> {
        match axum::Form::<T>::from_request(request, site).await {
            Ok(axum::Form(form)) => Ok(Self(form)),
            Err(rejection) if rejection.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => Err(Error::TooLarge.into()),
            Err(rejection) => Err(Error::field("", Say::new("wrong-form").with("detail", rejection.body_text())).into()),
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
