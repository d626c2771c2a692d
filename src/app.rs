//! What the parts share, the registry of domains, and the route table: the one place that knows them all.

use std::ops::Deref;
use std::sync::Arc;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::clock::{Clock, Instant};
use crate::error::Result;
use crate::journal::{self, Act, Bus, Checks, Database, Epoch, Heads, ReadDb, Table, Writer};
use crate::limits::Limits;
use crate::live::{Domain, Live};
use crate::people::rights::Who::{Admin, ByToken, Everyone, Member};
use crate::people::{self, Memory, Passwords};
use crate::secret::{self, Secret};
use crate::settings::Settings;
use crate::web::{self, Routes};
use crate::network::{self, Network};
use crate::{audit, boards, dialogues, forum, host, keeping, live, mail, notify, workshops};

/// Everything a request, a reader of the journal or a job needs; cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Inner>);

pub struct Inner {
    pub settings: Settings,
    pub db: ReadDb,
    pub writer: Writer,
    pub bus: Bus,
    pub clock: Clock,
    pub epoch: Epoch,
    pub secret: Secret,
    pub heads: Heads,
    pub people: Memory,
    pub passwords: Passwords,
    pub limits: Limits,
    pub live: Live,
    pub metrics: host::Metrics,
    /// What was found when it was last looked whether all is well.
    pub well: host::Well,
    /// Cancelled when the program is asked to stop.
    pub stop: CancellationToken,
    /// What must end before the program does.
    pub tasks: TaskTracker,
}

/// The tables of every part, with what they promise.
pub static TABLES: &[&[Table]] = &[journal::TABLES, people::TABLES, people::invitations::TABLES, people::membership::TABLES, mail::TABLES, forum::TABLES, notify::TABLES, boards::TABLES, workshops::TABLES, dialogues::TABLES, keeping::TABLES, network::TABLES];

/// What every part promises of its rows, for `plenary verify`.
pub static CHECKS: &[&Checks] = &[&people::CHECKS, &forum::CHECKS, &notify::CHECKS, &boards::CHECKS, &workshops::CHECKS, &dialogues::CHECKS, &network::CHECKS];

/// The parts that have Rooms: who may listen, and how their entries are drawn.
pub static DOMAINS: &[&dyn Domain] = &[&people::Live, &forum::Live, &notify::Live, &boards::Live, &workshops::Live, &dialogues::Live, &network::Live, &audit::Live];

/// The parts that tell people: whom an entry concerns, and what belongs into a digest.
pub static TELLERS: &[&dyn notify::Tells] = &[&people::membership::Tells, &forum::Teller, &workshops::Tells, &dialogues::Tells];

/// The parts whose entries tell of acts of admins and moderators.
pub static AUDITS: &[&dyn audit::Audits] = &[&people::Audit, &forum::Audit, &boards::Audit, &mail::Audit, &keeping::Audit];

/// The mails that are looked at again when they are sent.
pub static FRESH: &[&dyn mail::Fresh] = &[&notify::Mails, &workshops::Mails, &people::invitations::Mails];

/// The parts that have a way of their own to erase a Member.
pub static ERASERS: &[&dyn people::Erases] = &[&forum::Eraser, &boards::Eraser, &workshops::Eraser, &dialogues::Eraser];

/// The main places of the top bar beside home and Spaces: address and key of the catalogue.
pub static PLACES: &[(&str, &str)] = &[("/workshops", "place-workshops"), ("/dialogues", "dialogues-title")];

/// Pages from which admins look after the site: address, and key of the catalogue; `hint-of-KEY` says what is there.
pub static ADMIN: &[(&str, &str)] = &[
    ("/admin/people", "admin-people"),
    ("/admin/spaces", "admin-spaces"),
    ("/organisations", "organisations-title"),
    ("/admin/invitations", "invitations-title"),
    ("/admin/settings", "account-network"),
    ("/admin/contact", "account-contact"),
    ("/admin/log", "admin-log"),
    ("/admin/well", "admin-well"),
    ("/admin/outbox", "admin-outbox"),
    ("/mail", "mailbox-title"),
    ("/admin/jobs", "admin-jobs"),
    ("/admin/storage", "admin-storage"),
];

/// Pages of a Member's settings beside the profile.
pub static SETTINGS: &[(&str, &str)] = &[("/settings/mail", "settings-mail"), ("/welcome", "welcome-title"), ("/settings/account", "settings-account"), ("/settings/data", "settings-data"), ("/settings/erase", "settings-erase")];

impl Deref for Site {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Site {
    /// Opens the database (migrated before), settles the epoch and starts the writer. Readers start with [`Site::run`].
    pub async fn open(settings: Settings, clock: Clock) -> Result<Self> {
        let database = Database::open(&settings.database_url).await?;
        journal::migrate(&database).await?;
        let head = journal::head(&database.read).await?;
        let bus = Bus::new(head);
        let tasks = TaskTracker::new();
        let secret = Secret::load(settings.secret.as_deref(), &settings.data)?;
        let limits = Limits::new(settings.limits);
        let (db, writer) = database.start(clock.clone(), bus.clone(), TABLES, &tasks);
        let now = clock.now();
        let epoch = journal::settle_epoch(&db, &writer, &settings.data, secret::token()).await?;
        Ok(Self(Arc::new(Inner {
            db,
            writer,
            bus,
            clock: clock.clone(),
            epoch,
            secret,
            heads: Heads::new(head),
            people: Memory::new(head, clock),
            passwords: Passwords::new()?,
            limits,
            live: Live::new(head),
            metrics: host::Metrics::default(),
            well: host::Well::new(now),
            stop: CancellationToken::new(),
            tasks,
            settings,
        })))
    }

    /// Starts what goes on beside requests: the journal's readers, the sender, the plans.
    pub fn run(&self) {
        self.tasks.spawn(live::run(self.clone()));
        self.tasks.spawn(people::search::run(self.clone()));
        self.tasks.spawn(notify::run(self.clone()));
        self.tasks.spawn(mail::run(self.clone()));
        self.tasks.spawn(workshops::run(self.clone()));
        self.tasks.spawn(host::keep_epoch(self.clone()));
        self.tasks.spawn(host::tidy(self.clone()));
        self.tasks.spawn(host::well::watch(self.clone()));
        self.tasks.spawn(keeping::run(self.clone()));
        self.tasks.spawn(people::account::run(self.clone()));
    }

    pub fn now(&self) -> Instant {
        self.clock.now()
    }

    /// The network as its host shapes it: held in memory, moved by the journal.
    pub async fn network(&self) -> Result<Arc<Network>> {
        network::current(self).await
    }

    /// The only way to change state.
    pub async fn write<A: Act>(&self, act: A) -> Result<A::Answer> {
        self.writer.write(act).await
    }

    /// The only way to keep the machine's own books.
    pub async fn note<A: Act>(&self, act: A) -> Result<A::Answer> {
        self.writer.note(act).await
    }

    /// Stops: readers and sockets first, then the writer, when the last handle on it is gone.
    pub async fn close(self) {
        self.stop.cancel();
        self.live.close_all();
        self.tasks.close();
        let _ = self.epoch.remember(self.bus.head());
        let tasks = self.tasks.clone();
        drop(self);
        let _ = tokio::time::timeout(std::time::Duration::from_secs(10), tasks.wait()).await;
    }
}

/// The route table, read top to bottom. Who may is decided here for the door, and by `people::rights` for the thing.
pub fn routes() -> Routes {
    Routes::default()
        // Looking after the site
        .get("/admin", Admin, host::pages::home::home)
        .get("/admin/well", Admin, host::pages::well::well)
        .get("/admin/outbox", Admin, host::pages::outbox::list)
        .post("/admin/outbox/{id}/retry", Admin, host::pages::outbox::retry)
        .post("/admin/outbox/{id}/drop", Admin, host::pages::outbox::give_up)
        .get("/admin/jobs", Admin, host::pages::jobs::jobs)
        .get("/admin/storage", Admin, host::pages::storage::storage)
        .post("/admin/storage/backup", Admin, host::pages::storage::back_up)
        .get("/admin/log", Admin, host::pages::log::log)
        .get("/admin/log.csv", Admin, host::pages::log::file)
        // Everybody
        .get("/", Everyone, web::pages::home)
        .get("/static/{hash}/{*name}", Everyone, web::assets::asset)
        .get("/health", Everyone, host::health)
        .get("/ready", Everyone, host::ready)
        .post_own("/language", Everyone, web::pages::language)
        // Joining and signing in
        .get("/register", Everyone, people::pages::register::form)
        .post_own("/register", Everyone, people::pages::register::send)
        .get("/register/mailed", Everyone, people::pages::mailed::show)
        .post_own("/register/again", Everyone, people::pages::mailed::again)
        .get("/confirm/{token}", Everyone, people::pages::register::confirm_form)
        .post_own("/confirm/{token}", Everyone, people::pages::register::confirm)
        .get("/sign-in", Everyone, people::pages::sign_in::form)
        .post_own("/sign-in", Everyone, people::pages::sign_in::send)
        .post_own("/sign-in/link", Everyone, people::pages::sign_in::ask_link)
        .get("/sign-in/{token}", Everyone, people::pages::sign_in::link_form)
        .post_own("/sign-in/{token}", Everyone, people::pages::sign_in::use_link)
        .post_own("/sign-out", Member, people::pages::sign_in::sign_out)
        // People
        .get("/people", Member, people::pages::directory::list)
        .get("/people/{handle}", Member, people::pages::directory::person)
        .get("/organisations", Everyone, people::pages::directory::organisations)
        .get("/organisations/{id}", Everyone, people::pages::directory::organisation)
        .get("/admin/organisations/new", Admin, people::pages::organisations::new)
        .post("/admin/organisations", Admin, people::pages::organisations::add)
        .get("/admin/organisations/table", Admin, people::pages::organisations::table)
        .post("/admin/organisations/table", Admin, people::pages::organisations::add_table)
        .get("/organisations/{id}/edit", Admin, people::pages::organisations::edit)
        .post("/organisations/{id}/edit", Admin, people::pages::organisations::change)
        .get("/organisations/{id}/merge", Admin, people::pages::organisations::merging)
        .post("/organisations/{id}/merge", Admin, people::pages::organisations::merge)
        .get("/welcome", Member, people::pages::welcome::form)
        .post_own("/welcome", Member, people::pages::welcome::save)
        .get("/settings", Member, people::pages::settings::form)
        .post_own("/settings", Member, people::pages::settings::save)
        .post_own("/settings/password", Member, people::pages::settings::password)
        .post_own("/settings/sessions/{id}/end", Member, people::pages::settings::end_session)
        // One's own account
        .get("/settings/data", Member, people::account::pages::data::show)
        .post_own("/settings/data", Member, people::account::pages::data::ask)
        .get("/settings/data/{id}", Member, people::account::pages::data::download)
        .get("/settings/account", Member, people::account::pages::account::show)
        .post_own("/settings/sessions/end-others", Member, people::account::pages::account::end_others)
        .post_own("/settings/address", Member, people::account::pages::address::ask)
        .get("/address/{token}", ByToken, people::account::pages::address::confirm_form)
        .post_own("/address/{token}", ByToken, people::account::pages::address::confirm)
        .get("/address/undo/{token}", ByToken, people::account::pages::address::undo_form)
        .post_own("/address/undo/{token}", ByToken, people::account::pages::address::undo)
        .get("/settings/erase", Member, people::account::pages::erase::show)
        .post_own("/settings/erase", Member, people::account::pages::erase::ask)
        .post_own("/settings/erase/cancel", Member, people::account::pages::erase::cancel)
        .get("/settings/prove", Member, people::account::pages::prove::show)
        .post_own("/settings/prove", Member, people::account::pages::prove::send)
        .post_own("/settings/prove/link", Member, people::account::pages::prove::ask_link)
        .get("/settings/prove/{token}", Member, people::account::pages::prove::link_form)
        .post_own("/settings/prove/{token}", Member, people::account::pages::prove::use_link)
        .get("/admin/spaces", Admin, forum::pages::manage::list::list)
        .post("/admin/spaces", Admin, forum::pages::manage::list::add)
        .get("/admin/spaces/new", Admin, forum::pages::manage::list::new)
        .post("/admin/spaces/template", Admin, forum::pages::manage::list::template)
        .post("/admin/spaces/{id}/move", Admin, forum::pages::manage::list::shift)
        .post("/admin/spaces/{id}/archive", Admin, forum::pages::manage::list::archive)
        .get("/admin/people", Admin, people::pages::admin::list::list)
        .get("/admin/people/{handle}", Admin, people::pages::admin::person::show)
        .post("/admin/people/{handle}/measure", Admin, people::pages::admin::person::measure)
        .post("/admin/people/{handle}/practitioner", Admin, people::pages::admin::practitioner)
        .post("/admin/people/{handle}/role", Admin, people::pages::admin::role)
        // Belonging to Organisations
        .post("/organisations/{id}/ask", Member, people::membership::pages::ask)
        .post_own("/organisations/{id}/leave", Member, people::membership::pages::leave)
        .post("/organisations/{id}/stewards", Admin, people::membership::pages::stewards)
        .post("/organisations/{id}/people/{handle}", Member, people::membership::pages::person)
        .post("/questions/{id}", Member, people::membership::pages::answer)
        // Invitations
        .get("/invitations/{token}", Everyone, people::invitations::pages::answer::show)
        .post_own("/invitations/{token}", Everyone, people::invitations::pages::answer::accept)
        .get("/admin/invitations", Admin, people::invitations::pages::admin::list)
        .post("/admin/invitations", Admin, people::invitations::pages::new::make)
        .get("/admin/invitations/new", Admin, people::invitations::pages::new::form)
        .get("/admin/invitations/table", Admin, people::invitations::pages::paste::form)
        .post("/admin/invitations/table", Admin, people::invitations::pages::paste::look)
        .get("/admin/invitations/lists/{id}", Admin, people::invitations::pages::admin::people)
        .post("/admin/invitations/{id}", Admin, people::invitations::pages::admin::change)
        // The network
        .get("/admin/settings", Admin, network::pages::settings::overview)
        .get("/admin/settings/names", Admin, network::pages::settings::names)
        .post("/admin/settings/names", Admin, network::pages::settings::save_names)
        .get("/admin/settings/welcome", Admin, network::pages::settings::welcome)
        .post("/admin/settings/welcome", Admin, network::pages::settings::save_welcome)
        .get("/admin/settings/looks", Admin, network::pages::looks::form)
        .post("/admin/settings/looks", Admin, network::pages::looks::save)
        .get("/logo/{name}", Everyone, network::pages::looks::logo)
        .get("/admin/settings/contact", Admin, network::pages::settings::contact)
        .post("/admin/settings/contact", Admin, network::pages::settings::save_contact)
        .get("/admin/settings/history", Admin, network::pages::settings::changes)
        .get("/setup", Admin, network::pages::setup::setup)
        .post("/setup/mail", Admin, network::pages::setup::test_mail)
        .post("/setup/finish", Admin, network::pages::setup::finish)
        .get("/documents/{kind}", Everyone, network::pages::documents::show)
        .get("/admin/documents/{kind}", Admin, network::pages::documents::form)
        .post("/admin/documents/{kind}", Admin, network::pages::documents::save)
        .get("/admin/documents/{kind}/accepted", Admin, network::pages::documents::accepted)
        .get("/accept", Member, network::pages::documents::ask)
        .post_own("/accept", Member, network::pages::documents::accept)
        .get("/help", Everyone, network::pages::help::help)
        .post_own("/help", Everyone, network::pages::help::send)
        .get("/admin/contact", Admin, network::pages::help::queue)
        .post("/admin/contact/{id}", Admin, network::pages::help::answer)
        // The forum
        .get("/spaces", Everyone, forum::pages::space::list)
        .get("/spaces/{id}", Everyone, forum::pages::space::show)
        .get("/spaces/{id}/settings", Member, forum::pages::manage::settings::form)
        .post("/spaces/{id}/settings", Member, forum::pages::manage::settings::save)
        .get("/spaces/{id}/people", Member, forum::pages::manage::people::list)
        .post("/spaces/{id}/people", Member, forum::pages::manage::people::add)
        .post("/spaces/{id}/people/{handle}", Member, forum::pages::manage::people::change)
        .get("/spaces/{id}/topics/new", Member, forum::pages::space::new_topic)
        .post("/spaces/{id}/topics", Member, forum::pages::space::start)
        .get("/topics/{id}", Everyone, forum::pages::topic::show)
        .get("/topics/{id}/{slug}", Everyone, forum::pages::topic::show_slug)
        .post("/topics/{id}/posts", Member, forum::pages::topic::reply)
        .post_own("/topics/{id}/read", Member, forum::pages::topic::read)
        .get("/posts/{id}/reply", Member, forum::pages::post::reply_form)
        .get("/posts/{id}/edit", Member, forum::pages::post::edit_form)
        .post("/posts/{id}/edit", Member, forum::pages::post::edit)
        .post("/posts/{id}/delete", Member, forum::pages::post::delete)
        .post("/posts/{id}/restore", Member, forum::pages::post::restore)
        .post("/preview", Member, forum::pages::post::preview_fragment)
        // Boards
        .get("/spaces/{id}/boards/new", Member, boards::pages::new_board)
        .post("/spaces/{id}/boards", Member, boards::pages::open)
        .get("/boards/{id}", Everyone, boards::pages::show)
        .get("/boards/{id}/panel", Everyone, boards::pages::panel_alone)
        .post("/boards/{id}/cards", Member, boards::pages::add_card)
        .get("/boards/{id}/cards/{card}", Everyone, boards::pages::card)
        .post("/boards/{id}/cards/{card}", Member, boards::pages::change_card)
        .post("/boards/{id}/groups", Member, boards::pages::add_group)
        .get("/boards/{id}/groups/{group}", Everyone, boards::pages::group)
        .post("/boards/{id}/groups/{group}", Member, boards::pages::change_group)
        .post("/boards/{id}/votes", Member, boards::pages::vote)
        .post("/boards/{id}/phase", Member, boards::pages::set_phase)
        // Workshops
        .get("/workshops", Everyone, workshops::pages::list::list)
        .get("/spaces/{id}/workshops/new", Member, workshops::pages::form::new)
        .post("/spaces/{id}/workshops/new", Member, workshops::pages::form::schedule)
        .get("/workshops/{id}", Everyone, workshops::pages::show::show)
        .get("/workshops/{id}/edit", Member, workshops::pages::form::edit)
        .post("/workshops/{id}/edit", Member, workshops::pages::form::change)
        .post("/workshops/{id}/cancel", Member, workshops::pages::show::cancel)
        .post("/workshops/{id}/register", Member, workshops::pages::show::register)
        .post("/workshops/{id}/withdraw", Member, workshops::pages::show::withdraw)
        .get("/workshops/{id}/room", Member, workshops::pages::room::show)
        .get("/workshops/{id}/room/activity", Member, workshops::pages::room::activity)
        .post("/workshops/{id}/room/move", Member, workshops::pages::room::lead)
        .post("/workshops/{id}/room/say", Member, workshops::pages::room::say)
        .post("/workshops/{id}/room/hand", Member, workshops::pages::room::hand)
        .get("/workshops/{id}/minutes", Member, workshops::pages::minutes::edit)
        .post("/workshops/{id}/minutes", Member, workshops::pages::minutes::publish)
        // Dialogues
        .get("/dialogues", Everyone, dialogues::pages::overview::list)
        .get("/spaces/{id}/dialogues/new", Member, dialogues::pages::new::form)
        .post("/spaces/{id}/dialogues", Member, dialogues::pages::new::open)
        .get("/dialogues/{id}", Everyone, dialogues::pages::overview::show)
        .get("/dialogues/{id}/panel", Everyone, dialogues::pages::overview::panel)
        .get("/dialogues/{id}/stages/{stage}", Everyone, dialogues::pages::stage::show)
        .get("/dialogues/{id}/stages/{stage}/panel", Everyone, dialogues::pages::stage::panel)
        .post("/dialogues/{id}/stages/{stage}/contributions", Member, dialogues::pages::stage::contribute)
        .post("/dialogues/{id}/stages/{stage}/votes", Member, dialogues::pages::stage::vote)
        .post("/dialogues/{id}/stages/{stage}/answers", Member, dialogues::pages::stage::answer)
        .post("/dialogues/{id}/stages/{stage}/state", Member, dialogues::pages::stage::set_state)
        .get("/dialogues/{id}/stages/{stage}/synthesis", Member, dialogues::pages::synthesis::form)
        .post("/dialogues/{id}/stages/{stage}/synthesis", Member, dialogues::pages::synthesis::save)
        .get("/dialogues/{id}/contributions/{contribution}", Everyone, dialogues::pages::contribution::show)
        .post("/dialogues/{id}/contributions/{contribution}/comments", Member, dialogues::pages::contribution::comment)
        .post("/dialogues/{id}/contributions/{contribution}/withdraw", Member, dialogues::pages::contribution::withdraw)
        // What waits, and what is mailed
        .get("/waiting", Member, notify::pages::waiting::list)
        .post_own("/waiting/read", Member, notify::pages::waiting::mark_all)
        .post_own("/waiting/{id}", Member, notify::pages::waiting::open)
        .post_own("/waiting/{id}/read", Member, notify::pages::waiting::mark)
        .get("/settings/mail", Member, notify::pages::choice::form)
        .post_own("/settings/mail", Member, notify::pages::choice::save)
        .get("/settings/mail/preview", Member, notify::pages::choice::preview_page)
        .get("/settings/mail/preview/html", Member, notify::pages::choice::preview_html)
        .get("/mail-choice/{member}/{signature}", ByToken, notify::pages::choice::form_by_link)
        .post_own("/mail-choice/{member}/{signature}", ByToken, notify::pages::choice::save_by_link)
        .get("/unsubscribe/{member}/{list}/{signature}", ByToken, notify::pages::unsubscribe::ask)
        .post_own("/unsubscribe/{member}/{list}/{signature}", ByToken, notify::pages::unsubscribe::stop)
        // The mailbox: everybody's in the demo, the admins' elsewhere
        .get("/mail", Everyone, mail::pages::mailbox)
        .get("/mail/{id}", Everyone, mail::pages::show)
        .get("/mail/{id}/html", Everyone, mail::pages::part)
        // The live line
        .get("/live", Everyone, live::live)
}

/// Lines that exist only in the demo.
pub fn demo_routes(routes: Routes) -> Routes {
    routes.get("/demo/as/{handle}", Everyone, host::demo::sign_in_as).get("/styleguide", Everyone, web::pages::styleguide)
}
