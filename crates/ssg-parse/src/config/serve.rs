//! `[serve]`: the names by which `ssg serve` may be asked for besides those of this machine.
//!
//! A name is compared as browsers send it: in small letters, in ASCII, without a scheme, a port or a path. One that
//! begins with a dot means the domain and all names below it. What can match nothing is an error, wherever it comes
//! from, since it would be found out only by being refused.

use crate::fields::Fields;
use crate::value::Spanned;
use ssg_source::{Diagnostic, Severity, codes};
use std::net::{IpAddr, Ipv6Addr};

/// Reads `[serve]`.
pub(super) fn read_serve(fields: &mut Fields<'_>) -> Vec<String> {
    let hosts = fields.texts(&["allowed_hosts"]).unwrap_or_default();
    fields.report_unknown(Severity::Error, "", &[]);
    let mut allowed = Vec::new();
    for Spanned { value, span } in hosts {
        match read_allowed_host(&value) {
            Ok(host) => allowed.push(host),
            Err(hint) => fields.found().add(wrong_host(&value).at(span).hint(hint)),
        }
    }
    allowed
}

/// The mistake of a host that no request can name.
#[must_use]
pub fn wrong_host(text: &str) -> Diagnostic {
    Diagnostic::error(codes::ALLOWED_HOST, format!("no request can name the host `{text}`"))
}

/// The host as it is compared: a name, an address, or a domain with a dot before it.
///
/// # Errors
/// With what to write instead, where no request can name it.
pub fn read_allowed_host(text: &str) -> Result<String, String> {
    let host = text.trim().to_ascii_lowercase();
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&host);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return Ok(match address {
            IpAddr::V6(address) => format!("[{address}]"),
            IpAddr::V4(address) => address.to_string(),
        });
    }
    let (dot, name) = host.strip_prefix('.').map_or(("", host.as_str()), |name| (".", name));
    if is_host(name) { Ok(format!("{dot}{name}")) } else { Err(instead(&host)) }
}

/// A name of one label or more; `_` is for names that systems make of themselves.
fn is_host(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

/// What to write in place of this.
fn instead(host: &str) -> String {
    if let Some(domain) = host.strip_prefix("*.").filter(|domain| is_host(domain)) {
        return format!("write `.{domain}` for the domain and all names below it");
    }
    if !host.is_ascii() {
        return "write it in ASCII, as browsers send it: `xn--…`".to_owned();
    }
    let rest = host.split_once("://").map_or(host, |(_, rest)| rest);
    let name = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = match name.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => name,
    };
    let name = name.trim_end_matches('.');
    let is_v6 = name
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .is_some_and(|bare| bare.parse::<Ipv6Addr>().is_ok());
    if name != host && (is_v6 || is_host(name.strip_prefix('.').unwrap_or(name))) {
        return format!("write the name alone: `{name}`");
    }
    "write a name such as `desk.example`, or `.example.dev` for a domain and all names below it".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_addresses_and_domains() {
        for (text, host) in [
            ("desk.example", "desk.example"),
            (" Desk.Example ", "desk.example"),
            ("desk", "desk"),
            ("my_box.local", "my_box.local"),
            (".app.github.dev", ".app.github.dev"),
            ("192.168.1.5", "192.168.1.5"),
            ("fe80::1", "[fe80::1]"),
            ("[FE80:0::1]", "[fe80::1]"),
        ] {
            assert_eq!(read_allowed_host(text).as_deref(), Ok(host), "{text}");
        }
    }

    #[test]
    fn what_no_request_can_name_is_told() {
        for (text, hint) in [
            ("*.app.github.dev", "`.app.github.dev`"),
            ("https://desk.example/", "`desk.example`"),
            ("desk.example:1111", "`desk.example`"),
            ("http://[::1]:1111/x", "`[::1]`"),
            ("desk.example.", "`desk.example`"),
            ("bücher.example", "xn--"),
            ("", "such as"),
            (".", "such as"),
            ("*", "such as"),
            ("..example", "such as"),
            ("a b", "such as"),
            ("user@desk.example", "such as"),
        ] {
            let told = read_allowed_host(text).expect_err(text);
            assert!(told.contains(hint), "{text}: {told}");
        }
    }
}
