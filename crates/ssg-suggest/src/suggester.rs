//! One text after the other, with what the site knows.

use crate::data::folded;
use crate::dictionary::Dictionary;
use crate::finding::{Finding, Subject};
use crate::known::Known;
use crate::people::{Context, People};
use crate::text::Text;
use crate::{lint, lint::Unmentioned, more, people, tools};
use foldhash::HashSet;
use ssg_parse::{FrontMatter, ParseOptions, parse_document, split_header};
use ssg_source::{Diagnostics, SitePath, Span, decode};

/// A file of the site whose text is read.
#[derive(Clone, Copy, Debug)]
pub struct Page<'p> {
    /// Where it is, which may tell its date.
    pub path: &'p SitePath,
    /// Its bytes.
    pub bytes: &'p [u8],
    /// Its header, where it was read before.
    pub front: Option<&'p FrontMatter>,
}

/// Finds what texts are about.
pub struct Suggester {
    dictionary: Dictionary,
    people: People,
    more: more::Index,
    lint: lint::Spellings,
    writers: Vec<String>,
    ignored: HashSet<String>,
}

impl Suggester {
    /// Makes ready to read texts of a site.
    #[must_use]
    pub fn new(known: Known) -> Self {
        let dictionary = Dictionary::new(&known.tools);
        let people = People::new(&known.people);
        let ignored = known.ignored.iter().map(|name| folded(name)).collect();
        let more = more::Index::new(&known);
        let lint = lint::Spellings::new(&dictionary, &known.people);
        Self { dictionary, people, more, lint, writers: known.writers, ignored }
    }

    /// All that a page is about, whether its header says so or not, by kind, confidence and name. Nothing where the
    /// file is no text.
    #[must_use]
    pub fn read(&self, page: Page<'_>) -> Vec<Finding> {
        with_header(page, |file, body, front| self.find(file, body, front, page.path))
    }

    /// The tools of a page that its header does not have, at less cost than all of [`Suggester::lacking`].
    #[must_use]
    pub fn lacking_tools(&self, page: Page<'_>) -> Vec<Finding> {
        with_header(page, |file, body, front| {
            let text = text_of(file, body, front);
            let mut found = self.in_order(self.tools(&text, front));
            found.retain(|finding| !has(front, finding));
            found
        })
    }

    /// The findings of a page that its header does not have.
    #[must_use]
    pub fn lacking(&self, page: Page<'_>) -> Vec<Finding> {
        with_header(page, |file, body, front| {
            let mut found = self.find(file, body, front, page.path);
            found.retain(|finding| !has(front, finding));
            found
        })
    }

    /// The tools and people that the header of a page names and its text never mentions, in the order of the header.
    #[must_use]
    pub fn unmentioned(&self, page: Page<'_>) -> Vec<Unmentioned> {
        with_header(page, |file, body, front| {
            let mut found = lint::unmentioned(file, body, front, &self.lint);
            found.retain(|one| !self.ignored.contains(&folded(&one.name)));
            found
        })
    }

    fn find(&self, file: &str, body: Span, front: &FrontMatter, path: &SitePath) -> Vec<Finding> {
        let text = text_of(file, body, front);
        let writers: Vec<&str> = if front.authors.is_empty() {
            self.writers.iter().map(String::as_str).collect()
        } else {
            front.authors.iter().map(|author| author.value.as_str()).collect()
        };
        let mut found = self.tools(&text, front);
        let context = Context { text: &text, dictionary: &self.dictionary, writers: &writers };
        found.extend(people::find(&context, &self.people));
        found.extend(more::find(&text, front, path, &self.more));
        self.in_order(found)
    }

    fn tools(&self, text: &Text, front: &FrontMatter) -> Vec<Finding> {
        let named: Vec<&str> = front.terms("speakers").iter().map(|name| name.value.as_str()).collect();
        let people = tools::Named { header: &named, own: &self.people };
        tools::find(text, &self.dictionary, &people)
    }

    /// Findings that are sure to some degree and not ignored, by kind, confidence and name.
    fn in_order(&self, mut found: Vec<Finding>) -> Vec<Finding> {
        found.retain(|finding| finding.confidence >= 0.05 && !self.ignored.contains(&folded(&finding.name)));
        found.sort_by(|one, other| {
            let order = one.subject.cmp(&other.subject).then(other.confidence.total_cmp(&one.confidence));
            order.then_with(|| one.line.cmp(&other.line)).then_with(|| one.name.cmp(&other.name))
        });
        found
    }
}

/// The text of a file with the title and the description of its header.
fn text_of(file: &str, body: Span, front: &FrontMatter) -> Text {
    let title = front.title.as_ref().map(|title| (title.value.as_str(), title.span.start as usize));
    let description = front.description.as_ref().map(|text| (text.value.as_str(), text.span.start as usize));
    Text::read(file, body, title, description)
}

/// Gives the text of a page, where its body is, and its header.
fn with_header<T>(page: Page<'_>, work: impl FnOnce(&str, Span, &FrontMatter) -> Vec<T>) -> Vec<T> {
    let Ok(file) = decode(page.bytes) else { return Vec::new() };
    let body = split_header(&file, &mut Diagnostics::new()).body;
    if let Some(front) = page.front {
        return work(&file, body, front);
    }
    // The body is read in another way.
    let header = file.get(..body.start as usize).unwrap_or_default();
    let taxonomies = ["tools", "speakers", "categories"].map(str::to_owned).to_vec();
    let options = ParseOptions { taxonomies, ..ParseOptions::default() };
    let (document, _) = parse_document(page.path, header.as_bytes(), &options);
    work(&file, body, &document.front)
}

/// Whether a header has what was found.
fn has(front: &FrontMatter, finding: &Finding) -> bool {
    let name = folded(&finding.name);
    let is_it = |other: &str| folded(other) == name;
    match finding.subject {
        Subject::Tool | Subject::Speaker | Subject::Category => {
            front.terms(finding.subject.key()).iter().any(|term| is_it(&term.value))
        }
        Subject::Event => front.events.iter().any(|event| event.value == finding.name),
        Subject::Talk => front.talks.iter().any(|talk| talk.value == finding.name),
        Subject::Date => front.date.is_some(),
    }
}
