//! `[cache]`: where machines share what builds remember.
//!
//! Secrets have no place here: credentials come from the environment.

use crate::fields::Fields;
use crate::value::Spanned;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Severity, codes};
use std::path::PathBuf;

/// `[cache]`
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CacheOptions {
    /// Where it is kept; without, nothing is shared.
    pub remote: Option<Spanned<Remote>>,
    /// Under which name; that of the base URL without.
    pub name: Option<String>,
}

/// A place that machines share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remote {
    /// A folder.
    Folder(PathBuf),
    /// A bucket of a store that speaks S3.
    Bucket(Bucket),
}

/// A part of a bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// What keys begin with, without slashes at its ends; may be empty.
    pub prefix: String,
    /// Address of the store; that of AWS without.
    pub endpoint: Option<String>,
    /// Region of the store.
    pub region: Option<String>,
    /// The bucket's name is part of the store's host name.
    pub virtual_hosts: bool,
}

pub(super) fn read_cache(fields: &mut Fields<'_>) -> CacheOptions {
    let remote = fields.text(&["remote"]);
    let name = fields.text(&["name"]);
    let endpoint = fields.text(&["endpoint"]);
    let region = fields.text(&["region"]).map(|text| text.value);
    let virtual_hosts = fields.flag(&["virtual_hosts"]).is_some_and(|flag| flag.value);
    refuse_secrets(fields);
    fields.report_unknown(Severity::Error, "", &[]);
    let found = fields.found();
    // An excerpt would show a secret.
    let place = |text: &Spanned<String>| (!text.value.contains('@')).then_some(text.span);
    if let Some(url) = endpoint.as_ref().filter(|url| !is_endpoint(&url.value)) {
        let hint = "write it as `https://s3.example.org`; credentials come from the environment";
        found.add(Diagnostic::error(codes::CACHE, "`endpoint` is no address").at(place(url)).hint(hint));
    }
    if let Some(name) = name.as_ref().filter(|name| !is_name(&name.value)) {
        let message = format!("`{}` cannot be the name of a shared cache", name.value);
        let hint = "use letters, digits, `-`, `_` and `.`, at most 64";
        found.add(Diagnostic::error(codes::CACHE, message).at(name.span).hint(hint));
    }
    let remote = remote.and_then(|url| {
        let bucket =
            |bucket| Bucket { endpoint: endpoint.map(|url| url.value), region, virtual_hosts, ..bucket };
        let remote = match read_remote(&url.value) {
            Some(Remote::Bucket(read)) => Remote::Bucket(bucket(read)),
            Some(folder) => folder,
            None => {
                let hint = "write it as `s3://bucket/prefix`, or `file:///path` for a folder";
                found.add(
                    Diagnostic::error(codes::CACHE, "`remote` is no place for a cache")
                        .at(place(&url))
                        .hint(hint),
                );
                return None;
            }
        };
        Some(Spanned::new(remote, url.span))
    });
    CacheOptions { remote, name: name.map(|name| name.value).filter(|name| is_name(name)) }
}

/// Keys that seem to hold a secret are named without their place, since an excerpt would show it.
fn refuse_secrets(fields: &mut Fields<'_>) {
    let looks_secret = |key: &str| {
        let key = key.to_ascii_lowercase();
        ["secret", "password", "token", "key", "credential"].iter().any(|part| key.contains(part))
    };
    let (secrets, others): (Vec<_>, Vec<_>) =
        fields.rest().into_iter().partition(|field| looks_secret(&field.key));
    fields.give_back(&others);
    for field in secrets {
        let message = format!("`{}` looks like a secret, which has no place here", field.key);
        let hint = "keep it in the environment: this file is kept with the sources";
        fields.found().add(Diagnostic::error(codes::CACHE, message).hint(hint));
    }
}

fn read_remote(url: &str) -> Option<Remote> {
    let is_plain = |part: &str| !matches!(part, "" | "." | "..") && !part.chars().any(char::is_control);
    if let Some(path) = url.strip_prefix("file://") {
        let is_path = path.starts_with('/') && path.len() > 1 && !path.chars().any(char::is_control);
        return is_path.then(|| Remote::Folder(PathBuf::from(path)));
    }
    let (name, prefix) = url.strip_prefix("s3://").map(|rest| rest.split_once('/').unwrap_or((rest, "")))?;
    let prefix = prefix.trim_matches('/');
    if !is_name(name) || !(prefix.is_empty() || prefix.split('/').all(is_plain)) {
        return None;
    }
    Some(Remote::Bucket(Bucket {
        name: name.to_owned(),
        prefix: prefix.to_owned(),
        endpoint: None,
        region: None,
        virtual_hosts: false,
    }))
}

/// Whether this is the address of a store, without user and password.
fn is_endpoint(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.contains(['@', '?', '#', ' ']))
}

fn is_name(name: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=64).contains(&name.len()) && !name.starts_with('.') && name.bytes().all(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let bucket = |url| match read_remote(url) {
            Some(Remote::Bucket(bucket)) => Some(format!("{}|{}", bucket.name, bucket.prefix)),
            _ => None,
        };
        assert_eq!(bucket("s3://runbook").as_deref(), Some("runbook|"));
        assert_eq!(bucket("s3://runbook/ci/cache/").as_deref(), Some("runbook|ci/cache"));
        assert_eq!(read_remote("file:///mnt/x"), Some(Remote::Folder("/mnt/x".into())));
        for wrong in [
            "",
            "s3://",
            "s3:///x",
            "s3://a/../b",
            "s3://key:secret@b",
            "file://x/y",
            "file:///",
            "https://x",
        ] {
            assert_eq!(read_remote(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn endpoints_carry_no_secret() {
        assert!(is_endpoint("http://127.0.0.1:9000"));
        for wrong in ["s3.example.org", "https://", "https://key:secret@s3.example.org", "ftp://x"] {
            assert!(!is_endpoint(wrong), "{wrong}");
        }
    }
}
