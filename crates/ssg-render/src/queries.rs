//! Queries: what is computed from facets, and from other queries, for more than one reader or so that a
//! change ends here.
//!
//! Each has a file, with its arguments as fields, its answer, and its words for `ssg why`. A line in the
//! table below registers it: from the table come the modules, dispatch, names, the functions of templates with their
//! rows of the reference, and the list that tests walk. Functions are queries that templates ask
//! ([`function::Function`]).

pub(crate) mod answer;
pub(crate) mod card;
pub(crate) mod function;

use crate::entry::Entry;
use crate::facets::FacetName;
use crate::limits::{self, Allowance};
use crate::reads::Reads;
use crate::snapshot::SiteSnapshot;
use function::Function;
use serde::{Deserialize, Serialize};
use ssg_engine::{Answered, Query};
use ssg_source::{Digest, SitePath};
use std::sync::Arc;

impl ssg_engine::Snapshot for SiteSnapshot {
    type Facet = FacetName;
    type Query = AnyQuery;
    const ROOM: usize = limits::KEPT;

    fn keep(&self, digest: Digest, write: &mut dyn FnMut() -> Option<Vec<u8>>) {
        self.kept_answers.keep(digest, write);
    }

    fn kept(&self, digest: Digest) -> Option<Arc<[u8]>> {
        self.kept_answers.find(digest)
    }
}

/// What every query of the table has beside its answer.
pub(crate) trait SiteQuery: Query<SiteSnapshot> {
    /// In words, after "changed:" or "when one of these changes:".
    fn words(&self, snapshot: &SiteSnapshot) -> String;
}

macro_rules! queries {
    (
        functions { $($function_file:ident::$function:ident,)* }
        others { $($file:ident::$query:ident,)* }
    ) => {
        $(pub(crate) mod $function_file;)*
        $(pub(crate) mod $file;)*

        /// Any query. Those of templates have many arguments, and are fewer than the others.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[expect(private_interfaces, reason = "what a query is made of is the business of its file")]
        #[expect(missing_docs, reason = "each query is documented in its file")]
        pub enum AnyQuery {
            $($function(Box<$function_file::$function>),)*
            $($query($file::$query),)*
        }

        /// Names of all kinds of queries.
        pub const QUERY_KINDS: &[&str] = &[$(stringify!($function),)* $(stringify!($query),)*];

        $(impl From<$function_file::$function> for AnyQuery {
            fn from(query: $function_file::$function) -> Self {
                Self::$function(Box::new(query))
            }
        })*

        $(impl From<$file::$query> for AnyQuery {
            fn from(query: $file::$query) -> Self {
                Self::$query(query)
            }
        })*

        $(impl Query<SiteSnapshot> for $function_file::$function {
            type Answer = answer::Found;
            const SHARED: bool = <Self as Function>::SHARED;

            fn answer(&self, reads: &Reads) -> answer::Found {
                self.find(reads)
            }

            fn is_shared(&self) -> bool {
                Function::is_shared(self)
            }

            fn size(found: &answer::Found) -> usize {
                found.as_ref().map_or(0, answer::Answer::size)
            }
        })*

        $(impl SiteQuery for $function_file::$function {
            fn words(&self, snapshot: &SiteSnapshot) -> String {
                Function::words(self, snapshot)
            }
        })*

        impl ssg_engine::AnyQuery<SiteSnapshot> for AnyQuery {
            fn kind(&self) -> &'static str {
                match self {
                    $(Self::$function(_) => stringify!($function),)*
                    $(Self::$query(_) => stringify!($query),)*
                }
            }

            fn run(&self, reads: &Reads) -> Answered {
                // An answer does not depend on who asks, so neither does what it may take.
                limits::within(Allowance::Output, || match self {
                    $(Self::$function(query) => Answered::of(&**query, reads),)*
                    $(Self::$query(query) => Answered::of(query, reads),)*
                })
            }

            fn is_kept(&self) -> bool {
                match self {
                    $(Self::$function(_) => <$function_file::$function as Query<SiteSnapshot>>::KEPT,)*
                    $(Self::$query(_) => <$file::$query as Query<SiteSnapshot>>::KEPT,)*
                }
            }

            fn read(&self, bytes: &[u8]) -> Option<Answered> {
                match self {
                    $(Self::$function(query) => Answered::read(&**query, bytes),)*
                    $(Self::$query(query) => Answered::read(query, bytes),)*
                }
            }
        }

        impl AnyQuery {
            /// In words, after "changed:" or "when one of these changes:".
            #[must_use]
            pub fn words(&self, snapshot: &SiteSnapshot) -> String {
                match self {
                    $(Self::$function(query) => SiteQuery::words(&**query, snapshot),)*
                    $(Self::$query(query) => SiteQuery::words(query, snapshot),)*
                }
            }
        }

        /// Registers the functions with Tera.
        pub(crate) fn register(tera: &mut tera::Tera) {
            $(function::register::<$function_file::$function>(tera);)*
        }

        /// Rows of the reference about functions that are queries, in the order of the table.
        pub(crate) const FUNCTION_ROWS: &[&[Entry]] =
            &[$(<$function_file::$function as Function>::ROWS,)*];

        /// Functions with the arguments that they know.
        #[cfg(test)]
        pub(crate) const FUNCTION_ARGUMENTS: &[(&str, &[&str])] = &[$((
            <$function_file::$function as Function>::NAME,
            <$function_file::$function as Function>::ARGUMENTS,
        ),)*];
    };
}

queries! {
    functions {
        recent::Recent,
        events::Events,
        get_page::GetPage,
        get_section::GetSection,
        section_pages::SectionPages,
        get_event::GetEvent,
        talks::Talks,
        talks_with_video::TalksWithVideo,
        talk_filters::TalkFilters,
        around::Around,
        speakers::Speakers,
        recaps::Recaps,
        written::Written,
        organized::Organized,
        co_organizers::CoOrganizers,
        schedule::Schedule,
        score::Score,
        ink::Ink,
        figure_of::FigureOf,
        staff::Staff,
        drawing::Drawing,
        editions::Editions,
        series::Series,
        terms::Terms,
        get_term::GetTerm,
        term_pages::TermPages,
        co_speakers::CoSpeakers,
        neighbours::Neighbours,
        related::Related,
        menu::Menu,
        archive::Archive,
        load_data::LoadData,
        asset::Asset,
        icons::Icons,
        image::Image,
        page_pictures::PagePictures,
        search::Search,
    }
    others {
        inks::Inks,
        drawn_programme::DrawnProgramme,
        card_view::CardView,
        bare_card::BareCard,
        term_reference::TermReference,
        event_reference::EventReference,
        series_reference::SeriesReference,
        feed_text::FeedText,
        feed_links::FeedLinks,
        calendar_links::CalendarLinks,
        languages_view::LanguagesView,
        translations_view::TranslationsView,
        has_anchor::HasAnchor,
        link_target::LinkTarget,
        card_tools::CardTools,
        social_card_link::SocialCardLink,
        api_row::ApiRow,
        search_division::SearchDivision,
        search_members::SearchMembers,
        search_chunk::SearchChunk,
        search_part::SearchPart,
        search_band::SearchBand,
        search_common::SearchCommon,
        search_rows::SearchRows,
        search_count::SearchCount,
    }
}

impl AnyQuery {
    /// The data file that it asks for, where it asks for one.
    pub(crate) fn data_file(&self) -> Option<SitePath> {
        match self {
            Self::LoadData(query) => query.path(),
            _ => None,
        }
    }
}
