//! What exports of hosted blogs have in common: one file with everything, texts in HTML, pictures elsewhere.
//!
//! An importer reads its file, tells [`Addresses`] what every address of the old blog is now, and has each
//! text become Markdown by [`html`]. Pictures come from a folder that the user has ([`ExportOptions::uploads`]);
//! those that a text shows are copied, and their addresses follow.

mod addresses;
mod comments;
mod encoding;
pub(crate) mod entities;
pub(crate) mod html;
mod uploads;
pub(crate) mod xml;

pub(crate) use addresses::Addresses;
pub(crate) use comments::{Comment, comment_text, shown};
pub(crate) use uploads::{Uploads, is_picture};

use crate::ImportRecord;
use ssg_source::Inputs;

/// What the user says about an export.
#[derive(Clone, Copy, Default)]
pub struct ExportOptions<'a> {
    /// The folder of the pictures and files that the blog showed; `None` where nobody has it.
    pub uploads: Option<&'a dyn Inputs>,
    /// Whether comments come along, folded below the text, without what reaches their writers.
    pub comments: bool,
    /// What earlier imports made; `None` for a site without any.
    pub record: Option<&'a ImportRecord>,
}

/// The file of a page that has this slug; some names are those of lists.
pub(crate) fn page_file(slug: &str) -> String {
    let is_list = ["events", "posts", "talks", "speakers", "tools", "categories", "tags"].contains(&slug);
    if is_list { format!("content/pages/{slug}.md") } else { format!("content/{slug}.md") }
}
