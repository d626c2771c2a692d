//! A client of the live line, as someone else could write one from docs/live-protocol.md.

use std::time::Duration;

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

use super::{Answer, Browser};

type Stream = tokio_tungstenite::WebSocketStream<tokio_tungstenite::MaybeTlsStream<tokio::net::TcpStream>>;

/// One socket.
pub struct Socket(pub Stream);

impl Socket {
    /// Opens a socket with the cookies of a browser.
    pub async fn open(browser: &Browser) -> Self {
        let mut request = format!("{}/live", browser.url.replace("http://", "ws://")).into_client_request().unwrap();
        request.headers_mut().insert("cookie", browser.cookie().parse().unwrap());
        request.headers_mut().insert("origin", browser.url.parse().unwrap());
        let (stream, _) = tokio_tungstenite::connect_async(request).await.unwrap();
        Self(stream)
    }

    /// Subscribes to the Rooms of a page, from the numbers it carries.
    pub async fn hello(&mut self, page: &Answer) {
        let rooms = page.between("data-rooms=\"", "\"");
        let rooms: serde_json::Map<String, Value> =
            rooms.split(' ').filter_map(|room| room.split_once('=')).map(|(room, n)| (room.to_owned(), json!(n))).collect();
        self.say(json!({ "hello": { "epoch": page.between("data-epoch=\"", "\""), "rooms": rooms } })).await;
    }

    pub async fn say(&mut self, message: Value) {
        self.0.send(Message::text(message.to_string())).await.unwrap();
    }

    /// The next message, whatever it is; fails after ten seconds. `None` when the socket was closed.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            let message = tokio::time::timeout(Duration::from_secs(10), self.0.next()).await.expect("a message within ten seconds");
            match message {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Waits until the socket is closed, whatever comes before.
    pub async fn ended(&mut self) {
        while self.next().await.is_some() {}
    }

    /// The next message that tells of a Room.
    pub async fn next_of(&mut self, room: &str) -> Value {
        loop {
            let message = self.next().await.expect("the socket is open");
            if message["room"] == room {
                return message;
            }
        }
    }
}
