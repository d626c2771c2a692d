//! Who is on their way in when the demo begins: a link, a list of three of whom one has come, somebody who asks to belong
//! to an Organisation and waits for its Steward.

use chrono::Duration;

use super::roster::{PersonText, Roster};
use super::step::{Known, Step, Timed};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Act, FormKey, Reads, Tx};
use crate::live::BoxFuture;
use crate::people::invitations::{InvitationId, Invite, Invitee, JoinByMail, Letter, MakeInvitation, Offer, Resend};
use crate::people::membership::{AskToJoin, SetSteward};
use crate::people::{Language, MemberId, OrganisationId};
use crate::workshops::Letterhead;
use crate::{secret, values};

/// Who invites, who looks after which Organisation, and who asks to belong to it.
const HOST: &str = "nora-feeney";
const STEWARD: (&str, &str) = ("anna-moser", "graz");
const ASKS: &str = "milena-jovanovic";
/// The people of the list: name, address, language. The first has come.
const LIST: &[(&str, &str, Language)] = &[
    ("Maren Quist", "maren-quist@lund.example", Language::En),
    ("Étienne Vautrin", "etienne-vautrin@geneva.example", Language::Fr),
    ("Ilse Tamm", "ilse-tamm@tallinn.example", Language::En),
];

/// The site's own parts that these steps need.
#[derive(Clone)]
pub struct Heads {
    pub head: Letterhead,
    pub letter: Letter,
}

impl Heads {
    /// What the site puts on mails, with the host of the demo as who invites.
    pub async fn of(site: &crate::app::Site) -> Result<Self> {
        let roster = Roster::load()?;
        let PersonText { name, zone, .. } = roster.person(HOST).ok_or_else(|| Error::bug("nobody runs the demo"))?;
        Ok(Self { head: Letterhead::of(site).await?, letter: Letter::by(site, name, *zone).await? })
    }
}

pub fn steps(heads: &Heads, began: Instant) -> Vec<Timed> {
    let at = |hours| began.minus(Duration::hours(hours));
    // Mails of the last day alone: none is written for what is older.
    vec![
        Timed::new(at(24 * 30), Stewards),
        Timed::new(at(24 * 6), MakesLink { ends_at: began.plus(Duration::days(24)) }),
        Timed::new(at(20), InvitesList { heads: heads.clone(), ends_at: began.plus(Duration::days(25)) }),
        Timed::new(at(5), Comes(heads.clone())),
        Timed::new(at(7), Asks),
    ]
}

fn offer(organisation: Option<OrganisationId>, is_practitioner: bool, ends_at: Instant) -> Offer {
    Offer { organisation, is_practitioner, spaces: Vec::new(), workshop: None, language: Language::En, ends_at }
}

struct Stewards;

impl Step for Stewards {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let (member, organisation) = (MemberId(known.id("member", STEWARD.0)?), OrganisationId(known.id("organisation", STEWARD.1)?));
            SetSteward { by: Some(MemberId(known.id("member", HOST)?)), organisation, member, is_steward: true }.run(tx).await
        })
    }
}

struct MakesLink {
    ends_at: Instant,
}

impl Step for MakesLink {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let by = MemberId(known.id("member", HOST)?);
            let graz = OrganisationId(known.id("organisation", STEWARD.1)?);
            let key = FormKey::of("demo", &["link"]);
            MakeInvitation { by, offer: offer(Some(graz), true, self.ends_at), uses: 20, token: secret::token(), key }.run(tx).await.map(|_| ())
        })
    }
}

struct InvitesList {
    heads: Heads,
    ends_at: Instant,
}

impl Step for InvitesList {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let by = MemberId(known.id("member", HOST)?);
            let lund = OrganisationId(known.id("organisation", "lund")?);
            let people = LIST.iter().enumerate().map(|(place, (name, email, language))| {
                let organisation = (place == 0).then_some(lund);
                let invitee = Invitee { name: (*name).into(), email: (*email).into(), language: Some(*language), organisation, is_practitioner: None };
                let offer = offer(None, false, self.ends_at).to(&invitee);
                (invitee, offer, secret::token())
            });
            let act = Invite { by, list: None, people: people.collect(), letter: self.heads.letter.clone(), head: self.heads.head.clone() };
            act.run(tx).await.map(|_| ())
        })
    }

    fn rows(&self) -> usize {
        6 * LIST.len()
    }
}

/// Reminded by a second mail, the first of the list comes.
struct Comes(Heads);

impl Step for Comes {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let (name, email, language) = LIST[0];
            let invitation: Option<InvitationId> = tx.value("SELECT id FROM member_invitation WHERE email = $1", values![email]).await?;
            let invitation = invitation.ok_or_else(|| Error::bug("the demo's list invites nobody"))?;
            let token = secret::token();
            let by = MemberId(known.id("member", HOST)?);
            Resend { by, invitation, token: token.clone(), letter: self.0.letter.clone() }.run(tx).await?;
            let act = JoinByMail {
                token,
                name: name.into(),
                password_hash: None,
                language,
                zone: chrono_tz::Europe::Stockholm,
                session_token: secret::token(),
                program: String::new(),
                head: self.0.head.clone(),
            };
            act.run(tx).await.map(|_| ())
        })
    }

    fn rows(&self) -> usize {
        14
    }
}

struct Asks;

impl Step for Asks {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let (by, organisation) = (MemberId(known.id("member", ASKS)?), OrganisationId(known.id("organisation", STEWARD.1)?));
            let words = "I have moved from the neighbourhood office to the city’s housing department.".into();
            AskToJoin { by, organisation, words }.run(tx).await.map(|_| ())
        })
    }
}
