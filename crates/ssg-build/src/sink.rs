//! Where outputs go: what whoever asks for a compilation has to offer.
//!
//! A compilation knows neither disk nor server. It hands outputs over and asks what is there already.

use crate::onlooker::Onlooker;
use crate::write::{OutputFile, OutputPath};

/// Takes every output as soon as it is rendered, from any thread.
pub trait Sink: Sync {
    /// How many outputs there will be.
    fn planned(&self, count: usize);
    /// Files that the output will have in any case: to remove one of them is a fault, never a wish.
    fn expect(&self, _: &mut dyn Iterator<Item = &str>) {}
    /// Whether these files, with these digests (BLAKE3), are there already and stay; then they need
    /// not be rendered.
    fn keep(&self, files: &[(OutputPath, [u8; 32])]) -> bool;
    /// Takes one; gives its digest back where that is known now.
    fn take(&self, file: OutputFile) -> Option<[u8; 32]>;
    /// Told before anything is rendered that there are errors, so that nothing will come of it.
    fn fails(&self) {}
    /// Who looks on, if anybody does.
    fn onlooker(&self) -> Option<&dyn Onlooker> {
        None
    }
}

/// Takes nothing, and has nothing: every output is made.
#[derive(Clone, Copy, Debug)]
pub struct Nowhere;

impl Sink for Nowhere {
    fn planned(&self, _: usize) {}
    fn keep(&self, _: &[(OutputPath, [u8; 32])]) -> bool {
        false
    }
    fn take(&self, _: OutputFile) -> Option<[u8; 32]> {
        None
    }
}
