//! Memory a socket: how much a server grows by many idle, subscribed sockets, beside axum's own doing nothing.

use std::time::Duration;

use crate::fan_out::enter;
use crate::seed::Seeded;
use crate::servers::Server;
use crate::stats::{Pairs, heading, row};
use crate::ws::Socket;
use crate::{Amount, Said};

/// Sockets opened before anything is counted, so that what is made once is there.
const FIRST: usize = 50;
/// Fresh processes of each side: memory once taken is not given back.
const TIMES: usize = 3;

pub async fn run(amount: Amount) -> Said<()> {
    let seeded = Seeded::with(200).await?;
    let nothing = tempfile::tempdir()?;
    let mut pairs = Pairs::default();
    for _ in 0..TIMES {
        let product = grown(Server::product(&seeded.data())?, &seeded, amount.sockets, true).await?;
        let bare = grown(Server::bare(nothing.path())?, &seeded, amount.sockets, false).await?;
        pairs.push(product, bare);
    }
    heading(&format!("Memory a socket, of {} idle ones in one Room: KiB resident", amount.sockets));
    let cells = [format!("Plenary {}", pairs.product.show(1)), format!("bare axum {}", pairs.bare.show(1)), pairs.times()];
    row("a socket", &cells);
    Ok(())
}

/// KiB a socket.
async fn grown(server: Server, seeded: &Seeded, sockets: usize, is_product: bool) -> Said<f64> {
    let first = open(&server, seeded, FIRST, is_product).await?;
    let before = server.resident()?;
    let rest = open(&server, seeded, sockets, is_product).await?;
    let after = server.resident()?;
    drop((first, rest));
    Ok((after - before) / sockets as f64)
}

async fn open(server: &Server, seeded: &Seeded, sockets: usize, is_product: bool) -> Said<Vec<Socket>> {
    let mut opened = Vec::new();
    for number in 0..sockets {
        let mut socket = Socket::open(server.address, &seeded.cookies[number % 64]).await?;
        if is_product {
            enter(&mut socket, seeded).await?;
        }
        opened.push(socket);
    }
    tokio::time::sleep(Duration::from_secs(3)).await;
    Ok(opened)
}
