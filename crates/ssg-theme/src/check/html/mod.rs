//! What is wrong with a page of HTML: how its elements nest, and whether everybody can use it.
//!
//! This is no validator. It knows the mistakes that templates make: an element that is not closed,
//! a block within a line of text, an id twice, a picture without words. A tokenizer reads the tags;
//! [`nesting`] follows the elements, [`access`] what they offer.

mod access;
mod names;
mod nesting;
#[cfg(test)]
mod tests;

use access::Access;
use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};
use nesting::Nesting;
use ssg_source::{Code, Severity, Span, codes};

/// Something that is wrong with a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub severity: Severity,
    /// The kind of fault.
    pub code: Code,
    pub message: String,
    /// The tag that it is about.
    pub span: Span,
    pub hint: Option<&'static str>,
}

impl Fault {
    fn error(code: Code, message: impl Into<String>, span: Span) -> Self {
        Self { severity: Severity::Error, code, message: message.into(), span, hint: None }
    }

    fn warning(code: Code, message: impl Into<String>, span: Span) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message, span) }
    }

    fn hint(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self
    }
}

/// A start tag with its attributes, names in small letters.
struct Tag {
    name: String,
    span: Span,
    self_closing: bool,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn new(tag: StartTag<usize>) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self {
            name: text(&tag.name).to_ascii_lowercase(),
            span: Span::new(tag.span.start, tag.span.end),
            self_closing: tag.self_closing,
            attributes: tag
                .attributes
                .into_iter()
                .map(|(name, value)| (text(&name).to_ascii_lowercase(), text(&value)))
                .collect(),
        }
    }

    /// The value of an attribute, where it has it.
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether an attribute is there and says something.
    fn says(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| !value.trim().is_empty())
    }
}

/// Everything that is wrong with a page, in the order of the page.
pub(crate) fn faults(html: &str) -> Vec<Fault> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut nesting = Nesting::default();
    let mut access = Access::default();
    let mut faults = Vec::new();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let tag = Tag::new(tag);
                nesting.open(&tag, &mut faults);
                access.open(&tag, &nesting, &mut faults);
            }
            Token::EndTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_ascii_lowercase();
                nesting.close(&name, Span::new(tag.span.start, tag.span.end), &mut faults);
                access.keep(nesting.depth(), &mut faults);
            }
            Token::String(text) => {
                if text.value.iter().any(|byte| !byte.is_ascii_whitespace()) && !nesting.is_in_code() {
                    access.words();
                }
            }
            Token::Doctype(_) => access.doctype(),
            Token::Error(error) => {
                let span = Span::new(error.span.start, error.span.end);
                faults.extend(syntax(error.value, span));
            }
            Token::Comment(_) => {}
        }
    }
    nesting.end(&mut faults);
    access.end(html.len(), &mut faults);
    faults.sort_by_key(|fault| fault.span);
    faults
}

/// A mistake in the writing of a tag. What browsers pass over in text is passed over.
fn syntax(error: html5gum::Error, span: Span) -> Option<Fault> {
    use html5gum::Error as E;
    let ignored = matches!(
        error,
        E::UnexpectedSolidusInTag
            | E::ControlCharacterInInputStream
            | E::NoncharacterInInputStream
            | E::UnknownNamedCharacterReference
            | E::MissingSemicolonAfterCharacterReference
    );
    (!ignored).then(|| {
        Fault::error(codes::HTML_SYNTAX, format!("invalid HTML: {}", error.as_str().replace('-', " ")), span)
    })
}
