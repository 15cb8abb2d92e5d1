//! `type = "s3"`: a bucket of anything that speaks S3.
//!
//! The table is read in any case, so that what is wrong with it is told; publishing takes the cargo
//! feature `s3`. Credentials come from the environment alone.

#[cfg(not(feature = "s3"))]
mod disabled;
#[cfg(feature = "s3")]
mod encode;
#[cfg(feature = "s3")]
mod store;

#[cfg(not(feature = "s3"))]
use disabled::Bucket;
#[cfg(feature = "s3")]
use store::Bucket;

use crate::stage::{Stage, is_fingerprinted};
use crate::table::missing;
use crate::target::{Site, Target};
use crate::{Built, redact};
use ssg_parse::Fields;
use ssg_source::{Diagnostic, Severity, Span, codes};

/// What the table says.
#[derive(Clone, Debug)]
#[cfg_attr(not(feature = "s3"), expect(dead_code, reason = "they are read to be checked"))]
pub(super) struct Settings {
    bucket: String,
    /// Without slashes at its ends.
    prefix: String,
    endpoint: Option<String>,
    region: Option<String>,
    virtual_hosts: bool,
    conditional: bool,
    retries: usize,
    encoding: Encoding,
    cache: CacheControl,
}

/// How texts are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    None,
    Gzip,
    Brotli,
}

/// What is told to browsers and caches.
#[derive(Clone, Debug)]
struct CacheControl {
    fingerprinted: String,
    assets: String,
    pages: String,
    listings: String,
}

impl Settings {
    /// Where it is, for people.
    fn place(&self) -> String {
        let slash = if self.prefix.is_empty() { "" } else { "/" };
        let at = self.endpoint.as_ref().map(|url| format!(" at {}", redact(url))).unwrap_or_default();
        format!("s3://{}{slash}{}{at}", self.bucket, self.prefix)
    }

    /// See [`Target::recipe`].
    fn recipe(&self) -> String {
        let text = format!("{:?} {:?}", self.encoding, self.cache);
        format!("s3-{}", &blake3::hash(text.as_bytes()).to_hex()[..16])
    }

    /// `Cache-Control` of a file.
    fn cache_control(&self, file: &Built) -> &str {
        if is_fingerprinted(file.path.as_str(), &file.hash) {
            return &self.cache.fingerprinted;
        }
        match Stage::of(file.path.as_str()) {
            Stage::Assets => &self.cache.assets,
            Stage::Pages => &self.cache.pages,
            Stage::Listings => &self.cache.listings,
        }
    }
}

/// Reads the table.
pub(super) fn read(fields: &mut Fields<'_>, at: Span, site: &Site) -> Option<Box<dyn Target>> {
    let bucket = fields.text(&["bucket"]);
    let prefix = fields.text(&["prefix"]).map(|text| text.value).unwrap_or_default();
    let endpoint = fields.text(&["endpoint"]);
    let region = fields.text(&["region"]).map(|text| text.value);
    let virtual_hosts = fields.flag(&["virtual_hosts"]).is_some_and(|flag| flag.value);
    let conditional = fields.flag(&["conditional_writes"]).is_none_or(|flag| flag.value);
    let retries = fields.integer(&["retries"]).and_then(|number| usize::try_from(number.value).ok());
    let encodings = [("none", Encoding::None), ("gzip", Encoding::Gzip), ("brotli", Encoding::Brotli)];
    let encoding = fields.choice(&["compress"], &encodings).unwrap_or(Encoding::None);
    let cache = fields.table(&["cache_control"], |fields| {
        let mut text =
            |name, default: &str| fields.text(&[name]).map_or_else(|| default.to_owned(), |text| text.value);
        let cache = CacheControl::with(&mut text);
        fields.report_unknown(Severity::Error, "", &[]);
        cache
    });
    let Some(bucket) = bucket else {
        missing(fields, at, "bucket", "name the bucket: `bucket = \"runbook\"`");
        return None;
    };
    let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.chars().any(char::is_control);
    let prefix = prefix.trim_matches('/').to_owned();
    if !prefix.is_empty() && !prefix.split('/').all(is_plain) {
        let message = format!("`{prefix}` cannot be the prefix of paths");
        fields.found().add(Diagnostic::error(codes::PUBLISH, message).at(at));
        return None;
    }
    let is_url = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    if let Some(endpoint) = endpoint.as_ref().filter(|endpoint| !is_url(&endpoint.value)) {
        let message = format!("`{}` is no address", endpoint.value);
        let hint = "write it as `https://s3.example.org`";
        fields.found().add(Diagnostic::error(codes::PUBLISH, message).at(endpoint.span).hint(hint));
        return None;
    }
    let settings = Settings {
        bucket: bucket.value,
        prefix,
        endpoint: endpoint.map(|text| text.value),
        region,
        virtual_hosts,
        conditional,
        retries: retries.unwrap_or(5),
        encoding,
        cache: cache.unwrap_or_else(|| CacheControl::with(&mut |_, default| default.to_owned())),
    };
    Some(Box::new(Bucket::new(settings, site)))
}

impl CacheControl {
    fn with(text: &mut dyn FnMut(&'static str, &str) -> String) -> Self {
        Self {
            fingerprinted: text("fingerprinted", "public, max-age=31536000, immutable"),
            assets: text("assets", "public, max-age=86400"),
            pages: text("pages", "public, max-age=0, must-revalidate"),
            listings: text("listings", "public, max-age=300"),
        }
    }
}
