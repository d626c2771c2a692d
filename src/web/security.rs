//! The defaults that keep people safe: a strict policy, cross-origin writes refused, limits on what is sent.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::Failure;
use crate::app::Site;
use crate::error::Error;

/// No inline script, no inline style, nothing from elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; frame-src 'self'; manifest-src 'self'; base-uri 'none'; frame-ancestors 'self'";

/// A mark on a request whose body was over the limit.
#[derive(Clone, Copy)]
pub struct WasTooLarge;

/// Middleware: security headers on every answer.
pub async fn guard(State(site): State<Site>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &'static str| {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::CONTENT_SECURITY_POLICY, POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // `no-referrer` would make one's own forms send `Origin: null`.
    set(header::REFERRER_POLICY, "same-origin");
    set(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()");
    set(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    if site.settings.is_secure() {
        set(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// Middleware inside `errors::dress`: refuses writes and sockets that another site's page sends.
pub async fn same_origin(State(site): State<Site>, request: Request, next: Next) -> Response {
    // No address of ours has one; PostgreSQL refuses it in any text.
    if request.uri().to_string().contains("%00") {
        return Failure(Error::NotFound).into_response();
    }
    let is_safe = matches!(*request.method(), Method::GET | Method::HEAD) && !request.headers().contains_key(header::UPGRADE);
    if !is_safe && !is_ours(&site, request.headers()) {
        let by_token = super::routes::is_by_token(request.uri().path());
        let bare = [header::ORIGIN, header::COOKIE, HeaderName::from_static("sec-fetch-site")].iter().all(|name| !request.headers().contains_key(name));
        if !(by_token && bare) {
            return Failure(Error::CrossOrigin).into_response();
        }
    }
    if request.extensions().get::<WasTooLarge>().is_some() {
        return Failure(Error::TooLarge).into_response();
    }
    next.run(request).await
}

/// `Sec-Fetch-Site` decides where it is sent; else Origin's host against the request's or the base URL's.
fn is_ours(site: &Site, headers: &HeaderMap) -> bool {
    let text = |name: HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(fetched_from) = text(HeaderName::from_static("sec-fetch-site")) {
        return matches!(fetched_from, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else { return false };
    let Some(("http" | "https", host)) = origin.split_once("://") else { return false };
    Some(host) == text(header::HOST) || host == site.settings.host()
}
