//! The few cookies: a session, the language a Visitor chose, the address that somebody just registered with, and "this
//! browser runs our modules".

use axum::http::{HeaderMap, HeaderValue, header};
use cookie::{Cookie, SameSite};

use crate::app::Site;

/// The session's cookie over plain http; over https it is `__Host-` and bound to the site.
pub const SESSION_COOKIE: &str = "plenary";
const SECURE_SESSION_COOKIE: &str = "__Host-plenary";
pub const LANGUAGE_COOKIE: &str = "language";
/// The address whose confirmation is awaited.
pub const JOINING_COOKIE: &str = "joining";
pub const SCRIPT_COOKIE: &str = "script";

pub fn session_name(site: &Site) -> &'static str {
    if site.settings.is_secure() { SECURE_SESSION_COOKIE } else { SESSION_COOKIE }
}

/// The value of a cookie, decoded (see [`set_cookie`]).
pub fn read(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| Cookie::split_parse_encoded(text).flatten())
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}

/// A header that sets or, with an empty value, ends a cookie; any text can be its value, percent-encoded. Lax: a link in a mail must find people signed in.
pub fn set_cookie(site: &Site, name: &str, value: &str, days: i64) -> HeaderValue {
    let mut cookie = Cookie::new(name.to_owned(), value.to_owned());
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(site.settings.is_secure());
    cookie.set_max_age(cookie::time::Duration::days(if value.is_empty() { 0 } else { days }));
    HeaderValue::from_str(&cookie.encoded().to_string()).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The header that signs a browser in (or out, with an empty token).
pub fn session_cookie(site: &Site, token: &str) -> HeaderValue {
    set_cookie(site, session_name(site), token, crate::limits::SESSION.num_days())
}
