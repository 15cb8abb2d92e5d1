//! A bucket in which machines share a cache: the same stores, feature and credentials as those of the
//! target `s3`.

#[cfg(feature = "s3")]
mod bucket;
#[cfg(not(feature = "s3"))]
mod disabled;

#[cfg(feature = "s3")]
use bucket::open;
#[cfg(not(feature = "s3"))]
use disabled::open;

use crate::failure::Failure;
use ssg_build::RemoteCache;
use ssg_parse::Bucket;

/// The store of a shared cache in a bucket, for a run that `writes` it or only reads. Nothing is asked of it
/// yet. Whoever reads and has no credentials does without.
///
/// # Errors
/// When this program was built without the cargo feature `s3`, or the store's settings make no sense.
pub fn open_bucket(bucket: &Bucket, writes: bool) -> Result<Box<dyn RemoteCache>, Failure> {
    open(bucket, writes)
}
