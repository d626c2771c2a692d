//! The demo: what a newcomer finds after one command, the same on both databases, and never twice.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use plenary::clock::{Clock, Instant};
use plenary::host::demo::{self, Size};
use plenary::journal::Reads;
use plenary::settings::Settings;
use plenary::workshops::WorkshopId;
use plenary::{Site, values};

use crate::both_databases;
use crate::support::{Browser, TestSite};

both_databases!(an_interrupted_seed_goes_on_and_is_done_once);

const DAY: i64 = 86_400_000_000;

/// A site whose readers are not at work yet, as `plenary demo` seeds it.
async fn unborn(data: &tempfile::TempDir) -> Site {
    let mut settings = Settings::load(None).unwrap_or_else(|wrongs| panic!("{wrongs:?}"));
    settings.data = data.path().to_owned();
    settings.database_url = format!("sqlite:{}", data.path().join("plenary.sqlite").display());
    Site::open(settings, Clock::System).await.unwrap()
}

async fn number(site: &Site, sql: &str) -> i64 {
    site.db.value::<i64>(sql, values![]).await.unwrap().unwrap_or(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_whole_seed_is_what_was_promised() {
    let data = tempfile::tempdir().unwrap();
    let site = unborn(&data).await;
    demo::seed(&site, Size::Whole, &|_| {}).await.unwrap();

    for (least, sql) in [
        (40, "SELECT count(*) FROM organisation"),
        (15, "SELECT count(DISTINCT country) FROM organisation WHERE country <> ''"),
        (6, "SELECT count(DISTINCT level) FROM organisation"),
        (200, "SELECT count(*) FROM member"),
        (8, "SELECT count(*) FROM space"),
        (3, "SELECT count(DISTINCT layer) FROM space"),
        (60, "SELECT count(*) FROM topic"),
        (1_500, "SELECT count(*) FROM post"),
        (500, "SELECT max(posts) FROM topic"),
        (4, "SELECT count(DISTINCT language) FROM post"),
        (100, "SELECT count(*) FROM post WHERE language = 'de'"),
        // Deep branches, in at least three languages: a path holds four digits a level.
        (20, "SELECT max(length(path)) / 4 FROM post"),
        (3, "SELECT count(*) FROM (SELECT language FROM post WHERE length(path) >= 20 GROUP BY language) AS deep"),
        (6, "SELECT count(DISTINCT phase) FROM board"),
        (3, "SELECT count(*) FROM board WHERE phase = 'closed'"),
        (60, "SELECT count(*) FROM card"),
        (2, "SELECT count(*) FROM dialogue"),
        (3, "SELECT count(DISTINCT state) FROM stage"),
        (23, "SELECT count(*) FROM contribution"),
        (20, "SELECT count(*) FROM contribution_comment"),
        (5, "SELECT count(*) FROM point"),
        (4, "SELECT count(*) FROM point_answer"),
        // Mail waits: the notify reader begins a day ago, not at the end.
        (5, "SELECT count(*) FROM journal WHERE kind = 'forum.post_added' AND id > (SELECT position FROM reader WHERE name = 'notify')"),
    ] {
        assert!(number(&site, sql).await >= least, "{sql} gives {}, not {least}", number(&site, sql).await);
    }
    for sql in [
        "SELECT count(*) FROM (SELECT source FROM post GROUP BY source HAVING count(*) > 1) AS twice",
        "SELECT count(*) FROM (SELECT title FROM topic GROUP BY title HAVING count(*) > 1) AS twice",
        "SELECT count(*) FROM post WHERE source LIKE '%{%' OR source LIKE '%}%'",
        "SELECT count(*) FROM journal later JOIN journal earlier ON earlier.id = later.id - 1 WHERE later.at < earlier.at",
        "SELECT count(*) FROM member WHERE email NOT LIKE '%.example'",
        "SELECT count(*) FROM topic t WHERE t.posts <> (SELECT count(*) FROM post p WHERE p.topic = t.id)",
        "SELECT count(*) FROM post p JOIN post parent ON parent.topic = p.topic AND parent.number = p.parent WHERE parent.created_at > p.created_at",
    ] {
        assert_eq!(number(&site, sql).await, 0, "{sql}");
    }
    let horizon = site.now().micros() - DAY;
    let told = format!("SELECT count(*) FROM journal WHERE at < {horizon} AND id > (SELECT position FROM reader WHERE name = 'notify')");
    assert_eq!(number(&site, &told).await, 0, "nobody is told of what is older than a day");

    workshops_are_what_was_promised(&site, horizon).await;

    for dialogue in site.db.column::<i64>("SELECT id FROM dialogue ORDER BY id", values![]).await.unwrap() {
        assert!(plenary::dialogues::trail_holds(&site.db, plenary::dialogues::DialogueId(dialogue)).await.unwrap(), "the trail is whole");
    }

    // The roles are people with the rights of their names.
    for role in demo::ROLES {
        let handle = demo::handle_of(role).unwrap();
        let sql = "SELECT role FROM member WHERE handle = $1 AND (practitioner_at IS NOT NULL OR $2 = 'member')";
        let stored: Option<String> = site.db.value(sql, values![handle.clone(), *role]).await.unwrap();
        let expected = if ["moderator", "admin"].contains(role) { *role } else { "member" };
        assert_eq!(stored.as_deref(), Some(expected), "{role}: {handle}");
        // Each has something to read, and has read most.
        let unread = "SELECT count(*) FROM topic t JOIN topic_read r ON r.topic = t.id JOIN member m ON m.id = r.member WHERE m.handle = $1 AND r.amount < t.posts";
        let unread: i64 = site.db.value(unread, values![handle.clone()]).await.unwrap().unwrap();
        assert!((2..=16).contains(&unread), "{handle}: {unread} Topics with something new");
    }

    // A second start changes nothing.
    let before = number(&site, "SELECT max(id) FROM journal").await;
    demo::seed(&site, Size::Whole, &|_| {}).await.unwrap();
    assert_eq!(number(&site, "SELECT max(id) FROM journal").await, before);

    // It comes to life: notices of the last day, digests that are due, and no flood.
    site.run();
    for (least, sql) in [
        (10, "SELECT count(*) FROM notification"),
        (1, "SELECT count(*) FROM notification n JOIN member m ON m.id = n.member WHERE m.handle = 'anna-moser'"),
        (5, "SELECT count(*) FROM outbox WHERE kind = 'digest'"),
    ] {
        let mut waited = 0;
        while number(&site, sql).await < least {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            waited += 1;
            assert!(waited < 200, "{sql} gives {}, not {least}", number(&site, sql).await);
        }
    }
    assert!(number(&site, "SELECT count(*) FROM outbox").await < 100);
    assert_eq!(number(&site, "SELECT count(*) FROM outbox WHERE recipient NOT LIKE '%.example'").await, 0);
    assert_eq!(number(&site, "SELECT count(*) FROM digest_plan WHERE next_at IS NOT NULL").await, 201 - number(&site, "SELECT count(*) FROM digest_setting WHERE kind = 'none'").await);
    site.close().await;
}

/// Workshops that are past with their minutes, running, weekly, and full; each as its texts say, and nobody mailed of old.
async fn workshops_are_what_was_promised(site: &Site, horizon: i64) {
    let now = site.now().micros();
    let running = "ended_at IS NULL AND opened_at IS NOT NULL";
    for (expected, sql) in [
        (17, "SELECT count(*) FROM workshop".to_owned()),
        // Over, with minutes that are a Topic of the Space by a facilitator, and what was decided.
        (3, "SELECT count(*) FROM workshop w JOIN topic t ON t.id = w.topic AND t.space = w.space AND t.language = w.language
             JOIN post p ON p.topic = t.id AND p.number = 1 JOIN workshop_facilitator f ON f.workshop = w.id AND f.member = p.author
             WHERE w.ended_at < p.created_at AND (SELECT count(*) FROM workshop_outcome o WHERE o.workshop = w.id) >= 7".into()),
        (4, format!("SELECT count(*) FROM workshop WHERE ended_at <= {now}")),
        // Running: at a brainstorm that has its Board, with time left, people, words and hands.
        (1, format!("SELECT count(*) FROM workshop w JOIN activity a ON a.workshop = w.id AND a.position = w.step JOIN board b ON b.id = a.board
             WHERE {running} AND a.kind = 'brainstorm' AND b.workshop = w.id AND b.phase = 'group' AND w.starts_at <= {now} AND w.deadline > {now}")),
        (26, format!("SELECT count(*) FROM workshop w JOIN attendance a ON a.workshop = w.id WHERE {running}")),
        (19, format!("SELECT count(*) FROM workshop w JOIN workshop_message m ON m.workshop = w.id WHERE {running}")),
        (2, format!("SELECT count(*) FROM workshop w JOIN hand h ON h.workshop = w.id AND h.raised_at IS NOT NULL WHERE {running}")),
        (5, format!("SELECT count(*) FROM workshop w JOIN registration r ON r.workshop = w.id AND r.standing = 'registered' JOIN member m ON m.id = r.member
             WHERE {running} AND m.handle IN ('leyla-aydin', 'anna-moser', 'katrin-lind', 'marek-wolny', 'nora-feeney')")),
        // Every week: one is over, seven are ahead, at the same hour on the wall.
        (7, format!("SELECT count(*) FROM workshop w JOIN workshop first ON first.id = w.series AND first.ended_at IS NOT NULL
             WHERE w.starts_at > {now} AND w.registered >= 2 AND substr(w.local_start, 11) = substr(first.local_start, 11)")),
        // Full, with people who wait.
        (1, "SELECT count(*) FROM workshop WHERE capacity > 0 AND registered = capacity AND waiting = 5".into()),
        (5, format!("SELECT count(*) FROM workshop w WHERE w.starts_at > {now} AND w.series IS NULL AND (SELECT count(*) FROM activity a WHERE a.workshop = w.id) >= 4")),
        // Past and running brainstorms were held in their rooms; those beforehand are led to.
        (5, "SELECT count(*) FROM board b JOIN activity a ON a.board = b.id WHERE b.workshop = a.workshop".into()),
        (3, "SELECT count(*) FROM workshop w JOIN board b ON w.source LIKE '%(/boards/' || b.id || ')%' AND b.space = w.space AND b.workshop IS NULL".into()),
        (0, "SELECT count(*) FROM attendance a WHERE NOT EXISTS (SELECT 1 FROM registration r WHERE r.workshop = a.workshop AND r.member = a.member)".into()),
        (0, "SELECT count(*) FROM workshop_message m WHERE NOT EXISTS
             (SELECT 1 FROM journal j WHERE j.kind = 'workshops.message_added' AND j.about = m.id AND j.at = m.at)".into()),
        (0, "SELECT count(*) FROM registration r JOIN workshop w ON w.id = r.workshop WHERE r.joined_at < w.created_at OR r.joined_at > w.starts_at".into()),
        (0, format!("SELECT count(*) FROM outbox WHERE created_at < {horizon} OR send_at < {horizon}")),
    ] {
        assert_eq!(number(site, &sql).await, expected, "{sql}");
    }
    let waiting = number(site, "SELECT count(*) FROM outbox WHERE kind LIKE 'workshop_%' AND state = 'waiting'").await;
    assert!((1..50).contains(&waiting), "{waiting} confirmations of the last day wait to be sent");

    // The minutes tell what happened: who came, and the dots of every group.
    let written = "SELECT w.id FROM workshop w WHERE w.topic IS NOT NULL ORDER BY w.id";
    for id in site.db.column::<i64>(written, values![]).await.unwrap() {
        let minutes = "SELECT p.source FROM post p JOIN workshop w ON w.topic = p.topic AND p.number = 1 WHERE w.id = $1";
        let minutes: String = site.db.value(minutes, values![id]).await.unwrap().unwrap();
        let (word, colon, is_english) = if minutes.contains("## Who was there") { ("vote", ":", true) } else { ("point", "\u{a0}:", false) };
        let came = plenary::workshops::attendance(&site.db, WorkshopId(id)).await.unwrap();
        for row in came.iter().filter(|_| is_english) {
            let line = format!("| {} | {} |", row.short_name.as_deref().unwrap_or_default(), row.people);
            assert!(minutes.contains(&line), "{line} is not in the minutes of {id}");
        }
        let total: i64 = came.iter().map(|row| row.people).sum();
        assert!(minutes.contains(&format!("\n\n{total} ")), "{total} came to {id}");
        let boards = site.db.column::<i64>("SELECT board FROM activity WHERE workshop = $1 AND board IS NOT NULL", values![id]).await.unwrap();
        assert_eq!(boards.len(), 1);
        let outcome = plenary::boards::outcome(&site.db, plenary::boards::BoardId(boards[0])).await.unwrap();
        for group in outcome.groups {
            let line = format!("### {}{colon} {} {word}", group.title, group.votes);
            assert!(minutes.contains(&line), "{line} is not in the minutes of {id}");
        }
    }
}

async fn an_interrupted_seed_goes_on_and_is_done_once(site: TestSite) {
    let interrupted = {
        let site = site.site.clone();
        tokio::spawn(async move { demo::seed(&site, Size::Small, &|_| {}).await })
    };
    while number(&site.site, "SELECT count(*) FROM topic").await == 0 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    interrupted.abort();
    let _ = interrupted.await;
    // The write under way ends on the writer's task; then all stands still.
    let mut posts = -1;
    while number(&site.site, "SELECT count(*) FROM post").await != posts {
        posts = number(&site.site, "SELECT count(*) FROM post").await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    }
    demo::seed(&site.site, Size::Small, &|_| {}).await.unwrap();
    assert_eq!(number(&site.site, "SELECT count(*) FROM member").await, 201, "one has come by an invitation");
    assert_eq!(number(&site.site, "SELECT count(*) FROM space").await, 8);
    assert_eq!(number(&site.site, "SELECT count(*) FROM topic").await, 63, "three are minutes");
    assert!(number(&site.site, "SELECT count(*) FROM post").await >= 225);
    for sql in [
        "SELECT count(*) FROM (SELECT source FROM post GROUP BY source HAVING count(*) > 1) AS twice",
        "SELECT count(*) FROM (SELECT title FROM topic GROUP BY title HAVING count(*) > 1) AS twice",
    ] {
        assert_eq!(number(&site.site, sql).await, 0, "{sql}");
    }
    // Whoever is told of the last day has entries, too.
    site.settled().await;
    let entries = number(&site.site, "SELECT count(*) FROM journal").await;
    demo::seed(&site.site, Size::Small, &|_| {}).await.unwrap();
    assert_eq!(number(&site.site, "SELECT count(*) FROM journal").await, entries, "a second start keeps what was done");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_site_with_people_is_left_alone() {
    let site = TestSite::sqlite_at(Clock::held_at(Instant::from_micros(1_800_000_000_000_000))).await;
    site.member("Anna Moser").await;
    demo::seed(&site.site, Size::Small, &|_| {}).await.unwrap();
    assert_eq!(number(&site.site, "SELECT count(*) FROM member").await, 1);
}

/// `plenary demo` in a process of its own, which ends with the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command(data: &tempfile::TempDir) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
    for name in ["PLENARY_LISTEN", "PLENARY_BASE_URL", "PLENARY_DATABASE_URL", "PLENARY_SMTP_URL"] {
        command.env_remove(name);
    }
    command.args(["demo", "--port", "0", "--data"]).arg(data.path()).env("RUST_LOG", "off");
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn json_is_one_line_and_its_links_sign_in() {
    let data = tempfile::tempdir().unwrap();
    let mut child = command(&data).arg("--json").stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let running = Running(child);
    let line = lines.next().unwrap().unwrap();
    let said: serde_json::Value = serde_json::from_str(&line).unwrap();
    let url = said["url"].as_str().unwrap();
    assert_eq!(said["mailbox"], "/mail");
    assert_eq!(said["data"], data.path().to_str().unwrap());
    assert_eq!(said["as"], format!("{url}/demo/as/{{handle}}"));
    assert_eq!(said["sign_in"].as_object().unwrap().len(), demo::ROLES.len());
    for role in demo::ROLES {
        let handle = demo::handle_of(role).unwrap();
        assert_eq!(said["sign_in"][role], format!("{url}/demo/as/{handle}"));
    }
    let browser = Browser::new(url);
    let home = browser.get(said["sign_in"]["practitioner"].as_str().unwrap().trim_start_matches(url)).await;
    assert_eq!(home.path, "/", "a link lands on the home page");
    assert!(home.body.contains("Anna Moser"));
    // What one sees first was written by hand and is alive.
    assert!(home.body.contains("How do you reach residents who never come to a hearing?"));
    drop(running);
    assert_eq!(lines.count(), 0, "nothing else on standard output");
}

#[test]
fn the_demo_does_not_listen_beyond_the_machine() {
    let data = tempfile::tempdir().unwrap();
    for address in ["0.0.0.0:3000", "[::]:3000", "192.0.2.1:3000"] {
        let output = command(&data).env("PLENARY_LISTEN", address).output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && words.contains("PLENARY_LISTEN"), "{address}: {words}");
    }
    assert!(!data.path().join("plenary.sqlite").exists(), "and it touches nothing");
}
