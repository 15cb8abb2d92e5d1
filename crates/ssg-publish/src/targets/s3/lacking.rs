//! In place of the target, in a program that was built without it.

use super::Settings;
use crate::failure::{Failure, Reason};
use crate::outputs::{Built, Outputs};
use crate::target::{Look, Site, Target, Version};
use ssg_build::write::OutputPath;
use std::collections::BTreeSet;

/// A bucket that cannot be reached.
#[derive(Debug)]
pub(in crate::targets) struct Bucket(Settings);

impl Bucket {
    pub(super) fn new(settings: Settings, _: &Site) -> Self {
        Self(settings)
    }
}

fn lacking<T>() -> Result<T, Failure> {
    let message = "publishing to `s3` takes the cargo feature `s3`, which this program lacks";
    Err(Failure::new(Reason::Usage, message)
        .hint("build it with `cargo install --path crates/ssg-cli --features s3`"))
}

impl Target for Bucket {
    fn place(&self) -> String {
        self.0.place()
    }
    fn recipe(&self) -> String {
        self.0.recipe()
    }
    fn look(&mut self) -> Result<Look, Failure> {
        lacking()
    }
    fn foreign(&mut self) -> Result<Option<String>, Failure> {
        lacking()
    }
    fn taken(&mut self, _: &[Built], _: &BTreeSet<&str>, _: &Outputs) -> Result<Vec<OutputPath>, Failure> {
        lacking()
    }
    fn begin(&mut self) -> Result<bool, Failure> {
        lacking()
    }
    fn put(&mut self, files: &[Built], _: &Outputs, _: &(dyn Fn(&Built) + Sync)) -> Result<(), Failure> {
        // Never reached: the first look fails.
        let _ = files.iter().map(|file| self.0.cache_control(file));
        lacking()
    }
    fn remove(&mut self, _: &[OutputPath]) -> Result<(), Failure> {
        lacking()
    }
    fn record(&mut self, _: &str, _: &Version) -> Result<Version, Failure> {
        lacking()
    }
}
