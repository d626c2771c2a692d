//! The pages of people: joining, signing in, settings, the directory, and what admins decide.

pub mod admin;
pub mod directory;
mod mails;
pub mod register;
pub mod settings;
pub mod sign_in;

use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::app::Site;
use crate::web::{redirect, session_cookie};

/// What kind of program asks, for the list of sessions.
fn program(headers: &HeaderMap) -> String {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
}

/// A path of this site to go to next; anything else (another host, a scheme) becomes the home page.
fn safe_next(next: &str) -> &str {
    let is_path = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\') && !next.contains(['\r', '\n']);
    if is_path { next } else { "/" }
}

/// Signs the browser in and goes on.
pub fn signed_in(site: &Site, token: &str, next: &str) -> Response {
    let mut response = redirect(safe_next(next));
    response.headers_mut().append(header::SET_COOKIE, session_cookie(site, token));
    response
}

#[cfg(test)]
mod tests {
    use super::safe_next;

    #[test]
    fn one_is_only_sent_on_within_the_site() {
        assert_eq!(safe_next("/topics/4?at=2"), "/topics/4?at=2");
        for elsewhere in ["//evil.example", "https://evil.example", "/\\evil.example", "", "javascript:alert(1)", "/a\r\nSet-Cookie: x"] {
            assert_eq!(safe_next(elsewhere), "/", "{elsewhere}");
        }
    }
}
