//! The site as the editor has it: its files with the texts of open documents laid over them.

use ssg_parse::{is_html, is_page};
use ssg_source::{DiskInputs, Overlay, SitePath, is_leftover};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Texts of open documents, by file.
pub type Texts = BTreeMap<SitePath, Arc<str>>;

/// Lays texts over files. What is copied as it lies on disk - static files, images beside pages - stays as it is.
pub fn overlay(disk: DiskInputs, texts: &Texts) -> Overlay {
    let is_read = |path: &SitePath| {
        let name = path.file_name();
        let is_content = path.below("content").is_some();
        !path.parts().any(|part| part == "static" || is_leftover(part))
            && (!is_content || is_page(name) || is_html(name))
    };
    let texts = texts.iter().filter(|(path, _)| is_read(path));
    Overlay::new(Arc::new(disk), texts.map(|(path, text)| (path.clone(), text.clone().into())).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;
    use ssg_source::Inputs;

    #[test]
    fn texts_of_what_is_copied_are_not_laid_over_it() {
        let site = tempfile::tempdir().expect("a folder");
        let path = |text: &str| SitePath::new(text).expect("valid");
        let names = ["content/b.md", "content/photo.csv", "static/x.md", "content/d.md~", "data/x.toml"];
        let texts: Texts = names.into_iter().map(|name| (path(name), Arc::from("open"))).collect();
        let disk = DiskInputs::new(site.path(), Timestamp::UNIX_EPOCH, "0").expect("a folder");
        let overlay = overlay(disk, &texts);
        let there: Vec<&str> = names.into_iter().filter(|name| overlay.exists(&path(name))).collect();
        assert_eq!(there, ["content/b.md", "data/x.toml"]);
    }
}
