//! What every other crate stands on: paths, spans, diagnostics and the inputs of a build.
//!
//! Nothing here knows what a page is. The [`Inputs`] trait is the only door through which the
//! pure stages see the outside world; [`DiskInputs`] opens it on a folder, [`MemoryInputs`] on a
//! map for tests.

#![forbid(unsafe_code)]

pub mod codes;
mod decode;
mod diagnostic;
mod digest;
pub mod hash;
mod inputs;
mod lines;
pub mod markup;
mod path;
mod report;
mod span;
mod suggest;

pub use codes::Code;
pub use decode::{DecodeError, decode};
pub use diagnostic::{Class, Diagnostic, Diagnostics, Label, Severity};
pub use digest::{Digest, Digester};
pub use inputs::{
    DOTTED, DiskFile, DiskInputs, Entry, Inputs, MemoryInputs, Overlay, ReadError, Stamp, Texts, is_drafts,
    is_leftover, is_secret, open_file, open_without_links,
};
pub use path::{PathError, SitePath, is_reserved, shown};
pub use report::{ReportOptions, Reporter, SiteOrigin};
pub use span::{LineColumn, Span, line_column};
pub use suggest::{Suggestions, did_you_mean, listed};
