//! Pictures and files that lie in a folder of the user's, and where they go.

use ssg_source::{Diagnostics, Inputs, SitePath, is_leftover};
use std::collections::BTreeMap;

/// A file of the folder, and its place on this site.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    /// Where it lies in the folder.
    pub file: SitePath,
    /// Where it goes.
    pub target: String,
    /// Its address.
    pub address: String,
}

/// The files of the folder.
#[derive(Default)]
pub(crate) struct Uploads {
    /// By what finds them: a path below `uploads`, or a name.
    files: BTreeMap<String, SitePath>,
    /// Found by their names alone: hosts such as Blogger's keep pictures under addresses that say nothing.
    by_name: bool,
}

impl Uploads {
    /// A folder as `WordPress` has it: `wp-content/uploads`, or a folder above it.
    pub fn by_path(inputs: Option<&dyn Inputs>, found: &mut Diagnostics) -> Self {
        let files = files(inputs, found).into_iter().map(|file| {
            let path = file.as_str();
            (path.rsplit_once("uploads/").map_or(path, |(_, rest)| rest).to_owned(), file)
        });
        Self { files: files.collect(), by_name: false }
    }

    /// A folder of pictures in whatever order; of two of one name the first counts.
    pub fn by_name(inputs: Option<&dyn Inputs>, found: &mut Diagnostics) -> Self {
        let mut by_name = BTreeMap::new();
        for file in files(inputs, found) {
            let name = file.file_name().to_owned();
            by_name.entry(name).or_insert(file);
        }
        Self { files: by_name, by_name: true }
    }

    /// The file that an address means: its host, whether that is the blog's own, and its path.
    pub fn find(&self, host: Option<&str>, is_own: bool, path: &str) -> Option<Place> {
        if self.files.is_empty() {
            return None;
        }
        let key = if self.by_name {
            let keeps_pictures = |host: &str| {
                host.contains(".bp.blogspot.") || PICTURE_HOSTS.iter().any(|end| is_below(host, end))
            };
            let is_ours = is_own || host.is_some_and(keeps_pictures);
            path.rsplit('/').next().filter(|name| is_ours && is_picture(name))?
        } else {
            let is_files = host.is_some_and(|host| is_below(host, "files.wordpress.com"));
            match path.split_once("/wp-content/uploads/") {
                Some((_, rest)) if is_own || is_files => rest,
                None if is_files => path.trim_start_matches('/'),
                _ => return None,
            }
        };
        let (key, file) = self.files.get_key_value(key).or_else(|| {
            // Smaller copies are made again by whoever has the original.
            self.files.get_key_value(&original(key)?)
        })?;
        let folder = if self.by_name { "images" } else { "wp-content/uploads" };
        let address = format!("/{folder}/{key}");
        Some(Place { file: file.clone(), target: format!("static{address}"), address })
    }
}

/// Hosts that keep the pictures of Blogger's blogs, besides `bp.blogspot` of any country.
const PICTURE_HOSTS: &[&str] = &["blogger.com", "googleusercontent.com", "ggpht.com"];

/// Whether a name or an address ends as those of pictures do.
pub(crate) fn is_picture(name: &str) -> bool {
    let end = name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).unwrap_or_default();
    ["jpg", "jpeg", "png", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff"].contains(&end.as_str())
}

fn is_below(host: &str, end: &str) -> bool {
    host.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

fn files(inputs: Option<&dyn Inputs>, found: &mut Diagnostics) -> Vec<SitePath> {
    let Some(inputs) = inputs else { return Vec::new() };
    let mut files: Vec<SitePath> =
        inputs.list(&SitePath::root(), found).into_iter().map(|entry| entry.path).collect();
    files.retain(|path| !path.parts().any(is_leftover));
    files.sort();
    files
}

/// `2013/05/a.jpg` of `2013/05/a-300x200.jpg`.
fn original(path: &str) -> Option<String> {
    let (stem, end) = path.rsplit_once('.')?;
    let (name, size) = stem.rsplit_once('-')?;
    let (width, height) = size.split_once('x')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(width) && is_number(height)).then(|| format!("{name}.{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ssg_source::MemoryInputs;

    fn folder(files: &[&str]) -> MemoryInputs {
        let mut inputs = MemoryInputs::new(jiff::Timestamp::UNIX_EPOCH);
        for file in files {
            inputs.write(SitePath::new(file).expect("a path"), b"x");
        }
        inputs
    }

    #[test]
    fn files_are_found_by_path_or_by_name() {
        let mut found = Diagnostics::new();
        for root in ["", "uploads/", "wp-content/uploads/"] {
            let inputs = folder(&[&format!("{root}2013/05/a.jpg")]);
            let uploads = Uploads::by_path(Some(&inputs), &mut found);
            for path in
                ["/wp-content/uploads/2013/05/a.jpg", "/blog/wp-content/uploads/2013/05/a-300x200.jpg"]
            {
                let place = uploads.find(Some("dock.example"), true, path).expect(path);
                assert_eq!(place.address, "/wp-content/uploads/2013/05/a.jpg");
                assert_eq!(place.target, "static/wp-content/uploads/2013/05/a.jpg");
            }
            assert!(uploads.find(Some("dock.files.wordpress.com"), false, "/2013/05/a.jpg").is_some());
            assert!(
                uploads.find(Some("other.example"), false, "/wp-content/uploads/2013/05/a.jpg").is_none()
            );
            assert!(uploads.find(Some("dock.example"), true, "/wp-content/uploads/2013/05/b.jpg").is_none());
        }
        let inputs = folder(&["Albums/Quay/IMG_1.jpg", "Albums/Zoo/IMG_1.jpg"]);
        let uploads = Uploads::by_name(Some(&inputs), &mut found);
        let place = uploads.find(Some("1.bp.blogspot.com"), false, "/-x/s320/IMG_1.jpg").expect("found");
        assert_eq!(
            (place.file.as_str(), place.address.as_str()),
            ("Albums/Quay/IMG_1.jpg", "/images/IMG_1.jpg")
        );
        assert!(uploads.find(Some("notblogspot.com"), false, "/IMG_1.jpg").is_none());
        assert!(found.is_empty());
    }
}
