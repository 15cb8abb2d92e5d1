//! In place of the store, in a program that was built without it.

use crate::failure::{Failure, Reason};
use ssg_build::RemoteCache;
use ssg_parse::Bucket;

pub(super) fn open(_: &Bucket, _: bool) -> Result<Box<dyn RemoteCache>, Failure> {
    let message = "a shared cache in `s3` takes the cargo feature `s3`, which this program lacks";
    let hint = "build it with `cargo install --features s3`, or do without by `--no-cache`";
    Err(Failure::new(Reason::Usage, message).hint(hint))
}
