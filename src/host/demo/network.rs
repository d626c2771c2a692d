//! The network of the demo as its hosts have shaped it: names in both languages, a welcome, an accent, a logo.

use std::io::Cursor;

use chrono::Duration;
use image::{DynamicImage, ImageFormat, Rgba, RgbaImage};

use super::step::{Known, Step, Timed};
use crate::clock::Instant;
use crate::error::{Error, Result};
use crate::journal::{Act, Tx};
use crate::live::BoxFuture;
use crate::network::colour::{Colour, for_dark};
use crate::network::logo::{Made, made};
use crate::network::{Accent, Logo, SaveSettings, Settings, Texts};
use crate::people::Language;

/// Pixels of the logo each way, as it is drawn.
const LOGO: u32 = 128;
const ACCENT: &str = "#0f6470";

/// What its hosts did before anybody came.
pub fn steps(settings: &crate::settings::Settings, began: Instant) -> Result<Vec<Timed>> {
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
        ..begin
    };
    Ok(vec![Timed::new(began.minus(Duration::days(super::roster::FOUNDED + 1)), Founded { to, logo })])
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
