//! What an editor and the server tell each other before anything else: where the site is, and what each of them can.

use super::{Server, State};
use crate::site::find;
use lsp_server::{ErrorCode, Message, Request, RequestId, Response};
use lsp_types::notification::{self as notes, Notification as _};
use lsp_types::request::{self as asks, Request as _};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    HoverProviderCapability, InitializeParams, InitializeResult, OneOf, RenameOptions, SaveOptions,
    ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};
use std::io::Write;
use std::path::PathBuf;

impl<W: Write> Server<W> {
    pub(super) fn initialize(&mut self, id: RequestId, params: serde_json::Value) -> Response {
        let params: InitializeParams = match serde_json::from_value(params) {
            Ok(params) => params,
            Err(error) => return Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        };
        let named = params.workspace_folders.unwrap_or_default().into_iter().map(|folder| folder.uri);
        #[expect(deprecated, reason = "older editors name one folder by it")]
        let named = named.chain(params.root_uri);
        let folders = named.filter_map(|url| url.to_file_path().ok());
        let folders: Vec<PathBuf> = std::iter::once(self.options.root.clone()).chain(folders).collect();
        if let Some(root) = find(&folders, &self.options.config) {
            self.open_site(&root);
        }
        let workspace = params.capabilities.workspace;
        let edits = workspace.as_ref().and_then(|workspace| workspace.workspace_edit.as_ref());
        self.takes_versions = edits.is_some_and(|edits| edits.document_changes == Some(true));
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files);
        self.can_watch = watched.is_some_and(|watched| watched.dynamic_registration == Some(true));
        self.state = State::Ready;
        let result = InitializeResult {
            capabilities: capabilities(),
            server_info: Some(ServerInfo {
                name: "ssg".to_owned(),
                version: Some(self.options.version.clone()),
            }),
        };
        Response::new_ok(id, result)
    }

    pub(super) fn begin(&mut self) {
        if self.site.is_none() {
            let message =
                format!("no folder of the editor has a `{}`: ssg has nothing to say", self.options.config);
            self.show(message);
        }
        if self.can_watch && self.site.is_some() {
            self.watch();
        }
        self.compile();
    }

    /// Asks the editor to tell what others write.
    fn watch(&mut self) {
        let watchers = serde_json::json!({ "watchers": [{ "globPattern": "**/*" }] });
        let registration = lsp_types::Registration {
            id: "files".to_owned(),
            method: notes::DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: Some(watchers),
        };
        let params = lsp_types::RegistrationParams { registrations: vec![registration] };
        let id = RequestId::from("files".to_owned());
        self.send(&Message::Request(Request::new(id, asks::RegisterCapability::METHOD.to_owned(), params)));
    }
}

fn capabilities() -> ServerCapabilities {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
        ..TextDocumentSyncOptions::default()
    };
    let signs = ["\"", "'", "[", "/", "@", "#", "(", "{", " ", "%"];
    ServerCapabilities {
        text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(signs.map(str::to_owned).into()),
            ..CompletionOptions::default()
        }),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        references_provider: Some(OneOf::Left(true)),
        rename_provider: Some(OneOf::Right(RenameOptions {
            prepare_provider: Some(true),
            work_done_progress_options: lsp_types::WorkDoneProgressOptions::default(),
        })),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        ..ServerCapabilities::default()
    }
}
