//! Errors as pages: one place. What may not be seen and what does not exist are the same bytes.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::page::html_with;
use super::{Context, Page, redirect};
use crate::error::{Error, Say};
use crate::host::RequestId;
use crate::limits;
use crate::network::Network;

/// An error on its way out of a handler.
pub struct Failure(pub Error);

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = status(&self.0).into_response();
        response.extensions_mut().insert(std::sync::Arc::new(self.0));
        response
    }
}

fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::NotAllowed | Error::Silenced | Error::CrossOrigin => StatusCode::FORBIDDEN,
        Error::SignIn => StatusCode::UNAUTHORIZED,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) => StatusCode::CONFLICT,
        Error::Gone => StatusCode::GONE,
        Error::TooFast(_) => StatusCode::TOO_MANY_REQUESTS,
        Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Bug(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

#[derive(Template)]
#[template(path = "web/error.html")]
struct ErrorPage {
    page: Page,
    title: String,
    what: String,
    /// The number of the request, where the fault is ours: by it the host finds its lines in the log.
    number: Option<String>,
    /// What the person had typed, field by field, so that nothing is lost.
    kept: Vec<(String, String)>,
}

/// Middleware: turns failures into pages in the reader's language. A form that was refused shows what was typed.
pub async fn dress(request: Request, next: Next) -> Response {
    let Some(context) = request.extensions().get::<Context>().cloned() else { return next.run(request).await };
    let wants_json = request.headers().get(header::ACCEPT).and_then(|v| v.to_str().ok()).is_some_and(|accept| accept.contains("application/json"));
    let is_get = matches!(*request.method(), Method::GET | Method::HEAD);
    let number = request.extensions().get::<RequestId>().map(ToString::to_string);
    let (request, typed) = if is_get { (request, None) } else { keep_body(request).await };
    let response = next.run(request).await;
    let error = match response.extensions().get::<std::sync::Arc<Error>>() {
        Some(error) => error.clone(),
        None if is_bare(&response) => std::sync::Arc::new(Error::NotFound),
        None => return response,
    };
    if let Error::Bug(detail) | Error::Unavailable(detail) = error.as_ref() {
        tracing::error!("{detail}");
    }
    if wants_json {
        return (status(&error), axum::Json(serde_json::json!({ "error": words(&error).key }))).into_response();
    }
    if matches!(error.as_ref(), Error::SignIn) && is_get {
        return redirect(&format!("/sign-in?next={}", encode(&context.here)));
    }
    let kept = typed.map(|body| fields(&body)).unwrap_or_default();
    let number = number.filter(|_| status(&error).is_server_error());
    let mut dressed = match page(&context, &error, is_get, number, kept).await {
        Ok(response) => response,
        Err(failure) => failure.into_response(),
    };
    if let Error::TooFast(seconds) = error.as_ref()
        && let Ok(seconds) = HeaderValue::from_str(&seconds.to_string())
    {
        dressed.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    dressed
}

/// What axum says by itself of an address it cannot read (`/topics/abc`), or of a method that a path does not have.
fn is_bare(response: &Response) -> bool {
    let is_page = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| !kind.as_bytes().starts_with(b"text/plain"));
    let statuses = [StatusCode::BAD_REQUEST, StatusCode::NOT_FOUND, StatusCode::METHOD_NOT_ALLOWED];
    statuses.contains(&response.status()) && !is_page
}

fn words(error: &Error) -> Say {
    match error {
        Error::NotFound => "error-not-found".into(),
        Error::NotAllowed => "error-not-allowed".into(),
        Error::Silenced => "error-silenced".into(),
        Error::SignIn => "error-sign-in".into(),
        Error::Invalid(wrongs) => wrongs.first().map_or("error-invalid".into(), |wrong| wrong.say.clone()),
        Error::Conflict(say) => say.clone(),
        Error::Gone => "error-gone".into(),
        Error::TooFast(seconds) => Say::new("error-too-fast").with("n", seconds),
        Error::TooLarge => "error-too-large".into(),
        Error::CrossOrigin => "error-cross-origin".into(),
        Error::Unavailable(_) => "error-unavailable".into(),
        Error::Bug(_) => "error-bug".into(),
    }
}

async fn page(context: &Context, error: &Error, is_get: bool, number: Option<String>, kept: Vec<(String, String)>) -> super::Answer {
    // The page of what does not exist says nothing of where one was: the same bytes for every address. And the page that says
    // that the database is away cannot ask it.
    let mut page = match context.page(&[]).await {
        Ok(page) => page,
        Err(_) => Page::of_nothing(context, Network::known(&context.site).await),
    };
    page.here = String::new();
    let title = page.t(match error {
        Error::NotFound => "error-title-not-found",
        Error::SignIn => "error-title-sign-in",
        Error::NotAllowed | Error::Silenced | Error::CrossOrigin => "error-title-refused",
        Error::Unavailable(_) | Error::Bug(_) => "error-title-ours",
        _ => "error-title-not-done",
    });
    let what = match error {
        Error::Unavailable(_) if is_get => page.t("error-away"),
        _ => page.say(&words(error)),
    };
    html_with(status(error), &ErrorPage { page, title, what, number, kept })
}

async fn keep_body(request: Request) -> (Request, Option<Vec<u8>>) {
    let is_form = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !is_form {
        return (request, None);
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, limits::BODY).await {
        Ok(bytes) => (Request::from_parts(parts, Body::from(bytes.clone())), Some(bytes.to_vec())),
        // Too large: the handler's extractor will say so when it meets the end of nothing.
        Err(_) => {
            let mut request = Request::from_parts(parts, Body::empty());
            request.extensions_mut().insert(super::security::WasTooLarge);
            (request, None)
        }
    }
}

/// The fields of a form that hold words worth keeping: never a password, never a key.
fn fields(body: &[u8]) -> Vec<(String, String)> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).unwrap_or_default();
    pairs.into_iter().filter(|(name, value)| !value.trim().is_empty() && !["password", "key", "next", "parent"].contains(&name.as_str())).collect()
}

/// A text for a query string.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
