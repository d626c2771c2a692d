//! A site with people, and Topics of 50 Posts each, made by the same acts that the site itself uses.

use std::path::PathBuf;
use std::sync::Arc;

use futures_util::future::try_join_all;
use plenary::Site;
use plenary::clock::Clock;
use plenary::forum::{AddSpace, MarkRead, Reply, SpaceId, SpaceRules, StartTopic, TopicId};
use plenary::journal::{Act, FormKey, Tx, head};
use plenary::people::rights::Layer;
use plenary::people::{AddMember, AddOrganisation, Language, Level, MemberId, Reader, Role, SignIn, load_member};
use plenary::settings::Settings;
use plenary::values;
use plenary::web::render_markdown;

use crate::Said;

/// Posts of a Topic.
pub const POSTS: usize = 50;
/// Members; the first starts every Topic and posts nothing in the benches.
pub const MEMBERS: usize = 65;
/// Topics that are on their way to the writer at once.
const AT_ONCE: usize = 32;

/// A seeded site: a folder with a SQLite database, and who can sign in to it.
pub struct Seeded {
    folder: tempfile::TempDir,
    pub topics: Vec<i64>,
    /// The cookie of each Member's browser, which runs the site's modules.
    pub cookies: Vec<String>,
    /// The journal's epoch and its last number: where a socket begins.
    pub epoch: String,
    pub head: i64,
}

impl Seeded {
    /// A site with `posts` Posts. The second Member has read all but the last five of the Topic in the middle, nobody has
    /// anything waiting.
    pub async fn with(posts: usize) -> Said<Self> {
        let folder = tempfile::tempdir()?;
        let site = open(&folder).await?;
        let (members, tokens) = people(&site).await?;
        let space = AddSpace {
            by: None,
            layer: Layer::Public,
            language: "en".into(),
            position: 1,
            rules: SpaceRules::new(),
            texts: vec![(Language::En, "City administration".into(), "How cities work".into())],
        };
        let space = site.write(space).await?;
        let readers = Arc::new(readers(&site, &members).await?);
        let mut topics = Vec::new();
        let numbers: Vec<usize> = (0..posts / POSTS).collect();
        for some in numbers.chunks(AT_ONCE) {
            let begun = some.iter().map(|number| site.write(WholeTopic { number: *number, space, readers: readers.clone() }));
            topics.extend(try_join_all(begun).await?.into_iter().map(|topic| topic.0));
        }
        let middle = TopicId(topics[topics.len() / 2]);
        site.write(MarkRead { by: readers[1].clone(), topic: middle, numbers: (1..=POSTS as i64 - 5).collect() }).await?;
        let head = head(&site.db).await?;
        site.note(AllTold(head)).await?;
        let epoch = site.epoch.name.clone();
        site.close().await;
        let cookies = tokens.into_iter().map(|token| format!("plenary={token}; script=1")).collect();
        Ok(Self { folder, topics, cookies, epoch, head })
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("plenary.sqlite")
    }

    /// The Topic in the middle.
    pub fn topic(&self) -> i64 {
        self.topics[self.topics.len() / 2]
    }
}

async fn open(folder: &tempfile::TempDir) -> Said<Site> {
    let mut settings = Settings::load(None).map_err(|wrongs| format!("{wrongs:?}"))?;
    settings.data = folder.path().to_owned();
    settings.database_url = format!("sqlite:{}", folder.path().join("plenary.sqlite").display());
    Ok(Site::open(settings, Clock::System).await?)
}

async fn people(site: &Site) -> Said<(Vec<MemberId>, Vec<String>)> {
    let organisation = AddOrganisation {
        name: "City of Graz".into(),
        short_name: "Graz".into(),
        kind: "municipality".into(),
        level: Level::City,
        country: "AT".into(),
        standing: "human_rights_city".into(),
        within: None,
    };
    let organisation = site.write(organisation).await?;
    let (mut members, mut tokens) = (Vec::new(), Vec::new());
    for number in 0..MEMBERS {
        let act = AddMember {
            handle: Some(format!("member-{number}")),
            name: format!("Member Number{number}"),
            email: format!("member-{number}@people.example"),
            password_hash: None,
            language: Language::En,
            zone: chrono_tz::Europe::Vienna,
            about: String::new(),
            role: Role::Member,
            is_practitioner: true,
            organisation: Some(organisation),
        };
        let member = site.write(act).await?;
        let token = plenary::secret::token();
        site.write(SignIn { member, session_token: token.clone(), program: "bench".into() }).await?;
        members.push(member);
        tokens.push(token);
    }
    Ok((members, tokens))
}

async fn readers(site: &Site, members: &[MemberId]) -> Said<Vec<Reader>> {
    let mut readers = Vec::new();
    for member in members {
        let member = load_member(&site.db, *member, site.now()).await?.ok_or("a Member that is not there")?;
        readers.push(Reader::of(Arc::new(member), None));
    }
    Ok(readers)
}

/// One Topic with all its Posts: many acts in one write.
struct WholeTopic {
    number: usize,
    space: SpaceId,
    readers: Arc<Vec<Reader>>,
}

impl Act for WholeTopic {
    type Answer = TopicId;

    async fn run(&self, tx: &Tx) -> plenary::Result<TopicId> {
        let by = |number: usize| self.readers[number % self.readers.len()].clone();
        let source = text(self.number, 1);
        let start = StartTopic {
            by: by(0),
            space: self.space,
            title: format!("What {} has learned about housing", self.number),
            tags: "housing, evidence".into(),
            language: "en".into(),
            rendered: render_markdown(&source),
            source,
            key: FormKey::of("bench", &[&self.number.to_string()]),
        };
        let (topic, _) = start.run(tx).await?;
        for number in 2..=POSTS {
            let source = text(self.number, number);
            let reply = Reply {
                by: by(number - 1),
                topic,
                // Branches of four.
                parent: Some(if number % 4 == 2 { 1 } else { number as i64 - 1 }),
                rendered: render_markdown(&source),
                source,
                key: FormKey::of("bench", &[&self.number.to_string(), &number.to_string()]),
            };
            reply.run(tx).await?;
        }
        Ok(topic)
    }
}

/// The seed's entries are told already: the servers begin at rest.
struct AllTold(i64);

impl Act for AllTold {
    type Answer = ();

    async fn run(&self, tx: &Tx) -> plenary::Result<()> {
        tx.write("INSERT INTO reader (name, position) VALUES ('notify', $1)", values![self.0]).await.map(|_| ())
    }
}

/// What tells a Post from all others.
pub fn mark(topic: usize, number: usize) -> String {
    format!("(case {topic}/{number})")
}

/// A Post of ordinary length, with the Markdown that people use.
fn text(topic: usize, number: usize) -> String {
    let mark = mark(topic, number);
    format!(
        "We tried the same in our district last year {mark}, and *most* of what you write held here, too.\n\n\
         - residents came when the invitation named a **date** and a person\n\
         - the form in plain language was filled in twice as often\n\n\
         The report is at [our page](https://city.example/report/{number}). What we have not solved: how to reach those \
         who moved in during the year, since the register that we may use is older than that. Has anyone done it?"
    )
}
