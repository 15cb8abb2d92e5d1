//! `ssg publish` as a program: what it says, its status, and what stands at the target whatever
//! happens to the run.
#![cfg(unix)]

mod cut;
mod site;
mod verb;
