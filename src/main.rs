//! The command line only: what each command does is in `host`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use plenary::host::commands::{self, DemoOptions, KeepingOptions};
use plenary::settings::Settings;

#[derive(Parser)]
#[command(version, about)]
struct Arguments {
    /// A TOML file of settings; the environment wins over it.
    #[arg(long, global = true)]
    settings: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the site.
    Serve,
    /// A seeded, working site on this machine, its mail readable in the browser.
    Demo {
        /// Starts over: deletes what an earlier demo kept in its folder.
        #[arg(long)]
        fresh: bool,
        /// Where the demo keeps its data.
        #[arg(long)]
        data: Option<PathBuf>,
        /// The port; 0 takes any free one.
        #[arg(long)]
        port: Option<u16>,
        /// Prints one line of JSON when ready, and nothing else on standard output.
        #[arg(long)]
        json: bool,
        /// `off` switches the rate limits off, for load tests.
        #[arg(long, default_value = "on", value_parser = ["on", "off"])]
        limits: String,
    },
    /// Says whether all is well, without starting.
    Check {
        /// Sends a mail to this address and says what the server answered.
        #[arg(long, value_name = "ADDRESS")]
        mail_to: Option<String>,
    },
    /// Brings the database's schema up to date.
    Migrate,
    /// Looks after accounts from the terminal.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// What the next digest of a Member would hold if it were made now.
    Digest {
        #[arg(long)]
        member: String,
        /// Prints its text (the only thing there is to do with it yet).
        #[arg(long)]
        print: bool,
    },
    /// What Members may ask for by letter.
    Member {
        #[command(subcommand)]
        command: MemberCommand,
    },
    /// Writes a backup of rows and files, one instant, of a site that may go on running; opens it before it says so.
    Backup {
        /// The file to write, which must not be there yet.
        file: PathBuf,
        /// The data folder, if it is not the settings' own.
        #[arg(long)]
        data: Option<PathBuf>,
        /// Encrypts to this public key (age1…); more than one may be given. Else as the settings say.
        #[arg(long)]
        recipient: Vec<String>,
    },
    /// Makes a site of a backup, in an empty folder and an empty database.
    Restore {
        file: PathBuf,
        /// The folder the site will live in.
        #[arg(long)]
        data: Option<PathBuf>,
        /// The file with the key that opens it, as age-keygen wrote it.
        #[arg(long)]
        identity: Option<PathBuf>,
    },
    /// Looks whether rows, journal and files contradict each other; says each fault.
    Verify {
        /// The data folder, if it is not the settings' own.
        #[arg(long)]
        data: Option<PathBuf>,
    },
    /// Prints the route table: method, path, who may.
    Routes {
        #[arg(long)]
        json: bool,
    },
}

#[derive(Subcommand)]
enum AdminCommand {
    /// Prints a link that signs a Member in.
    Link { handle: String },
    /// Makes an admin, and prints a link that signs them in.
    Create {
        #[arg(long)]
        name: String,
        #[arg(long)]
        email: String,
    },
}

#[derive(Subcommand)]
enum MemberCommand {
    /// Writes a ZIP file with all that the site keeps of a Member.
    Export {
        handle: String,
        /// The file to write, which must not be there yet.
        #[arg(long)]
        to: PathBuf,
    },
    /// Erases a Member at once: what a week of changing one's mind was for, they have said by letter.
    Erase {
        handle: String,
        /// Their words go, too; else they stay without a name.
        #[arg(long)]
        words: bool,
        /// Says that it is meant: nothing of it can be undone.
        #[arg(long)]
        yes: bool,
    },
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "info,sqlx=warn".into());
    let settings = arguments.settings.as_deref();
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // Settings that cannot be used are said by the command itself.
    if Settings::load(settings).is_ok_and(|settings| settings.log_json) { log.json().init() } else { log.init() }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return said(Err(error.to_string())),
    };
    said(runtime.block_on(async {
        match arguments.command {
            Command::Serve => commands::serve(settings).await,
            Command::Demo { fresh, data, port, json, limits } => {
                commands::demo(settings, DemoOptions { fresh, data, port, json, limits: limits == "on" }).await
            }
            Command::Check { mail_to } => commands::check(settings, mail_to.as_deref()).await,
            Command::Migrate => commands::migrate(settings).await,
            Command::Admin { command: AdminCommand::Link { handle } } => commands::admin_link(settings, &handle).await,
            Command::Admin { command: AdminCommand::Create { name, email } } => commands::admin_create(settings, &name, &email).await,
            Command::Member { command: MemberCommand::Export { handle, to } } => commands::member_export(settings, &handle, &to).await,
            Command::Member { command: MemberCommand::Erase { handle, words, yes } } => commands::member_erase(settings, &handle, words, yes).await,
            Command::Digest { member, print: _ } => commands::digest(settings, &member).await,
            Command::Backup { file, data, recipient } => commands::backup(settings, KeepingOptions { data }, &file, &recipient).await,
            Command::Restore { file, data, identity } => commands::restore(settings, KeepingOptions { data }, &file, identity.as_deref()).await,
            Command::Verify { data } => commands::verify(settings, KeepingOptions { data }).await,
            Command::Routes { json } => commands::routes(json),
        }
    }))
}

fn said(result: Result<(), String>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}
