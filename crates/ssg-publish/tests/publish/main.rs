//! Publishing to real targets: a folder, a repository, `rsync`.
//!
//! What must hold for all of them is in `every.rs` and runs on each; the rest is beside it. A program
//! that is not installed is skipped with a printed line.
#![cfg(unix)]

mod dir;
mod every;
mod faults;
mod git;
mod rsync;
#[cfg(feature = "s3")]
mod s3;
mod site;
