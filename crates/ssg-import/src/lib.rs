//! Reads what others wrote elsewhere and makes content of it.
//!
//! An importer turns bytes, or the files of a folder, into an [`Import`]: files of the site and a
//! [`Report`] on every item. Every importer is one module and one line in [`FORMATS`]. What is not
//! sure is marked as a [`Guess`], so that a person can look. [`plan`] then decides which files may
//! be written, so that importing twice equals importing once and nothing that a person edited is
//! overwritten.

#![forbid(unsafe_code)]

mod blog;
mod blogger;
mod content_page;
mod devopsdays;
mod diff;
mod event_options;
mod export;
mod file;
mod folder_options;
mod formats;
mod front;
mod html;
mod hugo;
mod import;
mod jekyll;
mod keys;
mod loose_json;
mod merge;
mod people;
mod post;
mod programme;
mod pyvideo;
mod record;
mod recordings;
mod report;
mod seal;
mod slug;
mod source;
mod step;
mod table;
mod text;
mod web;
mod wordpress;
mod zola;

pub use blogger::import_blogger;
pub use devopsdays::import_devopsdays;
pub use diff::unified_diff;
pub use event_options::{EventOptions, EventSite, SourceFile};
pub use export::ExportOptions;
pub use file::{ByKey, ImportedFile, Merge};
pub use folder_options::FolderOptions;
pub use formats::{FORMATS, Format, Reads};
pub use hugo::import_hugo;
pub use import::{Import, Preview};
pub use jekyll::{import_jekyll, import_octopress};
pub use merge::{Existing, Plan, plan};
pub use post::{ImportedPost, TextImport};
pub use programme::{import_csv, import_frab, import_ics, import_pretalx, import_sessionize};
pub use pyvideo::import_pyvideo;
pub use record::ImportRecord;
pub use recordings::{import_slides, import_videos};
pub use report::{Counts, Fate, Guess, Outcome, Report, Verdict};
pub use step::{Planned, Step};
pub use text::{TextOptions, import_text};
pub use wordpress::import_wordpress;
pub use zola::import_zola;
