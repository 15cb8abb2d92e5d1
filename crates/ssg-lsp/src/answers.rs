//! Answers to what an editor asks, each of the site as it was compiled last and of the documents as they are now.

use crate::actions::fix;
use crate::completion::complete;
use crate::cursor::FileKind;
use crate::documents::Documents;
use crate::hover::told;
use crate::problems::Problems;
use crate::references::{Spot, definition, references};
use crate::rename::rename;
use crate::site::Known;
use crate::subject::{About, Subject, about};
use crate::text::Text;
use crate::worker::url_of;
use lsp_types::{
    AnnotatedTextEdit, CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CompletionList,
    Hover, HoverContents, Location, MarkupContent, MarkupKind, OneOf,
    OptionalVersionedTextDocumentIdentifier, Position, PrepareRenameResponse, Range, TextDocumentEdit,
    TextDocumentPositionParams, TextEdit, Url, WorkspaceEdit,
};
use ssg_source::{SitePath, Span};
use std::collections::BTreeMap;

/// What answers are made of.
pub struct Answers<'a> {
    /// The site.
    pub known: &'a Known,
    /// The open documents.
    pub documents: &'a Documents,
    /// What was found last.
    pub problems: &'a Problems,
    /// The configuration of the site.
    pub config: &'a SitePath,
    /// Edits may say which version of a document they are of.
    pub takes_versions: bool,
}

impl Answers<'_> {
    fn text(&self, path: &SitePath) -> Option<Text> {
        let open = self.documents.get(path).map(|document| document.text.clone());
        open.or_else(|| self.known.text(path).map(|text| Text::new(&text)))
    }

    fn url(&self, path: &SitePath) -> Option<Url> {
        let open = self.documents.get(path).map(|document| document.url.clone());
        open.or_else(|| url_of(&*self.known.inputs, path))
    }

    /// The file of a request, its text, its kind and the byte of the position.
    fn at(&self, url: &Url, position: Position) -> Option<(SitePath, Text, FileKind, usize)> {
        let path = self.documents.path(url)?;
        let text = self.text(&path)?;
        let kind = FileKind::of(&path, self.config);
        let cursor = text.offset(position);
        Some((path, text, kind, cursor))
    }

    fn about(&self, at: &TextDocumentPositionParams) -> Option<(About, Text)> {
        let (path, text, kind, cursor) = self.at(&at.text_document.uri, at.position)?;
        let about = about(self.known, &path, text.as_str(), kind, cursor)?;
        Some((about, text))
    }

    fn location(&self, spot: &Spot) -> Option<Location> {
        let text = self.text(&spot.file).unwrap_or_default();
        Some(Location::new(self.url(&spot.file)?, text.range(spot.span)))
    }

    /// What may be written at a place.
    #[must_use]
    pub fn completion(&self, at: &TextDocumentPositionParams) -> Option<CompletionList> {
        let (path, text, kind, cursor) = self.at(&at.text_document.uri, at.position)?;
        Some(complete(self.known, &path, &text, kind, cursor))
    }

    /// What is told of a place.
    #[must_use]
    pub fn hover(&self, at: &TextDocumentPositionParams) -> Option<Hover> {
        let (about, text) = self.about(at)?;
        let value = told(self.known, &about)?;
        let contents = HoverContents::Markup(MarkupContent { kind: MarkupKind::Markdown, value });
        Some(Hover { contents, range: Some(text.range(about.span)) })
    }

    /// Where the thing at a place is.
    #[must_use]
    pub fn definition(&self, at: &TextDocumentPositionParams) -> Option<Location> {
        let (about, _) = self.about(at)?;
        self.location(&definition(self.known, &about)?)
    }

    /// Who names the thing at a place; its own place first, where that is asked for.
    #[must_use]
    pub fn references(&self, at: &TextDocumentPositionParams, with_own: bool) -> Option<Vec<Location>> {
        let (about, _) = self.about(at)?;
        let own = with_own.then(|| definition(self.known, &about)).flatten();
        let spots = own.into_iter().chain(references(self.known, &about));
        Some(spots.filter_map(|spot| self.location(&spot)).collect())
    }

    /// What is renamed at a place.
    #[must_use]
    pub fn prepare_rename(&self, at: &TextDocumentPositionParams) -> Option<PrepareRenameResponse> {
        let (about, text) = self.about(at)?;
        let Subject::Term(id) = about.subject else { return None };
        let placeholder = self.known.site.term(id).name.clone();
        Some(PrepareRenameResponse::RangeWithPlaceholder { range: text.range(about.span), placeholder })
    }

    /// The edits that give the term at a place another name.
    ///
    /// # Errors
    /// What to tell, where that cannot be done.
    pub fn rename(&self, at: &TextDocumentPositionParams, new: &str) -> Result<WorkspaceEdit, String> {
        let about = self.about(at).map(|(about, _)| about.subject);
        let Some(Subject::Term(id)) = about else {
            return Err("only terms can be renamed: tools, speakers and the like, where a header names them"
                .to_owned());
        };
        let edits = rename(self.known, id, new, &|path| self.text(path))?;
        Ok(self.workspace_edit(edits))
    }

    fn workspace_edit(&self, edits: Vec<(Spot, String)>) -> WorkspaceEdit {
        let mut by_file: BTreeMap<SitePath, Vec<(Span, String)>> = BTreeMap::new();
        for (spot, new) in edits {
            by_file.entry(spot.file).or_default().push((spot.span, new));
        }
        let of_file = |(file, edits): (SitePath, Vec<(Span, String)>)| {
            let text = self.text(&file)?;
            let edits =
                edits.into_iter().map(|(span, new)| OneOf::Left(TextEdit::new(text.range(span), new)));
            // An edit of a document that has changed meanwhile is refused by the editor.
            let version = self.documents.get(&file).map(|document| document.version);
            let text_document = OptionalVersionedTextDocumentIdentifier { uri: self.url(&file)?, version };
            Some(TextDocumentEdit { text_document, edits: edits.collect() })
        };
        let edits: Vec<TextDocumentEdit> = by_file.into_iter().filter_map(of_file).collect();
        if !self.takes_versions {
            let plain = |edit: OneOf<TextEdit, AnnotatedTextEdit>| match edit {
                OneOf::Left(edit) => edit,
                OneOf::Right(annotated) => annotated.text_edit,
            };
            let of_file = |one: TextDocumentEdit| {
                (one.text_document.uri, one.edits.into_iter().map(plain).collect::<Vec<_>>())
            };
            let changes = edits.into_iter().map(of_file).collect();
            return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
        }
        WorkspaceEdit {
            document_changes: Some(lsp_types::DocumentChanges::Edits(edits)),
            ..WorkspaceEdit::default()
        }
    }

    /// Quick fixes of what is wrong in a range.
    #[must_use]
    pub fn actions(&self, params: &CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
        let path = self.documents.path(&params.text_document.uri)?;
        let text = self.text(&path)?;
        let touches = |range: &Range| range.start <= params.range.end && params.range.start <= range.end;
        let found = self.problems.get(&path)?.iter().filter(|(_, shown)| touches(&shown.range));
        let action = |(one, shown): &(ssg_source::Diagnostic, lsp_types::Diagnostic)| {
            let (span, new) = fix(one, &text)?;
            let title = format!("Write `{new}` in the place of `{}`", span.slice(text.as_str()));
            let spot = Spot { file: path.clone(), span };
            Some(CodeActionOrCommand::CodeAction(CodeAction {
                title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![shown.clone()]),
                edit: Some(self.workspace_edit(vec![(spot, new)])),
                is_preferred: Some(true),
                ..CodeAction::default()
            }))
        };
        Some(found.filter_map(action).collect())
    }
}

#[cfg(test)]
mod tests;
