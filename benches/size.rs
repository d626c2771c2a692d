//! The same pages with few and with many Posts in the database: what one asks for must not cost more for what one does not.

use std::time::Instant;

use crate::http::{Client, get, load, post};
use crate::masked::Masked;
use crate::seed::Seeded;
use crate::servers::Server;
use crate::stats::{Pairs, Series, heading, row};
use crate::{Amount, Said};

const FEW: usize = 200;
const CONNECTIONS: usize = 8;
/// Pages that are looked at for the first time, by each side.
const FIRST_LOOKS: usize = 100;

pub async fn run(amount: Amount) -> Said<()> {
    heading(&format!("The same page with {FEW} and with {} Posts in the database", amount.posts));
    let few = Seeded::with(FEW).await?;
    let began = Instant::now();
    let many = Seeded::with(amount.posts).await?;
    println!("seeded {} Posts in {:.1} s", amount.posts, began.elapsed().as_secs_f64());
    let servers = [Server::product(&few.data())?, Server::product(&many.data())?];
    for (name, is_signed_in) in [("signed out, requests a second", false), ("signed in, requests a second", true)] {
        let mut pairs = Pairs::default();
        for round in 0..=amount.rounds {
            let mut rates = [0.0; 2];
            for (side, (seeded, server)) in [&few, &many].into_iter().zip(&servers).enumerate() {
                let request = get(&format!("/topics/{}", seeded.topic()), is_signed_in.then(|| seeded.cookies[1].as_str()), false);
                let expected = Masked::new(Client::connect(server.address).await?.send(&request).await?.body);
                rates[side] = load(server.address, &request, CONNECTIONS, amount.round, &|answer| expected.check(answer.body)).await?;
            }
            if round > 0 {
                pairs.push(rates[1], rates[0]);
            }
        }
        row(name, &[format!("few {}", pairs.bare.show(0)), format!("many {}", pairs.product.show(0)), format!("many to few {}", pairs.ratio())]);
    }
    first_looks(&[few, many], &servers).await
}

/// Pages whose Posts have to be drawn anew, because somebody's profile changed: nothing of them is kept.
async fn first_looks(seeded: &[Seeded; 2], servers: &[Server; 2]) -> Said<()> {
    let mut times = [Series::default(), Series::default()];
    for look in 0..FIRST_LOOKS {
        for (side, (seeded, server)) in seeded.iter().zip(servers).enumerate() {
            let mut client = Client::connect(server.address).await?;
            let profile = format!("name=Member+Changed{look}&about=&language=en&zone=Europe%2FVienna&theme=system&organisation=");
            let saved = client.send(&post("/settings", &seeded.cookies[2], &profile)).await?;
            if saved.status != 303 {
                return Err(format!("the profile was not saved: {}", saved.head).into());
            }
            let topic = seeded.topics[(look * 7919 + 13) % seeded.topics.len()];
            let request = get(&format!("/topics/{topic}"), Some(&seeded.cookies[1]), false);
            let began = Instant::now();
            let page = client.send(&request).await?;
            times[side].push(began.elapsed().as_secs_f64() * 1e3);
            if page.status != 200 || !std::str::from_utf8(page.body)?.contains(&format!("Member Changed{look}<")) {
                return Err(format!("page {look} of {topic} is not the one that was meant").into());
            }
        }
    }
    let show = |series: &Series| format!("{:.2} ms (a tenth under {:.2}, a tenth over {:.2})", series.median(), series.at(0.1), series.at(0.9));
    row("signed in, a page nothing of which is kept", &[format!("few {}", show(&times[0])), format!("many {}", show(&times[1]))]);
    Ok(())
}
