//! From nothing to two people talking: the program itself, an empty database, the link in the terminal, a CSV, a mail.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use plenary::journal::{ReadDb, Reads};
use plenary::mail::Message;
use plenary::values;

use crate::support::{Browser, new_postgres_database};

/// `plenary serve`, ended with the test.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_site_becomes_two_people_talking_on_sqlite() {
    let data = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", data.path().join("plenary.sqlite").display());
    two_people_talk(&data, &url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_empty_site_becomes_two_people_talking_on_postgres() {
    if let Some(url) = new_postgres_database().await {
        two_people_talk(&tempfile::tempdir().unwrap(), &url).await;
    }
}

/// Starts it; its address, and the path of the link that makes the first admin.
fn serve(data: &tempfile::TempDir, database_url: &str) -> (Served, String, String) {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let url = format!("http://127.0.0.1:{port}");
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
    command.arg("serve").env("PLENARY_LISTEN", format!("127.0.0.1:{port}")).env("PLENARY_BASE_URL", &url).env("PLENARY_DATA", data.path());
    command.env("PLENARY_DATABASE_URL", database_url).env("RUST_LOG", "off").stdout(Stdio::piped());
    let mut served = Served(command.spawn().unwrap());
    let mut said = BufReader::new(served.0.stdout.take().unwrap()).lines();
    let first = said.find_map(|line| line.unwrap().trim().strip_prefix(&url).map(str::to_owned)).expect("no link in the terminal");
    (served, url, first)
}

/// The path of the link in the mail to an address.
async fn mailed(database_url: &str, url: &str, email: &str) -> String {
    let db = ReadDb::open(database_url).await.unwrap();
    for _ in 0..200 {
        if let Some(message) = db.value::<String>("SELECT message FROM outbox WHERE recipient = $1", values![email]).await.unwrap() {
            let text = serde_json::from_str::<Message>(&message).unwrap().text;
            return text.lines().find_map(|line| line.strip_prefix(url)).unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("no mail to {email}");
}

async fn two_people_talk(data: &tempfile::TempDir, database_url: &str) {
    let (_served, url, first) = serve(data, database_url);
    let nora = Browser::new(&url);
    let token = nora.get(&first).await.input("first");
    let form = [("name", "Nora Feeney"), ("email", "nora@galway.example"), ("password", "a long password"), ("first", token.as_str())];
    nora.post("/register", &form).await.is(200).shows("Set up your network");
    nora.get("/").await.is(200).shows("Good to see you, Nora Feeney");

    let key = nora.get("/admin/spaces/new").await.input("key");
    let rules = [("may_start", "members"), ("may_reply", "members"), ("may_schedule", "practitioners"), ("may_open", "admins")];
    let mut form = vec![("title-en", "The open square"), ("purpose-en", "For everything"), ("layer", "public"), ("language", ""), ("key", key.as_str())];
    form.extend(rules);
    let space = nora.post("/admin/spaces", &form).await;
    space.is(200).shows("The open square");
    let key = nora.get(&format!("{}/topics/new", space.path)).await.input("key");
    let topic = nora.post(&format!("{}/topics", space.path), &[("title", "Who is here?"), ("body", "Say hello."), ("key", &key)]).await;
    topic.is(200).shows("Who is here?");

    // A CSV from a spreadsheet, as the form sends a file: looked at first, then mailed.
    let page = nora.get("/admin/invitations/table").await;
    let (ends, csv) = (page.input("ends"), "Name;Email;Language\r\nEva Novak;eva@graz.example;fr\r\n");
    let part = |name: &str, more: &str, value: &str| format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n");
    let body = [part("language", "", "en"), part("ends", "", &ends), part("file", "; filename=\"people.csv\"\r\nContent-Type: text/csv", csv), "--edge--\r\n".into()].concat();
    let headers = [("content-type", "multipart/form-data; boundary=edge"), ("origin", url.as_str())];
    let found = nora.request("POST", "/admin/invitations/table", &headers, &body).await;
    found.is(200).shows("Eva Novak").shows("Mail one invitation");
    let pasted = found.between("<textarea name=\"table\" hidden", "</textarea>");
    let sure = [("sure", "yes"), ("language", "en"), ("ends", &ends), ("table", pasted.split_once('>').unwrap().1)];
    nora.post("/admin/invitations/table", &sure).await.is(200).shows("One mail is on its way");

    // She follows the mail's link, in her language, and answers.
    let link = mailed(database_url, &url, "eva@graz.example").await;
    let eva = Browser::new(&url);
    eva.post("/language", &[("language", "fr")]).await;
    eva.get(&link).await.is(200).shows("Nora Feeney vous invite");
    eva.post(&link, &[("name", "Eva Novak"), ("zone", "Europe/Vienna")]).await.is(200).shows("Eva Novak");
    let path = topic.path.split('/').take(3).collect::<Vec<_>>().join("/");
    let key = eva.get(&path).await.input("key");
    eva.post(&format!("{path}/posts"), &[("body", "Bonjour de Graz"), ("parent", "1"), ("key", &key)]).await.is(200);
    // It waits for whoever asked, until she has read it.
    for _ in 0..200 {
        if nora.get("/").await.body.contains("Eva Novak answered you") {
            nora.get(&path).await.shows("Bonjour de Graz").shows("Eva Novak");
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the answer does not wait for Nora");
}
