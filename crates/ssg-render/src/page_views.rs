//! What templates of whole pages see: a page, a section, a taxonomy or a term with all that only its own page
//! shows.
//!
//! These are made of cards, which are queries, while queries are made of `views`; so nothing but outputs uses
//! them. What is wrong with a text is reported here, once, where its own page is rendered.

mod event;
mod list;
mod page;
mod taxonomy;

pub(crate) use list::{list_view, paginator_of_years, paginator_view, section_view, term_view};
pub(crate) use page::page_view;
pub(crate) use taxonomy::{part_path, taxonomy_part_view, taxonomy_view};
