//! The content security policy as text.

use super::needs::{Directive, Needs};
use sha2::{Digest as _, Sha256};
use ssg_parse::Hosting;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// What allows scripts or styles in the page, whatever they are.
pub(super) const INLINE: &str = "'unsafe-inline'";
const OWN: &str = "'self'";
const NONE: &str = "'none'";

/// The source that allows a script or style sheet with this text inside a page.
pub(super) fn hash(text: &str) -> String {
    // Browsers see every end of a line as a line feed.
    let text = if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    };
    format!("'sha256-{}'", base64(&Sha256::digest(text.as_bytes())))
}

/// Base64 with padding.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let number =
            (0..3).fold(0_u32, |number, at| number << 8 | u32::from(three.get(at).copied().unwrap_or(0)));
        for at in 0..4_usize {
            let letter = LETTERS.get((number >> (18 - 6 * at) & 63) as usize).copied().unwrap_or(b'=');
            text.push(char::from(if at <= three.len() { letter } else { b'=' }));
        }
    }
    text
}

impl Directive {
    fn name(self) -> &'static str {
        match self {
            Self::Base => "base-uri",
            Self::Font => "font-src",
            Self::Form => "form-action",
            Self::Frame => "frame-src",
            Self::Img => "img-src",
            Self::Manifest => "manifest-src",
            Self::Media => "media-src",
            Self::Object => "object-src",
            Self::Script => "script-src",
            Self::Style => "style-src",
            Self::StyleAttr => "style-src-attr",
        }
    }
}

const ALL: [Directive; 11] = [
    Directive::Base,
    Directive::Font,
    Directive::Form,
    Directive::Frame,
    Directive::Img,
    Directive::Manifest,
    Directive::Media,
    Directive::Object,
    Directive::Script,
    Directive::Style,
    Directive::StyleAttr,
];

/// The policy that lets pages with these needs work, and little else.
pub(super) fn policy(needs: &Needs, hosting: &Hosting) -> String {
    // Those of which `default-src` does not speak are named in any case.
    let mut directives: BTreeMap<&str, BTreeSet<&str>> =
        ["base-uri", "form-action", "frame-ancestors"].map(|name| (name, BTreeSet::new())).into();
    directives.insert("object-src", BTreeSet::new());
    for directive in ALL {
        for source in needs.of_directive(directive) {
            directives.entry(directive.name()).or_default().insert(source);
        }
    }
    for (name, sources) in &hosting.sources {
        directives.entry(name).or_default().extend(sources.iter().map(String::as_str));
    }
    let mut text = format!("default-src {OWN}");
    for (name, mut sources) in directives {
        if matches!(name, "script-src" | "style-src") && sources.contains(INLINE) {
            // Beside a hash it would count for nothing.
            sources.retain(|source| !source.starts_with("'sha"));
        }
        let is_alone = sources.contains(NONE) && sources.len() == 1;
        let own = match name {
            "object-src" if sources.is_empty() => Some(NONE),
            "style-src-attr" => None,
            _ if is_alone || sources.contains(OWN) => None,
            _ => Some(OWN),
        };
        if !is_alone {
            sources.remove(NONE);
        }
        let all = own.into_iter().chain(sources);
        text.push_str("; ");
        text.push_str(name);
        for source in all {
            text.push(' ');
            text.push_str(source);
        }
    }
    text
}
