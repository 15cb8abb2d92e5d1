//! A sink that shows how far a build is, on a terminal only.

use crate::args::{Format, Globals};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ssg_build::Sink;
use ssg_build::write::{OutputFile, SiteWriter};
use std::sync::Mutex;

/// Hands outputs to the writer, or to nobody, and counts them.
pub struct Progress {
    bar: ProgressBar,
    writer: Option<SiteWriter>,
    largest: Mutex<usize>,
}

impl Progress {
    pub fn new(globals: &Globals, writer: Option<SiteWriter>) -> Self {
        let hidden = globals.quiet || globals.format == Format::Json;
        // Standard error that is no terminal hides the bar by itself.
        let target = if hidden { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(Some(0), target);
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {pos}/{len} outputs") {
            bar.set_style(style);
        }
        Self { bar, writer, largest: Mutex::new(0) }
    }

    /// Ends the bar and gives the writer back.
    pub fn done(self) -> Option<SiteWriter> {
        self.bar.finish_and_clear();
        self.writer
    }
}

impl Sink for Progress {
    fn planned(&self, count: usize) {
        if let Ok(mut largest) = self.largest.lock() {
            *largest = (*largest).max(count);
            self.bar.set_length(*largest as u64);
        }
    }

    fn take(&self, file: OutputFile) {
        if let Some(writer) = &self.writer {
            writer.add(&file);
        }
        self.bar.inc(1);
    }
}
