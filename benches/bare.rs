//! The other side: axum and tokio alone, doing what the product's answer needs and nothing else.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::ws::{Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use bytes::Bytes;
use tokio::sync::broadcast;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::{Said, payload};

#[derive(Clone)]
struct Bare {
    payloads: Arc<HashMap<String, (HeaderMap, Bytes)>>,
    room: broadcast::Sender<Utf8Bytes>,
}

/// Serves until killed; says its address in one line.
pub async fn serve(folder: PathBuf) -> Said<()> {
    let bare = Bare { payloads: Arc::new(payload::load(&folder)?), room: broadcast::Sender::new(1024) };
    let compressing = get(page).layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest));
    let router = Router::new()
        .route("/page/{name}", get(page))
        .route("/compressed/{name}", compressing)
        .route("/live", get(live))
        .route("/tell", post(tell))
        .with_state(bare);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?);
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    Ok(axum::serve(listener, router).await?)
}

async fn page(State(bare): State<Bare>, Path(name): Path<String>) -> Response {
    match bare.payloads.get(&name) {
        Some((headers, body)) => (headers.clone(), body.clone()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// A socket with the product's buffers, in the one Room there is.
async fn live(State(bare): State<Bare>, upgrade: WebSocketUpgrade) -> Response {
    upgrade.read_buffer_size(4096).write_buffer_size(0).on_upgrade(move |socket| listen(socket, bare.room.subscribe()))
}

async fn listen(mut socket: WebSocket, mut room: broadcast::Receiver<Utf8Bytes>) {
    loop {
        tokio::select! {
            message = room.recv() => {
                let Ok(message) = message else { return };
                if socket.send(Message::Text(message)).await.is_err() {
                    return;
                }
            }
            message = socket.recv() => if !matches!(message, Some(Ok(_))) {
                return;
            }
        }
    }
}

async fn tell(State(bare): State<Bare>, body: String) -> StatusCode {
    let _ = bare.room.send(Utf8Bytes::from(body));
    StatusCode::CREATED
}
