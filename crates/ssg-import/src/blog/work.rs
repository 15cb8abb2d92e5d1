//! The account of an import of a blog: every file of the source has one outcome.

use super::config::SiteConfig;
use super::header::{Writers, aliases, header};
use super::page::Page;
use super::places::Places;
use super::read::read_text;
use crate::{FolderOptions, Guess, Import, ImportedFile, Report, Verdict, source};
use ssg_parse::{PublicationWords, is_other_markup, is_page};
use ssg_source::{Diagnostics, Inputs, SitePath, decode, is_leftover};
use std::collections::BTreeSet;

/// An import under way.
pub(crate) struct Work<'a> {
    pub inputs: &'a dyn Inputs,
    pub options: &'a FolderOptions,
    pub found: &'a mut Diagnostics,
    /// Names of writers by their ids.
    pub writers: Writers,
    name: &'static str,
    import: Import,
    pages: Vec<Page>,
    places: Places,
    /// The address of the blog, which tells its items from those of another one.
    blog: String,
}

impl<'a> Work<'a> {
    pub fn new(
        name: &'static str,
        inputs: &'a dyn Inputs,
        options: &'a FolderOptions,
        found: &'a mut Diagnostics,
    ) -> Self {
        let places = options.record.as_ref().map(|record| Places::new(record, name)).unwrap_or_default();
        let mut import = Import { report: Report::new(name), ..Import::default() };
        import.covers.insert(name.to_owned());
        Self {
            inputs,
            options,
            found,
            writers: Writers::new(),
            name,
            import,
            pages: Vec::new(),
            places,
            blog: String::new(),
        }
    }

    /// Says which blog it is: its address without the scheme, which may have changed, or else its title.
    pub fn of_blog(&mut self, address: &str, title: &str) {
        let address = address.split_once("://").map_or(address, |(_, rest)| rest).trim_matches('/');
        self.blog = if address.is_empty() { title.to_owned() } else { address.to_owned() };
    }

    fn id_of(&self, item: &str) -> String {
        format!("{} {item}", self.blog)
    }

    /// Every file of the source, without what editors and version control leave behind.
    pub fn files(&mut self) -> Vec<SitePath> {
        let mut files: Vec<SitePath> =
            self.inputs.list(&SitePath::root(), self.found).into_iter().map(|entry| entry.path).collect();
        files.retain(|path| !path.parts().any(is_leftover));
        files
    }

    pub fn skip(&mut self, path: &SitePath, why: &str) {
        self.import.report.add(path.as_str(), Verdict::Skipped(why.to_owned()), Vec::new());
    }

    pub fn fail(&mut self, path: &SitePath, why: String) {
        self.import.report.add(path.as_str(), Verdict::Failed(why), Vec::new());
    }

    /// Copies a file as it is.
    pub fn copy(&mut self, path: &SitePath, target: &str) {
        self.copy_as(path.as_str(), path, target);
    }

    /// The same, for an item that has another name in the report.
    pub fn copy_as(&mut self, what: &str, path: &SitePath, target: &str) {
        if is_other_markup(path.file_name()) || is_page(path.file_name()) {
            return self.skip(path, "a page in this markup is not read; turn it into Markdown first");
        }
        let target = match SitePath::new(target) {
            Ok(target) if self.places.take(&target) => target,
            Ok(_) => return self.skip(path, "another file of the source goes to the same place"),
            Err(error) => return self.fail(path, error.to_string()),
        };
        match source::bytes(self.inputs, path, self.found) {
            Ok(bytes) if withholds(&bytes) => self.skip(path, "its header keeps it back"),
            Ok(bytes) => self.put(what, target, bytes, Vec::new()),
            Err(why) => self.fail(path, why),
        }
    }

    /// Adds a file that the importer made.
    pub fn put(&mut self, what: &str, target: SitePath, bytes: Vec<u8>, notes: Vec<Guess>) {
        self.places.take(&target);
        self.import.report.add(what, Verdict::Imported(target.clone()), notes);
        // The export of a blog has another name each time.
        let id = self.id_of(if target.as_str() == SiteConfig::PATH { SiteConfig::PATH } else { what });
        self.import.files.push(ImportedFile::whole(target, bytes, self.name).of_item(id));
    }

    /// Counts what was dropped on purpose.
    pub fn dropped(&mut self, what: &str, at: &SitePath) {
        self.import.report.unplaced(what, at.as_str());
    }

    /// Takes a page; where its place is taken it gets the next one.
    pub fn page(&mut self, mut page: Page) {
        page.target = self.places.page(&self.id_of(page.source.as_str()), &page.target);
        self.pages.push(page);
    }

    /// The pages so far.
    pub fn pages(&mut self) -> &mut Vec<Page> {
        &mut self.pages
    }

    /// The address of a page of the source that is meant by this one, with or without a slash at its end.
    pub fn address_like(&self, path: &str) -> Option<String> {
        let plain = |path: &str| path.trim_end_matches('/').trim_end_matches(".html").to_owned();
        let is_it = |one: &&str| plain(one) == plain(path);
        self.pages.iter().filter_map(|page| page.address.as_deref()).find(is_it).map(str::to_owned)
    }

    /// Whether a page of the source has this address.
    pub fn has_address(&self, path: &str) -> bool {
        self.address_like(path).is_some()
    }

    /// A page whose address is that of a folder's list here becomes the text of that list; where it is alone in
    /// the folder, there is no list.
    fn part_from_lists(&mut self) {
        let folder_of = |target: &SitePath| {
            let folder = target.parent().unwrap_or_default();
            if target.stem() == "index" { folder.parent().unwrap_or_default() } else { folder }
        };
        let folders: Vec<SitePath> = self.pages.iter().map(|page| folder_of(&page.target)).collect();
        for at in 0..self.pages.len() {
            let Some(page) = self.pages.get(at) else { continue };
            let name = page.address.as_deref().unwrap_or_default().trim_matches('/');
            let list = format!("content/{name}");
            let stem = page.target.stem();
            if name.is_empty() || stem.starts_with("_index") || stem == "index" {
                continue;
            }
            let is_below = |folder: &SitePath| {
                folder.as_str() == list
                    || folder.as_str().strip_prefix(&list).is_some_and(|rest| rest.starts_with('/'))
            };
            let others =
                folders.iter().enumerate().filter(|(one, folder)| *one != at && is_below(folder)).count();
            let is_inside = folders.get(at).is_some_and(is_below);
            if others == 0 && !is_inside {
                continue;
            }
            let end = page.target.extension().unwrap_or("md");
            let target = if others == 0 { format!("{list}.{end}") } else { format!("{list}/_index.{end}") };
            if let Ok(target) = SitePath::new(&target)
                && self.places.take(&target)
                && let Some(page) = self.pages.get_mut(at)
            {
                page.target = target;
            }
        }
    }

    /// Writes all pages.
    pub fn finish(mut self) -> Import {
        self.part_from_lists();
        let mut taken: BTreeSet<String> = BTreeSet::new();
        for page in &mut self.pages {
            let Some(address) = &page.address else { continue };
            if !taken.insert(address.trim_end_matches('/').to_owned()) {
                page.notes.push(Guess::new(
                    0,
                    format!("another page has its address {address}; it gets a new one"),
                ));
                page.address = None;
            }
        }
        for mut page in std::mem::take(&mut self.pages) {
            let mut others = Vec::new();
            for alias in page.aliases.iter().cloned().chain(aliases(&page.header)) {
                let plain = alias.trim_end_matches('/').to_owned();
                if page.address.as_deref().is_some_and(|own| own.trim_end_matches('/') == plain) {
                    continue;
                }
                if taken.insert(plain) {
                    others.push(alias);
                } else {
                    page.notes.push(Guess::new(
                        0,
                        format!("the alias {alias} is another page's, and was left out"),
                    ));
                }
            }
            page.aliases = others;
            let front = header(&mut page, &self.writers, &self.options.tools, &mut self.import.report);
            let bytes = front.page(&page.body);
            self.put(page.source.as_str(), page.target.clone(), bytes, std::mem::take(&mut page.notes));
        }
        self.import
    }
}

/// Whether a file that is no page begins with a header that keeps it back.
fn withholds(bytes: &[u8]) -> bool {
    if !bytes.starts_with(b"---") && !bytes.starts_with(b"+++") {
        return false;
    }
    let Ok(text) = decode(bytes) else { return false };
    let header = read_text(&text).map(|page| PublicationWords::read(&page.front));
    header.is_ok_and(|words| words.publication.hold.is_some() || !words.problems.is_empty())
}
