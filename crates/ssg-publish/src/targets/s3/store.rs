//! The bucket itself.
//!
//! The record is written on the condition that it still has the entity tag that was read, so that of
//! two publishers one is refused. Each object bears the digest of the file in its metadata: after a
//! cut that tells what is there already.

use super::Settings;
use super::encode::{encode, is_compressed};
use crate::client::{self, Access};
use crate::failure::{Failure, Reason};
use crate::outputs::{Built, Outputs};
use crate::record::RECORD;
use crate::target::{Site, Target, TargetState, Version};
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::aws::AmazonS3;
use object_store::path::Path;
use object_store::{
    Attribute, Attributes, ClientOptions, Error, GetOptions, MultipartUpload, ObjectStore, PutMode,
    PutMultipartOptions, PutOptions, RetryConfig, UpdateVersion,
};
use ssg_build::MediaType;
use ssg_build::write::{OutputPath, is_reserved};
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::runtime::Runtime;

/// How many requests are under way at once.
const AT_ONCE: usize = 16;
/// Larger files, in bytes, are sent in parts: a request has only so much time.
const LARGE: u64 = 16 << 20;
/// Bytes of a part. A store takes 10,000 parts, and none but the last of less than 5 MiB.
const PART: u64 = 8 << 20;
/// Metadata of each object: the digest of its file.
const DIGEST: &str = "ssg-blake3";

/// Metadata of each object: how it is kept.
const RECIPE: &str = "ssg-recipe";

/// What an object says of itself; nothing, where it is somebody else's.
struct Found {
    file: Built,
    digest: Option<String>,
    recipe: Option<String>,
}

/// The target.
pub(in crate::targets) struct Bucket {
    settings: Settings,
    open: Option<Open>,
}

struct Open {
    store: AmazonS3,
    runtime: Runtime,
}

impl Bucket {
    pub(super) fn new(settings: Settings, _: &Site) -> Self {
        Self { settings, open: None }
    }

    fn open(&self) -> Result<&Open, Failure> {
        self.open.as_ref().ok_or_else(|| Failure::new(Reason::Target, "the bucket was not looked at"))
    }

    fn connect(&self) -> Result<Open, Failure> {
        let settings = &self.settings;
        let retry = RetryConfig {
            max_retries: settings.retries,
            retry_timeout: Duration::from_secs(90),
            ..RetryConfig::default()
        };
        let options = ClientOptions::new()
            .with_timeout(Duration::from_secs(120))
            .with_connect_timeout(Duration::from_secs(20));
        let access = Access {
            bucket: &settings.bucket,
            endpoint: settings.endpoint.as_deref(),
            region: settings.region.as_deref(),
            virtual_hosts: settings.virtual_hosts,
        };
        let builder = access.client(options, retry).with_disable_bulk_delete(true);
        let store = builder.build().map_err(|error| Failure::new(Reason::Usage, client::line(&error)))?;
        let runtime = client::runtime()
            .map_err(|error| Failure::new(Reason::Machine, format!("cannot begin: {error}")))?;
        Ok(Open { store, runtime })
    }

    /// The key of a file.
    fn key(&self, path: &str) -> Result<Path, Failure> {
        let key = match self.settings.prefix.as_str() {
            "" => path.to_owned(),
            prefix => format!("{prefix}/{path}"),
        };
        Path::parse(&key)
            .map_err(|_| Failure::new(Reason::Usage, format!("`{key}` cannot be the key of an object")))
    }

    /// What is said of the files that have an object.
    fn digests(&self, files: &[Built]) -> Result<Vec<Found>, Failure> {
        let Open { store, runtime } = self.open()?;
        let ask = files.iter().map(|file| async move {
            let options = GetOptions::new().with_head(true);
            match store.get_opts(&self.key(file.path.as_str())?, options).await {
                Ok(found) => {
                    let said = |name: &'static str| {
                        let value = found.attributes.get(&Attribute::Metadata(name.into()));
                        value.map(|value| value.as_ref().to_owned())
                    };
                    Ok(Some(Found { file: file.clone(), digest: said(DIGEST), recipe: said(RECIPE) }))
                }
                Err(Error::NotFound { .. }) => Ok(None),
                Err(error) => Err(failure("look at", &error)),
            }
        });
        let found: Vec<Option<Found>> =
            runtime.block_on(stream::iter(ask).buffer_unordered(AT_ONCE).try_collect())?;
        Ok(found.into_iter().flatten().collect())
    }

    /// Sends a file in one request.
    async fn put_whole(&self, store: &AmazonS3, file: &Built, outputs: &Outputs) -> Result<(), Failure> {
        let path = file.path.as_str();
        let (bytes, encoding) = encode(path, outputs.bytes(file)?, self.settings.encoding);
        let options = PutOptions { attributes: self.attributes(file, encoding), ..PutOptions::default() };
        let put = store.put_opts(&self.key(path)?, bytes.into(), options).await;
        put.map(drop).map_err(|error| not_sent(file, &error))
    }

    /// Sends a file part by part; nothing of it shows before the last.
    async fn put_in_parts(&self, store: &AmazonS3, file: &Built, outputs: &Outputs) -> Result<(), Failure> {
        let key = self.key(file.path.as_str())?;
        let options =
            PutMultipartOptions { attributes: self.attributes(file, None), ..PutMultipartOptions::default() };
        let begun = store.put_multipart_opts(&key, options).await;
        let mut upload = begun.map_err(|error| not_sent(file, &error))?;
        let send = async {
            let mut reader = outputs.open(file)?;
            while let Some(part) = reader.part(PART)? {
                upload.put_part(part.into()).await.map_err(|error| not_sent(file, &error))?;
            }
            upload.complete().await.map(drop).map_err(|error| not_sent(file, &error))
        };
        let sent = send.await;
        if sent.is_err() {
            // Parts that are never put together would be kept, and paid for.
            let _ = upload.abort().await;
        }
        sent
    }

    /// How a file is kept.
    fn attributes(&self, file: &Built, encoding: Option<&'static str>) -> Attributes {
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, MediaType::of(file.path.as_str()).header().into());
        attributes.insert(Attribute::CacheControl, self.settings.cache_control(file).to_owned().into());
        if let Some(encoding) = encoding {
            attributes.insert(Attribute::ContentEncoding, encoding.into());
        }
        attributes.insert(Attribute::Metadata(DIGEST.into()), hex(file).into());
        attributes.insert(Attribute::Metadata(RECIPE.into()), self.settings.recipe().into());
        attributes
    }
}

fn not_sent(file: &Built, error: &Error) -> Failure {
    failure(&format!("send `{}` to", file.path), error)
}

fn hex(file: &Built) -> String {
    blake3::Hash::from_bytes(file.hash).to_hex().to_string()
}

impl Target for Bucket {
    fn place(&self) -> String {
        self.settings.place()
    }

    fn recipe(&self) -> String {
        self.settings.recipe()
    }

    fn state(&mut self) -> Result<TargetState, Failure> {
        if self.open.is_none() {
            self.open = Some(self.connect()?);
        }
        let key = self.key(RECORD)?;
        let Open { store, runtime } = self.open()?;
        let read = runtime.block_on(async {
            let found = store.get_opts(&key, GetOptions::default()).await?;
            let tag = found.meta.e_tag.clone();
            Ok((found.bytes().await?, tag))
        });
        match read {
            Ok((bytes, tag)) => {
                Ok(TargetState { record: Some(bytes.to_vec()), version: tag, exclusive: false })
            }
            Err(Error::NotFound { .. }) => Ok(TargetState::default()),
            Err(error) => Err(failure("read the record of", &error)),
        }
    }

    fn foreign(&mut self) -> Result<Option<String>, Failure> {
        let Open { store, runtime } = self.open()?;
        let prefix = Path::parse(&self.settings.prefix).ok().filter(|prefix| !prefix.as_ref().is_empty());
        runtime.block_on(async {
            let mut objects = store.list(prefix.as_ref());
            while let Some(object) = objects.next().await {
                let object = object.map_err(|error| failure("list", &error))?;
                let path = object.location.as_ref();
                let path =
                    path.strip_prefix(self.settings.prefix.as_str()).unwrap_or(path).trim_start_matches('/');
                if !is_reserved(path) && !path.is_empty() {
                    return Ok(Some(path.to_owned()));
                }
            }
            Ok(None)
        })
    }

    fn taken(&mut self, new: &[Built], _: &BTreeSet<&str>, _: &Outputs) -> Result<Vec<OutputPath>, Failure> {
        let found = self.digests(new)?;
        let others = found.into_iter().filter(|found| found.digest.as_ref() != Some(&hex(&found.file)));
        Ok(others.map(|found| found.file.path).collect())
    }

    fn held(&mut self, files: &[Built]) -> Result<BTreeSet<OutputPath>, Failure> {
        let found = self.digests(files)?;
        let recipe = self.settings.recipe();
        // One that is kept in another way is not what is wanted.
        let is_same =
            |found: &Found| found.digest == Some(hex(&found.file)) && found.recipe.as_ref() == Some(&recipe);
        Ok(found.into_iter().filter(is_same).map(|found| found.file.path).collect())
    }

    fn begin(&mut self) -> Result<bool, Failure> {
        Ok(false)
    }

    fn put(
        &mut self,
        files: &[Built],
        outputs: &Outputs,
        sent: &(dyn Fn(&Built) + Sync),
    ) -> Result<(), Failure> {
        let bucket = &*self;
        let Open { store, runtime } = bucket.open()?;
        let puts = files.iter().map(|file| async move {
            if file.size > LARGE && !is_compressed(file.path.as_str(), bucket.settings.encoding) {
                bucket.put_in_parts(store, file, outputs).await?;
            } else {
                bucket.put_whole(store, file, outputs).await?;
            }
            sent(file);
            Ok(())
        });
        runtime.block_on(stream::iter(puts).buffer_unordered(AT_ONCE).try_collect())
    }

    fn remove(&mut self, paths: &[OutputPath]) -> Result<(), Failure> {
        let keys: Vec<Path> =
            paths.iter().map(|path| self.key(path.as_str())).collect::<Result<_, Failure>>()?;
        let Open { store, runtime } = self.open()?;
        runtime.block_on(async {
            let mut removed = store.delete_stream(stream::iter(keys.into_iter().map(Ok)).boxed());
            while let Some(result) = removed.next().await {
                match result {
                    Ok(_) | Err(Error::NotFound { .. }) => {}
                    Err(error) => return Err(failure("remove from", &error)),
                }
            }
            Ok(())
        })
    }

    fn record(&mut self, text: &str, expected: &Version) -> Result<Version, Failure> {
        let mode = match expected {
            _ if !self.settings.conditional => {
                if self.state()?.version != *expected {
                    return Err(Failure::conflict());
                }
                PutMode::Overwrite
            }
            None => PutMode::Create,
            Some(tag) => PutMode::Update(UpdateVersion { e_tag: Some(tag.clone()), version: None }),
        };
        let key = self.key(RECORD)?;
        let Open { store, runtime } = self.open()?;
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, "text/plain; charset=utf-8".into());
        attributes.insert(Attribute::CacheControl, "no-store".into());
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        match runtime.block_on(store.put_opts(&key, text.to_owned().into_bytes().into(), options)) {
            Ok(written) => Ok(written.e_tag),
            Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => Err(Failure::conflict()),
            Err(error) => Err(failure("write the record of", &error)),
        }
    }
}

/// What an operation met, in one line and without what the environment keeps secret.
fn failure(action: &str, error: &Error) -> Failure {
    let line = client::line(error);
    let failure = Failure::new(Reason::Target, format!("cannot {action} the bucket: {line}"));
    match error {
        Error::Unauthenticated { .. } | Error::PermissionDenied { .. } => failure.hint(
            "credentials come from the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the role of \
             the machine",
        ),
        Error::NotImplemented { .. } | Error::NotSupported { .. } => {
            failure.hint("a store without conditional writes needs `conditional_writes = false`")
        }
        _ => failure,
    }
}
