//! A Topic page of 50 Posts, signed out and signed in, beside axum sending the very same bytes from memory.

use std::cell::RefCell;
use std::io::Read;
use std::path::Path;

use crate::http::{Answer, Client, get, load};
use crate::masked::Masked;
use crate::seed::{POSTS, Seeded, mark};
use crate::servers::Server;
use crate::stats::{Pairs, Series, heading, row};
use crate::{Amount, Said, payload};

/// Connections that ask at once.
const CONNECTIONS: usize = 8;

/// One way of asking for the page.
struct Case {
    name: &'static str,
    cookie: Option<String>,
    takes_gzip: bool,
    /// Where the bare side answers it: from memory, or compressing at each request.
    bare: &'static str,
    aim: Option<f64>,
}

pub async fn run(amount: Amount) -> Said<()> {
    let seeded = Seeded::with(200).await?;
    let product = Server::product(&seeded.data())?;
    let path = format!("/topics/{}", seeded.topic());
    let cookie = Some(seeded.cookies[1].clone());
    let cases = [
        Case { name: "signed out", cookie: None, takes_gzip: false, bare: "page", aim: Some(0.7) },
        Case { name: "signed in", cookie: cookie.clone(), takes_gzip: false, bare: "page", aim: Some(0.4) },
        Case { name: "signed out, gzip, kept by both", cookie: None, takes_gzip: true, bare: "page", aim: Some(0.7) },
        Case { name: "signed in, gzip; bare compresses each", cookie: cookie.clone(), takes_gzip: true, bare: "compressed", aim: Some(0.4) },
        Case { name: "signed in, gzip; bare kept compressed", cookie, takes_gzip: true, bare: "page", aim: Some(0.4) },
    ];
    heading("A Topic page of 50 Posts: requests a second");
    for case in &cases {
        measure(case, &product, &path, seeded.topics.len() / 2, amount).await?;
    }
    Ok(())
}

async fn measure(case: &Case, product: &Server, path: &str, topic: usize, amount: Amount) -> Said<()> {
    let folder = tempfile::tempdir()?;
    let request = get(path, case.cookie.as_deref(), case.takes_gzip);
    let (expected, wire) = look(product, &request, case, topic, folder.path()).await?;
    let bare = Server::bare(folder.path())?;
    let bare_request = get(&format!("/{}/it", case.bare), case.cookie.as_deref(), case.takes_gzip);
    let mut pairs = Pairs::default();
    let mut processor = [Series::default(), Series::default()];
    for round in 0..=amount.rounds {
        let mut rates = [0.0; 2];
        for (side, (server, request)) in [(product, &request), (&bare, &bare_request)].into_iter().enumerate() {
            let before = server.processor()?;
            rates[side] = answers(server, request, case, &expected, amount).await?;
            let used = server.processor()? - before;
            // The first round warms both.
            if round > 0 {
                processor[side].push(used * 1e6 / (rates[side] * amount.round.as_secs_f64()));
            }
        }
        if round > 0 {
            pairs.push(rates[0], rates[1]);
        }
    }
    let cells = [
        format!("Plenary {}/s", pairs.product.show(0)),
        format!("bare axum {}/s", pairs.bare.show(0)),
        pairs.beside(case.aim),
        format!("server's processor a request {:.0} and {:.0} µs", processor[0].median(), processor[1].median()),
        format!("{wire} bytes"),
    ];
    row(case.name, &cells);
    Ok(())
}

/// Looks closely at the product's page, keeps it for the bare side, and says how large its body is on the wire.
async fn look(product: &Server, request: &[u8], case: &Case, topic: usize, folder: &Path) -> Said<(Masked, usize)> {
    let mut client = Client::connect(product.address).await?;
    let answer = client.send(request).await?;
    let page = plain(&answer)?;
    let text = std::str::from_utf8(&page)?;
    if answer.status != 200 || text.matches("data-number=").count() != POSTS || text.contains("member-1\"") != case.cookie.is_some() {
        return Err(format!("not the page that was meant: {} {}", answer.head, text.get(..2000).unwrap_or(text)).into());
    }
    if let Some(number) = (1..=POSTS).find(|number| !text.contains(&mark(topic, *number))) {
        return Err(format!("Post {number} is missing").into());
    }
    if answer.header("content-encoding").is_some() != case.takes_gzip {
        return Err("compressed where it should not be, or the other way round".into());
    }
    let wire = answer.body.len();
    if case.bare == "compressed" {
        payload::keep(folder, "it", &answer, &page, &["content-encoding", "vary"])?;
    } else {
        payload::keep(folder, "it", &answer, answer.body, &[])?;
    }
    Ok((Masked::new(&page), wire))
}

/// One round. Every answer is compared with the page that was looked at: at once where it comes plain, after the round
/// where it has to be unpacked first.
async fn answers(server: &Server, request: &[u8], case: &Case, expected: &Masked, amount: Amount) -> Said<f64> {
    let packed = RefCell::new(Vec::new());
    let check = |answer: &Answer| {
        if answer.status != 200 {
            return Err(format!("status {}", answer.status).into());
        }
        if case.takes_gzip {
            packed.borrow_mut().push(answer.body.to_vec());
            return Ok(());
        }
        expected.check(answer.body)
    };
    let rate = load(server.address, request, CONNECTIONS, amount.round, &check).await?;
    for body in packed.into_inner() {
        expected.check(&unpacked(&body)?)?;
    }
    Ok(rate)
}

fn plain(answer: &Answer) -> Said<Vec<u8>> {
    if answer.header("content-encoding") == Some("gzip") { unpacked(answer.body) } else { Ok(answer.body.to_vec()) }
}

fn unpacked(body: &[u8]) -> Said<Vec<u8>> {
    let mut page = Vec::with_capacity(body.len() * 6);
    flate2::read::GzDecoder::new(body).read_to_end(&mut page)?;
    Ok(page)
}
