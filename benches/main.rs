//! `cargo bench`: how Plenary's pages, Posts and sockets compare with the bare framework doing the same, in one run.
//!
//! How to read what it prints, and the last figures: `docs/benches.md`.

mod bare;
mod fan_out;
mod http;
mod keeping;
mod machine;
mod masked;
mod memory;
mod pages;
mod payload;
mod posting;
mod seed;
mod servers;
mod size;
mod statements;
mod stats;
mod ws;

use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};

/// What a bench gives, or why it cannot be believed.
pub type Said<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Subject {
    /// A Topic page of 50 Posts, signed out and signed in.
    Pages,
    /// Posting durably by 1 and by 64 clients.
    Posting,
    /// One Post to 1,000 sockets.
    FanOut,
    /// Memory a socket.
    Memory,
    /// The same pages with 200 and with 200,000 Posts in the database.
    Size,
    /// Backup, restore and verify of a site of 200,000 Posts.
    Keeping,
}

#[derive(Parser)]
#[command(about = "Plenary beside the bare framework (docs/benches.md)")]
struct Arguments {
    /// Only these; all without.
    subjects: Vec<Subject>,
    /// A tenth of the time and of the Posts: to see that it runs, not to believe the figures.
    #[arg(long)]
    quick: bool,
    /// Sockets of the fan-out and of the memory.
    #[arg(long, default_value_t = 1000)]
    sockets: usize,
    /// cargo says this to every bench.
    #[arg(long, hide = true)]
    bench: bool,
    /// Used by the benches themselves: serves the payloads of a folder with nothing but axum.
    #[arg(long, hide = true)]
    bare: Option<PathBuf>,
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub struct Amount {
    /// Rounds of each side, in turns.
    pub rounds: usize,
    /// How long one round lasts.
    pub round: Duration,
    /// Posts of the large database.
    pub posts: usize,
    pub sockets: usize,
}

fn main() -> Said<()> {
    let arguments = Arguments::parse();
    if let Some(folder) = arguments.bare {
        // As many threads as `plenary` itself has.
        return tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(bare::serve(folder));
    }
    let amount = match arguments.quick {
        true => Amount { rounds: 3, round: Duration::from_millis(300), posts: 20_000, sockets: arguments.sockets },
        false => Amount { rounds: 9, round: Duration::from_secs(2), posts: 200_000, sockets: arguments.sockets },
    };
    let wanted = |subject| arguments.subjects.is_empty() || arguments.subjects.contains(&subject);
    // One thread for the load: the servers have the rest of the machine.
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        machine::describe()?;
        if wanted(Subject::Pages) {
            pages::run(amount).await?;
        }
        if wanted(Subject::Posting) {
            posting::run(amount).await?;
        }
        if wanted(Subject::FanOut) {
            fan_out::run(amount).await?;
        }
        if wanted(Subject::Memory) {
            memory::run(amount).await?;
        }
        if wanted(Subject::Size) {
            size::run(amount).await?;
        }
        if wanted(Subject::Keeping) {
            keeping::run(amount).await?;
        }
        Ok(())
    })
}
