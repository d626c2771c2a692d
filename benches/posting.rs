//! Posting durably, over HTTP into the real server, beside a bare loop of the same statements in the same groups.

use std::path::Path;
use std::time::Instant;

use futures_util::future::try_join_all;
use plenary::web::render_markdown;

use crate::http::{Client, post};
use crate::seed::Seeded;
use crate::servers::{Server, processor_of};
use crate::statements::{Bare, Rusqlite, Write, rows};
use crate::stats::{Pairs, Series, heading, row};
use crate::{Amount, Said};

/// Members who have a Post in each seeded Topic; more clients than that are further tabs of theirs.
const AUTHORS: usize = 49;

/// What is answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answers {
    /// One's own Post: nobody is told, so that both sides run the same statements.
    OneSelf,
    /// The Topic, whose author gets a notice and a mail for each: more statements than the bare side runs.
    Another,
}

/// A Post that the server said it has.
struct Acknowledged {
    topic: i64,
    number: i64,
    parent: i64,
    by: i64,
    source: String,
}

pub async fn run(amount: Amount) -> Said<()> {
    heading("Posting durably, over HTTP: Posts a second");
    for answers in [Answers::OneSelf, Answers::Another] {
        for clients in [1, 64] {
            measure(clients, answers, amount).await?;
        }
    }
    Ok(())
}

async fn measure(clients: usize, answers: Answers, amount: Amount) -> Said<()> {
    let seeded = Seeded::with(200).await?;
    let copies = tempfile::tempdir()?;
    let [bare_file, rusqlite_file] = ["bare", "rusqlite"].map(|name| copies.path().join(name));
    copy(&seeded, &bare_file)?;
    copy(&seeded, &rusqlite_file)?;
    let product = Server::product(&seeded.data())?;
    let (bare, mut rusqlite) = (Bare::open(&bare_file).await?, Rusqlite::open(&rusqlite_file)?);
    let (mut served, mut looped) = (Series::default(), Series::default());
    let (mut beside_bare, mut beside_rusqlite, mut sizes) = (Pairs::default(), Pairs::default(), Series::default());
    let mut acknowledged = 0;
    for round in 0..=amount.rounds {
        let last = last_post(&seeded)?;
        let before = product.processor()?;
        let (posted, seconds) = round_of_posts(&product, &seeded, (clients, answers), round, amount).await?;
        let used = product.processor()? - before;
        look_up(&seeded, &posted)?;
        acknowledged += posted.len();
        let groups = groups_after(&seeded, last)?;
        let writes: Vec<Write> = posted.iter().enumerate().map(|(at, post)| write(post, at, round)).collect();
        let before = processor_of("self")?;
        let bare_seconds = bare.run(&writes, &groups).await?;
        let bare_used = processor_of("self")? - before;
        let rusqlite_seconds = rusqlite.run(&writes, &groups)?;
        if round > 0 {
            let rate = posted.len() as f64 / seconds;
            beside_bare.push(rate, posted.len() as f64 / bare_seconds);
            beside_rusqlite.push(rate, posted.len() as f64 / rusqlite_seconds);
            served.push(used * 1e6 / posted.len() as f64);
            looped.push(bare_used * 1e6 / posted.len() as f64);
            sizes.push(posted.len() as f64 / groups.len() as f64);
        }
    }
    drop(product);
    let left = rows(&seeded.database())?;
    if left != rows(&bare_file)? || left != rows(&rusqlite_file)? {
        return Err(format!("the sides left other rows: {left:?}, {:?}, {:?}", rows(&bare_file)?, rows(&rusqlite_file)?).into());
    }
    let (told, aim) = if answers == Answers::OneSelf { ("nobody is told", Some(0.7)) } else { ("a notice and a mail each", None) };
    let name = format!("{clients} client{}, {told}", if clients == 1 { "" } else { "s" });
    let cells = [
        format!("Plenary {}", beside_bare.product.show(0)),
        format!("bare sea-orm {}", beside_bare.bare.show(0)),
        beside_bare.beside(aim),
        format!("bare rusqlite {}", beside_rusqlite.bare.show(0)),
        beside_rusqlite.beside(None),
        format!("processor a Post {:.0} and {:.0} µs", served.median(), looped.median()),
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

async fn round_of_posts(product: &Server, seeded: &Seeded, (clients, answers): (usize, Answers), round: usize, amount: Amount) -> Said<(Vec<Acknowledged>, f64)> {
    let mut connections = Vec::new();
    for _ in 0..clients {
        connections.push(Client::connect(product.address).await?);
    }
    let began = Instant::now();
    let posted = try_join_all(connections.iter_mut().enumerate().map(|(client, connection)| async move {
        let mut posted = Vec::new();
        let topic = seeded.topics[client % seeded.topics.len()];
        let author = 1 + client % AUTHORS;
        let parent = if answers == Answers::OneSelf { author as i64 + 1 } else { 1 };
        while began.elapsed() < amount.round {
            let source = format!("Answer {} of client {client} in round {round}: we did *the same* in 2024, see [the report](https://city.example/{client}).", posted.len());
            let body = serde_urlencoded::to_string([("body", source.as_str()), ("key", &format!("{round}-{client}-{}", posted.len())), ("parent", &parent.to_string())])?;
            let request = post(&format!("/topics/{topic}/posts"), &seeded.cookies[author], &body);
            let answer = connection.send(&request).await?;
            if answer.status != 201 {
                return Err(format!("a Post was refused: {} {}", answer.head, String::from_utf8_lossy(answer.body)).into());
            }
            let said: serde_json::Value = serde_json::from_slice(answer.body)?;
            let number = said["number"].as_i64().ok_or("no number")?;
            posted.push(Acknowledged { topic, number, parent, by: author as i64 + 1, source });
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
        parent: post.parent,
        by: post.by,
        digest: plenary::secret::hashed(&format!("{round} {at}")),
        html: render_markdown(&post.source).0,
        source: post.source.clone(),
    }
}
