//! Numbers of several rounds: the median with the least and the most, and rows that print them.

/// What the rounds of one side gave.
#[derive(Clone, Debug, Default)]
pub struct Series(Vec<f64>);

impl Series {
    pub fn push(&mut self, value: f64) {
        self.0.push(value);
        self.0.sort_by(f64::total_cmp);
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The value that a share of the rounds (0 to 1) does not exceed.
    pub fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
    }

    pub fn median(&self) -> f64 {
        self.at(0.5)
    }

    /// `12,345 (11,800–12,600)`: the median, the least and the most.
    pub fn show(&self, digits: usize) -> String {
        format!("{} ({}–{})", grouped(self.median(), digits), grouped(self.at(0.0), digits), grouped(self.at(1.0), digits))
    }
}

impl FromIterator<f64> for Series {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut series = Self(values.into_iter().collect());
        series.0.sort_by(f64::total_cmp);
        series
    }
}

/// Two sides that took turns.
#[derive(Clone, Debug, Default)]
pub struct Pairs {
    pub product: Series,
    pub bare: Series,
    /// Product to bare of each turn, so that a noisy moment of the machine falls on both.
    ratios: Series,
}

impl Pairs {
    pub fn push(&mut self, product: f64, bare: f64) {
        self.product.push(product);
        self.bare.push(bare);
        self.ratios.push(product / bare);
    }

    /// `82 % (78–85)`.
    pub fn ratio(&self) -> String {
        let percent = |share| format!("{:.0}", self.ratios.at(share) * 100.0);
        format!("{} % ({}–{})", percent(0.5), percent(0.0), percent(1.0))
    }

    /// The ratio where more is worse: `1.4 × (1.1–2.0)`.
    pub fn times(&self) -> String {
        format!("{:.1} × ({:.1}–{:.1})", self.ratios.median(), self.ratios.at(0.0), self.ratios.at(1.0))
    }

    /// The ratio beside an aim (a share of the bare side), said plainly.
    pub fn beside(&self, aim: Option<f64>) -> String {
        let Some(aim) = aim else { return format!("{}, no aim", self.ratio()) };
        let word = if self.ratios.median() >= aim { "met" } else { "MISSED" };
        format!("{}, aim {:.0} %: {word}", self.ratio(), aim * 100.0)
    }
}

/// A number with its thousands apart.
pub fn grouped(value: f64, digits: usize) -> String {
    let text = format!("{value:.digits$}");
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && digit.is_ascii_digit() && (whole.len() - at).is_multiple_of(3) && !out.ends_with('-') {
            out.push(',');
        }
        out.push(digit);
    }
    out + &rest
}

/// A heading.
pub fn heading(text: &str) {
    println!("\n## {text}");
}

/// A row: what was measured, and its cells.
pub fn row(name: &str, cells: &[String]) {
    println!("{name:<44} {}", cells.join("  |  "));
}
