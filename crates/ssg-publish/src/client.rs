//! What all that speak S3 share: how a store is reached, and how it is told what happened.

use object_store::aws::AmazonS3Builder;
use object_store::{ClientOptions, Error, RetryConfig};
use std::io;
use tokio::runtime::Runtime;

/// Which bucket of which store.
pub(crate) struct Access<'a> {
    pub bucket: &'a str,
    pub endpoint: Option<&'a str>,
    pub region: Option<&'a str>,
    pub virtual_hosts: bool,
}

impl Access<'_> {
    /// A client in the making; what is not said here comes from the environment, credentials above all.
    pub(crate) fn client(&self, options: ClientOptions, retry: RetryConfig) -> AmazonS3Builder {
        // Refused where another one is set already, which does as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let is_plain = self.endpoint.is_some_and(|url| url.starts_with("http://"));
        let mut builder = AmazonS3Builder::from_env()
            .with_client_options(options.with_allow_http(is_plain))
            .with_bucket_name(self.bucket)
            .with_virtual_hosted_style_request(self.virtual_hosts)
            .with_retry(retry);
        if let Some(endpoint) = self.endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        if let Some(region) = self.region {
            builder = builder.with_region(region);
        }
        builder
    }
}

/// What drives requests.
pub(crate) fn runtime() -> io::Result<Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// What happened, in one line and without what the environment keeps secret.
pub(crate) fn line(error: &Error) -> String {
    let mut text = error.to_string();
    for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
        if let Some(secret) = std::env::var(name).ok().filter(|secret| !secret.is_empty()) {
            text = text.replace(&secret, "***");
        }
    }
    let mut line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(400) {
        line.truncate(end);
        line.push('…');
    }
    line
}
