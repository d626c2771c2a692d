//! The accent and its contrast: WCAG 2.2 (success criteria 1.4.3 and 1.4.11) against everything of both themes that it
//! stands on. Pure.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The least contrast of words with what they stand on (WCAG 2.2, 1.4.3, level AA).
pub const LEAST: f64 = 4.5;
/// By how much lightness changes from one try to the next (OKLCH, 0 to 1).
const STEP: f64 = 0.004;

/// A colour of sRGB, written `#0f6470`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour([u8; 3]);

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim().strip_prefix('#').unwrap_or(text.trim());
        if digits.len() != 6 || !digits.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err("a colour is # and six hexadecimal digits");
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(|_| "a colour is hexadecimal");
        Ok(Self([part(0)?, part(2)?, part(4)?]))
    }
}

impl TryFrom<String> for Colour {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Colour> for String {
    fn from(colour: Colour) -> Self {
        colour.to_string()
    }
}

/// Lightness (0 to 1), chroma and hue (radians) of OKLCH (CSS Color 4, section 10).
#[derive(Clone, Copy, Debug)]
struct Oklch(f64, f64, f64);

impl Colour {
    fn linear(self) -> [f64; 3] {
        self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        })
    }

    /// Relative luminance, as WCAG defines it.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    fn oklch(self) -> Oklch {
        let [r, g, b] = self.linear();
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let lightness = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s;
        let a = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s;
        Oklch(lightness, a.hypot(b), b.atan2(a))
    }
}

impl Oklch {
    /// Within sRGB: with as much chroma as it has room for.
    fn colour(self) -> Colour {
        let (mut low, mut high) = (0.0, self.1);
        if self.linear().iter().all(|part| (-0.0005..=1.0005).contains(part)) {
            low = high;
        }
        while high - low > 0.0005 {
            let middle = f64::midpoint(low, high);
            let fits = Self(self.0, middle, self.2).linear().iter().all(|part| (-0.0005..=1.0005).contains(part));
            if fits { low = middle } else { high = middle }
        }
        Colour(Self(self.0, low, self.2).linear().map(|part| {
            let part = part.clamp(0.0, 1.0);
            let part = if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
            // Between 0 and 255 by the line above.
            (part * 255.0).round() as u8
        }))
    }

    fn linear(self) -> [f64; 3] {
        let Self(lightness, chroma, hue) = self;
        let (a, b) = (chroma * hue.cos(), chroma * hue.sin());
        let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
        ]
    }
}

/// How much two colours stand out from one another, from 1 to 21 (WCAG 2.2, contrast ratio).
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What an accent stands on, and what stands on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Light,
    Dark,
}

/// `--paper`, `--raised`, `--sunken` and `--accent-ink` of `tokens.css`: lightness in %, chroma, hue in degrees.
const LIGHT: [(f64, f64, f64); 4] = [(98.6, 0.004, 170.0), (100.0, 0.0, 0.0), (96.0, 0.008, 175.0), (99.0, 0.005, 190.0)];
const DARK: [(f64, f64, f64); 4] = [(19.0, 0.012, 200.0), (22.5, 0.014, 200.0), (16.5, 0.012, 200.0), (20.0, 0.03, 200.0)];

impl Ground {
    fn tokens(self) -> [Colour; 4] {
        let tokens = if self == Self::Light { LIGHT } else { DARK };
        tokens.map(|(lightness, chroma, hue)| Oklch(lightness / 100.0, chroma, hue.to_radians()).colour())
    }

    /// The quiet surface in the accent's own hue.
    pub fn soft(self, accent: Colour) -> Colour {
        let Oklch(_, chroma, hue) = accent.oklch();
        match self {
            Self::Light => Oklch(0.945, chroma.min(0.025), hue).colour(),
            Self::Dark => Oklch(0.29, chroma.min(0.035), hue).colour(),
        }
    }

    /// The least contrast that this accent has with anything it meets in the theme.
    pub fn least(self, accent: Colour) -> f64 {
        self.tokens().into_iter().chain([self.soft(accent)]).map(|other| contrast(accent, other)).fold(21.0, f64::min)
    }

    /// Whether words in it can be read, and read on it.
    pub fn takes(self, accent: Colour) -> bool {
        self.least(accent) >= LEAST
    }

    /// The accent itself where it can be read, else the nearest in lightness that can, of the same hue.
    pub fn nearest(self, accent: Colour) -> Colour {
        let Oklch(lightness, chroma, hue) = accent.oklch();
        let tries = (0..=250).flat_map(|step| [-1.0, 1.0].map(|way| lightness + way * f64::from(step) * STEP));
        let within = tries.filter(|lightness| (0.0..=1.0).contains(lightness));
        let colour = |lightness| if lightness == self::lightness(accent) { accent } else { Oklch(lightness, chroma, hue).colour() };
        let end = if self == Self::Light { Colour([0; 3]) } else { Colour([255; 3]) };
        within.map(colour).find(|colour| self.takes(*colour)).unwrap_or(end)
    }
}

fn lightness(colour: Colour) -> f64 {
    colour.oklch().0
}

/// The accent for the dark theme where only the one for the light theme was chosen: the same hue, as light as the program's own.
pub fn for_dark(light: Colour) -> Colour {
    let Oklch(_, chroma, hue) = light.oklch();
    Ground::Dark.nearest(Oklch(0.79, chroma.min(0.13), hue).colour())
}

/// The name of the style sheet that puts an accent in force: it holds both colours, so that nothing else decides.
pub fn sheet_name(light: Colour, dark: Colour) -> String {
    format!("accent-{light}-{dark}.css").replace('#', "")
}

/// The style sheet of that name; `None` where it is no such name, or its colours cannot be read.
pub fn sheet(name: &str) -> Option<String> {
    let (light, dark) = name.strip_prefix("accent-")?.strip_suffix(".css")?.split_once('-')?;
    let (light, dark): (Colour, Colour) = (light.parse().ok()?, dark.parse().ok()?);
    if !Ground::Light.takes(light) || !Ground::Dark.takes(dark) || sheet_name(light, dark) != name {
        return None;
    }
    let (soft_light, soft_dark) = (Ground::Light.soft(light), Ground::Dark.soft(dark));
    Some(format!(
        "@supports (color: light-dark(red, red)) {{ @layer tokens {{ :root {{ --accent: light-dark({light}, {dark}); --accent-soft: light-dark({soft_light}, {soft_dark}); }} }} }}\n"
    ))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn contrast_is_what_the_standard_says() {
        assert!((contrast(colour("#000000"), colour("#ffffff")) - 21.0).abs() < 1e-9);
        assert!((contrast(colour("#777777"), colour("#ffffff")) - 4.478).abs() < 0.01);
        assert!((contrast(colour("#0000ff"), colour("#ffffff")) - 8.592).abs() < 0.01);
    }

    #[test]
    fn the_grounds_are_those_of_the_style_sheet() {
        let sheet = include_str!("../../static/css/tokens.css");
        for (at, token) in ["paper", "raised", "sunken", "accent-ink"].iter().enumerate() {
            let (one, other) = (LIGHT[at], DARK[at]);
            let written = |(l, c, h): (f64, f64, f64)| format!("oklch({l}% {c} {h})");
            let line = format!("--{token}: light-dark({}, {});", written(one), written(other));
            assert!(sheet.contains(&line), "{line}");
        }
    }

    #[test]
    fn the_programs_own_accent_passes_and_a_bright_one_is_darkened() {
        assert!(Ground::Light.takes(colour("#0f6470")));
        let yellow = colour("#ffcc00");
        assert!(!Ground::Light.takes(yellow));
        let nearest = Ground::Light.nearest(yellow);
        assert!(Ground::Light.takes(nearest), "{nearest}");
        // Its hue stays.
        assert!((nearest.oklch().2 - yellow.oklch().2).abs() < 0.15, "{nearest}");
    }

    #[test]
    fn a_sheet_comes_only_of_colours_that_can_be_read() {
        let name = sheet_name(colour("#0f6470"), for_dark(colour("#0f6470")));
        assert!(sheet(&name).unwrap().contains("--accent: light-dark(#0f6470, #"));
        for wrong in ["accent-ffffff-ffffff.css", "accent-0f6470.css", "accent-zz6470-7fd0cb.css", "accent-#0f6470-7fd0cb.css", "plenary.css"] {
            assert_eq!(sheet(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_chosen_has_a_near_colour_that_passes(parts in any::<[u8; 3]>()) {
            let colour = Colour(parts);
            for ground in [Ground::Light, Ground::Dark] {
                let nearest = ground.nearest(colour);
                prop_assert!(ground.takes(nearest), "{colour} → {nearest}");
                prop_assert!(!ground.takes(colour) || nearest == colour);
            }
            prop_assert!(Ground::Dark.takes(for_dark(colour)));
            prop_assert_eq!(colour.to_string().parse::<Colour>(), Ok(colour));
        }
    }
}
