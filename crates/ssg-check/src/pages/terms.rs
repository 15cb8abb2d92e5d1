//! Terms that are probably one, and spellings of a term that few pages have.

use ssg_source::{Diagnostic, Diagnostics, SitePath, Span, codes};
use ssg_taxonomy::{Kind, Site, similar};
use std::collections::BTreeMap;

/// A term as a page writes it.
#[derive(Clone, Debug)]
pub struct Spelling<'s> {
    /// The file.
    pub source: &'s SitePath,
    /// The place in it.
    pub span: Span,
    /// As it is written.
    pub written: &'s str,
    /// As all other pages write it.
    pub usual: &'s str,
    /// How many do.
    pub pages: usize,
}

/// Where headers write a term, by its taxonomy and number: each spelling with its places.
type Places<'s> = BTreeMap<(usize, u32), BTreeMap<&'s str, Vec<(&'s SitePath, Span)>>>;

fn places(site: &Site) -> Places<'_> {
    let mut all: Places<'_> = BTreeMap::new();
    for page in site.pages.iter().filter(|page| page.kind != Kind::Term && page.row.is_none()) {
        for (index, taxonomy) in site.taxonomies.iter().enumerate() {
            for name in page.document.front.terms(&taxonomy.name) {
                let Some(term) = taxonomy.find(&name.value) else { continue };
                if page.document.front.named_by(name).is_none()
                    && !taxonomy.files.contains_key(name.value.trim())
                {
                    let spellings = all.entry((index, term)).or_default();
                    spellings.entry(name.value.trim()).or_default().push((&page.source, name.span));
                }
            }
        }
    }
    all
}

/// Terms that are written in another case than on all other pages, which are more. What a term's page declares as
/// another name is none of them.
#[must_use]
pub fn spellings(site: &Site) -> Vec<Spelling<'_>> {
    odd_ones(site, &places(site))
}

fn odd_ones<'s>(site: &'s Site, places: &Places<'s>) -> Vec<Spelling<'s>> {
    let mut odd = Vec::new();
    for (&(taxonomy, number), spellings) in places {
        let Some(term) = site.taxonomies.get(taxonomy).and_then(|all| all.terms.get(number as usize)) else {
            continue;
        };
        let mut usual = spellings.iter().filter(|(written, _)| **written == term.name);
        let mut others = spellings.iter().filter(|(written, _)| **written != term.name);
        let (Some((&usual, most)), Some((&written, few)), None) =
            (usual.next(), others.next(), others.next())
        else {
            continue;
        };
        let declared = term.page.map(|page| &site.page(page).document.front);
        let is_declared = declared.is_some_and(|front| {
            front.aliases.iter().chain(&front.former_names).any(|alias| alias.value.trim() == written)
        });
        let is_case = written.to_lowercase() == usual.to_lowercase();
        if is_case && !is_declared && most.len() > few.len() {
            odd.extend(few.iter().map(|&(source, span)| Spelling {
                source,
                span,
                written,
                usual,
                pages: most.len(),
            }));
        }
    }
    odd
}

pub(super) fn look(site: &Site, found: &mut Diagnostics) {
    let places = places(site);
    for one in odd_ones(site, &places) {
        let message = format!("`{}` is written `{}` on {} other pages", one.written, one.usual, one.pages);
        found.add(
            Diagnostic::advice(codes::TERM_SPELLING, message)
                .in_file(one.source)
                .at(one.span)
                .hint(format!("write `{}`", one.usual)),
        );
    }
    for (index, taxonomy) in site.taxonomies.iter().enumerate() {
        for alike in similar(taxonomy) {
            let keep = &taxonomy.terms[alike.keep];
            for (other, likeness) in alike.others {
                let term = &taxonomy.terms[other];
                // Who wrote a page for each means two.
                if keep.page.is_some() && term.page.is_some() {
                    continue;
                }
                let number = u32::try_from(other).unwrap_or(u32::MAX);
                let first =
                    places.get(&(index, number)).and_then(|spellings| spellings.values().next()?.first());
                let message = format!(
                    "`{}` of {} differs from `{}` in {}, and is probably the same",
                    term.name,
                    taxonomy.name,
                    keep.name,
                    likeness.words()
                );
                let mut one = Diagnostic::advice(codes::SIMILAR_TERMS, message)
                    .hint(format!("write `{}` in both, or give it a page with `aliases`", keep.name));
                if let Some((source, span)) = first {
                    one = one.in_file(source).at(*span);
                }
                found.add(one);
            }
        }
    }
}
