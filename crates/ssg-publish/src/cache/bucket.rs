//! The store itself. Whatever it does takes a bounded time.

use crate::client::{self, Access};
use crate::failure::{Failure, Reason};
use futures_util::StreamExt;
use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{ClientOptions, Error, GetOptions, GetResult, ObjectStore, PutOptions, RetryConfig};
use ssg_build::RemoteCache;
use ssg_parse::Bucket;
use std::future::Future;
use std::time::Duration;
use tokio::runtime::Runtime;

/// To reach the store, and between two signs of life.
const PATIENCE: Duration = Duration::from_secs(5);
/// For a request that moves no object.
const SMALL: Duration = Duration::from_secs(10);
/// For an object.
const WHOLE: Duration = Duration::from_secs(120);
/// Any of these in the environment means that there are credentials.
const CREDENTIALS: [&str; 4] = [
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
];

struct Store {
    store: AmazonS3,
    runtime: Runtime,
    prefix: String,
}

pub(super) fn open(bucket: &Bucket, writes: bool) -> Result<Box<dyn RemoteCache>, Failure> {
    let options =
        ClientOptions::new().with_connect_timeout(PATIENCE).with_read_timeout(PATIENCE).with_timeout(WHOLE);
    let retry = RetryConfig { max_retries: 1, retry_timeout: PATIENCE, ..RetryConfig::default() };
    let access = Access {
        bucket: &bucket.name,
        endpoint: bucket.endpoint.as_deref(),
        region: bucket.region.as_deref(),
        virtual_hosts: bucket.virtual_hosts,
    };
    let mut builder = access.client(options, retry);
    let is_set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if !writes && !CREDENTIALS.into_iter().any(is_set) {
        builder = builder.with_skip_signature(true);
    }
    let store = builder.build().map_err(|error| Failure::new(Reason::Usage, client::line(&error)))?;
    let runtime = client::runtime().map_err(|error| Failure::new(Reason::Machine, error))?;
    Ok(Box::new(Store { store, runtime, prefix: bucket.prefix.clone() }))
}

impl Store {
    fn key(&self, name: &str) -> Result<Path, String> {
        let slash = if self.prefix.is_empty() { "" } else { "/" };
        let key = format!("{}{slash}{name}", self.prefix);
        Path::parse(&key).map_err(|_| format!("`{key}` cannot be the key of an object"))
    }

    /// Waits for an answer, but not for ever. `None` where there is no such object.
    fn wait<T>(
        &self,
        most: Duration,
        answer: impl Future<Output = Result<T, Error>>,
    ) -> Result<Option<T>, String> {
        match self.runtime.block_on(async { tokio::time::timeout(most, answer).await }) {
            Ok(Ok(answer)) => Ok(Some(answer)),
            Ok(Err(Error::NotFound { .. })) => Ok(None),
            Ok(Err(error)) => Err(line(&error)),
            Err(_) => Err("the store is too slow".to_owned()),
        }
    }
}

impl RemoteCache for Store {
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, String> {
        let key = self.key(name)?;
        let read = async {
            let found = self.store.get_opts(&key, GetOptions::default()).await?;
            read_at_most(found, limit).await
        };
        match self.wait(WHOLE, read)? {
            Some(Some(bytes)) => Ok(Some(bytes)),
            Some(None) => Err("it is larger than it should be".to_owned()),
            None => Ok(None),
        }
    }

    fn has(&self, name: &str) -> Result<bool, String> {
        let key = self.key(name)?;
        let look = self.store.get_opts(&key, GetOptions::new().with_head(true));
        Ok(self.wait(SMALL, look)?.is_some())
    }

    fn put(&self, name: &str, bytes: Vec<u8>) -> Result<(), String> {
        let key = self.key(name)?;
        let put = self.store.put_opts(&key, bytes.into(), PutOptions::default());
        self.wait(WHOLE, put)?.map(|_| ()).ok_or_else(|| "there is no such bucket".to_owned())
    }
}

/// The bytes, unless there are more; whatever the store says of their number.
async fn read_at_most(found: GetResult, limit: u64) -> Result<Option<Vec<u8>>, Error> {
    let mut bytes = Vec::new();
    let mut stream = found.into_stream();
    while let Some(part) = stream.next().await {
        bytes.extend_from_slice(&part?);
        if bytes.len() as u64 > limit {
            return Ok(None);
        }
    }
    Ok(Some(bytes))
}

/// What happened, in a line.
fn line(error: &Error) -> String {
    match error {
        Error::Unauthenticated { .. } | Error::PermissionDenied { .. } => "the store refuses".to_owned(),
        error => client::line(error),
    }
}
