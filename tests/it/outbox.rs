//! The outbox, what is at work, storage and backups, as admins see them.

use plenary::journal::{Act, Reads, Tx};
use plenary::keeping;

use crate::both_databases;
use crate::support::TestSite;

both_databases!(what_was_refused_is_tried_again_or_dropped, what_is_at_work_and_how_much_is_held);

/// A row of the outbox: its state and attempts.
struct Put(&'static str, i64, &'static str);

impl Act for Put {
    type Answer = i64;

    async fn run(&self, tx: &Tx) -> plenary::Result<i64> {
        let sql = "INSERT INTO outbox (dedupe, kind, recipient, subject, message_id, message, is_secret, created_at, send_at, state, attempts, last_error)
                   VALUES ($1, 'mail-sign-in', 'ben@people.example', $2, 'm', $3, TRUE, $4, $5, $6, $7, '550 no such user') RETURNING id";
        let message = "{\"to\":{\"name\":\"Ben\",\"email\":\"ben@people.example\"},\"subject\":\"S\",\"language\":\"en\",\"text\":\"the-secret-link\",\"html\":\"<p>the-secret-link</p>\",\"message_id\":\"m@test\"}";
        let later = tx.now().plus(chrono::Duration::days(3));
        tx.insert(sql, plenary::values![plenary::secret::token(), self.2, message, tx.now(), later, self.0, self.1]).await
    }
}

async fn what_was_refused_is_tried_again_or_dropped(site: TestSite) {
    let (nora, ben) = (site.admin("Nora Admin").await, site.member("Ben Okoro").await);
    let failed = site.site.note(Put("failed", 36, "Refused <for good>")).await.unwrap();
    let late = site.site.note(Put("waiting", 3, "Tried thrice")).await.unwrap();
    let planned = site.site.note(Put("waiting", 0, "For a later day")).await.unwrap();
    let sent = site.site.note(Put("sent", 1, "Went out")).await.unwrap();
    let page = nora.get("/admin/outbox").await;
    page.is(200).shows("Refused &#60;for good&#62;").shows("550 no such user").shows("Tried thrice").shows("tried 3 times").shows("For a later day").hides("Went out").hides("the-secret-link");
    ben.get("/admin/outbox").await.is(403);
    page.hides(&format!("/admin/outbox/{planned}/retry"));
    nora.post(&format!("/admin/outbox/{planned}/retry"), &[]).await.is(422).shows("waits for its moment");
    for id in [failed, late] {
        nora.post(&format!("/admin/outbox/{id}/retry"), &[]).await.is(200);
        // Addresses of .example are never handed to SMTP: the sender keeps them.
        for _ in 0..100 {
            let state: Option<String> = site.site.db.value("SELECT state FROM outbox WHERE id = $1", plenary::values![id]).await.unwrap();
            if state.as_deref() == Some("kept") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        nora.get("/admin/outbox").await.hides(&format!("/admin/outbox/{id}/drop"));
    }
    nora.post(&format!("/admin/outbox/{planned}/drop"), &[]).await.is(200).hides("For a later day");
    nora.post(&format!("/admin/outbox/{sent}/drop"), &[]).await.is(422).shows("has gone out meanwhile");
    nora.post("/admin/outbox/987654321/drop", &[]).await.is(404);
    nora.get("/admin/log").await.shows(&format!("Had the mail number {failed} tried again")).shows(&format!("Dropped the mail number {planned}"));
}

async fn what_is_at_work_and_how_much_is_held(site: TestSite) {
    let nora = site.admin("Nora Admin").await;
    site.settled().await;
    nora.get("/admin/jobs").await.is(200).shows("notify").shows("people").shows("A digest");
    nora.get("/admin/storage").await.is(200).shows("B</dd>").shows("Set PLENARY_BACKUP_DIR").hides("Make one now");
    nora.post("/admin/storage/backup", &[]).await.is(422).shows("Set PLENARY_BACKUP_DIR first");
    // With a folder, by a second program on the same database.
    let folder = tempfile::tempdir().unwrap();
    let mut settings = site.settings.clone();
    settings.backup_dir = Some(folder.path().to_owned());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    settings.base_url = format!("http://{}", listener.local_addr().unwrap());
    let second = plenary::Site::open(settings.clone(), plenary::clock::Clock::System).await.unwrap();
    plenary::host::serve(&second, listener).unwrap();
    let token = nora.cookie().split("plenary=").nth(1).unwrap().split(';').next().unwrap().to_owned();
    let nora = crate::support::Browser::signed_in(&settings.base_url, &token);
    nora.get("/admin/storage").await.shows("Make one now").shows("14 are kept");
    nora.post("/admin/storage/backup", &[]).await.is(200);
    for _ in 0..200 {
        if keeping::last_runs(&site.site.db, 1).await.unwrap()[0].ended_at.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let run = keeping::last_runs(&site.site.db, 1).await.unwrap().remove(0);
    assert!(run.is_made(), "{run:?}");
    assert!(folder.path().join(run.file.as_ref().unwrap()).exists());
    nora.get("/admin/storage").await.shows(run.file.as_ref().unwrap()).shows("opened and found whole");
    nora.get("/admin/log").await.shows("Asked for a backup");
}
