//! `ssg import` as a process: what it writes builds, importing again changes nothing, and what a
//! person edited stays.

mod again;
mod corpus;
mod refusal;
mod site;
