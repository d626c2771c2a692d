//! A small SMTP server that does what it is told: takes mails, refuses them, or breaks off at the worst moment.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What happens to one mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Taken.
    None,
    /// Refused for now, after the text (greylisting).
    Temporary,
    /// Refused for good, at the recipient.
    Permanent,
    /// The line breaks after the whole text came, before any answer.
    DropAfterData,
    /// The server says 421 in the middle and goes.
    GoesAway,
}

/// A mail whose text came whole, taken or not.
#[derive(Clone, Debug)]
pub struct Came {
    pub to: String,
    pub text: String,
}

#[derive(Clone)]
pub struct Smtp {
    pub url: String,
    came: Arc<Mutex<Vec<Came>>>,
}

impl Smtp {
    /// Starts one; the first mails meet these faults in their order, all others are taken.
    pub async fn start(faults: &[Fault]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let (came, faults) = (Arc::new(Mutex::new(Vec::new())), Arc::new(Mutex::new(VecDeque::from(faults.to_vec()))));
        let smtp = Self { url, came: came.clone() };
        tokio::spawn(async move {
            while let Ok((connection, _)) = listener.accept().await {
                let (came, faults) = (came.clone(), faults.clone());
                tokio::spawn(async move { serve(connection, &came, &faults).await });
            }
        });
        smtp
    }

    pub fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }

    /// Waits until so many mails have come whole.
    pub async fn wait_for(&self, count: usize) -> Vec<Came> {
        for _ in 0..200 {
            let came = self.came();
            if came.len() >= count {
                return came;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{count} mails did not come within ten seconds: {:?}", self.came());
    }
}

async fn serve(connection: TcpStream, came: &Mutex<Vec<Came>>, faults: &Mutex<VecDeque<Fault>>) -> Option<()> {
    let mut stream = BufReader::new(connection);
    say(&mut stream, "220 test").await?;
    let (mut to, mut fault) = (String::new(), Fault::None);
    loop {
        let line = line(&mut stream).await?;
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        match verb.as_str() {
            "EHLO" | "HELO" => say(&mut stream, "250 test").await?,
            "MAIL" => {
                fault = faults.lock().unwrap().pop_front().unwrap_or(Fault::None);
                say(&mut stream, "250 ok").await?;
            }
            "RCPT" if fault == Fault::Permanent => say(&mut stream, "550 no such person").await?,
            "RCPT" if fault == Fault::GoesAway => return say(&mut stream, "421 going down").await,
            "RCPT" => {
                to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                say(&mut stream, "250 ok").await?;
            }
            "DATA" => {
                say(&mut stream, "354 go on").await?;
                let text = text(&mut stream).await?;
                came.lock().unwrap().push(Came { to: to.clone(), text });
                match fault {
                    Fault::DropAfterData => return None,
                    Fault::Temporary => say(&mut stream, "451 try again").await?,
                    _ => say(&mut stream, "250 taken").await?,
                }
            }
            "QUIT" => return say(&mut stream, "221 bye").await,
            _ => say(&mut stream, "250 ok").await?,
        }
    }
}

async fn line(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    (stream.read_line(&mut line).await.ok()? > 0).then_some(line.trim_end().to_owned())
}

async fn text(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut text = String::new();
    loop {
        match line(stream).await? {
            end if end == "." => return Some(text),
            line => text.push_str(&format!("{}\r\n", line.strip_prefix('.').unwrap_or(&line))),
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, words: &str) -> Option<()> {
    stream.get_mut().write_all(format!("{words}\r\n").as_bytes()).await.ok()
}

impl Came {
    /// A header's value, unfolded.
    pub fn header(&self, name: &str) -> String {
        let head = self.text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ").replace("\r\n\t", " ");
        let line = head.split("\r\n").find(|line| line.to_lowercase().starts_with(&format!("{}:", name.to_lowercase())));
        line.map(|line| line.split_once(':').unwrap().1.trim().to_owned()).unwrap_or_default()
    }

    /// The text with its quoted-printable undone, as far as a test needs it.
    pub fn words(&self) -> String {
        let joined = self.text.replace("=\r\n", "");
        let mut bytes = Vec::new();
        let mut rest = joined.as_bytes();
        while let [first, after @ ..] = rest {
            let byte = after.get(..2).and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()).filter(|_| *first == b'=');
            bytes.push(byte.unwrap_or(*first));
            rest = if byte.is_some() { &after[2..] } else { after };
        }
        String::from_utf8_lossy(&bytes).into_owned()
    }
}
