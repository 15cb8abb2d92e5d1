//! Images that stand for pages: portraits, covers. They come in squares too.

use crate::snapshot::SiteSnapshot;
use ssg_source::SitePath;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Where a face likely is: per cent from the left and from the top.
const LIKELY: (u8, u8) = (50, 35);

/// What stays in sight of the images that headers name, and the files beside pages by their paths. Both follow from
/// facts of headers and from which files there are, and a site in which these change is assembled anew.
#[derive(Default)]
pub(crate) struct Focuses {
    focuses: OnceLock<HashMap<SitePath, (u8, u8)>>,
    beside: OnceLock<HashMap<String, SitePath>>,
}

/// What stays in sight of a picture of the site, where it stands for a page: of several pages that name it, the
/// first by its file that says so decides.
pub(crate) fn focus_of(snapshot: &SiteSnapshot, source: &SitePath) -> Option<(u8, u8)> {
    let focuses = snapshot.focuses.focuses.get_or_init(|| {
        let mut named: Vec<_> = snapshot
            .site()
            .numbered_pages()
            .filter_map(|(_, page)| {
                let front = &page.document.front;
                let image = source_of(snapshot, &page.source, &front.image.as_ref()?.value)?;
                Some((front.image_focus.is_none(), page.source.clone(), image, front.image_focus))
            })
            .collect();
        named.sort();
        let mut focuses = HashMap::new();
        for (_, _, image, focus) in named {
            focuses.entry(image).or_insert(focus.unwrap_or(LIKELY));
        }
        focuses
    });
    focuses.get(source).copied()
}

/// The file that a page names by an address.
fn source_of(snapshot: &SiteSnapshot, page: &SitePath, address: &str) -> Option<SitePath> {
    let address = ssg_parse::decode_path(address.split(['?', '#']).next()?);
    match address.strip_prefix('/') {
        Some(rest) => SitePath::new(&format!("static/{rest}")).ok(),
        None => {
            let source = page.resolve(&address).ok()?;
            snapshot.facets().co_located_files().get(&source).is_some().then_some(source)
        }
    }
}

/// The file of the site that lies at a path of the output.
pub(crate) fn source_at(snapshot: &SiteSnapshot, path: &str) -> Option<SitePath> {
    let beside = snapshot.focuses.beside.get_or_init(|| {
        let files = snapshot.facets().co_located_files().iter();
        files.map(|(source, path)| (path.to_string(), source.clone())).collect()
    });
    beside.get(path).cloned().or_else(|| {
        let file = snapshot.theme.theme.statics.get(path.strip_prefix('/')?)?;
        file.path.below("static").is_some().then(|| file.path.clone())
    })
}
