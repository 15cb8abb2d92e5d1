//! A target around another one that fails at an operation, counted over a run.

use ssg_build::write::OutputPath;
use ssg_publish::{Built, Failure, Outputs, Portion, Reason, Target, TargetState, Version};
use std::collections::BTreeSet;

/// Fails at the operation of a number, and at every later one: the machine or the line is gone.
pub struct Faulty {
    pub inner: Box<dyn Target>,
    /// Number of the operation that fails.
    pub at: usize,
    pub count: usize,
    /// Operations by name.
    pub log: Vec<&'static str>,
}

impl Faulty {
    pub fn new(inner: Box<dyn Target>, at: usize) -> Self {
        Self { inner, at, count: 0, log: Vec::new() }
    }

    fn step(&mut self, name: &'static str) -> Result<(), Failure> {
        self.count += 1;
        self.log.push(name);
        if self.count > self.at { Err(Failure::new(Reason::Target, "the line is cut")) } else { Ok(()) }
    }
}

impl Target for Faulty {
    fn place(&self) -> String {
        self.inner.place()
    }
    fn recipe(&self) -> String {
        self.inner.recipe()
    }
    fn portion(&self) -> Portion {
        // Each file is an operation of its own.
        Portion { files: 1, bytes: 0 }
    }
    fn state(&mut self) -> Result<TargetState, Failure> {
        self.step("look")?;
        self.inner.state()
    }
    fn foreign(&mut self) -> Result<Option<String>, Failure> {
        self.step("foreign")?;
        self.inner.foreign()
    }
    fn taken(
        &mut self,
        new: &[Built],
        cleared: &BTreeSet<&str>,
        outputs: &Outputs,
    ) -> Result<Vec<OutputPath>, Failure> {
        self.step("taken")?;
        self.inner.taken(new, cleared, outputs)
    }
    fn held(&mut self, files: &[Built]) -> Result<BTreeSet<OutputPath>, Failure> {
        self.step("held")?;
        self.inner.held(files)
    }
    fn changed(&mut self, files: &[Built], outputs: &Outputs) -> Result<Vec<OutputPath>, Failure> {
        self.step("changed")?;
        self.inner.changed(files, outputs)
    }
    fn begin(&mut self) -> Result<bool, Failure> {
        self.step("begin")?;
        self.inner.begin()
    }
    fn put(
        &mut self,
        files: &[Built],
        outputs: &Outputs,
        sent: &(dyn Fn(&Built) + Sync),
    ) -> Result<(), Failure> {
        self.step("put")?;
        self.inner.put(files, outputs, sent)
    }
    fn remove(&mut self, paths: &[OutputPath]) -> Result<(), Failure> {
        self.step("remove")?;
        self.inner.remove(paths)
    }
    fn record(&mut self, text: &str, expected: &Version) -> Result<Version, Failure> {
        self.step("record")?;
        self.inner.record(text, expected)
    }
}
