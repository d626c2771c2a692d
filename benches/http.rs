//! The load: HTTP/1.1 over kept-alive connections, as little work a request as can be, for it shares the machine with
//! the server.

use std::net::SocketAddr;
use std::ops::Range;
use std::time::{Duration, Instant};

use futures_util::future::try_join_all;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Said;

/// One connection.
pub struct Client {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
    /// A body that came in chunks, put together.
    joined: Vec<u8>,
}

/// An answer; it lives until the next request.
pub struct Answer<'a> {
    pub status: u16,
    pub head: &'a str,
    pub body: &'a [u8],
}

impl Answer<'_> {
    /// The value of a header (the servers send names in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        header(self.head, name)
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
}

impl Client {
    pub async fn connect(address: SocketAddr) -> Said<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: vec![0; 256 * 1024], filled: 0, joined: Vec::new() })
    }

    /// Sends a request and waits for the whole answer.
    pub async fn send(&mut self, request: &[u8]) -> Said<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.filled = 0;
        let head = loop {
            if let Some(end) = find(&self.buffer[..self.filled], b"\r\n\r\n") {
                break end;
            }
            self.read().await?;
        };
        let text = std::str::from_utf8(&self.buffer[..head])?;
        let status = text.get(9..12).ok_or("no status")?.parse()?;
        let length: Option<usize> = header(text, "content-length").map(str::parse).transpose()?;
        let is_chunked = header(text, "transfer-encoding") == Some("chunked");
        let start = head + 4;
        if is_chunked {
            self.joined.clear();
            let mut at = start;
            loop {
                let chunk = self.chunk(at).await?;
                if chunk.is_empty() {
                    break;
                }
                self.joined.extend_from_slice(&self.buffer[chunk.clone()]);
                at = chunk.end + 2;
            }
            return Ok(Answer { status, head: std::str::from_utf8(&self.buffer[..head])?, body: &self.joined });
        }
        let end = start + length.unwrap_or(0);
        while self.filled < end {
            self.read().await?;
        }
        Ok(Answer { status, head: std::str::from_utf8(&self.buffer[..head])?, body: &self.buffer[start..end] })
    }

    /// Where the next chunk's bytes are; an empty one is the last.
    async fn chunk(&mut self, at: usize) -> Said<Range<usize>> {
        let line = loop {
            if let Some(end) = find(&self.buffer[at.min(self.filled)..self.filled], b"\r\n") {
                break at + end;
            }
            self.read().await?;
        };
        let length = usize::from_str_radix(std::str::from_utf8(&self.buffer[at..line])?, 16)?;
        let start = line + 2;
        while self.filled < start + length + 2 {
            self.read().await?;
        }
        Ok(start..start + length)
    }

    async fn read(&mut self) -> Said<()> {
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        let read = self.stream.read(&mut self.buffer[self.filled..]).await?;
        if read == 0 {
            return Err("the server closed the connection".into());
        }
        self.filled += read;
        Ok(())
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// A GET with a browser's headers.
pub fn get(path: &str, cookie: Option<&str>, takes_gzip: bool) -> Vec<u8> {
    let cookie = cookie.map(|cookie| format!("cookie: {cookie}\r\n")).unwrap_or_default();
    let coding = if takes_gzip { "accept-encoding: gzip\r\n" } else { "" };
    format!("GET {path} HTTP/1.1\r\nhost: bench.example\r\naccept-language: en\r\nsec-fetch-site: same-origin\r\n{coding}{cookie}\r\n").into_bytes()
}

/// A POST of a form, as the composer's module sends it.
pub fn post(path: &str, cookie: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: bench.example\r\nsec-fetch-site: same-origin\r\nx-plenary: 1\r\ncontent-type: application/x-www-form-urlencoded\r\ncookie: {cookie}\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Requests a second, by several connections for a while; every answer goes through `check`.
pub async fn load(address: SocketAddr, request: &[u8], connections: usize, lasts: Duration, check: &dyn Fn(&Answer) -> Said<()>) -> Said<f64> {
    let mut clients = Vec::new();
    for _ in 0..connections {
        clients.push(Client::connect(address).await?);
    }
    let began = Instant::now();
    let counts = try_join_all(clients.iter_mut().map(|client| async move {
        let mut count = 0u64;
        while began.elapsed() < lasts {
            check(&client.send(request).await?)?;
            count += 1;
        }
        Said::Ok(count)
    }))
    .await?;
    Ok(counts.iter().sum::<u64>() as f64 / began.elapsed().as_secs_f64())
}
