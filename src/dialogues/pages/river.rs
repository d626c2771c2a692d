//! The river of a Dialogue: its Stages from source (below) to sea (above), drawn by the server. What it shows also stands
//! in words in the list of Stages.

use super::overview::StageView;
use crate::people::Level;

/// The drawing is this wide; how tall it is depends on the steps.
const WIDTH: i64 = 1120;
const BAND: i64 = 118;
const GAP: i64 = 26;
/// Where the stations may stand: right of the names of the Levels.
const LEFT: i64 = 250;
const RADIUS: i64 = 25;
/// A lone station stands this far from the middle, by turns: a river bends.
const BEND: i64 = 120;
const WIDEST: usize = 16;

/// A step of the Dialogue: the Stages side by side at one position.
pub struct Band {
    pub top: i64,
    pub sign: &'static str,
    pub level: Level,
    pub is_now: bool,
}

/// A Stage on the map.
pub struct Station {
    pub x: i64,
    pub y: i64,
    /// `done`, `now` or `ahead`.
    pub place: &'static str,
    /// Points; before there are any, Contributions.
    pub number: i64,
    /// Index into the list of Stages.
    pub stage: usize,
    /// Whether its name stands below it, not beside it.
    pub is_crowded: bool,
}

/// The way from a Stage to one of the next.
pub struct Stream {
    pub path: String,
    pub width: usize,
    pub is_ahead: bool,
    /// The way of the answers back, once there are some.
    pub back: Option<String>,
}

/// What the template draws.
pub struct River {
    pub height: i64,
    pub bands: Vec<Band>,
    pub streams: Vec<Stream>,
    pub stations: Vec<Station>,
}

impl River {
    pub fn of(stages: &[StageView]) -> Self {
        let mut steps: Vec<Vec<usize>> = Vec::new();
        for (index, view) in stages.iter().enumerate() {
            match steps.last_mut() {
                Some(step) if step.first().is_some_and(|first| stages[*first].stage.position == view.stage.position) => step.push(index),
                _ => steps.push(vec![index]),
            }
        }
        let count = steps.len() as i64;
        let mut river = Self { height: count * (BAND + GAP) - GAP + 8, bands: Vec::new(), streams: Vec::new(), stations: Vec::new() };
        let mut before: Vec<usize> = Vec::new();
        for (step, members) in steps.iter().enumerate() {
            let top = 4 + (count - 1 - step as i64) * (BAND + GAP);
            let level = stages[members[0]].stage.level;
            river.bands.push(Band { top, sign: sign(level), level, is_now: members.iter().any(|index| stages[*index].place() == "now") });
            let from = river.stations.len();
            for (at, index) in members.iter().enumerate() {
                river.stations.push(station(&stages[*index], *index, members.len() as i64, at as i64, step as i64, top));
            }
            let here: Vec<usize> = (from..river.stations.len()).collect();
            for one in &before {
                for other in &here {
                    let view = &stages[river.stations[*one].stage];
                    river.streams.push(stream(&river.stations[*one], &river.stations[*other], view));
                }
            }
            before = here;
        }
        river
    }
}

fn station(view: &StageView, stage: usize, among: i64, at: i64, step: i64, top: i64) -> Station {
    let room = WIDTH - LEFT;
    let bend = match (among, step % 2) {
        (1, 0) => -BEND,
        (1, _) => BEND,
        _ => 0,
    };
    let number = if view.points.is_empty() { view.stage.contributions } else { view.points.len() as i64 };
    let is_crowded = among > 2;
    let y = top + if is_crowded { BAND * 2 / 5 } else { BAND / 2 };
    Station { x: LEFT + room * (2 * at + 1) / (2 * among) + bend, y, place: view.place(), number, stage, is_crowded }
}

fn stream(from: &Station, to: &Station, view: &StageView) -> Stream {
    let points = if view.place() == "done" { view.points.len() } else { 0 };
    let middle = (from.y + to.y) / 2;
    let path = |shift: i64| {
        let (x1, x2) = (from.x + shift, to.x + shift);
        format!("M{x1} {}C{x1} {middle} {x2} {middle} {x2} {}", from.y - RADIUS, to.y + RADIUS)
    };
    Stream {
        path: path(0),
        width: if points == 0 { 7 } else { 4 + points.min(WIDEST - 4) },
        is_ahead: view.place() != "done",
        back: (view.unanswered < points).then(|| path(-RADIUS)),
    }
}

/// The sign of a Level, as in the style sheets.
fn sign(level: Level) -> &'static str {
    match level {
        Level::Neighbourhood => "◦",
        Level::City => "▢",
        Level::Region => "◇",
        Level::Nation => "▽",
        Level::Europe => "☆",
        Level::World => "◯",
    }
}
