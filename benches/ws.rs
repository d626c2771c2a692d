//! A WebSocket client (RFC 6455) of a few lines: what a message costs here must not hide what it costs the server.

use std::net::SocketAddr;

use bytes::{Bytes, BytesMut};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::Said;

const TEXT: u8 = 1;
const PING: u8 = 9;
const PONG: u8 = 10;

/// One socket.
pub struct Socket {
    stream: TcpStream,
    buffer: BytesMut,
}

impl Socket {
    /// Opens `/live` with the cookies of a browser.
    pub async fn open(address: SocketAddr, cookie: &str) -> Said<Self> {
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET /live HTTP/1.1\r\nhost: bench.example\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\n\
             sec-websocket-key: cGxlbmFyeSdzIGJlbmNoZXM=\r\nsec-fetch-site: same-origin\r\ncookie: {cookie}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut buffer = BytesMut::with_capacity(4096);
        let head = loop {
            if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
                break buffer.split_to(end + 4);
            }
            if stream.read_buf(&mut buffer).await? == 0 {
                return Err("no socket".into());
            }
        };
        if !head.starts_with(b"HTTP/1.1 101") {
            return Err(format!("no socket: {}", String::from_utf8_lossy(&head)).into());
        }
        Ok(Self { stream, buffer })
    }

    /// Sends a text of at most 125 bytes, or a pong.
    async fn send(&mut self, kind: u8, payload: &[u8]) -> Said<()> {
        let length = u8::try_from(payload.len()).ok().filter(|length| *length <= 125).ok_or("too long for one of these")?;
        // A client masks; a mask of zeros leaves the payload as it is.
        let mut frame = vec![0x80 | kind, 0x80 | length, 0, 0, 0, 0];
        frame.extend_from_slice(payload);
        Ok(self.stream.write_all(&frame).await?)
    }

    pub async fn say(&mut self, text: &str) -> Said<()> {
        self.send(TEXT, text.as_bytes()).await
    }

    /// The next text; pings are answered meanwhile.
    pub async fn next(&mut self) -> Said<Bytes> {
        loop {
            self.fill(2).await?;
            let (kind, length) = (self.buffer[0] & 0x0f, usize::from(self.buffer[1] & 0x7f));
            let (start, length) = match length {
                126 => {
                    self.fill(4).await?;
                    (4, usize::from(u16::from_be_bytes([self.buffer[2], self.buffer[3]])))
                }
                127 => return Err("a message over 64 KiB".into()),
                length => (2, length),
            };
            self.fill(start + length).await?;
            let payload = self.buffer.split_to(start + length).split_off(start).freeze();
            match kind {
                TEXT => return Ok(payload),
                PING => self.send(PONG, &payload).await?,
                other => return Err(format!("a frame of kind {other}: {payload:?}").into()),
            }
        }
    }

    async fn fill(&mut self, length: usize) -> Said<()> {
        while self.buffer.len() < length {
            if self.stream.read_buf(&mut self.buffer).await? == 0 {
                return Err("the server closed a socket".into());
            }
        }
        Ok(())
    }
}
