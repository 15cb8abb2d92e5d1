//! In place of the target, in a program that was built without it.

use super::Settings;
use crate::failure::{Failure, Reason};
use crate::outputs::{Built, Outputs};
use crate::target::{Site, Target, TargetState, Version};
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

fn disabled<T>() -> Result<T, Failure> {
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
    fn state(&mut self) -> Result<TargetState, Failure> {
        disabled()
    }
    fn foreign(&mut self) -> Result<Option<String>, Failure> {
        disabled()
    }
    fn taken(&mut self, _: &[Built], _: &BTreeSet<&str>, _: &Outputs) -> Result<Vec<OutputPath>, Failure> {
        disabled()
    }
    fn begin(&mut self) -> Result<bool, Failure> {
        disabled()
    }
    fn put(&mut self, files: &[Built], _: &Outputs, _: &(dyn Fn(&Built) + Sync)) -> Result<(), Failure> {
        // Never reached: the first look fails.
        let _ = files.iter().map(|file| self.0.cache_control(file));
        disabled()
    }
    fn remove(&mut self, _: &[OutputPath]) -> Result<(), Failure> {
        disabled()
    }
    fn record(&mut self, _: &str, _: &Version) -> Result<Version, Failure> {
        disabled()
    }
}
