//! The spine: the writer's promises, on both databases.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use plenary::clock::Clock;
use plenary::error::{Error, Result};
use plenary::forum::kinds::Forum;
use plenary::forum::{Posted, Reply, SpaceId, StartTopic, TopicId};
use plenary::journal::{Act, FormKey, Reads, Tx};
use plenary::people::rights::Layer;
use plenary::people::{MemberId, Reader, Role};
use plenary::web::render_markdown;
use plenary::{Site, values};

use crate::both_databases;
use crate::support::TestSite;

both_databases!(
    no_journaled_change_without_its_entry,
    one_failing_act_harms_no_other,
    an_act_that_panics_is_answered,
    acts_compose_and_a_write_inside_a_write_is_refused,
    a_closed_tab_cuts_nothing_in_two,
    sixteen_writers_at_once,
    a_reply_costs_eight_statements,
    a_form_sent_again_is_one_act,
    an_older_copy_of_the_database_is_another_epoch,
);

async fn reader(site: &TestSite, id: MemberId) -> Reader {
    Reader::of(site.site.people.member(&site.site.db, &site.site.bus, id).await.unwrap().unwrap(), None)
}

async fn topic(site: &TestSite, by: &Reader) -> (SpaceId, TopicId) {
    let space = site.space("Open square", Layer::Public).await;
    let act = StartTopic {
        by: by.clone(),
        space,
        title: "Benches".into(),
        tags: String::new(),
        language: "en".into(),
        source: "First".into(),
        rendered: render_markdown("First"),
        key: FormKey::of("start", &[]),
    };
    (space, site.site.write(act).await.unwrap().0)
}

fn reply(by: &Reader, topic: TopicId, key: &str, text: &str) -> Reply {
    Reply { by: by.clone(), topic, parent: None, source: text.into(), rendered: render_markdown(text), key: FormKey::of(key, &[text]) }
}

async fn count(site: &Site, sql: &str) -> i64 {
    site.db.value(sql, vec![]).await.unwrap().unwrap()
}

/// Renames a Space, with or without saying so, and may fail afterwards.
struct Rename {
    space: SpaceId,
    title: String,
    says: bool,
    fails: bool,
    panics: bool,
}

impl Act for Rename {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        tx.write("UPDATE space_text SET title = $2 WHERE space = $1", values![self.space, self.title.clone()]).await?;
        if self.says {
            tx.record(None, &Forum::SpaceAdded { space: self.space.0, is_private: false }).await?;
        }
        assert!(!self.panics, "as the test wants");
        if self.fails { Err(Error::conflict("wrong-choice")) } else { Ok(()) }
    }
}

fn rename(space: SpaceId, title: &str) -> Rename {
    Rename { space, title: title.into(), says: true, fails: false, panics: false }
}

async fn titles(site: &TestSite) -> Vec<String> {
    site.site.db.column("SELECT title FROM space_text ORDER BY title LIMIT 10", vec![]).await.unwrap()
}

async fn no_journaled_change_without_its_entry(site: TestSite) {
    let space = site.space("Before", Layer::Public).await;
    let silent = site.site.write(Rename { says: false, ..rename(space, "After") }).await;
    assert!(matches!(silent, Err(Error::Bug(_))), "{silent:?}");
    assert_eq!(titles(&site).await, ["Before"]);
    // The books are no way around it.
    let noted = site.site.note(rename(space, "After")).await;
    assert!(matches!(noted, Err(Error::Bug(_))), "{noted:?}");
    assert_eq!(titles(&site).await, ["Before"]);
    site.site.write(rename(space, "After")).await.unwrap();
    assert_eq!(titles(&site).await, ["After"]);
}

async fn one_failing_act_harms_no_other(site: TestSite) {
    let mut spaces = Vec::new();
    for number in 0..8 {
        spaces.push(site.space(&format!("Space {number}"), Layer::Public).await);
    }
    let writes = (0..64).map(|number| {
        let site = site.site.clone();
        let act = Rename { fails: number % 8 == 3, ..rename(spaces[number % 8], &format!("Renamed {}", number % 8)) };
        tokio::spawn(async move { (number, site.write(act).await) })
    });
    for written in writes.collect::<Vec<_>>() {
        let (number, result) = written.await.unwrap();
        assert_eq!(result.is_err(), number % 8 == 3, "{number}: {result:?}");
    }
    let renamed = titles(&site).await;
    assert_eq!(renamed.iter().filter(|title| title.starts_with("Renamed")).count(), 7);
    assert!(renamed.contains(&"Space 3".to_owned()), "{renamed:?}");
    assert_eq!(count(&site.site, "SELECT count(*) FROM journal WHERE kind = 'forum.space_added'").await, 8 + 56);
}

async fn an_act_that_panics_is_answered(site: TestSite) {
    let space = site.space("Before", Layer::Public).await;
    let result = site.site.write(Rename { panics: true, ..rename(space, "After") }).await;
    assert!(matches!(result, Err(Error::Bug(_))));
    assert_eq!(titles(&site).await, ["Before"]);
    site.site.write(rename(space, "Later")).await.unwrap();
}

/// Runs two acts in its own transaction, and tries to write from inside.
struct Both {
    site: Site,
    one: Rename,
    other: Rename,
    nested: bool,
}

impl Act for Both {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> Result<()> {
        self.one.run(tx).await?;
        self.other.run(tx).await?;
        if self.nested { self.site.write(rename(self.one.space, "From inside")).await } else { Ok(()) }
    }
}

async fn acts_compose_and_a_write_inside_a_write_is_refused(site: TestSite) {
    let (one, other) = (site.space("One", Layer::Public).await, site.space("Two", Layer::Public).await);
    let both = |nested, fails| Both { site: site.site.clone(), one: rename(one, "Eins"), other: Rename { fails, ..rename(other, "Zwei") }, nested };
    assert!(site.site.write(both(false, true)).await.is_err());
    assert_eq!(titles(&site).await, ["One", "Two"], "both or neither");
    let inside = site.site.write(both(true, false)).await;
    assert!(matches!(inside, Err(Error::Bug(_))), "{inside:?}");
    assert_eq!(titles(&site).await, ["One", "Two"]);
    site.site.write(both(false, false)).await.unwrap();
    assert_eq!(titles(&site).await, ["Eins", "Zwei"]);
}

async fn a_closed_tab_cuts_nothing_in_two(site: TestSite) {
    let anna = site.add("Anna", Role::Member, false).await;
    let anna = reader(&site, anna).await;
    let (_, topic) = topic(&site, &anna).await;
    for number in 0..20 {
        let write = site.site.write(reply(&anna, topic, &number.to_string(), "said"));
        // The request's future is dropped as soon as the act is in the queue.
        let dropped = tokio::time::timeout(std::time::Duration::ZERO, write).await;
        drop(dropped);
    }
    site.site.write(reply(&anna, topic, "last", "said last")).await.unwrap();
    let posts = count(&site.site, "SELECT count(*) FROM post").await;
    let entries = count(&site.site, "SELECT count(*) FROM journal WHERE kind IN ('forum.post_added', 'forum.topic_started')").await;
    let counted: i64 = site.site.db.value("SELECT posts FROM topic WHERE id = $1", values![topic]).await.unwrap().unwrap();
    assert_eq!((posts, counted), (entries, entries));
}

async fn sixteen_writers_at_once(site: TestSite) {
    let mut readers = Vec::new();
    for number in 0..16 {
        let id = site.add(&format!("Writer {number}"), Role::Member, false).await;
        readers.push(reader(&site, id).await);
    }
    let (_, topic) = topic(&site, &readers[0]).await;
    let failed = Arc::new(AtomicUsize::new(0));
    let writers = readers.into_iter().enumerate().map(|(writer, by)| {
        let (site, failed) = (site.site.clone(), failed.clone());
        tokio::spawn(async move {
            for number in 0..20 {
                if site.write(reply(&by, topic, &format!("{writer} {number}"), "at once")).await.is_err() {
                    failed.fetch_add(1, Ordering::SeqCst);
                }
            }
        })
    });
    for writer in writers.collect::<Vec<_>>() {
        writer.await.unwrap();
    }
    assert_eq!(failed.load(Ordering::SeqCst), 0, "no “database is locked”");
    let numbers: Vec<i64> = site.site.db.column("SELECT number FROM post WHERE topic = $1 ORDER BY number LIMIT 1000", values![topic]).await.unwrap();
    assert_eq!(numbers, (1..=321).collect::<Vec<i64>>(), "each number once, without a gap");
}

/// Runs a reply and counts its statements.
struct Counted(Reply);

impl Act for Counted {
    type Answer = (Posted, u64);

    async fn run(&self, tx: &Tx) -> Result<(Posted, u64)> {
        let before = tx.statements();
        let posted = self.0.run(tx).await?;
        Ok((posted, tx.statements() - before))
    }
}

async fn a_reply_costs_eight_statements(site: TestSite) {
    let anna = site.add("Anna", Role::Member, false).await;
    let anna = reader(&site, anna).await;
    let (_, topic) = topic(&site, &anna).await;
    let (posted, statements) = site.site.write(Counted(reply(&anna, topic, "k", "counted"))).await.unwrap();
    assert_eq!(posted.number, 2);
    assert!(statements <= 8, "{statements}");
}

async fn a_form_sent_again_is_one_act(site: TestSite) {
    let anna = site.add("Anna", Role::Member, false).await;
    let anna = reader(&site, anna).await;
    let (_, topic) = topic(&site, &anna).await;
    // Two at once, and once more later: one Post, one answer.
    let (one, two) = tokio::join!(site.site.write(reply(&anna, topic, "key", "words")), site.site.write(reply(&anna, topic, "key", "words")));
    let again = site.site.write(reply(&anna, topic, "key", "words")).await.unwrap();
    assert_eq!(one.unwrap(), again);
    assert_eq!(two.unwrap(), again);
    // Going back and writing anew with the same key is a new Post.
    let other = site.site.write(reply(&anna, topic, "key", "other words")).await.unwrap();
    assert_eq!((again.number, other.number), (2, 3));
    // Somebody else's key is their own.
    let ben = site.add("Ben", Role::Member, false).await;
    let ben = reader(&site, ben).await;
    assert_eq!(site.site.write(reply(&ben, topic, "key", "words")).await.unwrap().number, 4);
}

async fn an_older_copy_of_the_database_is_another_epoch(site: TestSite) {
    let first = site.site.epoch.name.clone();
    site.add("Anna", Role::Member, false).await;
    let again = Site::open(site.settings.clone(), Clock::System).await.unwrap();
    assert_eq!(again.epoch.name, first, "a restart is no new epoch");
    // The file outside has seen more than the database knows: an older copy was put in its place.
    std::fs::write(site.settings.data.join("epoch"), format!("{first} 1000000\n")).unwrap();
    let restored = Site::open(site.settings.clone(), Clock::System).await.unwrap();
    assert_ne!(restored.epoch.name, first);
    // Another node takes it over.
    std::fs::write(site.settings.data.join("epoch"), format!("{first} 5\n")).unwrap();
    let other = Site::open(site.settings.clone(), Clock::System).await.unwrap();
    assert_eq!(other.epoch.name, restored.epoch.name);
}

/// Two nodes on one PostgreSQL: the second waits, and no number is ever seen before a smaller one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_write_one_order_of_numbers() {
    let Some(one) = TestSite::postgres().await else { return };
    let two = Site::open(one.settings.clone(), Clock::System).await.unwrap();
    let spaces = [one.space("One", Layer::Public).await, one.space("Two", Layer::Public).await];
    let db = one.site.db.clone();
    let (done, mut is_done) = tokio::sync::watch::channel(false);
    let watching = tokio::spawn(async move {
        let mut seen: Vec<i64> = Vec::new();
        loop {
            let last = *is_done.borrow_and_update();
            let after = seen.last().copied().unwrap_or(0);
            seen.extend(db.column::<i64>("SELECT id FROM journal WHERE id > $1 ORDER BY id LIMIT 1000", values![after]).await.unwrap());
            if last {
                return seen;
            }
        }
    });
    let nodes = [one.site.clone(), two].into_iter().enumerate().map(|(node, site)| {
        let space = spaces[node];
        tokio::spawn(async move {
            for number in 0..100 {
                site.write(rename(space, &format!("{node} {number}"))).await.unwrap();
            }
        })
    });
    for node in nodes.collect::<Vec<_>>() {
        node.await.unwrap();
    }
    done.send(true).unwrap();
    let seen = watching.await.unwrap();
    let all: Vec<i64> = one.site.db.column("SELECT id FROM journal ORDER BY id LIMIT 1000", vec![]).await.unwrap();
    assert_eq!(seen, all, "whoever reads on from the last number misses nothing");
}
