//! Decides which imported posts may be written.
//!
//! A file that already exists is replaced only when its hash shows that no one has touched it
//! since the importer wrote it, and when it came from the same source.

use crate::ImportedPost;
use crate::post::hash;
use ssg_source::SitePath;

/// What is to be done with one imported post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Planned {
    /// The file.
    pub path: SitePath,
    /// What to do.
    pub step: Step,
}

/// The step for one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// There is no such file: write this text.
    New(String),
    /// Already imported, and nothing has changed: leave it.
    Same,
    /// Imported before and untouched since, but the import now says otherwise: write this text.
    Update(String),
    /// The file is a person's, or was edited by one: leave it. The reason is for the report.
    Kept(&'static str),
}

impl Step {
    /// The text to write, if any.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::New(text) | Self::Update(text) => Some(text),
            Self::Same | Self::Kept(_) => None,
        }
    }
}

/// Plans the writing of `posts`; `existing` gives the text of a file that is already there.
///
/// Never fails and writes nothing itself. Where two posts have one path, the first wins.
pub fn write_posts(posts: &[ImportedPost], existing: &dyn Fn(&SitePath) -> Option<String>) -> Vec<Planned> {
    let mut taken = std::collections::HashSet::new();
    let plan = |post: &ImportedPost| {
        let step = if taken.insert(post.path.clone()) {
            decide(post, existing(&post.path))
        } else {
            Step::Kept("another post of this import has the same path")
        };
        Planned { path: post.path.clone(), step }
    };
    posts.iter().map(plan).collect()
}

fn decide(post: &ImportedPost, existing: Option<String>) -> Step {
    let Some(existing) = existing else { return Step::New(post.text.clone()) };
    let existing = existing.replace("\r\n", "\n");
    if existing == post.text {
        return Step::Same;
    }
    match (untouched_source(&existing), untouched_source(&post.text)) {
        (Some(old), Some(new)) if old == new => Step::Update(post.text.clone()),
        (Some(_), _) => Step::Kept("it was imported from another source"),
        (None, _) => Step::Kept("a person wrote or edited it"),
    }
}

/// The source named in an imported file, when the file is byte for byte what was written.
fn untouched_source(text: &str) -> Option<String> {
    let head_start = "+++\n";
    let end = text.strip_prefix(head_start)?.find("\n+++\n")? + head_start.len() + 1;
    let line_start = text[..end - 1].rfind('\n')? + 1;
    let recorded = text[line_start..end].trim().strip_prefix("hash = \"")?.strip_suffix('"')?;
    if hash(&text[..line_start], &text[end..]) != recorded {
        return None;
    }
    let table: toml::Table = text[head_start.len()..end].parse().ok()?;
    table.get("extra")?.get("import")?.get("source")?.as_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::FrontMatter;

    fn post(source: &str, body: &str) -> ImportedPost {
        ImportedPost {
            path: SitePath::new("content/posts/a.md").expect("valid"),
            text: FrontMatter { title: "A", source, ..FrontMatter::default() }.compose(body),
            title: "A".into(),
            date: None,
            source_lines: 1..=1,
            guesses: Vec::new(),
        }
    }

    fn step(post: &ImportedPost, existing: Option<&str>) -> Step {
        write_posts(std::slice::from_ref(post), &|_| existing.map(str::to_owned)).remove(0).step
    }

    #[test]
    fn importing_twice_is_importing_once() {
        let one = post("s.txt", "x\n");
        assert_eq!(step(&one, None), Step::New(one.text.clone()));
        assert_eq!(step(&one, Some(&one.text)), Step::Same);
        assert_eq!(step(&one, Some(&one.text.replace('\n', "\r\n"))), Step::Same);
        let new = post("s.txt", "y\n");
        assert_eq!(step(&new, Some(&one.text)), Step::Update(new.text.clone()));
    }

    #[test]
    fn what_a_person_touched_is_kept() {
        let one = post("s.txt", "x\n");
        let edits = [
            one.text.replace("draft = false", "draft = true"),
            one.text.replace("title = \"A\"", "title = \"B\""),
            one.text.replace("x\n", "x!\n"),
            one.text.replace("hash = ", "note = 1\nhash = "),
            "+++\n+++\n".to_owned(),
            "# mine\n".to_owned(),
            String::new(),
        ];
        for edit in edits {
            assert!(matches!(step(&one, Some(&edit)), Step::Kept(_)), "{edit}");
        }
        assert!(matches!(step(&post("t.txt", "y\n"), Some(&one.text)), Step::Kept(_)));
    }

    #[test]
    fn one_path_is_written_once() {
        let plan = write_posts(&[post("s.txt", "x\n"), post("s.txt", "y\n")], &|_| None);
        assert!(matches!(plan[0].step, Step::New(_)));
        assert!(matches!(plan[1].step, Step::Kept(_)));
    }
}
