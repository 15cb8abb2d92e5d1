//! `ssg serve` as a whole process: whatever is done to the files of a site, what is served is soon
//! what a clean build writes.
//!
//! Every test drives the binary on a site in a temporary folder, saves files in the ways that
//! editors do, and asks over plain TCP. Nothing here knows how changes are noticed.
#![cfg(unix)]

mod edits;
mod faults;
mod random;
mod session;
mod site;
mod trouble;
