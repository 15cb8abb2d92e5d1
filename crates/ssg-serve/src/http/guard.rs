//! Who may ask: requests whose `Host` and `Origin` name this machine.
//!
//! A page from elsewhere can make a browser send requests to a local port, and by DNS rebinding even
//! read the answers, for its own name then leads to this machine. Such a request carries the foreign
//! name, so names decide. An address cannot be rebound, hence the interface's own is a good name.

use hyper::header::{HOST, HeaderMap, ORIGIN};
use hyper::http::uri::Authority;
use std::net::IpAddr;

/// The names under which the server may be asked for.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    interface: IpAddr,
    allowed: Vec<String>,
}

impl Names {
    /// Loopback names, the address of `interface`, and the hosts in `allowed` (names without a port).
    pub(crate) fn new(interface: IpAddr, allowed: &[String]) -> Self {
        let allowed = allowed.iter().map(|name| name.trim().to_ascii_lowercase()).collect();
        Self { interface, allowed }
    }

    /// Checks `Host` and, where there is one, `Origin`. `authority` is that of the request's target,
    /// `local` the address on which the connection came in.
    pub(crate) fn permit(&self, headers: &HeaderMap, authority: Option<&Authority>, local: IpAddr) -> bool {
        let text = |value: Option<&hyper::header::HeaderValue>| {
            value.and_then(|v| v.to_str().ok().map(str::to_owned))
        };
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (text(hosts.next()), hosts.next()) else { return false };
        if !self.knows(&host, local) {
            return false;
        }
        if authority.is_some_and(|authority| !self.knows(authority.as_str(), local)) {
            return false;
        }
        headers.get_all(ORIGIN).iter().all(|origin| {
            let origin = origin.to_str().unwrap_or("");
            let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
            host.is_some_and(|host| self.knows(host, local))
        })
    }

    /// Whether the host is one of ours, whatever its port.
    fn knows(&self, host: &str, local: IpAddr) -> bool {
        let Some(name) = without_port(host) else { return false };
        let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let address = bare.unwrap_or(name).parse::<IpAddr>().ok();
        if let Some(address) = address {
            // Brackets are for version 6 and for nothing else.
            if bare.is_some() != address.is_ipv6() {
                return false;
            }
            let address = address.to_canonical();
            let own = |ours: IpAddr| !ours.is_unspecified() && ours.to_canonical() == address;
            let loopback = ["127.0.0.1", "::1"].iter().any(|known| known.parse() == Ok(address));
            return loopback || own(self.interface) || own(local) || self.allows(name);
        }
        name.eq_ignore_ascii_case("localhost") || self.allows(name)
    }

    fn allows(&self, name: &str) -> bool {
        self.allowed.iter().any(|allowed| !allowed.is_empty() && allowed.eq_ignore_ascii_case(name))
    }
}

/// The host without its port; `None` where this is no host.
fn without_port(host: &str) -> Option<&str> {
    let end = host.rfind(']').map_or(0, |bracket| bracket + 1);
    let Some(colon) = host[end..].find(':').map(|at| at + end) else { return Some(host) };
    let port = &host[colon + 1..];
    (!port.is_empty() && port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit()))
        .then_some(&host[..colon])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_this_machine_only() {
        let names = Names::new(IpAddr::from([0, 0, 0, 0]), &["Preview.Example.org".into()]);
        let local = IpAddr::from([192, 168, 1, 5]);
        for good in [
            "localhost",
            "LOCALHOST:1111",
            "127.0.0.1",
            "127.0.0.1:80",
            "[::1]:1111",
            "192.168.1.5:1111",
            "preview.example.org",
            "preview.example.org:443",
            "[::ffff:127.0.0.1]",
        ] {
            assert!(names.knows(good, local), "{good}");
        }
        for bad in [
            "",
            ":1111",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.nip.io",
            "0.0.0.0:1111",
            "::1",
            "[127.0.0.1]",
            "localhost:",
            "localhost:x",
            "localhost@evil.example",
            "user@localhost",
            "192.168.1.6",
            "127.0.0.2",
            "localhost:1111:2",
            "[::1",
            "2130706433",
            "é",
            "x.preview.example.org",
        ] {
            assert!(!names.knows(bad, local), "{bad}");
        }
    }
}
