//! The real program in a process of its own.

use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use plenary::settings::Settings;

/// A `plenary serve` that runs until it is told to stop; killed when the test ends.
pub struct Program {
    pub child: Child,
    pub port: u16,
    pub url: String,
}

/// A port that nobody listens on.
pub fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

impl Program {
    /// Starts it on the folder and database of `settings`, and waits until it answers. What it logs goes to its pipe.
    pub async fn serve(settings: &Settings, more: &[(&str, &str)]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command.arg("serve").env("PLENARY_DATA", &settings.data).env("PLENARY_DATABASE_URL", &settings.database_url);
        Self::spawn(command, more).await
    }

    /// Starts `command`, which serves on the port that this tells it.
    pub async fn spawn(mut command: Command, more: &[(&str, &str)]) -> Self {
        let port = free_port();
        let url = format!("http://127.0.0.1:{port}");
        command.env("PLENARY_LISTEN", format!("127.0.0.1:{port}")).env("PLENARY_BASE_URL", &url).env("RUST_LOG", "off").env("RUST_BACKTRACE", "0");
        command.envs(more.iter().copied()).stdout(Stdio::null()).stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        let mut program = Self { child, port, url };
        for _ in 0..2000 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return program;
            }
            if let Some(status) = program.child.try_wait().unwrap() {
                panic!("it ended: {status}");
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the server did not start");
    }

    /// Sends it a signal: `TERM`, `INT`.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args([format!("-{name}"), self.child.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// Waits until it takes no more connections.
    pub async fn is_closed(&self) {
        while tokio::net::TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// Waits until it has ended.
    pub async fn ended(&mut self) -> ExitStatus {
        for _ in 0..3000 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("the program does not end");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
