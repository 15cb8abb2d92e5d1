//! Writing into headers.
/// no
pub struct NoPlace;
/// put
pub fn put() {}
