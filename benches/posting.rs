//! Posting durably, over HTTP into the real server, beside a bare loop of the same statements in the same groups.

use std::path::Path;
use std::time::Instant;

use futures_util::future::try_join_all;
use plenary::web::render_markdown;

use crate::http::{Client, post};
use crate::seed::Seeded;
use crate::servers::Server;
use crate::statements::{Bare, Rusqlite, Write, rows};
use crate::stats::{Pairs, Series, heading, row};
use crate::{Amount, Said};

/// A Post that the server said it has.
struct Acknowledged {
    topic: i64,
    number: i64,
    source: String,
}

pub async fn run(amount: Amount) -> Said<()> {
    heading("Posting durably: Posts a second (every Post answers somebody, who gets a notice)");
    for clients in [1, 64] {
        measure(clients, amount).await?;
    }
    Ok(())
}

async fn measure(clients: usize, amount: Amount) -> Said<()> {
    let seeded = Seeded::with(200).await?;
    let copies = tempfile::tempdir()?;
    let [bare_file, rusqlite_file] = ["bare", "rusqlite"].map(|name| copies.path().join(name));
    copy(&seeded, &bare_file)?;
    copy(&seeded, &rusqlite_file)?;
    let product = Server::product(&seeded.data())?;
    let (bare, mut rusqlite) = (Bare::open(&bare_file).await?, Rusqlite::open(&rusqlite_file)?);
    let (mut beside_bare, mut beside_rusqlite, mut sizes) = (Pairs::default(), Pairs::default(), Series::default());
    let mut acknowledged = 0;
    for round in 0..=amount.rounds {
        let last = last_post(&seeded)?;
        let (posted, seconds) = round_of_posts(&product, &seeded, clients, round, amount).await?;
        look_up(&seeded, &posted)?;
        acknowledged += posted.len();
        let groups = groups_after(&seeded, last)?;
        let writes: Vec<Write> = posted.iter().enumerate().map(|(at, post)| write(post, at, round)).collect();
        let (bare_seconds, rusqlite_seconds) = (bare.run(&writes, &groups).await?, rusqlite.run(&writes, &groups)?);
        if round > 0 {
            let rate = posted.len() as f64 / seconds;
            beside_bare.push(rate, posted.len() as f64 / bare_seconds);
            beside_rusqlite.push(rate, posted.len() as f64 / rusqlite_seconds);
            sizes.push(posted.len() as f64 / groups.len() as f64);
        }
    }
    drop(product);
    let left = rows(&seeded.database())?;
    if left != rows(&bare_file)? || left != rows(&rusqlite_file)? {
        return Err(format!("the sides left other rows: {left:?}, {:?}, {:?}", rows(&bare_file)?, rows(&rusqlite_file)?).into());
    }
    let name = if clients == 1 { "1 client".to_owned() } else { format!("{clients} clients") };
    let cells = [
        format!("Plenary {}", beside_bare.product.show(0)),
        format!("bare sea-orm {}", beside_bare.bare.show(0)),
        beside_bare.beside(Some(0.7)),
        format!("bare rusqlite {}", beside_rusqlite.bare.show(0)),
        beside_rusqlite.beside(None),
        format!("Posts a transaction {}", sizes.show(1)),
        format!("{acknowledged} acknowledged, all found"),
    ];
    row(&name, &cells);
    Ok(())
}

/// Copies the seeded database before anybody writes on.
fn copy(seeded: &Seeded, to: &Path) -> Said<()> {
    rusqlite::Connection::open(seeded.database())?.execute("VACUUM INTO ?1", [to.to_string_lossy()])?;
    Ok(())
}

async fn round_of_posts(product: &Server, seeded: &Seeded, clients: usize, round: usize, amount: Amount) -> Said<(Vec<Acknowledged>, f64)> {
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(Client::connect(product.address).await?);
    }
    let began = Instant::now();
    let posted = try_join_all(connections.iter_mut().enumerate().map(|(client, connection)| async move {
        let mut posted = Vec::new();
        let topic = seeded.topics[client % seeded.topics.len()];
        while began.elapsed() < amount.round {
            let source = format!("Answer {} of client {client} in round {round}: we did *the same* in 2024, see [the report](https://city.example/{client}).", posted.len());
            let body = serde_urlencoded::to_string([("body", source.as_str()), ("key", &format!("{round}-{}", posted.len())), ("parent", "1")])?;
            let request = post(&format!("/topics/{topic}/posts"), &seeded.cookies[1 + client], &body);
            let answer = connection.send(&request).await?;
            if answer.status != 201 {
                return Err(format!("a Post was refused: {} {}", answer.head, String::from_utf8_lossy(answer.body)).into());
            }
            let said: serde_json::Value = serde_json::from_slice(answer.body)?;
            posted.push(Acknowledged { topic, number: said["number"].as_i64().ok_or("no number")?, source });
        }
        Said::Ok(posted)
    }))
    .await?;
    Ok((posted.into_iter().flatten().collect(), began.elapsed().as_secs_f64()))
}

fn last_post(seeded: &Seeded) -> Said<i64> {
    Ok(rusqlite::Connection::open(seeded.database())?.query_row("SELECT max(id) FROM post", [], |row| row.get(0))?)
}

/// Every acknowledged Post is there, with its words.
fn look_up(seeded: &Seeded, posted: &[Acknowledged]) -> Said<()> {
    let connection = rusqlite::Connection::open(seeded.database())?;
    let mut statement = connection.prepare("SELECT source FROM post WHERE topic = ?1 AND number = ?2")?;
    for post in posted {
        let source: String = statement.query_row([post.topic, post.number], |row| row.get(0))?;
        if source != post.source {
            return Err(format!("Post {} of Topic {} holds other words", post.number, post.topic).into());
        }
    }
    Ok(())
}

/// How many Posts each transaction held: the writer takes the time once a transaction.
fn groups_after(seeded: &Seeded, last: i64) -> Said<Vec<usize>> {
    let connection = rusqlite::Connection::open(seeded.database())?;
    let mut statement = connection.prepare("SELECT count(*) FROM post WHERE id > ?1 GROUP BY created_at ORDER BY created_at")?;
    let groups = statement.query_map([last], |row| row.get::<_, i64>(0))?;
    Ok(groups.map(|size| size.map(|size| size as usize)).collect::<Result<_, _>>()?)
}

/// The same Post for the bare loops, with what the product does outside of its transaction done before.
fn write(post: &Acknowledged, at: usize, round: usize) -> Write {
    Write {
        topic: post.topic,
        by: 2 + (at % 64) as i64,
        digest: plenary::secret::hashed(&format!("{round} {at}")),
        html: render_markdown(&post.source).0,
        source: post.source.clone(),
    }
}
