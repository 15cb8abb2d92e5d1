//! The cache of the program as a whole, in the worst of circumstances: it may cost time, and never
//! a wrong output.
//!
//! Every test drives the binary on a site in a temporary folder and compares the output byte for
//! byte with that of a build without a cache. Nothing here knows what is inside the cache. What
//! takes minutes is ignored; `just nightly` runs it.
#![cfg(unix)]

mod attack;
mod cut;
mod damage;
mod equal;
mod refusal;
mod shared;
mod site;
mod together;
mod verbs;
mod why;
