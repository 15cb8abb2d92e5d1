//! Where the site lies under `ssg serve`.

use crate::session::Session;

/// What decides where the site is served.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    pub base_path: String,
    pub origin: String,
    pub allowed_hosts: Vec<String>,
}

impl Address {
    pub fn of(session: &Session) -> Self {
        let config = &session.settings.config;
        let scheme = config.base_url.find("://").map_or(0, |at| at + 3);
        let host = config.base_url[scheme..].find('/').map_or(config.base_url.len(), |at| scheme + at);
        Self {
            base_path: config.base_path().to_owned(),
            origin: config.base_url[..host].to_owned(),
            allowed_hosts: config.allowed_hosts.clone(),
        }
    }
}
