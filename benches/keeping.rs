//! A backup of a site that goes on running, the restore of it, and the check of the whole: how long, how large, how much
//! memory, and how long somebody who posts meanwhile has to wait.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::http::{Client, post};
use crate::seed::Seeded;
use crate::servers::Server;
use crate::stats::{Series, grouped, heading, row};
use crate::{Amount, Said};

pub async fn run(amount: Amount) -> Said<()> {
    heading(&format!("Keeping a site of {} Posts, on SQLite", amount.posts));
    let seeded = Seeded::with(amount.posts).await?;
    let server = Server::product(&seeded.data())?;
    let folder = tempfile::tempdir()?;
    let file = folder.path().join("site.tar.gz");
    let before = waits(&seeded, &server, |_, began| began.elapsed() > Duration::from_secs(3), "before").await?;
    row("posting, one after the other, nothing else", &[before]);
    let mut child = plenary(&["backup".as_ref(), file.as_os_str()], &seeded.data(), None)?;
    let began = Instant::now();
    let (mut took, mut memory) = (Duration::ZERO, 0.0);
    let meanwhile = waits(
        &seeded,
        &server,
        |_, _| {
            memory = f64::max(memory, peak(child.id()).unwrap_or(0.0));
            let is_done = child.try_wait().is_ok_and(|status| status.is_some());
            took = began.elapsed();
            is_done
        },
        "meanwhile",
    )
    .await?;
    if !child.wait()?.success() {
        return Err("the backup was not made".into());
    }
    row("posting, one after the other, while the backup is made", &[meanwhile]);
    let size = std::fs::metadata(&file)?.len() as f64 / 1e6;
    let database = std::fs::metadata(seeded.database())?.len() as f64 / 1e6;
    row("backup, beside the posting", &[seconds(took), format!("{} MB of a database of {} MB", grouped(size, 1), grouped(database, 1)), megabytes(memory)]);
    drop(server);
    let alone = folder.path().join("alone.tar.gz");
    let (took, memory) = finished(&["backup".as_ref(), alone.as_os_str()], &seeded.data(), None)?;
    row_of("backup, nothing else", (took, memory));
    let data = folder.path().join("restored");
    let again = folder.path().join("again.tar.gz");
    row_of("restore", finished(&["restore".as_ref(), file.as_os_str()], &data, None)?);
    row_of("verify", finished(&["verify".as_ref()], &data, None)?);
    // An empty database, if there is one.
    if let Ok(url) = std::env::var("BENCH_POSTGRES") {
        let data = folder.path().join("on-postgres");
        row_of("restore into PostgreSQL", finished(&["restore".as_ref(), file.as_os_str()], &data, Some(&url))?);
        row_of("verify on PostgreSQL", finished(&["verify".as_ref()], &data, Some(&url))?);
        row_of("backup from PostgreSQL", finished(&["backup".as_ref(), again.as_os_str()], &data, Some(&url))?);
    }
    Ok(())
}

/// Posts by one person until `is_done`; how long they waited for each answer.
async fn waits(seeded: &Seeded, server: &Server, mut is_done: impl FnMut(usize, Instant) -> bool, when: &str) -> Said<String> {
    let mut client = Client::connect(server.address).await?;
    let (mut waited, began) = (Series::default(), Instant::now());
    while !is_done(waited.len(), began) {
        let text = format!("body=Said+{when}+{0}&key={when}-{0}", waited.len());
        let sent = Instant::now();
        let answer = client.send(&post(&format!("/topics/{}/posts", seeded.topic()), &seeded.cookies[2], &text)).await?;
        waited.push(sent.elapsed().as_secs_f64() * 1e3);
        if answer.status != 201 {
            return Err(format!("a Post was not taken: {}", answer.head).into());
        }
    }
    Ok(format!("{} Posts, each {:.1} ms (a hundredth over {:.1}, the longest {:.1})", waited.len(), waited.median(), waited.at(0.99), waited.at(1.0)))
}

fn row_of(name: &str, (took, memory): (Duration, f64)) {
    row(name, &[seconds(took), megabytes(memory)]);
}

fn plenary(arguments: &[&std::ffi::OsStr], data: &Path, database: Option<&str>) -> Said<std::process::Child> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PLENARY_")) {
        command.env_remove(name);
    }
    command.envs(database.map(|url| ("PLENARY_DATABASE_URL", url)));
    Ok(command.args(arguments).arg("--data").arg(data).env("RUST_LOG", "error").stdout(Stdio::null()).spawn()?)
}

/// Runs a command to its end: how long, and its most resident memory in KiB.
fn finished(arguments: &[&std::ffi::OsStr], data: &Path, database: Option<&str>) -> Said<(Duration, f64)> {
    let began = Instant::now();
    let mut child = plenary(arguments, data, database)?;
    let mut memory = 0.0;
    loop {
        memory = f64::max(memory, peak(child.id()).unwrap_or(0.0));
        if let Some(status) = child.try_wait()? {
            let took = began.elapsed();
            return if status.success() { Ok((took, memory)) } else { Err(format!("{arguments:?} failed").into()) };
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// The most resident memory that a process had, in KiB.
fn peak(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").trim().parse().ok()
}

fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}

fn megabytes(kib: f64) -> String {
    format!("{} MB of memory at most", grouped(kib / 1024.0, 0))
}
