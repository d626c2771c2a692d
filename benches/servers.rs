//! The servers under test, each in a process of its own: the real program, and nothing but axum.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::Said;

/// A process that serves until it is dropped.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
}

impl Server {
    /// The real program on a seeded folder. `demo` is `serve` with sign-in links beside; it keeps a database that has
    /// people as it is, and alone can switch the rate limits off.
    pub fn product(data: &Path) -> Said<Self> {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plenary"));
        command.args(["demo", "--port", "0", "--json", "--limits", "off", "--data"]).arg(data);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PLENARY_")) {
            command.env_remove(name);
        }
        Self::start(command.env("RUST_LOG", "error"), |line| {
            let said: serde_json::Value = serde_json::from_str(line)?;
            Ok(said["url"].as_str().ok_or("no url")?.trim_start_matches("http://").parse()?)
        })
    }

    /// axum alone, on the payloads of a folder.
    pub fn bare(folder: &Path) -> Said<Self> {
        Self::start(Command::new(std::env::current_exe()?).arg("--bare").arg(folder), |line| Ok(line.trim().parse()?))
    }

    fn start(command: &mut Command, address_in: impl Fn(&str) -> Said<SocketAddr>) -> Said<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().ok_or("no output")?).read_line(&mut line)?;
        let address = address_in(&line).map_err(|error| format!("a server said {line:?} when it should be ready: {error}"));
        match address {
            Ok(address) => Ok(Self { child, address }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(error.into())
            }
        }
    }

    /// Resident memory in KiB.
    pub fn resident(&self) -> Said<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).ok_or("no VmRSS")?;
        Ok(line.trim().trim_end_matches(" kB").trim().parse()?)
    }

    /// Processor time it used so far, in seconds.
    pub fn processor(&self) -> Said<f64> {
        processor_of(&self.child.id().to_string())
    }
}

/// Processor time that a process used so far, in seconds (user and system; the kernel counts hundredths).
pub fn processor_of(process: &str) -> Said<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    let fields: Vec<&str> = stat.rsplit_once(')').ok_or("no stat")?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|text| text.parse::<f64>().ok()).unwrap_or(0.0);
    Ok((ticks(11) + ticks(12)) / 100.0)
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
