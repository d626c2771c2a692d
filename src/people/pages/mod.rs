//! The pages of people: joining, signing in, settings, the directory, and what admins decide.

pub mod admin;
pub mod directory;
pub mod mailed;
pub(in crate::people) mod mails;
mod measure_mail;
pub mod organisations;
pub mod register;
pub mod settings;
pub mod sign_in;
pub mod welcome;

use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::app::Site;
use crate::web::{local_path, redirect, session_cookie};

/// Where somebody goes who has just joined.
pub(super) const WELCOME: &str = "/welcome?joined=yes";

/// What kind of program asks, for the list of sessions.
pub(in crate::people) fn program(headers: &HeaderMap) -> String {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// Signs the browser in and goes on.
pub fn signed_in(site: &Site, token: &str, next: &str) -> Response {
    let mut response = redirect(local_path(next).unwrap_or("/"));
    response.headers_mut().append(header::SET_COOKIE, session_cookie(site, token));
    response
}
