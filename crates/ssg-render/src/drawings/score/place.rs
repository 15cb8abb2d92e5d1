//! Where each session of a score stands.

use super::super::float;
use super::{Session, Size};

/// Minutes that a unit across stands for.
const UNIT: f64 = 5.0;
/// Between two days.
const GAP: f64 = 8.0;
/// How long what has no time is.
const EQUAL: i64 = 30;
/// What lasts longer is drawn as this long; a day of three is beyond any programme.
const LONGEST: i64 = 3 * 24 * 60;

/// Sessions at their places.
pub(super) struct Plan {
    pub blocks: Vec<Block>,
    pub width: f64,
    pub rows: usize,
    from: i64,
    to: i64,
    timed: bool,
    days: usize,
}

/// A session at its place.
pub(super) struct Block {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub kind: &'static str,
    pub track: Option<usize>,
    pub people: usize,
    pub lit: bool,
    pub cancelled: bool,
    pub link: Option<(String, String)>,
}

/// A session with a time.
#[derive(Clone)]
struct Timed {
    session: Session,
    starts: f64,
    ends: f64,
}

impl Timed {
    fn meets(&self, other: &Self) -> bool {
        self.session.day == other.session.day && self.starts < other.ends && other.starts < self.ends
    }
}

impl Plan {
    /// Every second hour of the span, with its place in percent; more apart where the day is long.
    pub(super) fn hours(&self) -> Vec<(i64, f64)> {
        if !self.timed || self.days != 1 {
            return Vec::new();
        }
        let span = self.to - self.from;
        let step = if span > 14 * 60 { 4 } else { 2 };
        let first = (self.from + 59) / 60;
        let whole = real(span);
        let hours = (0..=span / 60 / step).map(|number| first + number * step);
        hours
            .filter(|hour| hour * 60 <= self.to)
            .map(|hour| (hour.rem_euclid(24), real(hour * 60 - self.from) * 100.0 / whole))
            .collect()
    }
}

/// Places sessions; nothing where there is none to draw.
pub(super) fn plan(sessions: &[Session], rooms: usize, days: usize, size: Size) -> Option<Plan> {
    let is_timed = sessions.iter().any(|session| session.starts.is_some());
    let (sessions, rooms, days) =
        if is_timed { (sessions.to_vec(), rooms, days) } else { without_times(sessions) };
    let mut timed: Vec<Timed> = sessions.into_iter().filter_map(timed).collect();
    let is_cover = size == Size::Cover;
    if is_cover && timed.iter().any(|one| one.session.kind != "open-space") {
        timed.retain(|one| one.session.kind != "open-space");
    }
    let (from, to) = span(&timed)?;
    let (first, count) = match size {
        Size::Day(day) => (day, 1),
        _ => (0, days.max(1)),
    };
    timed.retain(|one| (first..first + count).contains(&one.session.day));
    let mut timed = if is_cover { joined(timed) } else { parted(timed) };
    timed.sort_by(|a, b| {
        (a.session.day, a.starts, a.session.room)
            .partial_cmp(&(b.session.day, b.starts, b.session.room))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let rooms = rooms.max(1);
    let rows = match (rooms, is_cover) {
        (1, true) => count.min(2),
        (1, false) => count,
        (_, true) => rooms.min(2),
        (_, false) => rooms,
    };
    // How many days stand side by side.
    let beside = if rooms == 1 { count.div_ceil(rows) } else { count };
    let length = real(to - from) / UNIT;
    let width = length * float(beside) + GAP * float(beside - 1);
    let row_of = |one: &Timed| {
        if rooms == 1 {
            (one.session.day - first) / beside
        } else {
            one.session.room.unwrap_or(0).min(rooms - 1) * rows / rooms
        }
    };
    let band_of =
        |one: &Timed| if rooms == 1 { (one.session.day - first) % beside } else { one.session.day - first };
    let alone: Vec<bool> = alone(&timed);
    let spans: Vec<bool> = alone.iter().map(|alone| *alone && rows > 1 && rooms > 1).collect();
    let places: Vec<(usize, usize)> = timed.iter().map(|one| (one.session.day, row_of(one))).collect();
    let lanes = lanes(&timed, &places);
    let blocks = timed.iter().enumerate().map(|(number, one)| {
        let (lane, of) = lanes[number];
        let factor = match one.session.kind {
            "keynote" | "panel" => 1.0,
            "ignite" => 0.6,
            _ => 0.8,
        };
        let (top, whole) =
            if spans[number] { (0.0, float(rows) * 10.0) } else { (float(row_of(one)) * 10.0, 10.0) };
        let share = whole / float(of);
        let x = (one.starts - real(from)) / UNIT + float(band_of(one)) * (length + GAP);
        Block {
            x,
            y: top + share * float(lane) + share * (1.0 - factor) / 2.0,
            width: (one.ends - one.starts) / UNIT,
            height: share * factor,
            kind: one.session.kind,
            track: one.session.track,
            people: one.session.people,
            lit: one.session.lit,
            cancelled: one.session.cancelled,
            link: one.session.link.clone(),
        }
    });
    let blocks = blocks.collect();
    Some(Plan { blocks, width, rows, from, to, timed: is_timed, days: count })
}

#[expect(clippy::cast_precision_loss, reason = "minutes of some days")]
fn real(minutes: i64) -> f64 {
    minutes as f64
}

fn timed(session: Session) -> Option<Timed> {
    let starts = session.starts?.clamp(-LONGEST, LONGEST);
    let ends = session.ends.unwrap_or(starts + EQUAL).clamp(starts + 5, starts + LONGEST);
    Some(Timed { starts: real(starts), ends: real(ends), session })
}

/// From the first start, rounded down to half an hour, to the last end, rounded up; the same for all days.
fn span(timed: &[Timed]) -> Option<(i64, i64)> {
    let from = timed.iter().filter_map(|one| one.session.starts).min()?.clamp(-LONGEST, LONGEST);
    let to = timed.iter().map(|one| one.ends).fold(0.0_f64, f64::max);
    #[expect(clippy::cast_possible_truncation, reason = "clamped to minutes of some days")]
    let to = to as i64;
    let (from, to) = (from.div_euclid(30) * 30, (to + 29).div_euclid(30) * 30);
    Some((from, to.max(from + 30)))
}

/// Talks in their order, equally long, with tracks as rows, on one day.
fn without_times(sessions: &[Session]) -> (Vec<Session>, usize, usize) {
    let tracks = sessions.iter().filter_map(|session| session.track).max().map_or(1, |last| last + 1);
    let mut lengths = vec![0_i64; tracks];
    let placed = sessions.iter().map(|session| {
        let row = session.track.unwrap_or(0).min(tracks - 1);
        let starts = lengths[row] * EQUAL;
        lengths[row] = (lengths[row] + 1).min(LONGEST / EQUAL);
        Session {
            day: 0,
            starts: Some(starts),
            ends: Some(starts + EQUAL),
            room: Some(row),
            ..session.clone()
        }
    });
    (placed.collect(), tracks, 1)
}

/// Ignites that are told to take the same time in the same room part it.
fn parted(mut timed: Vec<Timed>) -> Vec<Timed> {
    let key = |one: &Timed| (one.session.day, one.session.room, one.session.starts, one.session.ends);
    let mut groups: std::collections::BTreeMap<_, Vec<usize>> = std::collections::BTreeMap::new();
    for (number, one) in timed.iter().enumerate().filter(|(_, one)| one.session.kind == "ignite") {
        groups.entry(key(one)).or_default().push(number);
    }
    for numbers in groups.values().filter(|numbers| numbers.len() > 1) {
        for (nth, number) in numbers.iter().enumerate() {
            let one = &mut timed[*number];
            let (starts, part) = (one.starts, (one.ends - one.starts) / float(numbers.len()));
            one.starts = starts + part * float(nth);
            one.ends = one.starts + part;
        }
    }
    timed
}

/// Ignites that follow each other in one room are one bar.
fn joined(timed: Vec<Timed>) -> Vec<Timed> {
    let (mut ignites, mut rest): (Vec<Timed>, Vec<Timed>) =
        timed.into_iter().partition(|one| one.session.kind == "ignite");
    ignites.sort_by_key(|one| (one.session.day, one.session.room, one.session.starts));
    let mut bars: Vec<Timed> = Vec::new();
    for one in ignites {
        match bars.last_mut() {
            Some(bar)
                if bar.session.day == one.session.day
                    && bar.session.room == one.session.room
                    && one.starts <= bar.ends + 5.0 =>
            {
                bar.ends = bar.ends.max(one.ends);
                bar.session.lit |= one.session.lit;
                bar.session.track = bar.session.track.filter(|track| Some(*track) == one.session.track);
            }
            _ => bars.push(one),
        }
    }
    rest.append(&mut bars);
    rest
}

/// Which of them, sorted by day and start, have no other at their time.
fn alone(timed: &[Timed]) -> Vec<bool> {
    let mut alone = vec![true; timed.len()];
    let mut latest: Option<usize> = None;
    for number in 0..timed.len() {
        if let Some(before) = latest.filter(|before| timed[*before].meets(&timed[number])) {
            alone[before] = false;
            alone[number] = false;
        }
        let is_latest = latest.is_none_or(|before| {
            timed[before].session.day != timed[number].session.day || timed[before].ends <= timed[number].ends
        });
        if is_latest {
            latest = Some(number);
        }
    }
    alone
}

/// Those that overlap in one row share its height: which part each has, and of how many.
fn lanes(timed: &[Timed], places: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut rows: std::collections::BTreeMap<(usize, usize), Vec<usize>> = std::collections::BTreeMap::new();
    for (number, place) in places.iter().enumerate() {
        rows.entry(*place).or_default().push(number);
    }
    let mut given = vec![(0, 1); timed.len()];
    for numbers in rows.values() {
        // Ends of the lanes of those that touch each other, and who they are.
        let mut ends: Vec<f64> = Vec::new();
        let mut cluster: Vec<usize> = Vec::new();
        for number in numbers {
            let one = &timed[*number];
            if ends.iter().all(|end| *end <= one.starts) {
                close(&mut given, &cluster, ends.len());
                ends.clear();
                cluster.clear();
            }
            let lane = ends.iter().position(|end| *end <= one.starts).unwrap_or(ends.len());
            if lane == ends.len() {
                ends.push(one.ends);
            } else {
                ends[lane] = one.ends;
            }
            given[*number].0 = lane;
            cluster.push(*number);
        }
        close(&mut given, &cluster, ends.len());
    }
    given
}

fn close(given: &mut [(usize, usize)], cluster: &[usize], lanes: usize) {
    for number in cluster {
        given[*number].1 = lanes.max(1);
    }
}
