//! The network of the demo as its hosts have shaped it: names in both languages, a welcome, an accent, a logo, its documents
//! (which everybody but one has accepted), and a message that waits.

use std::io::Cursor;

use chrono::Duration;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

use super::roster::{FOUNDED, Roster};
use super::step::{Known, Step, Timed};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Act, Reads, Tx};
use crate::live::BoxFuture;
use crate::network::colour::{Colour, for_dark};
use crate::network::contact::{ContactKind, Said};
use crate::network::documents::{DocumentKind, draft};
use crate::network::logo::{Made, made};
use crate::network::{Accent, Accept, Logo, SaveDocument, SaveSettings, SendContact, Settings, Texts};
use crate::people::{Language, MemberId};

/// Pixels of the logo each way, as it is drawn.
const LOGO: u32 = 128;
/// Days in which all of the demo's people have joined.
const JOINED: i64 = 100;
const ACCENT: &str = "#0f6470";

/// What its hosts did before anybody came.
pub fn steps(roster: &Roster, settings: &crate::settings::Settings, began: Instant) -> Result<Vec<Timed>> {
    let logo = made(&drawn()?).map_err(|say| Error::bug(say.key))?;
    let light: Colour = ACCENT.parse().map_err(Error::bug)?;
    let begin = Settings::begin(settings);
    let is_named = std::env::var_os("PLENARY_SITE_NAME").is_some();
    let french = if is_named { String::new() } else { "Villes pour les droits humains".into() };
    let to = Settings {
        name: Texts::of([(Language::En, begin.name.get(Language::En).to_owned()), (Language::Fr, french)]),
        welcome: Texts::of([
            (Language::En, "City staff, mayors’ offices, civil society, universities and institutions learn here from one another how human rights become **everyday practice**.".to_owned()),
            (Language::Fr, "Agents des villes, cabinets des maires, associations, universités et institutions apprennent ici les uns des autres comment faire vivre les droits humains **au quotidien**.".to_owned()),
        ]),
        accent: Some(Accent { light, dark: for_dark(light) }),
        logo: Some(Logo { hash: logo.hash.clone(), width: logo.width, height: logo.height, alt: Texts::default() }),
        is_set_up: true,
        contact: "contact@human-rights-cities.example".into(),
        ..begin
    };
    let founded = began.minus(Duration::days(FOUNDED + 1));
    let name = to.name.clone();
    let mut steps = vec![Timed::new(founded, Founded { to, logo })];
    for kind in DocumentKind::ALL {
        let text = |language: &Language| (*language, document(*kind, *language, name.get(language)));
        steps.push(Timed::new(founded, Published { kind: *kind, texts: Texts::of(Language::ALL.iter().map(text)) }));
    }
    let joined = began.minus(Duration::days(FOUNDED - JOINED));
    // One has not been here since: the page in between waits for them.
    let others = roster.people.iter().rev().skip(1).rev();
    steps.extend(others.map(|person| Timed::new(joined, Accepted(person.handle.clone()))));
    steps.push(Timed::new(began.minus(Duration::hours(2)), Asked));
    Ok(steps)
}

/// The drafts, with what only a host would know.
fn document(kind: DocumentKind, language: Language, name: &str) -> String {
    let (who, place) = match language {
        Language::En => ("This network is a demonstration. Nobody but you runs it.", "On the machine that you started the demo on, until you delete its folder."),
        Language::Fr => ("Ce réseau est une démonstration. Personne d’autre que vous ne l’exploite.", "Sur la machine où vous avez lancé la démonstration, jusqu’à ce que vous effaciez son dossier."),
    };
    let mut known = [who, place, who].into_iter();
    let mut text = draft(kind, language, name, "contact@human-rights-cities.example");
    while let Some((before, rest)) = text.split_once("*[") {
        let (unknown, after) = rest.split_once("]*").unwrap_or((rest, ""));
        // A span of days is as good here as anywhere.
        let is_span = unknown.contains("day") || unknown.contains("jours");
        let said = if is_span { unknown } else { known.next().unwrap_or_default() };
        text = format!("{before}{said}{after}");
    }
    text
}

struct Published {
    kind: DocumentKind,
    texts: Texts,
}

impl Step for Published {
    fn run<'a>(&'a self, tx: &'a Tx, _known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        let act = SaveDocument { by: None, kind: self.kind, version: 0, asks: self.kind.usually_asks(), texts: self.texts.clone() };
        Box::pin(async move { act.run(tx).await.map(|_| ()) })
    }
}

/// Somebody accepts what asks to be accepted.
struct Accepted(String);

impl Step for Accepted {
    fn run<'a>(&'a self, tx: &'a Tx, known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move {
            let by = MemberId(known.id("member", &self.0)?);
            let documents = tx.column("SELECT id FROM document WHERE accepted_from IS NOT NULL ORDER BY id LIMIT 20", vec![]).await?;
            Accept { by, documents }.run(tx).await
        })
    }

    fn rows(&self) -> usize {
        8
    }
}

/// A resident without an account asks.
struct Asked;

impl Step for Asked {
    fn run<'a>(&'a self, tx: &'a Tx, _known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        let said = Said {
            kind: ContactKind::Barrier,
            name: "Rosa Lindner".into(),
            email: "rosa.lindner@post.example".into(),
            about: "/workshops".into(),
            text: "I read with a screen reader and would like to come to the workshop on evictions. Will somebody read out the cards that are written on the board?".into(),
        };
        let act = SendContact { by: None, language: Language::En, said, mails: Vec::new() };
        Box::pin(async move { act.run(tx).await.map(|_| ()) })
    }
}

struct Founded {
    to: Settings,
    logo: Made,
}

impl Step for Founded {
    fn run<'a>(&'a self, tx: &'a Tx, _known: &'a mut Known) -> BoxFuture<'a, Result<()>> {
        Box::pin(async move { SaveSettings { by: None, version: 0, to: self.to.clone(), logo: Some(self.logo.clone()) }.run(tx).await.map(|_| ()) })
    }
}

/// Two rows of seats around a speaker, in a round field.
fn drawn() -> Result<Vec<u8>> {
    let field = Rgba([15, 100, 112, 255]);
    let picture = RgbaImage::from_fn(LOGO, LOGO, |x, y| {
        // From -1 to 1 each way; how much of a pixel is covered goes over one pixel's breadth.
        let place = |at: u32| (f64::from(at) + 0.5) / f64::from(LOGO) * 2.0 - 1.0;
        let (x, y) = (place(x), place(y) + 0.12);
        let breadth = 2.0 / f64::from(LOGO);
        let covered = |distance: f64| (0.5 - distance / breadth).clamp(0.0, 1.0);
        let radius = x.hypot(y);
        let row = |of: f64| covered((radius - of).abs() - 0.075) * covered(-y);
        let lit = row(0.72).max(row(0.40)).max(covered(x.hypot(y + 0.02) - 0.12));
        let within = covered(x.hypot(y - 0.12) - 0.99);
        let mix = |ground: u8| (f64::from(ground) + (255.0 - f64::from(ground)) * lit).round() as u8;
        Rgba([mix(field[0]), mix(field[1]), mix(field[2]), (255.0 * within).round() as u8])
    });
    let mut bytes = Vec::new();
    DynamicImage::ImageRgba8(picture).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).map_err(Error::bug)?;
    Ok(bytes)
}
