//! States of a site one after another, and how each is built: all that a failure needs to be repeated.

use super::random::Random;
use super::site::Site;
use jiff::Timestamp;
use ssg_build::Overrides;
use std::collections::BTreeMap;

/// States of a site, in order.
#[derive(Clone, Default)]
pub struct Story {
    /// The disk tells the times of files, so that not all are read in each build.
    pub stamped: bool,
    pub states: Vec<State>,
}

/// A state of a site.
#[derive(Clone)]
pub struct State {
    /// What was edited.
    pub edit: String,
    pub files: BTreeMap<String, Vec<u8>>,
    pub instant: Timestamp,
    pub overrides: Overrides,
    /// Afterwards the clock moves before the next edit.
    pub ticks: bool,
    pub how: How,
}

/// How a state is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a way by itself")]
pub struct How {
    /// With a pool of several threads.
    pub threads: bool,
    /// Only what was touched is looked at.
    pub hinted: bool,
    /// Where nothing else is said, what was kept before stays.
    pub stays: bool,
    /// The first attempt ends after so many outputs.
    pub room: Option<usize>,
    /// The clean build loads the theme anew.
    pub theme: bool,
    pub before: Before,
    /// Cache and output are kept afterwards, for later.
    pub keeps: bool,
}

/// What happens to cache and output before a state is built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Before {
    #[default]
    Nothing,
    /// The cache is written and read, as by a new process.
    NewProcess,
    /// The part of it that a server keeps is written and read.
    NewServer,
    /// Another cache of the same site comes into use: each builds what the other did not see.
    OtherCache,
    /// A cache that was kept is brought back; the output stays.
    OlderCache(usize),
    /// An output that was kept is brought back; the cache stays.
    OlderOutput(usize),
    /// Both are brought back.
    Older(usize),
    /// The output is removed.
    NoOutput,
    /// The cache goes through the one that machines share, to a machine without an output.
    Shared,
    /// The site is checked, which writes nothing, with the same cache.
    Check,
    /// The site is built with other flags and at another time, into the same output.
    OtherFlags,
    /// As with `OtherFlags`, and what comes of it is put away.
    Elsewhere,
}

impl Before {
    fn random(random: &mut Random) -> Self {
        let number = random.below(4);
        match random.below(100) {
            0..=13 => Self::NewProcess,
            14..=16 => Self::NewServer,
            17..=22 => Self::OtherCache,
            23..=26 => Self::OlderCache(number),
            27..=29 => Self::OlderOutput(number),
            30..=33 => Self::Older(number),
            34 => Self::NoOutput,
            35 | 36 => Self::Shared,
            37..=40 => Self::Check,
            41..=44 => Self::OtherFlags,
            45 | 46 => Self::Elsewhere,
            _ => Self::Nothing,
        }
    }
}

impl How {
    pub fn random(random: &mut Random) -> Self {
        Self {
            threads: random.chance(50),
            hinted: random.chance(50),
            stays: random.chance(50),
            room: random.chance(25).then(|| random.below(6)),
            // To load the look is what a small build spends most of its time on.
            theme: random.chance(20),
            before: Before::random(random),
            keeps: random.chance(30),
        }
    }
}

impl State {
    pub fn of(site: &Site, edit: String, how: How) -> Self {
        Self {
            edit,
            files: site.files(),
            instant: site.now(),
            overrides: site.overrides.clone(),
            ticks: true,
            how,
        }
    }

    /// In a line.
    pub fn line(&self) -> String {
        let how = if self.how == How::default() { String::new() } else { format!(" ({:?})", self.how) };
        format!("{}{how}", self.edit)
    }
}

/// Makes the states of a seed, one after another.
pub struct Author {
    random: Random,
    site: Site,
    left: usize,
    is_first: bool,
}

impl Author {
    /// A thorough one makes a long story of a site in which everything is asked.
    pub fn new(seed: u64, thorough: bool) -> Self {
        let mut random = Random::new(seed);
        let site = Site::random(&mut random, thorough);
        let left = if thorough { 40 } else { 5 + random.below(11) };
        Self { random, site, left, is_first: true }
    }

    /// Whether the disk tells the times of files.
    pub fn stamped(&mut self) -> bool {
        self.random.chance(50)
    }

    /// The next state, after one that failed or did not.
    pub fn next(&mut self, failed: bool) -> Option<State> {
        let random = &mut self.random;
        let edit = if std::mem::take(&mut self.is_first) {
            "the first build".to_owned()
        } else {
            self.left = self.left.checked_sub(1)?;
            if failed && random.chance(60) { self.site.repair() } else { self.site.edit(random) }
        };
        let how = How::random(random);
        // Sometimes the next edit comes before the clock has moved.
        let ticks = random.chance(70);
        Some(State { ticks, ..State::of(&self.site, edit, how) })
    }
}
