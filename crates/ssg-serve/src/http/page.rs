//! What is added to a page of HTML on its way to the browser, and to no file of the output: the
//! script of live reload, and the local address in place of the published one.

use crate::hex::hex;
use crate::path::encode_path;
use ssg_source::markup::escaped;

/// The path of the script of live reload.
pub(crate) const SCRIPT: &str = "/.ssg/live.js";

/// How a page goes out. All of it decides bytes, so all of it is part of the page's tag.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Injection {
    script: String,
    /// Scheme and host of the site as published, and what stands in their place.
    origin: Option<(String, String)>,
}

impl Injection {
    /// For the file of the output at `file`; an empty one where the page is not of the output.
    ///
    /// `published` and `local` are origins such as `https://example.org`, without a slash.
    pub(crate) fn new(file: &str, hash: &[u8], badge: Option<&str>, published: &str, local: String) -> Self {
        let mut script = format!(
            "<script async src=\"{SCRIPT}\" data-ssg-file=\"{}\" data-ssg-hash=\"{}\"",
            encode_path(file),
            hex(hash)
        );
        if let Some(badge) = badge {
            let badge = escaped(badge);
            script += &format!(" data-ssg-badge=\"{badge}\"");
        }
        script += "></script>";
        let origin = (!published.is_empty() && published != local).then(|| (published.to_owned(), local));
        Self { script, origin }
    }

    /// The page as the browser gets it.
    pub(crate) fn apply(&self, page: &[u8]) -> Vec<u8> {
        // In UTF-16 neither a tag nor an origin has these bytes, and adding any would break it.
        if page.starts_with(&[0xff, 0xfe]) || page.starts_with(&[0xfe, 0xff]) {
            return page.to_vec();
        }
        let mut out = match &self.origin {
            Some((published, local)) => replace_origin(page, published.as_bytes(), local.as_bytes()),
            None => page.to_vec(),
        };
        let at = end_of_body(&out).unwrap_or(out.len());
        out.splice(at..at, self.script.bytes());
        out
    }
}

/// Where the last `</body` begins.
fn end_of_body(page: &[u8]) -> Option<usize> {
    let end = b"</body";
    (0..=page.len().checked_sub(end.len())?)
        .rev()
        .find(|&at| page[at..at + end.len()].eq_ignore_ascii_case(end))
}

/// Puts `local` in the place of `published` in tags, and in styles and scripts, where it is an
/// address. In text it is what the author wrote, and readers are to see that.
fn replace_origin(page: &[u8], published: &[u8], local: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(page.len() + page.len() / 32);
    let mut rest = page;
    while !rest.is_empty() {
        let text = rest.iter().position(|&byte| byte == b'<').unwrap_or(rest.len());
        out.extend_from_slice(&rest[..text]);
        rest = &rest[text..];
        let markup = markup_length(rest);
        replace_all(&rest[..markup], published, local, &mut out);
        rest = &rest[markup..];
    }
    out
}

/// How many bytes of `rest`, which is empty or begins with `<`, are not text.
fn markup_length(rest: &[u8]) -> usize {
    if rest.starts_with(b"<!--") {
        return find(rest, b"-->").map_or(rest.len(), |at| at + 3);
    }
    if !rest.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')) {
        return rest.len().min(1);
    }
    let mut quote = None;
    let mut length = rest.len();
    for (at, &byte) in rest.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => {
                length = at + 1;
                break;
            }
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    for raw in ["style", "script"] {
        let named = rest.get(1..=raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes()));
        let ended =
            rest.get(raw.len() + 1).is_some_and(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-');
        if named && ended {
            let end = format!("</{raw}");
            let body = &rest[length..];
            return length
                + (0..body.len())
                    .find(|&at| {
                        body.get(at..at + end.len())
                            .is_some_and(|found| found.eq_ignore_ascii_case(end.as_bytes()))
                    })
                    .unwrap_or(body.len());
        }
    }
    length
}

fn replace_all(bytes: &[u8], published: &[u8], local: &[u8], out: &mut Vec<u8>) {
    let mut rest = bytes;
    while let Some(at) = find(rest, published) {
        let after = &rest[at + published.len()..];
        // `https://example.org.evil`, `https://example.organic` and another port are other sites.
        let ends =
            after.first().is_none_or(|byte| !(byte.is_ascii_alphanumeric() || b".-:@_".contains(byte)));
        out.extend_from_slice(&rest[..at]);
        out.extend_from_slice(if ends { local } else { published });
        rest = after;
    }
    out.extend_from_slice(rest);
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dressed(page: &str, badge: Option<&str>) -> String {
        let dress =
            Injection::new("é/index.html", &[1, 255], badge, "https://a.org", "http://localhost:1111".into());
        String::from_utf8(dress.apply(page.as_bytes())).expect("text")
    }

    #[test]
    fn the_script_goes_before_the_end_of_the_body() {
        let script =
            "<script async src=\"/.ssg/live.js\" data-ssg-file=\"%C3%A9/index.html\" data-ssg-hash=\"01ff\"";
        assert_eq!(dressed("<p>x</BODY></html>", None), format!("<p>x{script}></script></BODY></html>"));
        assert_eq!(dressed("x", None), format!("x{script}></script>"));
        assert_eq!(dressed("", Some("draft")), format!("{script} data-ssg-badge=\"draft\"></script>"));
    }

    #[test]
    fn only_addresses_become_local() {
        let page = "<a title='>' href=\"https://a.org/x/\">https://a.org/x/</a> 1 < 2 https://a.org \
                    <a href=https://a.org>a</a><a href='https://a.org.evil/https://a.organic https://a.org:8/'>\
                    <style>@import url(https://a.org/s.css)</style><code>&lt;https://a.org</code>";
        let out = dressed(page, None);
        assert_eq!(out.matches("http://localhost:1111").count(), 3);
        assert!(out.contains(
            "<a title='>' href=\"http://localhost:1111/x/\">https://a.org/x/</a> 1 < 2 https://a.org "
        ));
        assert!(
            out.contains("<a href=http://localhost:1111>")
                && out.contains("url(http://localhost:1111/s.css)")
        );
    }

    #[test]
    fn broken_markup_is_kept() {
        for page in
            ["<", "<a", "<a href='https://a.org", "<!--", "<style", "<script>x", "</", "<>", "<style>"]
        {
            let kept = page.replace("https://a.org", "http://localhost:1111");
            assert!(dressed(page, None).starts_with(&kept), "{page}");
        }
    }
}
