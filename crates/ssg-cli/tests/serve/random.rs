//! Edits at random: after each round every file is fetched over HTTP and compared with a clean build.
//!
//! `SSG_SERVE_ROUNDS` says how many rounds, `SSG_SERVE_SEED` which ones; a failure names both with what was
//! done. Between and during the rounds other verbs run, the server is started anew, its cache is taken away,
//! files are broken and mended, and one page that nothing takes away is asked for again and again.

use crate::session::Session;
use crate::site::{Save, Site, WAYS, configuration, facts, frame, post, texts};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

const BASE: &str = "http://localhost/notes/";
/// Rounds in every test run.
const FEW: usize = 6;
/// Most edits of a round.
const EDITS: usize = 20;

#[test]
fn edits_at_random() {
    let number =
        |name: &str, usual: usize| std::env::var(name).map_or(usual, |text| text.parse().expect("a number"));
    let (rounds, seed) = (number("SSG_SERVE_ROUNDS", FEW), number("SSG_SERVE_SEED", 1));
    let site = Site::new(BASE);
    let mut edits = Edits::new(&site, seed);
    let mut served = Session::start(&site, &[], &[]);
    served.settle("at the start");
    for round in 0..rounds {
        let mut done = Vec::new();
        for _ in 0..=edits.random.below(EDITS) {
            let word = format!("w{round}.{}", done.len());
            done.push(edits.one(&word));
            let about = served.get("about/");
            assert_eq!(about.status, 200, "seed {seed}, round {round}: {done:?}");
            assert!(about.says("</html>"), "seed {seed}, round {round}: half a page: {done:?}");
        }
        edits.mend();
        match edits.random.below(12) {
            0 => done.push(edits.verb("build")),
            1 => done.push(edits.verb("check")),
            2 => {
                done.push("started anew".to_owned());
                served = served.restart(&[]);
            }
            3 => {
                done.push("started anew without a cache, looking at the files".to_owned());
                std::fs::remove_dir_all(site.root.join(".ssg-cache")).expect("removed");
                served = served.restart(&["--poll"]);
            }
            _ => {}
        }
        served.settle(&format!("seed {seed}, round {round}: {done:?}"));
    }
}

/// What may be done to the site, so that it is whole again after [`Edits::mend`].
struct Edits<'a> {
    site: &'a Site,
    random: Random,
    /// Where the bundle lies, of two places.
    is_moved: bool,
    /// Files that are broken, with what they were.
    broken: Vec<(&'static str, Vec<u8>)>,
    outside: PathBuf,
}

/// Files that may be there or not: nothing refers to them.
const EXTRA: [&str; 5] = [
    "content/posts/extra.md",
    "content/essays/deep/extra.md",
    "static/extra.txt",
    "static/notes/page.html",
    "templates/404.html",
];

impl<'a> Edits<'a> {
    fn new(site: &'a Site, seed: usize) -> Self {
        let outside = site.folder.join("outside.txt");
        std::fs::write(&outside, "nothing of the site").expect("written");
        // Zero would stay zero.
        let random = Random(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed as u64 * 2 + 1));
        Self { site, random, is_moved: false, broken: Vec::new(), outside }
    }

    fn post_name(&mut self) -> (usize, &'static str) {
        const POSTS: [&str; 8] = [
            "content/posts/p1.md",
            "content/posts/p2.md",
            "content/posts/p3.md",
            "content/posts/p4.md",
            "content/posts/p5.md",
            "content/posts/p6.md",
            "content/posts/p7.md",
            "content/posts/p8.md",
        ];
        let number = self.random.below(POSTS.len());
        (number + 1, POSTS[number])
    }

    /// One edit; says which.
    fn one(&mut self, word: &str) -> String {
        let site = self.site;
        let way = WAYS[self.random.below(WAYS.len())];
        let kind = self.random.below(18);
        let what = match kind {
            0 => self.save("templates/base.html", &frame(word), way),
            1 => self.save("data/facts.toml", &facts(word), way),
            2 => self.save("ssg.toml", &configuration(BASE, word), way),
            3 => self.save("i18n/en.toml", &texts(word), way),
            4 => self.save("../look/assets/look.css", &format!("b::after {{ content: '{word}' }}\n"), way),
            5 => self.save("assets/own.css", &format!("p::after {{ content: '{word}' }}\n"), way),
            6 => {
                let (from, to) = ("content/posts/bundle", "content/essays/bundle");
                let (from, to) = if self.is_moved { (to, from) } else { (from, to) };
                site.rename(from, to);
                self.is_moved = !self.is_moved;
                "the bundle moves".to_owned()
            }
            7 => {
                let svg = format!("<svg xmlns='http://www.w3.org/2000/svg' id='{word}'/>");
                self.save(&format!("{}/a.svg", self.bundle()), &svg, way)
            }
            8 | 9 => self.come_or_go(word),
            10 => self.replace_static(word),
            11 => {
                let (_, path) = self.post_name();
                self.break_file(path, "---\ntitle: [\n---\n")
            }
            12 => {
                let broken =
                    [("templates/base.html", "{% block"), ("data/facts.toml", "a = "), ("ssg.toml", "a = ")];
                let (path, text) = broken[self.random.below(broken.len())];
                self.break_file(path, text)
            }
            13 => {
                std::thread::sleep(Duration::from_millis(self.random.below(300) as u64));
                "a pause".to_owned()
            }
            _ => {
                let (number, path) = self.post_name();
                self.save(path, &post(number, word), way)
            }
        };
        format!("{word} {what}")
    }

    fn bundle(&self) -> &'static str {
        if self.is_moved { "content/essays/bundle" } else { "content/posts/bundle" }
    }

    fn save(&mut self, path: &str, text: &str, way: Save) -> String {
        self.site.save(path, text, way);
        // What was broken is mended by that.
        self.broken.retain(|(known, _)| *known != path);
        format!("{path} {way:?}")
    }

    fn come_or_go(&mut self, word: &str) -> String {
        let path = EXTRA[self.random.below(EXTRA.len())];
        if self.site.root.join(path).exists() {
            self.site.remove(path);
            return format!("{path} goes");
        }
        let text = match path.rsplit_once('.') {
            Some((_, "md")) => post(9, word),
            _ => format!("<p>{word}</p></html>"),
        };
        self.site.put(path, text);
        format!("{path} comes")
    }

    /// A file that is copied, as something else.
    fn replace_static(&mut self, word: &str) -> String {
        let path = self.site.path("static/notes/old.txt");
        let _ = std::fs::remove_file(&path);
        match self.random.below(6) {
            5 => {
                // The last looks as the first did.
                for _ in 0..=self.random.below(3) {
                    symlink("../../assets/own.css", &path).expect("linked");
                    std::thread::sleep(Duration::from_millis(self.random.below(20) as u64));
                    std::fs::remove_file(&path).expect("removed");
                    std::fs::hard_link(self.site.root.join("data/facts.toml"), &path).expect("linked");
                    std::thread::sleep(Duration::from_millis(self.random.below(20) as u64));
                    std::fs::remove_file(&path).expect("removed");
                }
                symlink("../../assets/own.css", &path).expect("linked");
                "a link that comes and goes".to_owned()
            }
            0 => {
                symlink(&self.outside, &path).expect("linked");
                "a link out of the site".to_owned()
            }
            1 => {
                symlink("../../assets/own.css", &path).expect("linked");
                "a link within the site".to_owned()
            }
            2 => {
                std::fs::hard_link(self.site.root.join("data/facts.toml"), &path).expect("linked");
                "another name".to_owned()
            }
            3 => {
                std::fs::write(&path, word).expect("written");
                std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).expect("set");
                "a private file".to_owned()
            }
            _ => {
                std::fs::write(&path, word).expect("written");
                self.site.date("static/notes/old.txt", self.random.below(2_000_000_000) as u64);
                "a dated file".to_owned()
            }
        }
    }

    fn break_file(&mut self, path: &'static str, text: &str) -> String {
        if !self.broken.iter().any(|(known, _)| *known == path) {
            self.broken.push((path, std::fs::read(self.site.root.join(path)).expect("read")));
        }
        self.site.put(path, text);
        std::thread::sleep(Duration::from_millis(self.random.below(200) as u64));
        format!("{path} is broken")
    }

    /// Mends what is broken.
    fn mend(&mut self) {
        for (path, bytes) in self.broken.drain(..) {
            self.site.put(path, bytes);
        }
    }

    /// Another verb, which has a cache of its own beside that of the server.
    fn verb(&self, verb: &str) -> String {
        let mut command = self.site.command(verb);
        let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("it runs");
        assert!(done.success(), "{verb}");
        let _ = std::fs::remove_dir_all(self.site.root.join("public"));
        format!("ssg {verb}")
    }
}

/// Numbers that are the same in every run (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("small")
    }
}
