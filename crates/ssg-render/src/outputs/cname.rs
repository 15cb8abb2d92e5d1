//! `CNAME`

use super::{Kind, Planner, Rendered, Result};
use crate::hosting::cname;
use crate::reads::Reads;
use serde::Serialize;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Cname;

impl Kind for Cname {
    const WORDS: &'static str = "file for hosts";

    fn plan(planner: &mut Planner<'_>) {
        if planner.snapshot.config().hosting.cname.is_some() {
            planner.planned.add("/CNAME", Self, None);
        }
    }

    fn render(&self, reads: &Reads) -> Result<Rendered> {
        cname::text(reads).map(Rendered::text)
    }
}
