//! The client of the web: one request at a time, bounded in time, which reads no bodies.
//!
//! Where a name leads is looked at before anything is sent, so that no link makes this machine ask a network of its
//! own. Proxies are not used: they would hide where a name leads.

use super::ask::{Answer, Client, Failure, Method, Reply};
use super::private::is_private;
use std::time::Duration;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::Url;

/// How long answers may take.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// Until there is a connection.
    pub connect: Duration,
    /// Until there is an answer, all in all.
    pub answer: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), answer: Duration::from_secs(20) }
    }
}

/// A client that asks over the network.
pub struct WebClient(ureq::Agent);

impl WebClient {
    /// A client that asks `private` hosts too, be they on this machine or in a private network.
    #[must_use]
    pub fn new(timeouts: Timeouts, private: &[String]) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .timeout_connect(Some(timeouts.connect))
            .timeout_global(Some(timeouts.answer))
            .max_response_header_size(64 << 10)
            .user_agent(concat!("ssg/", env!("CARGO_PKG_VERSION"), " (checks links)"))
            .build();
        let hosts = private.iter().map(|host| host.trim().to_ascii_lowercase()).collect();
        let resolver = Public { hosts, inner: DefaultResolver::default() };
        Self(ureq::Agent::with_parts(config, DefaultConnector::default(), resolver))
    }
}

impl Client for WebClient {
    fn ask(&self, method: Method, address: &Url) -> Answer {
        let address = encoded(address);
        let answer = match method {
            Method::Head => self.0.head(address).call(),
            Method::Get => self.0.get(address).call(),
        };
        // The body goes unread with the response, and its connection with it.
        let response = answer.map_err(|error| failure(&error))?;
        let header = |name: &str| response.headers().get(name)?.to_str().ok().map(str::to_owned);
        // As a date it is further away than anybody waits.
        let seconds = header("retry-after").map(|text| text.trim().parse().unwrap_or(u64::from(u32::MAX)));
        Ok(Reply {
            status: response.status().as_u16(),
            location: header("location"),
            retry_after: seconds.map(Duration::from_secs),
        })
    }
}

/// An address as requests may hold it: browsers leave some signs as they are that are none of a URI (RFC 3986).
fn encoded(address: &Url) -> String {
    let one = |c: char| match c {
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => format!("%{:02X}", u32::from(c)),
        c => c.to_string(),
    };
    address.as_str().chars().map(one).collect()
}

fn failure(error: &ureq::Error) -> Failure {
    let words = match error {
        ureq::Error::Io(io) if is_refusal(io) => return Failure::Private,
        ureq::Error::Timeout(_) => "no answer in time".to_owned(),
        ureq::Error::HostNotFound => "the host is not known".to_owned(),
        ureq::Error::ConnectionFailed => "no connection".to_owned(),
        ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::ConnectionRefused => {
            "no connection".to_owned()
        }
        // What resolvers say differs from machine to machine.
        ureq::Error::Io(io) if io.to_string().contains("lookup address") => {
            "the host is not known".to_owned()
        }
        error => error.to_string(),
    };
    Failure::Said(words)
}

/// What the resolver below says.
#[derive(Debug)]
struct Refused;

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an address of this machine or of a private network")
    }
}

impl std::error::Error for Refused {}

fn is_refusal(error: &std::io::Error) -> bool {
    error.get_ref().is_some_and(<dyn std::error::Error + Send + Sync>::is::<Refused>)
}

/// A resolver that gives addresses of the public internet, and others of hosts that are named.
#[derive(Debug)]
struct Public {
    hosts: Vec<String>,
    inner: DefaultResolver,
}

impl Resolver for Public {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = self.inner.resolve(uri, config, timeout)?;
        let host = uri.host().unwrap_or_default().trim_matches(['[', ']']).to_ascii_lowercase();
        let is_named = self.hosts.contains(&host);
        if !is_named && addresses.iter().any(|address| is_private(address.ip())) {
            return Err(ureq::Error::Io(std::io::Error::other(Refused)));
        }
        Ok(addresses)
    }
}
