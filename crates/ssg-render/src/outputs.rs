//! Kinds of outputs: which files of each kind there are, and what is in them.
//!
//! An output is computed like a query, and its answer is a file. Each kind has a file here: its arguments,
//! which tell one output from another by names that mean the same in every build; how it is planned; how it
//! is rendered. Its line in the table below registers it: from the table come the modules, dispatch, names
//! and the plan.

mod configured;
mod frame;
mod origin;
mod planned;

pub use planned::{Output, Rendered};

use crate::hosting::{Kind as NeedsKind, Needs};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use origin::Origin;
use planned::Planned;
use serde::Serialize;
use ssg_source::{Diagnostic, Diagnostics, Digest, Digester, SitePath, codes};
use std::collections::BTreeSet;

/// What rendering gives, or why it cannot be done.
type Result<T> = std::result::Result<T, Box<Diagnostic>>;

/// A kind of output.
trait Kind: Sized {
    /// What an output of the kind is, in words.
    const WORDS: &'static str;
    /// Which of the numbers at the end of a build it counts as.
    const CLASS: Class = Class::File;
    /// Whether it is rendered, and so can be reused; all else is copied as it is.
    const IS_RENDERED: bool = true;
    /// Whether there may be no file of it.
    const IS_OPTIONAL: bool = false;

    /// Plans every output of the kind.
    fn plan(planner: &mut Planner<'_>);

    /// Renders one.
    fn render(&self, reads: &Reads) -> Result<Rendered>;

    /// What it is to the file that is its source, in words.
    fn source_words(&self) -> String {
        format!("a {}", Self::WORDS)
    }

    /// The file without which there would be no such output, for one that no file is the source of.
    fn made_for(&self, _: &SiteSnapshot) -> Option<Origin> {
        None
    }

    /// What to change so that it goes elsewhere, where it comes from this file; `None` where nothing can be.
    fn advice(&self, _: &SiteSnapshot, _: &SitePath) -> Option<String> {
        Some("switch the output off under `[outputs]` in ssg.toml".to_owned())
    }
}

/// What is said where an output is of something that the site does not have: a plan and a site that do not
/// belong together.
fn gone(what: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(codes::OUTPUT_GONE, format!("the {what} is gone that an output is made of")))
}

/// What an output counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// A page of a content file.
    Page,
    /// A list of pages.
    List,
    /// Anything else.
    File,
    /// What belongs to another output, and is not counted.
    Part,
}

/// What the plan is made from.
struct Planner<'a> {
    snapshot: &'a SiteSnapshot,
    /// For what kinds know only by reading; nothing of the plan is remembered by it. Without it a kind plans
    /// all that there may be.
    reads: Option<&'a Reads>,
    planned: Planned,
    found: &'a mut Diagnostics,
}

macro_rules! outputs {
    ($($file:ident::$kind:ident,)*) => {
        $(mod $file;)*

        /// What an output is, and of what.
        #[derive(Clone, Debug, Serialize)]
        #[expect(private_interfaces, reason = "what an output is made of is the business of its file")]
        #[expect(missing_docs, reason = "each kind is documented in its file")]
        pub enum OutputKind {
            $($kind($file::$kind),)*
        }

        $(impl From<$file::$kind> for OutputKind {
            fn from(kind: $file::$kind) -> Self {
                Self::$kind(kind)
            }
        })*

        impl OutputKind {
            /// Names of all kinds.
            pub const ALL: &'static [&'static str] = &[$(stringify!($kind),)*];

            /// What it is, in words.
            #[must_use]
            pub fn words(&self) -> &'static str {
                match self {
                    $(Self::$kind(_) => <$file::$kind as Kind>::WORDS,)*
                }
            }

            /// What it counts as.
            #[must_use]
            pub fn class(&self) -> Class {
                match self {
                    $(Self::$kind(_) => <$file::$kind as Kind>::CLASS,)*
                }
            }

            /// Whether it is rendered, and so can be reused; all else is copied as it is.
            #[must_use]
            pub fn is_rendered(&self) -> bool {
                match self {
                    $(Self::$kind(_) => <$file::$kind as Kind>::IS_RENDERED,)*
                }
            }

            /// Whether there may be no file of it: a picture is drawn only where there are glyphs for it.
            #[must_use]
            pub fn is_optional(&self) -> bool {
                match self {
                    $(Self::$kind(_) => <$file::$kind as Kind>::IS_OPTIONAL,)*
                }
            }

            fn source_words(&self) -> String {
                match self {
                    $(Self::$kind(kind) => kind.source_words(),)*
                }
            }

            fn made_for(&self, snapshot: &SiteSnapshot) -> Option<Origin> {
                match self {
                    $(Self::$kind(kind) => kind.made_for(snapshot),)*
                }
            }

            fn advice(&self, snapshot: &SiteSnapshot, path: &SitePath) -> Option<String> {
                match self {
                    $(Self::$kind(kind) => kind.advice(snapshot, path),)*
                }
            }

            fn render(&self, reads: &Reads) -> Result<Rendered> {
                match self {
                    $(Self::$kind(kind) => kind.render(reads),)*
                }
            }
        }

        /// Lists every output; collisions go to `found`. `reads` is one that nothing is remembered of.
        #[must_use]
        pub fn plan(snapshot: &SiteSnapshot, reads: &Reads, found: &mut Diagnostics) -> Vec<Output> {
            let mut planner =
                Planner { snapshot, reads: Some(reads), planned: Planned::default(), found };
            $(<$file::$kind as Kind>::plan(&mut planner);)*
            let Planner { planned, found, .. } = planner;
            let outputs = planned.check(snapshot, found);
            configured::check(snapshot, reads, &outputs, found);
            outputs
        }

        /// The files that may be written, by their paths in the output.
        pub(crate) fn files(snapshot: &SiteSnapshot) -> BTreeSet<String> {
            let mut found = Diagnostics::new();
            let mut planner =
                Planner { snapshot, reads: None, planned: Planned::default(), found: &mut found };
            $(<$file::$kind as Kind>::plan(&mut planner);)*
            planner.planned.into_files()
        }
    };
}

outputs! {
    // First, since pages that show a picture want to know what it looks like, and it is decoded once.
    picture_sizes::PictureSizes,
    page::Page,
    moved_page::MovedPage,
    social_card::SocialCard,
    section::SectionPager,
    taxonomy::TaxonomyIndex,
    taxonomy_part::TermsPager,
    term::TermPager,
    asset::Asset,
    static_file::StaticFile,
    co_located_file::CoLocatedFile,
    picture_file::PictureFile,
    icon::Icon,
    feed::Feed,
    calendar::Calendar,
    api::ApiFile,
    schedule_json::ScheduleJson,
    schedule_xml::ScheduleXml,
    markdown::Markdown,
    archive::Archive,
    talk_list::TalkPager,
    series_page::SeriesPage,
    search::Search,
    not_found::NotFound,
    sitemap::Sitemap,
    robots::Robots,
    headers::Headers,
    cname::Cname,
    next_build::NextBuild,
    redirect::Redirect,
    redirects::RedirectsFile,
}

impl OutputKind {
    /// What tells one output from another that might take its place.
    #[must_use]
    pub fn identity(&self) -> Digest {
        Digester::new().value(self).done()
    }

    /// Whether it is written last, from what came of all others (`_headers`).
    #[must_use]
    pub fn is_last(&self) -> bool {
        matches!(self, Self::Headers(_))
    }

    /// Whether it is the page of a content file, or what it is rendered from is a page.
    #[must_use]
    pub fn page(&self) -> Option<ssg_taxonomy::PageKey> {
        match self {
            Self::Page(page) => Some(page.0),
            _ => None,
        }
    }

    /// The file of the inputs that it is a copy of, where that lies on disk.
    #[must_use]
    pub fn copied_file(&self) -> Option<&SitePath> {
        match self {
            Self::StaticFile(static_file::StaticFile::OnDisk(path))
            | Self::CoLocatedFile(co_located_file::CoLocatedFile::OnDisk(path)) => Some(path),
            _ => None,
        }
    }

    /// The file of the site that it is made of and that is read while it is rendered, where there is one.
    #[must_use]
    pub fn made_of_file(&self) -> Option<&SitePath> {
        match self {
            Self::PictureFile(picture_file::PictureFile(source))
            | Self::PictureSizes(picture_sizes::PictureSizes { source, .. }) => Some(source),
            _ => None,
        }
    }

    /// Bytes that are there already, of the theme or the program.
    #[must_use]
    pub fn fixed_bytes(&self) -> Option<&std::sync::Arc<[u8]>> {
        match self {
            Self::Asset(asset) => Some(&asset.0),
            Self::StaticFile(static_file::StaticFile::Inside(bytes)) => Some(bytes),
            _ => None,
        }
    }

    /// Whether it is read through the inputs, and nothing tells later whether it is the same.
    #[must_use]
    pub fn is_of_inputs(&self) -> bool {
        matches!(self, Self::CoLocatedFile(file) if file.is_of_inputs())
    }
}

/// Renders one output. What is wrong with it is reported to `reads`.
#[must_use]
pub fn render(reads: &Reads, output: &Output) -> Option<Rendered> {
    match output.kind.render(reads) {
        Ok(rendered) => Some(rendered),
        Err(problem) => {
            reads.report(*problem);
            None
        }
    }
}

/// What a page needs of a content security policy, and what no policy but the laxest lets run in it.
#[must_use]
pub fn needs(snapshot: &SiteSnapshot, output: &Output, rendered: &Rendered) -> (Needs, Option<Diagnostic>) {
    let (Rendered::Bytes(bytes), Some(kind)) = (rendered, NeedsKind::of(&output.file)) else {
        return (Needs::default(), None);
    };
    if !snapshot.config.hosting.has_policy() || !output.kind.is_rendered() {
        return (Needs::default(), None);
    }
    let looked = Needs::look(kind, bytes, &snapshot.config.base_url);
    let problem = looked.handler.map(|handler| {
        let message = format!("the content security policy keeps `{handler}` from running");
        let problem = Diagnostic::warning(codes::CSP, message)
            .hint("listen for the event in a script file, or set `csp = false` under [hosting]");
        match &output.source {
            Some(source) => problem.in_file(source),
            None => problem.hint(format!("it stands in {}", output.file)),
        }
    });
    (looked.needs, problem)
}
