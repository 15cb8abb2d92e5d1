//! Which facets a file of the site can change: for people who ask what an edit reaches.

use crate::load::Listing;
use crate::memo::Memo;
use crate::settings::Settings;
use crate::site::assemble_anew;
use ssg_render::{FacetName, SharedInputs, SiteSnapshot};
use ssg_source::{Diagnostics, Inputs, SitePath};
use ssg_taxonomy::{Kind, PageKey, SectionKey, Target};
use std::collections::BTreeSet;

/// The site as a build would render it now; nothing is rendered.
#[must_use]
pub fn snapshot(inputs: &SharedInputs, settings: &Settings) -> SiteSnapshot {
    let mut memo = Memo::new();
    let listing = Listing::new(&**inputs, settings, 0, &mut Diagnostics::new());
    assemble_anew(inputs, settings, listing, Diagnostics::new(), &BTreeSet::new(), &mut memo).snapshot
}

/// What a file is to the site.
#[derive(Debug)]
pub struct Reach {
    /// In words, for the first line: "the page /posts/x/".
    pub what: String,
    wanted: Vec<Wanted>,
}

/// A family of facets.
#[derive(Debug)]
enum Wanted {
    Page(PageKey),
    Section(SectionKey),
    Taxonomy(String),
    Source(SitePath),
    Asset(String),
    /// Any style sheet: what a part of one reaches.
    Styles,
    Template(SitePath),
    ThemeOptions,
    Text(String),
    Configuration,
}

impl Wanted {
    /// An asset by the name under which outputs ask for it.
    fn of_asset(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        match path.strip_suffix(".scss").or_else(|| path.strip_suffix(".sass")) {
            Some(_) if name.starts_with('_') => Self::Styles,
            Some(stem) => Self::Asset(format!("{stem}.css")),
            None => Self::Asset(path.to_owned()),
        }
    }
}

impl Reach {
    /// What a file reaches; `None` for one that is no part of the site. The configuration file
    /// reaches whatever names one of its keys.
    #[must_use]
    pub fn of(
        file: &SitePath,
        configuration: &SitePath,
        snapshot: &SiteSnapshot,
        inputs: &dyn Inputs,
        settings: &Settings,
    ) -> Option<Self> {
        if file == configuration {
            return Some(Self::new("the configuration", vec![Wanted::Configuration]));
        }
        let name = file.as_str();
        if let Some(source) = file.below("content") {
            return Self::of_content(file, source, snapshot);
        }
        let themes = ssg_render::chain_folders(inputs, &settings.theme);
        let own = themes.iter().find_map(|dir| file.below(dir.as_str()));
        if own == Some("theme.toml") {
            return Some(Self::new("the options of the theme", vec![Wanted::ThemeOptions]));
        }
        let part = own.unwrap_or(name);
        let (folder, rest) = part.split_once('/')?;
        let source = || Wanted::Source(file.clone());
        match folder {
            "templates" => {
                Some(Self::new(&format!("the template {rest}"), vec![Wanted::Template(file.clone())]))
            }
            "data" => Some(Self::new("a data file", vec![source()])),
            "assets" => Some(Self::new(
                "an asset: outputs that link to it change when its name carries a digest",
                vec![Wanted::of_asset(rest)],
            )),
            "i18n" => {
                let lang = rest.strip_suffix(".toml")?;
                Some(Self::new(&format!("texts in {lang}"), vec![Wanted::Text(lang.to_owned())]))
            }
            "static" => Some(Self::new("a file that is copied as it is", vec![source()])),
            _ => None,
        }
    }

    fn new(what: &str, wanted: Vec<Wanted>) -> Self {
        Self { what: what.to_owned(), wanted }
    }

    fn of_content(file: &SitePath, source: &str, snapshot: &SiteSnapshot) -> Option<Self> {
        let (site, facets) = (snapshot.site(), snapshot.facets());
        let mut wanted = vec![Wanted::Source(file.clone())];
        let what = match site.target(file) {
            Some(Target::Page(id)) => {
                let page = site.page(id);
                wanted.push(Wanted::Page(facets.page_key(id)));
                if let Some(event) = site.event_of(id).filter(|_| page.kind == Kind::Event) {
                    // Rows of its schedule are talks of their own.
                    let rows = event.talks.iter().filter(|talk| site.page(**talk).source == *file);
                    wanted.extend(rows.map(|talk| Wanted::Page(facets.page_key(*talk))));
                }
                format!("the {} {}", page.kind.name(), page.path)
            }
            Some(Target::Section(id)) => {
                wanted.push(Wanted::Section(facets.section_key(id)));
                format!("the section {}", site.section(id).path)
            }
            Some(Target::Term(id, language)) => {
                let term = site.term_in(id, language);
                wanted.extend(term.page.map(|page| Wanted::Page(facets.page_key(page))));
                format!("the term {}", term.path)
            }
            Some(Target::Taxonomy(index, _)) => {
                let name = &site.taxonomies[index].name;
                wanted.push(Wanted::Taxonomy(name.clone()));
                format!("the index of {name}")
            }
            Some(Target::Withheld(why)) => {
                let with = site.why_kept_back(file).and_then(|kept| kept.with.as_ref());
                let with = with.map_or_else(String::new, |with| format!(", with {with}"));
                format!("not published: {}{with}", why.reason())
            }
            None if ssg_parse::is_page(source) => return None,
            None => "a file that is copied beside its page".to_owned(),
        };
        Some(Self { what, wanted })
    }

    /// Whether the file decides on lists by more than what is shown of it: its date, its terms.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.wanted.iter().any(|wanted| matches!(wanted, Wanted::Page(_)))
    }

    /// Whether a facet can change with the file.
    #[must_use]
    pub fn includes(&self, name: &FacetName, snapshot: &SiteSnapshot) -> bool {
        self.wanted.iter().any(|wanted| match wanted {
            Wanted::Page(key) => name.is_of_page(key),
            Wanted::Section(key) => matches!(
                name,
                FacetName::SectionCard(of) | FacetName::SectionText(of) | FacetName::SectionBody(of) if of == key
            ),
            Wanted::Taxonomy(taxonomy) => match name {
                FacetName::TaxonomyCard(of)
                | FacetName::TaxonomyText((of, _))
                | FacetName::TaxonomyBody((of, _)) => **of == **taxonomy,
                _ => false,
            },
            Wanted::Source(source) => matches!(
                name,
                FacetName::DataFile(of) | FacetName::Image(of) | FacetName::FileLength(of) | FacetName::CoLocatedPath(of) | FacetName::Anchors(of)
                    if of == source
            ),
            Wanted::Asset(asset) => matches!(name, FacetName::AssetPath(of) if **of == **asset),
            Wanted::Styles => matches!(name, FacetName::AssetPath(of) if of.ends_with(".css")),
            Wanted::Template(file) => {
                matches!(name, FacetName::Template(names) if snapshot.theme().draws_in(names, file))
            }
            Wanted::ThemeOptions => matches!(name, FacetName::ThemeOption(_)),
            Wanted::Text(lang) => match name {
                // Texts fall back to the main language and to English.
                FacetName::Text((of, _)) | FacetName::Word((of, _)) => {
                    **of == **lang || of.split('-').next() == Some(lang) || lang == "en"
                }
                _ => false,
            },
            Wanted::Configuration => name.is_of_configuration(),
        })
    }
}
