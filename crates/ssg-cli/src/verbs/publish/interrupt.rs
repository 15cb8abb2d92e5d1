//! Ctrl-C, or the end that a CI gives to a job, in the midst of a publish.
//!
//! A publish can be cut at any instant, and the next one completes it; so nothing is waited for. Who
//! interrupts is told what is left.

use crate::args::Globals;
use crate::session::fail;
use indicatif::ProgressBar;
use ssg_publish::{Failure, Reason};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether files are on their way.
#[derive(Clone, Debug, Default)]
pub struct Sending(Arc<AtomicBool>);

impl Sending {
    /// From now on the target may be incomplete.
    pub fn begins(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// From now on an interruption ends the program with status 5 and says what is left.
pub fn expect(globals: &Globals, sending: &Sending, bar: &ProgressBar) {
    let (globals, sending, bar) = (globals.clone(), sending.clone(), bar.clone());
    // Where signals cannot be had, the program ends as programs do.
    let _ = ctrlc::set_handler(move || {
        bar.finish_and_clear();
        let changed = sending.0.load(Ordering::Relaxed);
        let failure = Failure::new(Reason::Target, "the publish was interrupted");
        std::process::exit(i32::from(fail(&globals, failure.into_diagnostic(changed))));
    });
}
