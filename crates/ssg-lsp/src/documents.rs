//! Documents that are open in the editor.

use crate::overlay::Texts;
use crate::site::site_path;
use crate::text::Text;
use lsp_types::{TextDocumentContentChangeEvent, Url};
use ssg_source::SitePath;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Most documents, and largest one in bytes: what is beyond is read from disk.
const MOST: usize = 2000;
const LARGEST: usize = 16 << 20;

/// An open document.
#[derive(Clone, Debug)]
pub struct Document {
    /// As what the editor knows it.
    pub url: Url,
    /// Its version.
    pub version: i32,
    /// Its text.
    pub text: Text,
}

/// The open documents of a site.
#[derive(Debug, Default)]
pub struct Documents {
    root: PathBuf,
    open: BTreeMap<SitePath, Document>,
    /// Which file an address means, since finding it out asks the disk.
    paths: BTreeMap<Url, SitePath>,
}

impl Documents {
    /// Of the site in a folder.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned(), ..Self::default() }
    }

    /// The file of the site that an address means.
    #[must_use]
    pub fn path(&self, url: &Url) -> Option<SitePath> {
        if let Some(path) = self.paths.get(url) {
            return Some(path.clone());
        }
        site_path(&self.root, &url.to_file_path().ok()?)
    }

    /// Opens a document; gives its file, where it is one of the site.
    pub fn open(&mut self, url: Url, version: i32, text: &str) -> Option<SitePath> {
        let path = self.path(&url)?;
        if text.len() > LARGEST || (self.open.len() >= MOST && !self.open.contains_key(&path)) {
            return None;
        }
        self.paths.insert(url.clone(), path.clone());
        self.open.insert(path.clone(), Document { url, version, text: Text::new(text) });
        Some(path)
    }

    /// Changes a document.
    pub fn change(
        &mut self,
        url: &Url,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) -> Option<SitePath> {
        let path = self.path(url)?;
        let document = self.open.get_mut(&path)?;
        document.version = version;
        for change in changes {
            document.text = match change.range {
                Some(range) => document.text.edited(range, &change.text),
                None => Text::new(&change.text),
            };
            if document.text.as_str().len() > LARGEST {
                self.close(url);
                return Some(path);
            }
        }
        Some(path)
    }

    /// Closes a document: what the disk has counts again.
    pub fn close(&mut self, url: &Url) -> Option<SitePath> {
        let path = self.path(url)?;
        self.paths.remove(url);
        self.open.remove(&path).map(|_| path)
    }

    /// An open document.
    #[must_use]
    pub fn get(&self, path: &SitePath) -> Option<&Document> {
        self.open.get(path)
    }

    /// The texts, to be laid over the files.
    #[must_use]
    pub fn texts(&self) -> Texts {
        self.open.iter().map(|(path, document)| (path.clone(), document.text.as_str().into())).collect()
    }

    /// The addresses, by file.
    #[must_use]
    pub fn urls(&self) -> BTreeMap<SitePath, Url> {
        self.open.iter().map(|(path, document)| (path.clone(), document.url.clone())).collect()
    }
}
