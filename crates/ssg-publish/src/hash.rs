//! The digest of a file's bytes, by which what was built is compared with what a target holds.

/// A digest (BLAKE3).
pub type Hash = [u8; 32];
