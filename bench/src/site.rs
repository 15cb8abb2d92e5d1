//! Writes the blog as a site of one generator, and edits it.

use crate::Outcome;
use crate::post::{Post, slug};
use crate::tool::{Kind, Tool};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// A site on the disk and where its output goes.
pub struct Site {
    /// Folder of the site.
    pub root: PathBuf,
    /// Folder of the output.
    pub output: PathBuf,
}

/// Files of this crate that are part of the sites.
fn ours(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Writes the site of a tool below `dir`, in place of one of the same size.
pub fn write(tool: &Tool, dir: &Path, posts: &[Post]) -> Outcome<Site> {
    let name = format!("{}-{}", tool.folder(), posts.len());
    let site = Site { root: dir.join(&name), output: dir.join(format!("{name}-output")) };
    remove(&site.root)?;
    let content = site.root.join("content/posts");
    fs::create_dir_all(&content)?;
    fs::create_dir_all(site.root.join("static"))?;
    fs::copy(ours("blog/style.css"), site.root.join("static/style.css"))?;
    match tool.kind {
        Kind::Ssg => {
            let lines = fs::read_to_string(ours("blog/ssg-lines.toml"))?;
            let head = "base_url = \"http://localhost\"\ntitle = \"Bench\"\npaginate_by = 20\n";
            fs::write(site.root.join("ssg.toml"), format!("{head}{lines}"))?;
            copy_folder(&ours("blog/templates"), &site.root.join("templates"))?;
        }
        Kind::Zola | Kind::Hugo => copy_folder(&ours("peers").join(tool.folder()), &site.root)?,
    }
    for post in posts {
        let text = header(tool.kind, post) + &post.body;
        fs::write(content.join(format!("{}.md", post.slug)), text)?;
    }
    Ok(site)
}

/// The front matter; Zola wants its terms in a table.
fn header(kind: Kind, post: &Post) -> String {
    let mut text = format!("---\ntitle: \"{}\"\ndate: {}\n", post.title.replace('"', "'"), post.date);
    let indent = if kind == Kind::Zola { "  " } else { "" };
    if kind == Kind::Zola {
        text += "taxonomies:\n";
    }
    for (taxonomy, terms) in &post.terms {
        let _ = writeln!(text, "{indent}{taxonomy}: {terms:?}");
    }
    text + "---\n\n"
}

/// Removes a folder, if there is one.
pub fn remove(folder: &Path) -> Outcome<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    Ok(())
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).map_err(|error| format!("{}: {error}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// Counts the HTML files below a folder.
pub fn count_html(folder: &Path) -> Outcome<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            count += count_html(&entry.path())?;
        } else if entry.path().extension().is_some_and(|end| end == "html") {
            count += 1;
        }
    }
    Ok(count)
}

impl Site {
    /// Takes away what a build left, so that the next one is cold.
    ///
    /// The output is put aside until the end: ext4 searches long for inodes after many were freed.
    pub fn make_cold(&self, aside: &Path) -> Outcome<()> {
        if self.output.exists() {
            fs::create_dir_all(aside)?;
            let number = fs::read_dir(aside)?.count();
            fs::rename(&self.output, aside.join(number.to_string()))?;
        }
        remove(&self.root.join(".ssg-cache"))
    }
}

/// A change of one file, and a page of the output that must show it.
pub struct Edit {
    /// What is changed, in words.
    pub name: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
    shown: &'static str,
    page: String,
    post: String,
}

/// A body, a title, a template: the first two of a post in the middle of the blog.
pub fn edits(posts: &[Post]) -> [Edit; 3] {
    let post = &posts[posts.len() / 2];
    let term = format!("categories/{}", slug(&post.terms[0].1[0]));
    let own = format!("posts/{}", post.slug);
    let edit = |name, file, [from, to, shown]: [&'static str; 3], page: &str| Edit {
        name,
        file,
        from,
        to,
        shown,
        page: page.to_owned(),
        post: post.slug.clone(),
    };
    // Below the first paragraph, so that lists, which show no more, need not change.
    let line = ["\n## ", "\nA line, edited.\n\n## ", "A line, edited."];
    let title = ["\ntitle: \"", "\ntitle: \"Retitled: ", "Retitled: "];
    let class = ["class=\"post\"", "class=\"post edited\"", "class=\"post edited\""];
    [
        edit("one body edited", "content/posts/{}.md", line, &own),
        edit("one title edited", "content/posts/{}.md", title, &term),
        edit("one template edited", "templates/post.html", class, &own),
    ]
}

impl Edit {
    fn path(&self, site: &Site) -> PathBuf {
        site.root.join(self.file.replace("{}", &self.post))
    }

    /// Makes the change.
    pub fn apply(&self, site: &Site) -> Outcome<()> {
        self.replace(site, self.from, self.to)
    }

    /// Takes it back.
    pub fn undo(&self, site: &Site) -> Outcome<()> {
        self.replace(site, self.to, self.from)
    }

    fn replace(&self, site: &Site, from: &str, to: &str) -> Outcome<()> {
        let path = self.path(site);
        let text = fs::read_to_string(&path)?;
        let edited = text.replacen(from, to, 1);
        if edited == text {
            return Err(format!("{}: nothing to replace", path.display()).into());
        }
        Ok(fs::write(path, edited)?)
    }

    /// Fails unless the output shows the change.
    pub fn check(&self, site: &Site) -> Outcome<()> {
        let page = site.output.join(&self.page).join("index.html");
        let html = fs::read_to_string(&page).map_err(|error| format!("{}: {error}", page.display()))?;
        if html.contains(self.shown) {
            return Ok(());
        }
        Err(format!("{}: after “{}” it is stale", page.display(), self.name).into())
    }
}
