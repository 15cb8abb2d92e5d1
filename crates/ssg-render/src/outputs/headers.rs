//! `_headers`: written last, from what all pages need of a content security policy (`hosting/`).

use super::{Kind, Planner, Rendered, Result};
use crate::reads::Reads;
use serde::Serialize;
use ssg_source::{Diagnostic, codes};

#[derive(Clone, Debug, Serialize)]
pub(super) struct Headers;

impl Kind for Headers {
    const WORDS: &'static str = "file for hosts";

    fn plan(planner: &mut Planner<'_>) {
        if !planner.snapshot.config().hosting.headers {
            return;
        }
        match planner.snapshot.theme().theme.statics.get("_headers") {
            None => planner.planned.add("/_headers", Self, None),
            Some(file) => planner.found.add(
                Diagnostic::warning(
                    codes::HOSTING,
                    "this file takes the place of the one that `[hosting]` describes",
                )
                .in_file(&file.path)
                .hint("remove it, or set `headers = false`"),
            ),
        }
    }

    /// What came of all others is not to be read: whoever has rendered them writes it
    /// ([`crate::render_headers`]).
    fn render(&self, _: &Reads) -> Result<Rendered> {
        Ok(Rendered::Several(Vec::new()))
    }
}
