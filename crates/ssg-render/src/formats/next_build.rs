//! `next-build.json`: when a build gives something else though no file has changed, for whatever
//! starts builds by the clock.
//!
//! The file is public, so it names nothing that is not published yet.

use crate::dates::rfc3339;
use serde_json::json;
use ssg_taxonomy::NextChange;

/// The file: `{"at": …, "reason": …}`, or `null`.
#[must_use]
pub fn render_next_build(next: Option<&NextChange>) -> String {
    let value = next.map(|next| json!({ "at": rfc3339(&next.at), "reason": next.public }));
    format!("{}\n", serde_json::Value::from(value))
}
