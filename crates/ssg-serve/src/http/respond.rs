//! The answer to one request.

use super::body::Payload;
use super::encode;
use super::file_cache::{FileCache, Opened};
use super::guard::Names;
use super::made::MadePages;
use super::page::{Injection, SCRIPT};
use super::range::{Wanted, wanted};
use super::tag::Tag;
use crate::file_store::{Body, FileStore, Served};
use crate::live::{EVENTS, Hub, SCRIPT_TEXT, Visit};
use crate::path::{Asked, BasePath, Meaning, encode_path};
use hyper::body::Incoming;
use hyper::header::{
    ACCEPT_RANGES, ALLOW, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    HOST, HeaderMap, HeaderName, HeaderValue, LOCATION, RANGE, VARY, X_CONTENT_TYPE_OPTIONS,
};
use hyper::{Method, Request, Response, StatusCode};
use ssg_build::MediaType;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::net::IpAddr;
use std::sync::Arc;

/// Largest page on disk into which the script is put, in bytes; a larger one goes out as it is.
const LARGEST_PAGE: u64 = 32 << 20;
/// Largest file on disk that is read whole to be compressed, in bytes.
const LARGEST_TEXT: u64 = 8 << 20;
/// Paths that the server keeps for itself.
const RESERVED: &str = "/.ssg/";

/// The page for what does not exist, where the site has none of its own.
const MISSING: &[u8] = b"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Not found</title>\
<body><p>There is no such page in this site.</p></body></html>";

/// What answers: the store, the hub of live reload, and what is known of the site.
pub(crate) struct Site {
    pub(crate) store: Arc<dyn FileStore>,
    pub(crate) hub: Arc<Hub>,
    /// Bytes of files on disk that were asked for.
    pub(crate) kept: FileCache,
    /// Pages that somebody is being sent.
    pub(crate) made: MadePages,
    pub(crate) names: Names,
    pub(crate) base: BasePath,
    /// Scheme and host under which the site is published, without a slash; may be empty.
    pub(crate) origin: String,
}

type Answer = Response<Payload>;

impl Site {
    /// Answers a request that came in on the address `local`.
    pub(super) async fn respond(self: &Arc<Self>, request: Request<Incoming>, local: IpAddr) -> Answer {
        let (parts, _) = request.into_parts();
        let head = parts.method == Method::HEAD;
        let mut answer = if !self.names.permit(&parts.headers, parts.uri.authority(), local) {
            plain(StatusCode::FORBIDDEN, FOREIGN)
        } else if !head && parts.method != Method::GET {
            with(plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD"), ALLOW, "GET, HEAD")
        } else if parts.uri.path().starts_with(RESERVED) {
            self.reserved(parts.uri.path(), parts.uri.query(), &parts.headers, head)
        } else {
            let site = Arc::clone(self);
            let path = parts.uri.path().to_owned();
            let query = parts.uri.query().map(str::to_owned);
            // The store may render, and disks may be slow.
            let work = move || site.lookup(&path, query.as_deref(), &parts.headers);
            tokio::task::spawn_blocking(work)
                .await
                .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "this file could not be made"))
        };
        let headers = answer.headers_mut();
        headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        // No page from elsewhere may embed what is not published yet.
        headers.insert(
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("same-origin"),
        );
        headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-cache"));
        if head {
            use hyper::body::Body as _;
            let length = answer.body().size_hint().exact();
            if let Some(length) = length.filter(|_| answer.status() != StatusCode::NOT_MODIFIED) {
                answer.headers_mut().insert(CONTENT_LENGTH, length.into());
            }
            *answer.body_mut() = Payload::empty();
        }
        answer
    }

    /// The script and the stream of events; nothing else is under the reserved path.
    fn reserved(
        self: &Arc<Self>,
        path: &str,
        query: Option<&str>,
        headers: &HeaderMap,
        head: bool,
    ) -> Answer {
        // Other sites' pages send no `Origin` when they embed, but browsers say where that came from.
        let from = headers.get("sec-fetch-site").map_or(&b"same-origin"[..], HeaderValue::as_bytes);
        if from != b"same-origin" && from != b"none" {
            return plain(StatusCode::FORBIDDEN, FOREIGN);
        }
        let answer = if path == SCRIPT {
            with(SCRIPT_TEXT.as_bytes().into_answer(), CONTENT_TYPE, &MediaType::of("live.js").header())
        } else if path == EVENTS {
            let visit = Visit::new(query.unwrap_or(""), headers, &self.base);
            let stream = self.hub.enter(&visit);
            if !head {
                self.check_later(visit, stream.number());
            }
            with(Response::new(Payload::events(stream)), CONTENT_TYPE, "text/event-stream; charset=utf-8")
        } else {
            return plain(StatusCode::NOT_FOUND, "not found");
        };
        with(answer, CACHE_CONTROL, "no-store")
    }

    /// Has the tab reload when what it shows is not what it would get now. The page may have changed
    /// between its request and that of the events.
    fn check_later(self: &Arc<Self>, visit: Visit, tab: u64) {
        let site = Arc::clone(self);
        drop(tokio::task::spawn_blocking(move || {
            if !visit.is_current(&*site.store) {
                site.hub.reload(tab);
            }
        }));
    }

    /// The answer to a path that is not reserved.
    fn lookup(&self, raw: &str, query: Option<&str>, headers: &HeaderMap) -> Answer {
        let asked = match self.base.meaning(raw) {
            Meaning::Below(asked) => asked,
            Meaning::Base => return redirect(StatusCode::TEMPORARY_REDIRECT, self.base.url(), query),
            Meaning::Nothing => return self.missing(headers),
        };
        let candidates = asked.candidates();
        for (number, path) in candidates.iter().enumerate() {
            let Some(served) = self.store.file(path) else { continue };
            if number > 0 {
                let Asked { path, .. } = &asked;
                let to = format!("{}{}/", self.base.url(), encode_path(path));
                return redirect(StatusCode::PERMANENT_REDIRECT, &to, query);
            }
            return self.file(path, &served, headers).unwrap_or_else(|error| match error.kind() {
                io::ErrorKind::OutOfMemory => plain(StatusCode::SERVICE_UNAVAILABLE, BUSY),
                _ => self.missing(headers),
            });
        }
        self.missing(headers)
    }

    /// The site's own page for what does not exist, or a plain one.
    fn missing(&self, headers: &HeaderMap) -> Answer {
        let page = self.store.file("404.html");
        let own = page.and_then(|served| {
            let source = Source::open(&served, &self.kept).ok()?;
            let dress = self.dress("404.html", &served.hash[..8], served.badge, headers);
            let tag = Tag::new(&served.hash, &dress);
            self.made.page(&tag, source.size, || Ok(dress.apply(&source.read()?))).ok()
        });
        let page = own.unwrap_or_else(|| self.dress("", &[], None, headers).apply(MISSING).into());
        let mut answer = with(page.into_answer(), CONTENT_TYPE, &MediaType::of("404.html").header());
        *answer.status_mut() = StatusCode::NOT_FOUND;
        answer
    }

    fn dress(&self, path: &str, hash: &[u8], badge: Option<&str>, headers: &HeaderMap) -> Injection {
        Injection::new(path, hash, badge, &self.origin, local_origin(headers))
    }

    /// A file of the output, in the form the client asks for.
    fn file(&self, path: &str, served: &Served, headers: &HeaderMap) -> io::Result<Answer> {
        let source = Source::open(served, &self.kept)?;
        let media_type = MediaType::of(path);
        let dress = (media_type.is_html() && source.size <= LARGEST_PAGE)
            .then(|| self.dress(path, &served.hash[..8], served.badge, headers));
        let ranged = headers.contains_key(RANGE);
        let compressible = encode::is_compressible(media_type) && source.size >= encode::LEAST;
        let gzip = compressible
            && !ranged
            && encode::accepts_gzip(headers)
            && (source.in_memory() || source.size <= LARGEST_TEXT);
        let tag = Tag::new(&served.hash, &dress).gzip(gzip);

        let mut answer = if tag.is_known(headers) {
            let mut answer = Response::new(Payload::empty());
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            answer
        } else if gzip {
            let bytes = self.made.page(&tag, source.size, || {
                let bytes = source.read()?;
                dress.map_or_else(|| encode::gzip(&bytes), |dress| encode::gzip(&dress.apply(&bytes)))
            })?;
            with(bytes.into_answer(), CONTENT_ENCODING, "gzip")
        } else {
            let source = match dress {
                Some(dress) => self.made.page(&tag, source.size, || Ok(dress.apply(&source.read()?)))?.into(),
                None => source,
            };
            let range = if tag.permits_range(headers) { wanted(headers, source.size) } else { Wanted::Whole };
            part(source, &range)?
        };
        let out = answer.headers_mut();
        if let Ok(media_type) = HeaderValue::try_from(media_type.header()) {
            out.insert(CONTENT_TYPE, media_type);
        }
        out.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        if let Ok(tag) = HeaderValue::try_from(tag.header()) {
            out.insert(ETAG, tag);
        }
        if compressible {
            out.insert(VARY, HeaderValue::from_static("accept-encoding"));
        }
        Ok(answer)
    }
}

const BUSY: &str = "too many large pages are being sent; try again when some have arrived";

const FOREIGN: &str = "this server answers to its own names only; \
if the host is yours, start it with `--allow-host HOST`, or add the host to `allowed_hosts` under `[serve]` in \
ssg.toml";

/// Bytes to be sent, in memory or in a file that is open.
struct Source {
    bytes: Bytes,
    /// In bytes.
    size: u64,
}

enum Bytes {
    Shared(Arc<[u8]>),
    Made(bytes::Bytes),
    File(File),
}

impl From<bytes::Bytes> for Source {
    fn from(bytes: bytes::Bytes) -> Self {
        Self { size: bytes.len() as u64, bytes: Bytes::Made(bytes) }
    }
}

impl Source {
    fn open(served: &Served, kept: &FileCache) -> io::Result<Self> {
        match &served.bytes {
            Body::Memory(bytes) => {
                Ok(Self { size: bytes.len() as u64, bytes: Bytes::Shared(Arc::clone(bytes)) })
            }
            Body::Disk(found) => Ok(match kept.open(found, &served.hash)? {
                Opened::Bytes(bytes) => Self { size: bytes.len() as u64, bytes: Bytes::Shared(bytes) },
                Opened::File(file, size) => Self { size, bytes: Bytes::File(file) },
            }),
        }
    }

    fn in_memory(&self) -> bool {
        !matches!(self.bytes, Bytes::File(_))
    }

    /// All of it, up to the size that was found.
    fn read(self) -> io::Result<Vec<u8>> {
        match self.bytes {
            Bytes::Shared(bytes) => Ok(bytes.to_vec()),
            Bytes::Made(bytes) => Ok(bytes.to_vec()),
            Bytes::File(file) => {
                let mut bytes = Vec::new();
                file.take(self.size).read_to_end(&mut bytes)?;
                Ok(bytes)
            }
        }
    }
}

/// All of the source, or a part with its status and header.
fn part(source: Source, range: &Wanted) -> io::Result<Answer> {
    let size = source.size;
    let (start, length) = match *range {
        Wanted::Whole => (0, size),
        Wanted::Part { start, length } => (start, length),
        Wanted::Nothing => {
            let mut answer = with(Response::new(Payload::empty()), CONTENT_RANGE, &format!("bytes */{size}"));
            *answer.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            return Ok(answer);
        }
    };
    let payload = match source.bytes {
        Bytes::File(mut file) => {
            file.seek(SeekFrom::Start(start))?;
            Payload::file(file, length)
        }
        Bytes::Made(bytes) => bytes.slice(span(start, length)?).into(),
        Bytes::Shared(bytes) => bytes::Bytes::from_owner(bytes).slice(span(start, length)?).into(),
    };
    let mut answer = Response::new(payload);
    if matches!(range, Wanted::Part { .. }) {
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
        answer = with(answer, CONTENT_RANGE, &format!("bytes {start}-{}/{size}", start + length - 1));
    }
    Ok(answer)
}

fn span(start: u64, length: u64) -> io::Result<std::ops::Range<usize>> {
    let index = |number: u64| usize::try_from(number).map_err(io::Error::other);
    Ok(index(start)?..index(start + length)?)
}

/// The origin by which the client reached this server. The host has been checked.
fn local_origin(headers: &HeaderMap) -> String {
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    // A tunnel may speak TLS to the browser and say so.
    let secure = headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes() == b"https");
    format!("{}://{host}", if secure { "https" } else { "http" })
}

/// A redirect that no browser remembers: the next site on this port is another one.
fn redirect(status: StatusCode, to: &str, query: Option<&str>) -> Answer {
    let to = query.map_or_else(|| to.to_owned(), |query| format!("{to}?{query}"));
    let mut answer = with(plain(status, "see the header"), LOCATION, &to);
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}

fn plain(status: StatusCode, text: &'static str) -> Answer {
    let mut answer = with(text.as_bytes().into_answer(), CONTENT_TYPE, "text/plain; charset=utf-8");
    *answer.status_mut() = status;
    answer
}

/// The answer with a header; a value that cannot be one is left out.
fn with(mut answer: Answer, name: HeaderName, value: &str) -> Answer {
    if let Ok(value) = HeaderValue::from_str(value) {
        answer.headers_mut().insert(name, value);
    }
    answer
}

trait IntoAnswer {
    fn into_answer(self) -> Answer;
}

impl<T: Into<bytes::Bytes>> IntoAnswer for T {
    fn into_answer(self) -> Answer {
        Response::new(Payload::from(self))
    }
}
