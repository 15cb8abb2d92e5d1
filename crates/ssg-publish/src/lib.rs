//! Publishes a built site: compares it with what a target holds and sends the difference, so that
//! a reader never meets a page whose assets are missing.
//!
//! [`publish`] tells the story and knows no target; a [`Target`] can put, remove and keep a record,
//! and knows nothing of order or safety. What the target holds is known from its [`Record`], which
//! says `pending` and lists the intents while files change: a run that was cut at any point is
//! completed by the next. Nothing here prints, asks or builds.

#![forbid(unsafe_code)]

mod cache;
#[cfg(feature = "s3")]
mod client;
pub mod config;
mod failure;
mod hash;
mod local;
mod outputs;
mod plan;
mod record;
mod redact;
mod run;
mod safety;
mod stage;
mod table;
mod target;
pub mod targets;

pub use cache::open_bucket;
pub use config::{Named, read_targets};
pub use failure::{Failure, Reason};
pub use local::LocalRun;
pub use outputs::{Built, Outputs};
pub use plan::Plan;
pub use record::{RECORD, Record, State};
pub use redact::redact;
pub use run::{Options, Published, Stopped, Watch, publish};
pub use safety::Concern;
pub use stage::{Stage, is_fingerprinted};
pub use target::{Portion, Site, Target, TargetState, Version};
