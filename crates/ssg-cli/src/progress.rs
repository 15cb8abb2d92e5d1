//! A sink that shows how far a build is, on a terminal only.

use crate::args::{Format, Globals};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use ssg_build::Sink;
use ssg_build::write::{OutputFile, OutputPath, SiteWriter};
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

    fn expect(&self, files: &mut dyn Iterator<Item = &str>) {
        if let Some(writer) = &self.writer {
            writer.expect(files);
        }
    }

    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool {
        // Without a writer nothing is looked at but what would be found wrong.
        let kept = self.writer.as_ref().is_none_or(|writer| writer.keep(files));
        if kept {
            self.bar.inc(1);
        }
        kept
    }

    fn take(&self, file: OutputFile) -> Option<[u8; 32]> {
        self.bar.inc(1);
        self.writer.as_ref().and_then(|writer| writer.add(&file))
    }
}
