//! The audit log: every act of an admin or moderator, in words, for admins alone.

use plenary::journal::{Compact, Reads};
use plenary::people::rights::Layer;
use plenary::values;

use crate::both_databases;
use crate::support::{Socket, TestSite};

both_databases!(every_act_of_an_admin_or_moderator_is_in_the_log, of_private_spaces_no_words_are_told, the_log_is_narrowed_paged_and_a_table, old_entries_are_in_it_too);

async fn every_act_of_an_admin_or_moderator_is_in_the_log(site: TestSite) {
    let (nora, marek, ben) = (site.admin("Nora Admin").await, site.moderator("Marek Moderator").await, site.member("Ben Okoro").await);
    let space = site.space("Square", Layer::Public).await;
    let topic = ben.post(&format!("/spaces/{space}/topics"), &[("title", "Of Ben"), ("body", "One"), ("tags", ""), ("key", "k")]).await.path;
    let topic = topic.rsplit_once('/').map_or(topic.clone(), |(short, _)| short.to_owned());
    ben.post(&format!("{topic}/posts"), &[("body", "Two"), ("parent", ""), ("key", "b")]).await.is(200);
    let log = nora.get("/admin/log").await;
    let mut socket = Socket::open(&nora).await;
    socket.hello(&log).await;
    nora.post("/admin/people/ben-okoro/practitioner", &[("confirm", "yes")]).await.is(200);
    assert!(socket.next_of("log").await.to_string().contains("data-refetch"), "the open log hears of it");
    nora.post("/admin/people/ben-okoro/practitioner", &[("confirm", "no")]).await.is(200);
    nora.post("/admin/people/ben-okoro/role", &[("role", "moderator")]).await.is(200);
    nora.post("/admin/people/ben-okoro/role", &[("role", "member")]).await.is(200);
    nora.post("/admin/people/ben-okoro/measure", &[("measure", "silence"), ("until", ""), ("reason", "Insults.")]).await.is(200);
    nora.post("/admin/people/ben-okoro/measure", &[("measure", "unsilence"), ("until", ""), ("reason", "Well again.")]).await.is(200);
    nora.post("/admin/organisations", &[("name", "City of Graz"), ("short_name", "Graz"), ("kind", "municipality"), ("level", "city"), ("standing", "partner"), ("country", "AT"), ("within", "")]).await.is(200);
    nora.post(&format!("/spaces/{space}/people"), &[("who", "ben-okoro"), ("key", "p")]).await.is(200);
    nora.post(&format!("/spaces/{space}/people/ben-okoro"), &[("do", "remove")]).await.is(200);
    nora.post(&format!("/admin/spaces/{space}/archive"), &[("do", "archive")]).await.is(200);
    nora.post(&format!("/admin/spaces/{space}/archive"), &[("do", "open")]).await.is(200);
    let posts: Vec<i64> = site.site.db.column("SELECT id FROM post ORDER BY id LIMIT 10", vec![]).await.unwrap();
    // What is somebody's own is not the log's.
    ben.post(&format!("/posts/{}/delete", posts[1]), &[]).await.is(200);
    ben.post(&format!("/posts/{}/restore", posts[1]), &[]).await.is(200);
    nora.get("/admin/log").await.hides("a Post of");
    marek.post(&format!("/posts/{}/delete", posts[1]), &[]).await.is(200);
    let log = nora.get("/admin/log").await;
    for line in [
        "Confirmed Ben Okoro as a practitioner", "Ended that Ben Okoro is a practitioner", "Made Ben Okoro a moderator<", "Made Ben Okoro a member without a role",
        "Silenced Ben Okoro", "Reason: Insults.", "Let Ben Okoro write again", "Added the organisation City of Graz", "Made Ben Okoro a moderator of the Space Square",
        "Let Ben Okoro go from the Space Square", "Archived the Space Square", "Opened the Space Square again", "Deleted a Post of Ben Okoro in “Of Ben”", "Marek Moderator",
    ] {
        log.shows(line);
    }
    for other in [&marek, &ben] {
        other.get("/admin/log").await.is(403);
    }
    // A day later all of it is still there.
    while site.site.note(Compact { before: site.site.now().plus(chrono::Duration::days(2)) }).await.unwrap() {}
    nora.get("/admin/log").await.shows("Confirmed Ben Okoro as a practitioner").shows("Deleted a Post of Ben Okoro");
    nora.get("/admin/people/ben-okoro").await.shows("Silenced Ben Okoro").hides("City of Graz");
}

async fn of_private_spaces_no_words_are_told(site: TestSite) {
    let (nora, anna, ben) = (site.admin("Nora Admin").await, site.practitioner("Anna Moser").await, site.practitioner("Ben Okoro").await);
    let space = site.space("Among five", Layer::Private).await;
    for (handle, moderates) in [("anna-moser", true), ("ben-okoro", false)] {
        let member = site.site.db.value("SELECT id FROM member WHERE handle = $1", values![handle]).await.unwrap().unwrap();
        site.site.write(plenary::forum::SetSpacePerson { by: None, space, member, moderates }).await.unwrap();
    }
    let topic = ben.post(&format!("/spaces/{space}/topics"), &[("title", "Whispered"), ("body", "One"), ("tags", ""), ("key", "k")]).await;
    topic.is(200);
    let post: i64 = site.site.db.value("SELECT id FROM post LIMIT 1", vec![]).await.unwrap().unwrap();
    anna.post(&format!("/posts/{post}/delete"), &[]).await.is(200);
    nora.get("/admin/log").await.shows("Deleted a Post in a private Space").hides("Whispered");
    nora.get("/admin/log.csv").await.shows("Deleted a Post in a private Space").hides("Whispered");
}

async fn the_log_is_narrowed_paged_and_a_table(site: TestSite) {
    let nora = site.admin("Nora Admin").await;
    site.member("Ben Okoro").await;
    site.member("Eve Novak").await;
    for n in 0..30 {
        for handle in ["ben-okoro", "eve-novak"] {
            let confirm = if n % 2 == 0 { "yes" } else { "no" };
            nora.post_plain(&format!("/admin/people/{handle}/practitioner"), &[("confirm", confirm)]).await.is(303);
        }
    }
    nora.post("/admin/people/eve-novak/role", &[("role", "moderator")]).await.is(200);
    let lines = |body: &str| body.matches("<li><p>").count();
    let first = nora.get("/admin/log").await;
    assert_eq!(lines(&first.body), 50);
    let next = first.between("rel=\"next\" href=\"", "\"").replace("&#38;", "&");
    assert_eq!(lines(&nora.get(&next).await.body), 11);
    let of_ben = nora.get("/admin/log?who=%40ben-okoro").await;
    assert_eq!(lines(&of_ben.body), 30);
    of_ben.hides("Eve Novak");
    assert_eq!(lines(&nora.get("/admin/log?who=nora-admin&kind=people.role_changed").await.body), 1);
    assert_eq!(lines(&nora.get("/admin/log?who=ben-okoro&kind=people.role_changed").await.body), 0);
    nora.get("/admin/log?who=nobody-here").await.is(200).shows("Nobody has this handle").hides("Ben Okoro");
    assert_eq!(lines(&nora.get("/admin/log?kind=nonsense&before=x").await.body), 50);
    let table = nora.get("/admin/log.csv?kind=people.practitioner_changed&who=eve-novak").await;
    assert_eq!(table.body.lines().count(), 31);
    table.shows("entry,at,by,handle,kind,act,reason,address").shows("Nora Admin,nora-admin,people.practitioner_changed,").hides("Ben Okoro");
}

/// Entries from before the log existed came into it by the migration; those that say less are told with fewer words.
async fn old_entries_are_in_it_too(site: TestSite) {
    struct Old;
    impl plenary::journal::Act for Old {
        type Answer = ();
        async fn run(&self, tx: &plenary::journal::Tx) -> plenary::Result<()> {
            let sql = "INSERT INTO journal (at, actor, kind, about, more) VALUES ($1, 1, 'people.role_changed', 1, '{\"member\":1}')";
            tx.write(sql, values![tx.now()]).await?;
            tx.write("INSERT INTO journal (at, actor, kind, about, more) VALUES ($1, 1, 'people.password_changed', 1, '{\"member\":1}')", values![tx.now()]).await?;
            let migration = include_str!("../../migrations/0035_log.sql");
            let sql = migration.lines().filter(|line| !line.starts_with("--")).collect::<Vec<_>>().join(" ");
            tx.write(&sql.trim().trim_end_matches(';').replace("FROM journal\n", "FROM journal "), vec![]).await.map(|_| ())
        }
    }
    let nora = site.admin("Nora Admin").await;
    site.site.note(Old).await.unwrap();
    nora.get("/admin/log").await.shows("Gave Nora Admin a role").hides("password");
}
