//! The score of an event: rooms are staves, time runs along, sessions are blocks.
//!
//! One unit across is five minutes, a row is ten high. With two rooms or more the days stand side by side; with one,
//! each day is a row. Without times the talks stand in their order, equally long, with their tracks as rows.

mod bars;
mod place;

use super::{attribute, float, short};
use bars::{Bar, Bars};
use place::{Block, Plan};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A session as far as it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    /// Number of its day.
    pub day: usize,
    /// Minutes from the midnight that its day begins with.
    pub starts: Option<i64>,
    pub ends: Option<i64>,
    pub room: Option<usize>,
    pub track: Option<usize>,
    /// What it is drawn as.
    pub kind: &'static str,
    /// How many people are on stage.
    pub people: usize,
    pub lit: bool,
    pub cancelled: bool,
    /// Where it leads, and its title.
    pub link: Option<(String, String)>,
}

/// Kinds that a score shows; the rest are pauses.
pub(crate) fn is_drawn(kind: &str) -> bool {
    matches!(kind, "keynote" | "talk" | "workshop" | "panel" | "ignite" | "open-space")
}

/// How large it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// Below 200 px: no staves, two rows at most, no open spaces.
    Cover,
    /// All days in one drawing.
    Whole,
    /// One day, its sessions are links.
    Day(usize),
}

/// A drawing with what stands beside it.
#[derive(Debug)]
pub(crate) struct Score {
    pub svg: String,
    pub rows: usize,
    /// Hours with their places in percent of the width; of one day alone.
    pub hours: Vec<(i64, f64)>,
}

/// Draws sessions in so many rooms and days; `chosen` where some are lit and the others are not.
pub(crate) fn score(
    sessions: &[Session],
    rooms: usize,
    days: usize,
    size: Size,
    chosen: bool,
    cancelled: bool,
) -> Option<Score> {
    let plan = place::plan(sessions, rooms, days, size)?;
    let is_cover = size == Size::Cover;
    let (width, height) = if is_cover { (120.0, 60.0) } else { (plan.width, float(plan.rows) * 10.0) };
    let mut svg = format!(
        "<svg class=\"score\" viewBox=\"0 0 {} {}\" preserveAspectRatio=\"none\" aria-hidden=\"true\">",
        short(width),
        short(height)
    );
    if !is_cover {
        let staves: String =
            (0..plan.rows).map(|row| format!("M0 {}H{}", row * 10 + 5, short(width))).collect();
        let _ = write!(svg, "<path class=\"s\" d=\"{staves}\"/>");
    }
    let mut dots = String::new();
    let mut links = String::new();
    for block in &plan.blocks {
        if let Some((address, title)) = linked(block, size) {
            let _ = write!(
                links,
                "<a href=\"{}\" tabindex=\"-1\" aria-label=\"{title}\"><title>{title}</title><path class=\"{}\" d=\"{}\"/></a>",
                attribute(address),
                class_of(block, chosen),
                bar_of(block, &plan, size).path(),
                title = attribute(title)
            );
        }
        if !is_cover && block.kind != "open-space" {
            dots.push_str(&dots_of(block));
        }
    }
    for (class, bars) in painted(&plan, size, chosen) {
        let _ = write!(svg, "<path class=\"{class}\" d=\"{}\"/>", bars.path());
    }
    svg.push_str(&links);
    if !dots.is_empty() {
        let _ = write!(svg, "<path class=\"d\" d=\"{dots}\"/>");
    }
    if cancelled {
        let _ = write!(svg, "<path class=\"x\" d=\"M0 {}L{} 0\"/>", short(height), short(width));
    }
    svg.push_str("</svg>");
    Some(Score { svg, rows: plan.rows, hours: plan.hours() })
}

/// The bars of a cover by their classes, in the order in which they are painted: each left, top, width and height in a
/// frame of 1,200 by 600. Those who draw without SVG have them from here.
pub(crate) fn cover(
    sessions: &[Session],
    rooms: usize,
    days: usize,
    chosen: bool,
) -> Option<Vec<(String, Vec<[i64; 4]>)>> {
    let plan = place::plan(sessions, rooms, days, Size::Cover)?;
    let painted = painted(&plan, Size::Cover, chosen);
    Some(painted.into_iter().map(|(class, bars)| (class, bars.places().collect())).collect())
}

/// The bars of a drawing by their classes, but for those that are links. What is not lit is painted first, so that it
/// covers nothing that is.
fn painted(plan: &Plan, size: Size, chosen: bool) -> Vec<(String, Bars)> {
    let mut classes: BTreeMap<String, Bars> = BTreeMap::new();
    for block in plan.blocks.iter().filter(|block| linked(block, size).is_none()) {
        classes.entry(class_of(block, chosen)).or_default().add(bar_of(block, plan, size));
    }
    let (mut all, rest): (Vec<_>, Vec<_>) = classes.into_iter().partition(|(class, _)| class == UNLIT);
    all.extend(rest);
    all
}

/// Where a block leads in a drawing that has links, and its title.
fn linked(block: &Block, size: Size) -> Option<&(String, String)> {
    block.link.as_ref().filter(|_| matches!(size, Size::Day(_)))
}

fn bar_of(block: &Block, plan: &Plan, size: Size) -> Bar {
    if size == Size::Cover { in_cover(block, plan) } else { at_full(block) }
}

/// The class of sessions that are not lit.
const UNLIT: &str = "u";

/// `l` white, `p` the ink's light, `t0` to `t7` the light of a track, `o` an outline, `u` not lit.
fn class_of(block: &Block, chosen: bool) -> String {
    if block.kind == "open-space" {
        return if chosen && block.lit { "o l" } else { "o" }.to_owned();
    }
    if block.cancelled || chosen && !block.lit {
        return UNLIT.to_owned();
    }
    match block.track {
        Some(track) if !matches!(block.kind, "keynote" | "panel") => format!("t{}", track % 8),
        _ if chosen || matches!(block.kind, "keynote" | "panel") => "l".to_owned(),
        _ => "p".to_owned(),
    }
}

/// A block of a drawing that is as wide as there is room.
fn at_full(block: &Block) -> Bar {
    Bar::new(block.x, block.y + 0.2, (block.width - 0.4).max(0.4), (block.height - 0.4).max(0.4))
}

/// A block of a cover: in a frame of 120 by 60, with gaps that can be seen.
fn in_cover(block: &Block, plan: &Plan) -> Bar {
    let (x, y) = (120.0 / plan.width, 60.0 / (float(plan.rows) * 10.0));
    Bar::new(
        block.x * x,
        block.y * y + 1.0,
        (block.width * x - 1.5).max(1.5),
        (block.height * y - 2.0).max(1.5),
    )
}

/// A dot for each person at the block's foot, as far as there is room: five, and lines of no length, which are round
/// however the drawing is stretched.
fn dots_of(block: &Block) -> String {
    let room = ((block.width - 1.6) / 1.7).floor();
    let mut dots = String::new();
    let mut x = block.x + 1.3;
    for number in 0..block.people.min(5) {
        if float(number) > room {
            break;
        }
        let _ = write!(dots, "M{} {}h0", short(x), short(block.y + block.height - 1.6));
        x += 1.7;
    }
    dots
}

#[cfg(test)]
mod tests;
