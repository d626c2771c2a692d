//! Whether the site's own public address leads here, by https, and lets sockets pass: looked at through that very address.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};

use super::{Check, Line, Looked};
use crate::error::Say;
use crate::journal::Reads;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What came of opening a socket.
enum Opened {
    /// It is this site, and sockets pass.
    Ours,
    /// It is this site, and the socket was not passed on.
    OursWithout(u16),
    /// Something else answered.
    Another(String),
    /// Nothing answered, in the system's words.
    Nothing(String),
}

/// The lines of the address and of sockets.
pub async fn look(at: &Looked<'_>) -> (Line, Line) {
    let epoch = at.db.value::<String>("SELECT value FROM setting WHERE name = 'epoch'", vec![]).await;
    let url = at.settings.base_url.as_str();
    let epoch = match epoch {
        Ok(Some(epoch)) => epoch,
        _ => return (Line::unknown(Check::Address, "well-address-unknown"), Line::unknown(Check::Sockets, "well-sockets-unknown")),
    };
    let opened = tokio::time::timeout(PATIENCE, open(url, &epoch)).await;
    let opened = opened.unwrap_or_else(|_| Opened::Nothing(format!("no answer within {} seconds", PATIENCE.as_secs())));
    let ours = Line::well(Check::Address, Say::new("well-address").with("url", url));
    match opened {
        Opened::Ours => (ours, Line::well(Check::Sockets, "well-sockets")),
        Opened::OursWithout(status) => (ours, Line::wrong(Check::Sockets, Say::new("well-sockets-stopped").with("status", status), "well-sockets-do")),
        Opened::Another(what) => (
            Line::wrong(Check::Address, Say::new("well-address-another").with("url", url).with("what", what), "well-address-do"),
            Line::unknown(Check::Sockets, "well-sockets-unknown"),
        ),
        Opened::Nothing(why) => (
            Line::wrong(Check::Address, Say::new("well-address-nothing").with("url", url).with("why", why), "well-address-do"),
            Line::unknown(Check::Sockets, "well-sockets-unknown"),
        ),
    }
}

/// Opens a socket as a browser would; the site says its epoch to whoever names another one.
async fn open(base_url: &str, epoch: &str) -> Opened {
    let request = format!("ws{}/live", base_url.strip_prefix("http").unwrap_or(base_url)).into_client_request();
    let (mut request, origin) = match (request, HeaderValue::from_str(base_url)) {
        (Ok(request), Ok(origin)) => (request, origin),
        _ => return Opened::Nothing("PLENARY_BASE_URL is no address".into()),
    };
    request.headers_mut().insert("origin", origin);
    let mut socket = match connect_async(request).await {
        Ok((socket, _)) => socket,
        Err(WsError::Http(answer)) => {
            let status = answer.status().as_u16();
            let body = answer.into_body().unwrap_or_default();
            let is_ours = String::from_utf8_lossy(&body).contains(epoch);
            return if is_ours { Opened::OursWithout(status) } else { Opened::Another(status.to_string()) };
        }
        Err(error) => return Opened::Nothing(error.to_string()),
    };
    if let Err(error) = socket.send(Message::text(r#"{"hello":{"epoch":"","rooms":{}}}"#)).await {
        return Opened::Another(error.to_string());
    }
    while let Some(Ok(message)) = socket.next().await {
        if let Message::Text(text) = message {
            let _ = socket.close(None).await;
            return if text.as_str().contains(epoch) { Opened::Ours } else { Opened::Another("WebSocket".into()) };
        }
    }
    Opened::Another("WebSocket".into())
}

/// Whether people come by https; an address of this machine alone needs none.
pub fn secure(at: &Looked<'_>) -> Line {
    let check = Check::Secure;
    let host = at.settings.host();
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name).trim_matches(['[', ']']);
    let is_local = name == "localhost" || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback());
    match (at.settings.is_secure(), is_local) {
        (true, _) => Line::well(check, "well-secure"),
        (false, true) => Line::well(check, "well-secure-local"),
        (false, false) => Line::wrong(check, "well-secure-not", "well-secure-do"),
    }
}
