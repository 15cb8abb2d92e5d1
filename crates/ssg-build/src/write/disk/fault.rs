//! Makes the writer's steps fail on purpose, in the thread that asks for it.

use std::cell::Cell;
use std::io;

/// What befalls the steps of this thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing; steps are counted.
    Count(usize),
    /// After so many more steps the process is as good as dead: every step fails from then on.
    Crash(usize),
    /// After so many more steps one step fails, then all is well again.
    FailOnce(usize),
    /// The one failure has happened.
    Over,
}

thread_local! {
    static FAULT: Cell<Fault> = const { Cell::new(Fault::Count(0)) };
}

/// Runs `work` under a fault and gives its result and what is left of the fault.
pub(crate) fn with<R>(fault: Fault, work: impl FnOnce() -> R) -> (R, Fault) {
    FAULT.set(fault);
    let result = work();
    (result, FAULT.replace(Fault::Count(0)))
}

pub(super) fn step() -> io::Result<()> {
    let (next, fails) = match FAULT.get() {
        Fault::Count(steps) => (Fault::Count(steps + 1), false),
        Fault::Crash(0) => (Fault::Crash(0), true),
        Fault::Crash(left) => (Fault::Crash(left - 1), false),
        Fault::FailOnce(0) => (Fault::Over, true),
        Fault::FailOnce(left) => (Fault::FailOnce(left - 1), false),
        Fault::Over => (Fault::Over, false),
    };
    FAULT.set(next);
    if fails { Err(io::Error::new(io::ErrorKind::StorageFull, "injected")) } else { Ok(()) }
}
