//! The bytes of a file of the site, read through the door.

use crate::facets::files::DataFile;
use crate::reads::Reads;
use ssg_source::{ReadError, SitePath};
use std::sync::Arc;

/// Reads a file.
pub(crate) fn read_bytes(reads: &Reads, path: &SitePath) -> Result<Arc<[u8]>, ReadError> {
    reads.get::<DataFile>(path).map_or(Err(ReadError::Missing), |file| file.0.clone())
}
