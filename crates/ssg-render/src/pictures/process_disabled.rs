//! Stands in where the program is built without the cargo feature `pictures`: all files are copied as they are.

use super::remembered::{Look, Seen};
use super::sizes::Derived;

/// Whether this program can process pictures.
pub(crate) const IS_THERE: bool = false;
pub(super) const VERSION: u32 = 0;

/// There is none.
pub(super) enum Decoded {}

pub(super) fn decode(_: &[u8]) -> Result<Decoded, Seen> {
    Err(Seen::LeftAlone)
}

pub(super) fn pixels(_: &[u8]) -> u64 {
    0
}

impl Decoded {
    pub(super) fn look(&self) -> Look {
        match *self {}
    }

    pub(super) fn encode(&self, _: &Derived, _: u8) -> Result<Vec<u8>, String> {
        match *self {}
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is as with the feature")]
pub(crate) fn icon(_: &[u8], _: u32) -> Result<Option<Vec<u8>>, String> {
    Ok(None)
}

#[cfg(feature = "cards")]
#[expect(clippy::unnecessary_wraps, reason = "it is as with the feature")]
pub(crate) fn square(_: &[u8], _: u32, _: (u8, u8)) -> Result<Option<Vec<u8>>, String> {
    Ok(None)
}

#[expect(clippy::unnecessary_wraps, reason = "it is as with the feature")]
pub(crate) fn strip(_: &[u8]) -> Result<Option<Vec<u8>>, String> {
    Ok(None)
}
