//! What a row of the table is, who tries, and on what.

use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};

use plenary::people::{MemberId, Reader, Role};

use crate::support::{Browser, TestSite};

/// The roles, in the order of a row's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum As {
    Visitor,
    Member,
    Practitioner,
    Moderator,
    Admin,
}

impl As {
    pub const ALL: &'static [Self] = &[Self::Visitor, Self::Member, Self::Practitioner, Self::Moderator, Self::Admin];
}

/// What is tried on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// The route has no object.
    Nothing,
    /// In a place everybody can read, and the actor's own (written, led, moderated by them; a Visitor has none).
    Own,
    /// In a place everybody can read, somebody else's.
    Others,
    /// In the practitioners' layer, somebody else's.
    Layered,
    /// In a private Space that names the actor, somebody else's.
    Named,
    /// In a private Space that does not name the actor.
    Private,
    /// There is no such thing.
    Missing,
}

/// Values for the placeholders of a path and a form.
pub type Values = Vec<(&'static str, String)>;

/// What a maker gives.
pub type Made<'a> = Pin<Box<dyn Future<Output = Values> + Send + 'a>>;

/// Makes the object of one try.
pub type Maker = for<'a> fn(&'a Case<'a>) -> Made<'a>;

/// One try: who, on what.
pub struct Case<'a> {
    pub site: &'a TestSite,
    pub actor: &'a Actor,
    pub object: Object,
}

/// Somebody made for one try.
pub struct Actor {
    /// A Visitor has none.
    pub id: Option<MemberId>,
    pub handle: String,
    pub browser: Browser,
}

/// One line of the table.
#[derive(Clone)]
pub struct Row {
    pub method: &'static str,
    pub path: &'static str,
    pub form: &'static str,
    pub expected: Vec<(Object, [u16; 5])>,
    maker: Maker,
    is_never_private: bool,
}

/// A page: `get("/spaces", none)` or `get("/spaces/{id}", space)`.
pub fn get(path: &'static str, maker: Maker) -> Row {
    row("GET", path, maker)
}

/// A form: `post("/topics/{id}/posts", topic).form("body=Hello&key={key}")`; `{key}` is a new one at each try.
pub fn post(path: &'static str, maker: Maker) -> Row {
    row("POST", path, maker)
}

/// A Room of the live line: `room("topic:{id}", topic)`.
pub fn room(path: &'static str, maker: Maker) -> Row {
    row("LIVE", path, maker)
}

fn row(method: &'static str, path: &'static str, maker: Maker) -> Row {
    Row { method, path, form: "", expected: Vec::new(), maker, is_never_private: false }
}

impl Row {
    /// What is sent, as `name=value&name=value`, without any escaping.
    pub fn form(mut self, form: &'static str) -> Self {
        self.form = form;
        self
    }

    fn expect(mut self, object: Object, by_role: [u16; 5]) -> Self {
        self.expected.push((object, by_role));
        self
    }

    /// For a route without an object.
    pub fn gives(self, by_role: [u16; 5]) -> Self {
        self.expect(Object::Nothing, by_role)
    }

    pub fn own(self, by_role: [u16; 5]) -> Self {
        self.expect(Object::Own, by_role)
    }

    pub fn others(self, by_role: [u16; 5]) -> Self {
        self.expect(Object::Others, by_role)
    }

    pub fn layered(self, by_role: [u16; 5]) -> Self {
        self.expect(Object::Layered, by_role)
    }

    pub fn named(self, by_role: [u16; 5]) -> Self {
        self.expect(Object::Named, by_role)
    }

    /// What a private and what a missing object answer: the same.
    pub fn hidden(self, by_role: [u16; 5]) -> Self {
        self.expect(Object::Private, by_role).expect(Object::Missing, by_role)
    }

    /// A private one that names only others, where that is not like one that does not exist.
    pub fn private(self, by_role: [u16; 5]) -> Self {
        self.expect(Object::Private, by_role)
    }

    /// A missing object, where nothing of the kind can be private; why, in words.
    pub fn missing(mut self, by_role: [u16; 5], _why_never_private: &'static str) -> Self {
        self.is_never_private = true;
        self.expect(Object::Missing, by_role)
    }

    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }

    /// What this row leaves out that every row must say.
    pub fn gap(&self) -> Option<String> {
        let has = |object: Object| self.expected.iter().any(|(known, _)| *known == object);
        let has_object = self.path.contains('{');
        match () {
            () if !has_object && !has(Object::Nothing) => Some(format!("{}: say .gives([…])", self.name())),
            () if has_object && !(has(Object::Own) && has(Object::Others) && has(Object::Missing)) => Some(format!("{}: say .own([…]), .others([…]) and .hidden([…])", self.name())),
            () if has_object && !has(Object::Private) && !self.is_never_private => Some(format!("{}: say .hidden([…]), or .missing([…], why nothing of it is private)", self.name())),
            () => None,
        }
    }

    /// Makes the object of one try; the values of the placeholders.
    pub async fn make(&self, site: &TestSite, actor: &Actor, object: Object) -> Values {
        (self.maker)(&Case { site, actor, object }).await
    }
}

/// A text with its placeholders filled: `{id}` by the value named `id`; `{key}` by something new.
pub fn filled(text: &str, values: &Values) -> String {
    let text = values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value).replace(&format!("{{*{name}}}"), value));
    if text.contains("{key}") { text.replace("{key}", &plenary::secret::token()) } else { text }
}

static NUMBER: AtomicI64 = AtomicI64::new(0);

impl Actor {
    /// Somebody new of this role. The admin is no Practitioner, so that what admins may do is not had by being both.
    pub async fn new(site: &TestSite, who: As) -> Self {
        let (role, is_practitioner) = match who {
            As::Visitor => return Self { id: None, handle: "nobody-here".into(), browser: site.visitor() },
            As::Member => (Role::Member, false),
            As::Practitioner => (Role::Member, true),
            As::Moderator => (Role::Moderator, true),
            As::Admin => (Role::Admin, false),
        };
        let handle = format!("{}-{}", format!("{who:?}").to_lowercase(), NUMBER.fetch_add(1, Ordering::SeqCst));
        let id = site.add(&handle, role, is_practitioner).await;
        Self { id: Some(id), handle, browser: site.browser_of(id).await }
    }
}

impl Case<'_> {
    /// Somebody else: a Practitioner.
    pub async fn other(&self) -> MemberId {
        self.site.add(&format!("other-{}", NUMBER.fetch_add(1, Ordering::SeqCst)), Role::Member, true).await
    }

    /// The actor for an own object; somebody else for any other, and where a Visitor has no own.
    pub async fn owner(&self) -> MemberId {
        match (self.object, self.actor.id) {
            (Object::Own, Some(id)) => id,
            _ => self.other().await,
        }
    }

    /// A Member as acts want them.
    pub async fn reader(&self, id: MemberId) -> Reader {
        let site = &self.site.site;
        Reader::of(site.people.member(&site.db, &site.bus, id).await.unwrap().unwrap(), None)
    }
}

/// For a route without an object.
pub fn none<'a>(_: &'a Case<'a>) -> Made<'a> {
    Box::pin(std::future::ready(Vec::new()))
}

/// An id that nothing has.
pub fn no_id() -> String {
    "987654321".into()
}
