//! Labelled posts of the corpus (`tests/labels/`) with their texts, for tests that measure and for the fit of weights.

use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

#[derive(Deserialize)]
pub struct Labels {
    pub post: Vec<Labelled>,
}

#[derive(Deserialize)]
pub struct Labelled {
    pub digest: String,
    #[serde(default)]
    pub folder: String,
    /// Of a post that is not in the corpus: the repository that has it, as `owner/name`.
    #[serde(default)]
    pub repository: String,
    /// Its place there.
    #[serde(default)]
    pub path: String,
    pub tools: Option<Vec<Label>>,
    pub speakers: Option<Vec<Label>>,
    #[serde(default)]
    pub either_tools: Vec<String>,
    #[serde(default)]
    pub either_speakers: Vec<String>,
}

#[derive(Deserialize)]
pub struct Label {
    pub name: String,
    /// Line of the file where it first stands.
    #[expect(dead_code, reason = "for whoever looks a label up")]
    pub line: usize,
}

fn corpus() -> Option<PathBuf> {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let places = match std::env::var_os("SSG_CORPUS") {
        Some(place) => vec![PathBuf::from(place)],
        None => vec![workspace.join("../shared/corpus"), workspace.join("../../shared/corpus")],
    };
    let found = places.into_iter().find(|place| place.is_dir());
    if found.is_none() {
        ssg_testing::skip("the texts of the corpus are not there (set SSG_CORPUS)");
    }
    found
}

/// Posts of blogs, which are no part of the corpus and need not be there: `SSG_BLOGS` names a folder with files as `owner+name/path`.
fn blogs() -> Option<PathBuf> {
    let folder = std::env::var_os("SSG_BLOGS").map(PathBuf::from).filter(|folder| folder.is_dir());
    if folder.is_none() {
        println!("without posts of blogs (SSG_BLOGS names a folder with their repositories)");
    }
    folder
}

/// A post of a blog, where the file is the one that was labelled.
fn of_blog(blogs: &Path, post: &Labelled) -> Option<Vec<u8>> {
    let bytes = std::fs::read(blogs.join(post.repository.replace('/', "+")).join(&post.path)).ok()?;
    (blake3::hash(&bytes).to_hex()[..16] == post.digest).then_some(bytes)
}

/// Files below a folder, by the beginnings of their digests.
fn by_digest(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            by_digest(&path, files);
        } else if path
            .extension()
            .is_some_and(|end| ["md", "markdown", "txt", "json"].iter().any(|one| end == *one))
            && let Ok(bytes) = std::fs::read(&path)
        {
            let digest = blake3::hash(&bytes).to_hex();
            let is_json = path.extension().is_some_and(|end| end == "json");
            let text = if is_json { session(&bytes).unwrap_or_default() } else { bytes };
            files.insert(digest[..16].to_owned(), text);
        }
    }
}

/// A post of what a recorded session is called and how it is described.
fn session(bytes: &[u8]) -> Option<Vec<u8>> {
    #[derive(Deserialize)]
    struct Session {
        title: String,
        description: Option<String>,
    }
    let session: Session = serde_json::from_slice(bytes).ok()?;
    let title = serde_json::to_string(&session.title).ok()?;
    let description = session.description.unwrap_or_default();
    Some(format!("---\ntitle: {title}\n---\n\n{description}\n").into_bytes())
}

/// Where the folders of labelled files are; what the corpus has in an archive is unpacked once.
fn place(corpus: &Path, folder: &str) -> PathBuf {
    static UNPACKED: OnceLock<PathBuf> = OnceLock::new();
    if !folder.starts_with("pyvideo-all") {
        return corpus.join(folder);
    }
    let unpacked = UNPACKED.get_or_init(|| {
        let place = beside_program().join("pyvideo");
        if !place.join("whole").is_file() {
            std::fs::create_dir_all(&place).expect("a folder for the test");
            let mut tar = std::process::Command::new("tar");
            let archive = corpus.join("pyvideo-all.tar.xz");
            let is_done = tar.arg("-xJf").arg(archive).arg("-C").arg(&place).status();
            if is_done.is_ok_and(|status| status.success()) {
                std::fs::write(place.join("whole"), "").expect("a mark");
            }
        }
        place
    });
    unpacked.join(folder)
}

fn labelled(name: &str) -> Labels {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels").join(name);
    let text = std::fs::read_to_string(path).expect("labels");
    toml::from_str(&text).expect("labels are TOML")
}

/// The folder of the test program, where what is unpacked may stay.
fn beside_program() -> PathBuf {
    let program = std::env::current_exe().expect("the test is a program");
    program.parent().expect("in a folder").to_path_buf()
}

/// The labelled posts of lists, each with its text; nothing where no text is there.
pub fn posts(lists: &[&str]) -> Option<Vec<(Labelled, Vec<u8>)>> {
    let labels: Vec<Labelled> = lists.iter().flat_map(|name| labelled(name).post).collect();
    let (of_blogs, of_corpus): (Vec<Labelled>, Vec<Labelled>) =
        labels.into_iter().partition(|post| !post.repository.is_empty());
    let mut found = Vec::new();
    if !of_corpus.is_empty() {
        let corpus = corpus()?;
        let folders: BTreeSet<&str> = of_corpus.iter().map(|post| post.folder.as_str()).collect();
        let mut files = BTreeMap::new();
        for folder in folders {
            by_digest(&place(&corpus, folder), &mut files);
        }
        let known = |post: Labelled| files.get(&post.digest).cloned().map(|bytes| (post, bytes));
        found.extend(of_corpus.into_iter().filter_map(known));
    }
    if !of_blogs.is_empty()
        && let Some(blogs) = blogs()
    {
        found.extend(
            of_blogs.into_iter().filter_map(|post| of_blog(&blogs, &post).map(|bytes| (post, bytes))),
        );
    }
    (!found.is_empty()).then_some(found)
}

/// A recap that was made up: who spoke, and its text.
pub struct Invented {
    pub yes: Vec<String>,
    pub text: String,
}

/// The made-up recaps of a file: each begins with `@@ yes:` and `@@ no:`, who spoke and who did not.
pub fn invented(file: &str) -> Vec<Invented> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/labels").join(file);
    let text = std::fs::read_to_string(path).expect("recaps");
    let recap = |part: &str| {
        let (yes, rest) = part.split_once("\n@@ no:").expect("both lines");
        let (_, text) = rest.split_once('\n').expect("a text");
        let yes = yes.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
        Invented { yes, text: text.to_owned() }
    };
    text.split("@@ yes:").skip(1).map(recap).collect()
}
