//! `[hosting]`: what is written for the host that serves the site.
//!
//! Values end up in files that hosts read line by line, so whatever could begin another line, header
//! or directive is refused here, at its place in `ssg.toml`.

use crate::address::Address;
use crate::fields::Fields;
use crate::url::encode_path;
use crate::value::Spanned;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, Severity, codes};

/// `[hosting]`
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hosting {
    /// The host, where its own form of a file is wanted; else files are in a form that all read.
    pub host: Option<Host>,
    /// Whether `_headers` is written.
    pub headers: bool,
    /// The content security policy in it.
    pub csp: Csp,
    /// Value of `Strict-Transport-Security`; the header is not sent without.
    pub hsts: Option<String>,
    /// Value of `Referrer-Policy`.
    pub referrer: String,
    /// Value of `Permissions-Policy`.
    pub permissions: String,
    /// Sources that the policy allows besides those that it finds: name of the directive, sources.
    pub sources: Vec<(String, Vec<String>)>,
    /// The domain in the file `CNAME`.
    pub cname: Option<Spanned<String>>,
    /// Compressed forms to write beside files.
    pub precompress: Vec<Spanned<Encoding>>,
    /// Where readers edit a page's file; `{path}` in it is the path of the file in the site's folder.
    pub edit_url: Option<String>,
}

/// A host with a form of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Host {
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
}

/// What becomes of the content security policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Csp {
    /// There is none.
    Off,
    /// Browsers obey it.
    Enforce,
    /// Browsers report what it would block, and block nothing.
    ReportOnly,
}

/// How a file can be compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Encoding {
    /// `.gz`
    Gzip,
    /// `.br`
    Brotli,
}

impl Encoding {
    /// What its files end with.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Gzip => ".gz",
            Self::Brotli => ".br",
        }
    }
}

impl Hosting {
    /// Where the file of a page is edited.
    #[must_use]
    pub fn edit_url(&self, path: &str) -> Option<String> {
        Some(self.edit_url.as_ref()?.replace(PATH, &encode_path(path)))
    }
}

impl Default for Hosting {
    fn default() -> Self {
        Self {
            host: None,
            headers: false,
            csp: Csp::Enforce,
            hsts: None,
            referrer: "strict-origin-when-cross-origin".to_owned(),
            permissions: "camera=(), geolocation=(), microphone=()".to_owned(),
            sources: Vec::new(),
            cname: None,
            precompress: Vec::new(),
            edit_url: None,
        }
    }
}

impl Hosting {
    /// Whether there is a content security policy.
    #[must_use]
    pub fn has_policy(&self) -> bool {
        self.headers && self.csp != Csp::Off
    }
}

/// Keys of `[hosting.sources]` and the directives that they stand for.
const DIRECTIVES: &[(&str, &str)] = &[
    ("ancestors", "frame-ancestors"),
    ("connect", "connect-src"),
    ("font", "font-src"),
    ("form", "form-action"),
    ("frame", "frame-src"),
    ("img", "img-src"),
    ("manifest", "manifest-src"),
    ("media", "media-src"),
    ("object", "object-src"),
    ("script", "script-src"),
    ("style", "style-src"),
    ("worker", "worker-src"),
];

/// What stands for the path of a file in `edit_url`.
const PATH: &str = "{path}";

/// Reads `[hosting]`; `base_url` is the site's.
pub(crate) fn read_hosting(fields: &mut Fields<'_>, base_url: &str) -> Hosting {
    let host = fields.choice(&["host"], &[("netlify", Host::Netlify), ("cloudflare", Host::Cloudflare)]);
    let mut hosting = Hosting { host, ..Hosting::default() };
    if let Some(headers) = fields.flag(&["headers"]) {
        hosting.headers = headers.value;
    }
    let policies = [
        ("on", Csp::Enforce),
        ("true", Csp::Enforce),
        ("off", Csp::Off),
        ("false", Csp::Off),
        ("report-only", Csp::ReportOnly),
    ];
    if let Some(csp) = fields.choice(&["csp"], &policies) {
        hosting.csp = csp;
    }
    hosting.hsts = header(fields, "hsts").filter(|value| is_hsts(fields, value)).map(|value| value.value);
    if let Some(referrer) = header(fields, "referrer") {
        hosting.referrer = referrer.value;
    }
    if let Some(permissions) = header(fields, "permissions") {
        hosting.permissions = permissions.value;
    }
    if let Some(sources) = fields.table(&["sources"], read_sources) {
        hosting.sources = sources;
    }
    hosting.cname = read_cname(fields, base_url);
    hosting.edit_url = read_edit_url(fields);
    let encodings = [("gzip", Encoding::Gzip), ("brotli", Encoding::Brotli)];
    for text in fields.texts(&["precompress"]).unwrap_or_default() {
        match encodings.iter().find(|(name, _)| *name == text.value) {
            Some((_, encoding)) if hosting.precompress.iter().all(|known| known.value != *encoding) => {
                hosting.precompress.push(Spanned::new(*encoding, text.span));
            }
            Some(_) => {}
            None => fields.found().add(
                Diagnostic::error(codes::UNKNOWN_CHOICE, format!("`{}` is no way to compress", text.value))
                    .at(text.span)
                    .hint("there are `gzip` and `brotli`"),
            ),
        }
    }
    hosting.precompress.sort_by_key(|encoding| encoding.value);
    fields.report_unknown(Severity::Error, "", &[]);
    hosting
}

fn read_edit_url(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.text(&["edit_url"])?;
    let is_address = ["https://", "http://"].iter().any(|scheme| text.value.starts_with(scheme))
        && Address::new(&text.value.replace(PATH, "x")).is_ok();
    if is_address && text.value.contains(PATH) {
        return Some(text.value);
    }
    let message = format!("`{}` is no address with `{PATH}` in it", text.value);
    let hint = "write it as \"https://github.com/you/site/edit/main/{path}\"";
    fields.found().add(Diagnostic::error(codes::ADDRESS, message).at(text.span).hint(hint));
    None
}

/// The value of a header: visible ASCII on one line.
fn header(fields: &mut Fields<'_>, name: &'static str) -> Option<Spanned<String>> {
    let text = fields.text(&[name])?;
    if text.value.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return Some(Spanned::new(text.value.trim().to_owned(), text.span));
    }
    let message = format!("`{name}` cannot be the value of a header");
    fields.found().add(
        Diagnostic::error(codes::HEADER_VALUE, message).at(text.span).hint("write it in ASCII, on one line"),
    );
    None
}

fn is_hsts(fields: &mut Fields<'_>, value: &Spanned<String>) -> bool {
    let is_age = |part: &str| {
        let seconds = part.trim().strip_prefix("max-age=");
        seconds.is_some_and(|seconds| {
            !seconds.is_empty() && seconds.len() <= 10 && seconds.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let valid = value.value.split(';').any(is_age);
    if !valid {
        fields.found().add(
            Diagnostic::error(codes::HEADER_VALUE, format!("`{}` tells no time", value.value))
                .at(value.span)
                .hint("write it as \"max-age=31536000\", in seconds"),
        );
    }
    valid
}

fn read_sources(fields: &mut Fields<'_>) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    for (key, directive) in DIRECTIVES {
        let Some(texts) = fields.texts(&[key]) else { continue };
        let mut sources = Vec::new();
        for text in texts {
            match wrong_source(&text.value) {
                None => sources.push(text.value),
                Some(hint) => fields.found().add(
                    Diagnostic::error(codes::SOURCE, format!("`{}` is no source", text.value))
                        .at(text.span)
                        .hint(hint),
                ),
            }
        }
        if !sources.is_empty() {
            all.push(((*directive).to_owned(), sources));
        }
    }
    fields.report_unknown(Severity::Error, "", &[]);
    all
}

/// What to write in place of a text that is no source of a policy.
fn wrong_source(text: &str) -> Option<String> {
    let keywords = ["self", "none", "unsafe-inline", "unsafe-eval", "unsafe-hashes", "wasm-unsafe-eval"];
    if keywords.contains(&text) {
        return Some(format!("words of the policy have quotation marks of their own: \"'{text}'\""));
    }
    let valid = text.bytes().all(|byte| matches!(byte, b'!'..=b'~') && !b";,\"<>\\".contains(&byte));
    (!valid).then(|| "write one source a text, such as \"https://media.example.org\"".to_owned())
}

/// A domain: labels of letters, digits and hyphens, at least two of them.
#[must_use]
pub fn is_domain(name: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_number =
        name.rsplit('.').next().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    name.len() <= 253 && name.contains('.') && name.split('.').all(is_label) && !is_number
}

fn read_cname(fields: &mut Fields<'_>, base_url: &str) -> Option<Spanned<String>> {
    let name = fields.text(&["cname"])?;
    let domain = name.value.trim().to_ascii_lowercase();
    if !is_domain(&domain) {
        let hint = if domain.is_ascii() {
            "write the name of the host alone, such as \"blog.example.org\""
        } else {
            "write it in ASCII, as `xn--…`"
        };
        fields.found().add(
            Diagnostic::error(codes::CNAME, format!("`{}` is no name of a host", name.value))
                .at(name.span)
                .hint(hint),
        );
        return None;
    }
    let rest = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    if !host.eq_ignore_ascii_case(&domain) && host != "localhost" {
        fields.found().add(
            Diagnostic::warning(
                codes::CNAME,
                format!("`cname` is `{domain}`, and `base_url` leads to `{host}`"),
            )
            .at(name.span)
            .hint("both should name the host that readers see"),
        );
    }
    Some(Spanned::new(domain, name.span))
}

#[cfg(test)]
mod tests;
