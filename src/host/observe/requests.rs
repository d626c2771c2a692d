//! A request's number, its line in the log, and its place in the figures.

use std::fmt;
use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use tracing::Instrument;

use crate::app::Site;

/// Past this a request is worth a line of its own.
const SLOW: Duration = Duration::from_secs(1);
const HEADER: HeaderName = HeaderName::from_static("x-request-id");
/// What a proxy's number may be long.
const LONGEST: usize = 64;

/// The number of a request: in each line that the log has of it, in the header `X-Request-Id` of its answer, and on
/// the page that says that something went wrong here. A trusted proxy's own number is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestId(String);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl RequestId {
    fn of(site: &Site, request: &Request) -> Self {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let is_proxy = peer.is_some_and(|peer| site.settings.trusted_proxies.contains(&peer));
        let given = is_proxy.then(|| request.headers().get(HEADER)).flatten().and_then(|value| value.to_str().ok());
        match given.filter(|given| is_number(given)) {
            Some(given) => Self(given.to_owned()),
            None => Self(format!("{:016x}", rand::random::<u64>())),
        }
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.len() <= LONGEST && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Middleware, the outermost: gives a request its number, counts it, and writes its line. The line has the route's
/// template, never the address that was asked for: who read what is nobody's to keep.
pub async fn observe(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(&site, &request);
    request.extensions_mut().insert(id.clone());
    let route = request.extensions().get::<MatchedPath>().cloned();
    let route = route.as_ref().map_or("none", MatchedPath::as_str);
    let method = request.method().clone();
    let began = Instant::now();
    let span = tracing::error_span!("request", %id);
    let mut response = next.run(request).instrument(span.clone()).await;
    let (took, status) = (began.elapsed(), response.status().as_u16());
    site.metrics.answered(method.as_str(), route, status, took);
    let milliseconds = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| {
        if status >= 500 || took > SLOW {
            tracing::warn!(method = method.as_str(), route, status, milliseconds, "answered");
        } else {
            tracing::debug!(method = method.as_str(), route, status, milliseconds, "answered");
        }
    });
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HEADER, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn a_proxys_number_is_kept_only_if_it_can_break_no_line() {
        assert!(is_number("4f2a-01") && is_number(&"a".repeat(64)));
        for wrong in ["", "a b", "a\nb", "é", "a=b", &"a".repeat(65)] {
            assert!(!is_number(wrong), "{wrong:?}");
        }
    }
}
