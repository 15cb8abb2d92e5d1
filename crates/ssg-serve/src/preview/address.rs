//! Where the site lies.

/// What decides where the site is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The path below which it lies.
    pub base_path: String,
    /// Scheme and host under which it is published, without a slash.
    pub origin: String,
    /// Names besides those of this machine by which it may be asked for.
    pub allowed_hosts: Vec<String>,
}

impl Address {
    /// By the site's `base_url`, of which `base_path` is the path.
    #[must_use]
    pub fn new(base_url: &str, base_path: &str, allowed_hosts: &[String]) -> Self {
        let scheme = base_url.find("://").map_or(0, |at| at + 3);
        let host = base_url[scheme..].find('/').map_or(base_url.len(), |at| scheme + at);
        Self {
            base_path: base_path.to_owned(),
            origin: base_url[..host].to_owned(),
            allowed_hosts: allowed_hosts.to_vec(),
        }
    }
}
