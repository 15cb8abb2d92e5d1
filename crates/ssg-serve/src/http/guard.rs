//! Who may ask: requests whose `Host` and `Origin` name this machine.
//!
//! A page from elsewhere can make a browser send requests to a local port, and by DNS rebinding even
//! read the answers, for its own name then leads to this machine. Such a request carries the foreign
//! name, so names decide. An address cannot be rebound, hence the interface's own is a good name; where others
//! are let in, so is any, since the one that they use may be that of a machine which passes requests on.

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
    /// Loopback names, the address of `interface`, any address where that is not loopback, and the hosts in
    /// `allowed`: names without a port, or domains with a dot before them.
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
        let is_asked_for = |host: &str| self.knows(host, local) || self.passes_on(host);
        if !is_asked_for(&host) || authority.is_some_and(|authority| !is_asked_for(authority.as_str())) {
            return false;
        }
        headers.get_all(ORIGIN).iter().all(|origin| self.is_own(origin.to_str().unwrap_or(""), &host, local))
    }

    /// Whether this is the origin of the site itself, for a request to `host`: another port of this machine
    /// is somebody else's.
    fn is_own(&self, origin: &str, host: &str, local: IpAddr) -> bool {
        let schemes = [("http://", 80), ("https://", 443)];
        let found = schemes.iter().find_map(|(scheme, port)| Some((origin.strip_prefix(scheme)?, *port)));
        let Some((own, usual)) = found else { return false };
        let (Some((name, port)), Some((asked_name, asked))) = (parts(own), parts(host)) else { return false };
        // A tunnel may put its own host in the place of the one that the browser asked for.
        let is_tunnel = self.allows(name) && port.is_none();
        let is_known =
            self.knows(own, local) || (name.eq_ignore_ascii_case(asked_name) && self.passes_on(own));
        is_known && (is_tunnel || port.unwrap_or(usual) == asked.unwrap_or(usual))
    }

    /// Whether the host is one of ours, whatever its port.
    fn knows(&self, host: &str, local: IpAddr) -> bool {
        let Some((name, _)) = parts(host) else { return false };
        if let Some(address) = address(name) {
            let own = |ours: IpAddr| !ours.is_unspecified() && ours.to_canonical() == address;
            let loopback = ["127.0.0.1", "::1"].iter().any(|known| known.parse() == Ok(address));
            return loopback || own(self.interface) || own(local) || self.allows(name);
        }
        name.eq_ignore_ascii_case("localhost") || self.allows(name)
    }

    /// Whether the host may be a machine that passes requests on to this one, whatever its port: any address,
    /// where others are let in.
    fn passes_on(&self, host: &str) -> bool {
        let address = parts(host).and_then(|(name, _)| address(name));
        !self.interface.to_canonical().is_loopback()
            && address.is_some_and(|address| !address.is_unspecified())
    }

    fn allows(&self, name: &str) -> bool {
        let name = name.to_ascii_lowercase();
        self.allowed.iter().any(|allowed| match allowed.strip_prefix('.') {
            Some("") => false,
            Some(domain) => name.strip_suffix(domain).is_some_and(|rest| rest.is_empty() || is_below(rest)),
            None => !allowed.is_empty() && *allowed == name,
        })
    }
}

/// Whether this is what stands before a domain: labels, and the dot.
fn is_below(rest: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
    };
    rest.strip_suffix('.').is_some_and(|labels| labels.split('.').all(is_label))
}

/// The address that a host's name is, if it is one. Brackets are for version 6 and for nothing else.
fn address(name: &str) -> Option<IpAddr> {
    let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let address = bare.unwrap_or(name).parse::<IpAddr>().ok()?;
    (bare.is_some() == address.is_ipv6()).then(|| address.to_canonical())
}

/// A host's name and its port, where it has one; `None` where this is no host.
fn parts(host: &str) -> Option<(&str, Option<u16>)> {
    let end = host.rfind(']').map_or(0, |bracket| bracket + 1);
    let Some(colon) = host[end..].find(':').map(|at| at + end) else { return Some((host, None)) };
    let port = &host[colon + 1..];
    let is_number = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| port.parse().ok()).flatten().map(|port| (&host[..colon], Some(port)))
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

    #[test]
    fn a_domain_means_all_names_below_it() {
        let names = Names::new(IpAddr::from([127, 0, 0, 1]), &[".App.Example".into(), ".".into()]);
        let local = IpAddr::from([127, 0, 0, 1]);
        for good in ["app.example", "x.app.example", "blue-fox-1111.app.example:443", "a.b.APP.example"] {
            assert!(names.knows(good, local), "{good}");
        }
        for bad in
            ["xapp.example", ".app.example", "x..app.example", "a@x.app.example", "app.example.evil", "", "."]
        {
            assert!(!names.knows(bad, local), "{bad}");
        }
        assert!(names.is_own("https://x.app.example", "localhost:1111", local));
        assert!(!names.is_own("https://app.example.evil", "localhost:1111", local));
    }

    #[test]
    fn any_address_where_others_are_let_in() {
        let local = IpAddr::from([172, 17, 0, 2]);
        let asks = |interface: [u8; 4], host: &str, origin: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, host.parse().expect("a host"));
            if !origin.is_empty() {
                headers.insert(ORIGIN, origin.parse().expect("an origin"));
            }
            Names::new(IpAddr::from(interface), &[]).permit(&headers, None, local)
        };
        for interface in [[0, 0, 0, 0], [172, 17, 0, 2]] {
            assert!(asks(interface, "192.168.1.5:8080", ""));
            assert!(asks(interface, "[fd00::5]:8080", ""));
            assert!(asks(interface, "192.168.1.5:8080", "http://192.168.1.5:8080"));
            // Neither another machine's page nor a name that may be rebound.
            assert!(!asks(interface, "192.168.1.5:8080", "http://192.168.1.6:8080"));
            assert!(!asks(interface, "evil.example", ""));
            assert!(!asks(interface, "0.0.0.0:1111", ""));
        }
        assert!(!asks([127, 0, 0, 1], "192.168.1.5:8080", ""));
    }

    #[test]
    fn another_port_is_another_origin() {
        let names = Names::new(IpAddr::from([127, 0, 0, 1]), &["Preview.Example.org".into()]);
        let local = IpAddr::from([127, 0, 0, 1]);
        for (origin, host) in [
            ("http://localhost:1111", "localhost:1111"),
            ("http://127.0.0.1:1111", "localhost:1111"),
            ("http://[::1]:1111", "[::1]:1111"),
            // Port 80 is not written.
            ("http://localhost", "localhost"),
            ("http://localhost", "localhost:80"),
            ("https://localhost", "localhost"),
            // Tunnels: one that keeps the host, one that does not.
            ("https://preview.example.org", "preview.example.org"),
            ("https://preview.example.org", "localhost:1111"),
            ("http://preview.example.org:1111", "preview.example.org:1111"),
        ] {
            assert!(names.is_own(origin, host, local), "{origin} {host}");
        }
        for (origin, host) in [
            ("http://localhost:9999", "localhost:1111"),
            ("http://localhost:9999", "127.0.0.1:1111"),
            ("http://localhost", "localhost:1111"),
            ("https://localhost", "localhost:1111"),
            ("https://localhost:1111", "localhost"),
            ("http://localhost:80", "localhost:443"),
            ("http://localhost:066647", "localhost:1111"),
            ("http://[::1]:9999", "[::1]:1111"),
            ("http://preview.example.org:9999", "preview.example.org:1111"),
            ("http://preview.example.org:9999", "localhost:1111"),
            ("http://localhost:1111/", "localhost:1111"),
            ("http://evil.example:1111", "localhost:1111"),
            ("ftp://localhost:1111", "localhost:1111"),
            ("localhost:1111", "localhost:1111"),
            ("null", "localhost:1111"),
            ("", "localhost"),
        ] {
            assert!(!names.is_own(origin, host, local), "{origin} {host}");
        }
    }
}
