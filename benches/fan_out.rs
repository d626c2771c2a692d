//! One Post to many sockets, from the moment it is sent to the moment each socket has it, beside a tokio broadcast of the
//! same bytes by axum alone.

use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::mpsc;

use crate::http::{Client, post};
use crate::seed::Seeded;
use crate::servers::Server;
use crate::stats::{Pairs, Series, heading, row};
use crate::ws::Socket;
use crate::{Amount, Said};

/// Posts that are told, for each round of the other benches.
const POSTS_A_ROUND: usize = 4;
/// How long the slowest socket may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a socket got, and when.
type Got = (usize, Instant, Bytes);

/// Sockets of Members in one Room, whose messages come together.
struct Room {
    got: mpsc::UnboundedReceiver<Got>,
    sockets: usize,
}

/// Milliseconds to the first, the middle and the last socket.
struct Latency([f64; 3]);

pub async fn run(amount: Amount) -> Said<()> {
    let seeded = Seeded::with(200).await?;
    let nothing = tempfile::tempdir()?;
    let (product, bare) = (Server::product(&seeded.data())?, Server::bare(nothing.path())?);
    let mut product_room = Room::enter(&product, &seeded, amount.sockets, true).await?;
    let mut bare_room = Room::enter(&bare, &seeded, amount.sockets, false).await?;
    let (mut to_product, mut to_bare) = (Client::connect(product.address).await?, Client::connect(bare.address).await?);
    let mut pairs = [Pairs::default(), Pairs::default(), Pairs::default()];
    let mut wire = Series::default();
    for round in 0..=amount.rounds * POSTS_A_ROUND {
        let body = format!("body=Heard+by+all+{round}&key={round}&parent=1");
        let request = post(&format!("/topics/{}/posts", seeded.topic()), &seeded.cookies[64], &body);
        let (product_took, message) = product_room.hears(&mut to_product, &request).await?;
        check(&message, &seeded, round)?;
        wire.push(message.len() as f64);
        let request = post("/tell", &seeded.cookies[64], std::str::from_utf8(&message)?);
        let (bare_took, echoed) = bare_room.hears(&mut to_bare, &request).await?;
        if echoed != message {
            return Err("the bare side told something else".into());
        }
        if round > 0 {
            for (pair, (one, other)) in pairs.iter_mut().zip(product_took.0.into_iter().zip(bare_took.0)) {
                pair.push(one, other);
            }
        }
    }
    heading(&format!("One Post to {} sockets: milliseconds from sending it, {:.0} bytes to each, all compared", amount.sockets, wire.median()));
    for (name, pair) in ["to the first socket", "to the middle one", "to the last one"].into_iter().zip(&pairs) {
        row(name, &[format!("Plenary {}", pair.product.show(1)), format!("bare broadcast {}", pair.bare.show(1)), pair.times()]);
    }
    Ok(())
}

/// The message tells of the Post that was just sent, as a Member sees it.
fn check(message: &Bytes, seeded: &Seeded, round: usize) -> Said<()> {
    let said: serde_json::Value = serde_json::from_slice(message)?;
    let html = said["things"][0]["html"].as_str().unwrap_or_default();
    let right = said["room"] == format!("topic:{}", seeded.topic()) && html.contains(&format!("<p>Heard by all {round}</p>")) && html.contains("/people/member-64");
    if right { Ok(()) } else { Err(format!("not what was posted: {said}").into()) }
}

impl Room {
    /// Opens the sockets, of Members in turns, the last Member left out: they write.
    async fn enter(server: &Server, seeded: &Seeded, sockets: usize, is_product: bool) -> Said<Self> {
        let (tell, got) = mpsc::unbounded_channel();
        let topic = format!("{{\"room\":\"topic:{}\"", seeded.topic());
        for number in 0..sockets {
            let mut socket = Socket::open(server.address, &seeded.cookies[number % 64]).await?;
            if is_product {
                enter(&mut socket, seeded).await?;
            }
            let (tell, topic) = (tell.clone(), topic.clone());
            tokio::spawn(async move {
                // Who is here comes on the same socket; only the Topic's own messages count.
                while let Ok(message) = socket.next().await {
                    if message.starts_with(topic.as_bytes()) && tell.send((number, Instant::now(), message)).is_err() {
                        return;
                    }
                }
            });
        }
        // Presence is told once a second: let it come to rest.
        tokio::time::sleep(Duration::from_secs(3)).await;
        Ok(Self { got, sockets })
    }

    /// Sends a request and waits until every socket has its message, the same bytes for all.
    async fn hears(&mut self, client: &mut Client, request: &[u8]) -> Said<(Latency, Bytes)> {
        let began = Instant::now();
        let answer = client.send(request).await?;
        if answer.status != 201 {
            return Err(format!("refused: {}", answer.head).into());
        }
        let (mut times, mut heard, mut message) = (Series::default(), vec![false; self.sockets], Bytes::new());
        while times.len() < self.sockets {
            let (number, at, bytes) = tokio::time::timeout(PATIENCE, self.got.recv()).await.map_err(|_| "a socket heard nothing")?.ok_or("all sockets are gone")?;
            if message.is_empty() {
                message = bytes.clone();
            }
            if bytes != message || std::mem::replace(&mut heard[number], true) {
                return Err(format!("socket {number} heard something else: {bytes:?}").into());
            }
            times.push((at - began).as_secs_f64() * 1e3);
        }
        Ok((Latency([times.at(0.0), times.median(), times.at(1.0)]), message))
    }
}

/// Subscribes to the Topic from its present number, as its page would.
pub async fn enter(socket: &mut Socket, seeded: &Seeded) -> Said<()> {
    socket.say(&format!("{{\"hello\":{{\"epoch\":\"{}\",\"rooms\":{{\"topic:{}\":\"{}\"}}}}}}", seeded.epoch, seeded.topic(), seeded.head)).await
}
