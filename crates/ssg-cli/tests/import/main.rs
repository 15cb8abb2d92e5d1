//! `ssg import` as a process: what it writes builds, importing again changes nothing, and what a
//! person edited stays.

mod again;
mod blogs;
mod corpus;
mod fixtures;
#[path = "../shared/corpus.rs"]
mod place;
mod programmes;
mod refusal;
mod site;
mod suggested;
