//! Links to other sites: where they stand, what came of asking, and what is said of it.
//!
//! `found` gathers them, `ask` asks at the pace that hosts can expect, `ledger` remembers what fails and `fine` what
//! need not be asked again, `tell` makes diagnostics of it. Only `client` meets the network, behind the feature
//! `external`.

mod ask;
#[cfg(feature = "external")]
mod client;
mod fine;
mod found;
mod ledger;
mod private;
mod tell;

pub use ask::{Answer, Client, Failure, Method, Outcome, Pace, Reply, ask_all};
#[cfg(feature = "external")]
pub use client::{Timeouts, WebClient};
pub use fine::Fine;
pub use found::{Link, Place, Wanted, gather};
pub use ledger::{Failing, Ledger};
pub use private::is_private;
pub use tell::{Settled, settle};
