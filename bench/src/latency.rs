//! How long an edit takes to be seen under `ssg serve`: from the save to the first answer over HTTP
//! that shows it.

use crate::Outcome;
use crate::post::{Post, slug};
use crate::site::{Site, remove, write};
use crate::tool::Tool;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::{sleep, spawn};
use std::time::{Duration, Instant};

/// Between two looks at a page.
const PAUSE: Duration = Duration::from_micros(500);
/// After which an edit counts as lost.
const PATIENCE: Duration = Duration::from_secs(60);

/// What was seen of one kind of edit.
pub struct Seen {
    /// In words.
    pub name: &'static str,
    /// One of each round.
    pub times: Vec<Duration>,
}

/// A change of one file, and the page on which it is looked for.
struct Change {
    name: &'static str,
    file: PathBuf,
    /// What is replaced; the mark comes behind it.
    before: &'static str,
    page: String,
}

/// Serves the blog and edits it, `rounds` times each way; the first edit of each kind does not count.
pub fn watch(tool: &Tool, dir: &Path, posts: &[Post], rounds: u32) -> Outcome<Vec<Seen>> {
    let site = write(tool, dir, posts)?;
    let page = |post: &Post| format!("posts/{}/", post.slug);
    let (Some(middle), Some(newest)) = (posts.get(posts.len() / 2), posts.last()) else {
        return Err("no posts".into());
    };
    let mut all = vec![
        first_page(tool, &site, &page(middle), rounds, "first page, no cache", true)?,
        first_page(tool, &site, &page(middle), rounds, "first page, warm cache", false)?,
    ];
    let served = Served::start(tool, &site)?;
    served.wait_for("built")?;
    for change in changes(&site, middle, newest) {
        let text = fs::read_to_string(&change.file)?;
        let mut times = Vec::new();
        for round in 0..=rounds {
            let mark = format!("mark{round}{}", change.name.len());
            let edited = text.replacen(change.before, &format!("{}{mark}", change.before), 1);
            if edited == text {
                return Err(format!("{}: nothing to replace", change.file.display()).into());
            }
            fs::write(&change.file, edited)?;
            let time = served.until(&change.page, &mark, true)?;
            if round > 0 {
                times.push(time);
            }
            // What is left is rendered before the next edit.
            served.wait_for("built")?;
        }
        all.push(Seen { name: change.name, times });
        fs::write(&change.file, text)?;
        served.wait_for("built")?;
    }
    drop(served);
    remove(&site.root)?;
    Ok(all)
}

fn changes(site: &Site, middle: &Post, newest: &Post) -> [Change; 4] {
    let post = |post: &Post| site.root.join(format!("content/posts/{}.md", post.slug));
    let category = format!("categories/{}/", slug(&newest.terms[0].1[0]));
    let change = |name, file, before, page| Change { name, file, before, page };
    [
        change("body → its page", post(middle), "\n## ", format!("posts/{}/", middle.slug)),
        change("title → home page", post(newest), "\ntitle: \"", String::new()),
        change("title → page of a term", post(newest), "\ntitle: \"", category),
        change(
            "template → a page that is looked at",
            site.root.join("templates/post.html"),
            "class=\"post",
            format!("posts/{}/", middle.slug),
        ),
    ]
}

fn first_page(
    tool: &Tool,
    site: &Site,
    page: &str,
    rounds: u32,
    name: &'static str,
    cold: bool,
) -> Outcome<Seen> {
    let mut times = Vec::new();
    for _ in 0..rounds {
        if cold {
            remove(&site.root.join(".ssg-cache"))?;
        }
        let started = Instant::now();
        let served = Served::start(tool, site)?;
        served.until(page, "<html", true)?;
        times.push(started.elapsed());
        served.wait_for("built")?;
        wait_for_cache(site)?;
    }
    Ok(Seen { name, times })
}

/// Waits for the cache of a server, which is written after the first compilation is told of.
pub fn wait_for_cache(site: &Site) -> Outcome<()> {
    let file = site.root.join(".ssg-cache/serve.memo");
    let started = Instant::now();
    while !file.exists() {
        if started.elapsed() > PATIENCE {
            return Err("the server writes no cache".into());
        }
        sleep(PAUSE);
    }
    Ok(())
}

/// A server at work. It ends when it is dropped.
pub struct Served {
    child: Child,
    lines: Receiver<String>,
    port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Served {
    /// Starts it.
    pub fn start(tool: &Tool, site: &Site) -> Outcome<Self> {
        let mut child = Command::new(&tool.program)
            .args(["--format", "json", "serve", "--port", "0"])
            .current_dir(&site.root)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let output = child.stdout.take().ok_or("no output")?;
        let (sender, lines) = channel();
        spawn(move || {
            BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| sender.send(line))
        });
        let mut served = Self { child, lines, port: 0 };
        let line = served.wait_for("serving")?;
        let port = line.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next());
        served.port = port.ok_or("no address")?.parse()?;
        Ok(served)
    }

    /// Waits for a line about an event.
    pub fn wait_for(&self, event: &str) -> Outcome<String> {
        loop {
            let line = self.lines.recv_timeout(PATIENCE)?;
            if line.contains(&format!("\"event\":\"{event}\"")) {
                return Ok(line);
            }
        }
    }

    /// How long it takes until a page says something, or says it no more.
    pub fn until(&self, page: &str, mark: &str, is_shown: bool) -> Outcome<Duration> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if self.get(page)?.contains(mark) == is_shown {
                return Ok(started.elapsed());
            }
            sleep(PAUSE);
        }
        Err(format!("/{page} never shows what was edited").into())
    }

    fn get(&self, page: &str) -> Outcome<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "GET /{page} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}
