//! The conversation with an editor: messages come in one by one, and states of the site from the thread that compiles.
//!
//! Nothing waits for a compilation: answers are made of the site as it was compiled last. An edit is compiled when no
//! other follows for a moment, and one that comes meanwhile ends the compilation that it outdates.

mod handshake;

use crate::answers::Answers;
use crate::documents::Documents;
use crate::problems::Problems;
use crate::site::{Known, Place};
use crate::transport::{self, Frame};
use crate::worker::{Done, Job, Worker, url_of};
use crossbeam_channel::{Receiver, Sender, bounded};
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self as notes, Notification as _};
use lsp_types::request::{self as asks, Request as _};
use lsp_types::{MessageType, PublishDiagnosticsParams, ShowMessageParams, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use ssg_source::SitePath;
use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long no edit has to come before the site is compiled.
const PAUSE: Duration = Duration::from_millis(150);
/// After how long all files are looked at again, since others may write them too.
const LOOK_AT_ALL: Duration = Duration::from_secs(20);
/// Messages that wait to be looked at; the editor waits when there are more.
const WAITING: usize = 256;

/// Where the server looks for a site, besides the folders that the editor names.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder that comes first.
    pub root: PathBuf,
    /// The configuration of a site, from its folder.
    pub config: SitePath,
    /// Version of the program.
    pub version: String,
}

enum Event {
    Frame(Frame),
    /// The editor is gone.
    End,
    Done(Done),
}

/// Serves an editor until it says that it ends, or is gone. Gives whether it ended in order.
pub fn serve(options: Options, mut input: impl BufRead + Send + 'static, output: impl Write) -> bool {
    let (events, queue) = bounded(WAITING);
    let frames = events.clone();
    std::thread::spawn(move || {
        while let Ok(Some(frame)) = transport::read(&mut input) {
            if frames.send(Event::Frame(frame)).is_err() {
                return;
            }
        }
        let _ = frames.send(Event::End);
    });
    let mut server = Server {
        options,
        output,
        events,
        state: State::New,
        site: None,
        problems: Problems::new(),
        shown: BTreeSet::new(),
        deadline: None,
        ended: None,
        can_watch: false,
        takes_versions: false,
    };
    server.run(&queue);
    server.ended == Some(true)
}

#[derive(PartialEq, Eq)]
enum State {
    New,
    Ready,
    ShutDown,
}

/// The site that is open.
struct Open {
    place: Place,
    documents: Documents,
    worker: Worker,
    known: Option<Arc<Known>>,
    /// What has changed since the last state that was given to the worker; `None` where anything may have.
    changed: Option<BTreeSet<SitePath>>,
    looked_at_all: Instant,
}

struct Server<W> {
    options: Options,
    output: W,
    events: Sender<Event>,
    state: State,
    site: Option<Open>,
    problems: Problems,
    /// Files whose problems the editor shows.
    shown: BTreeSet<Url>,
    deadline: Option<Instant>,
    ended: Option<bool>,
    /// The editor can be asked to watch files.
    can_watch: bool,
    /// The editor takes edits that say which version of a document they are of.
    takes_versions: bool,
}

impl<W: Write> Server<W> {
    fn run(&mut self, queue: &Receiver<Event>) {
        let mut waiting: VecDeque<Event> = VecDeque::new();
        while self.ended.is_none() {
            while let Ok(event) = queue.try_recv() {
                waiting.push_back(event);
                if waiting.len() >= WAITING {
                    break;
                }
            }
            let event = match (waiting.pop_front(), self.deadline) {
                (Some(event), _) => event,
                (None, None) => match queue.recv() {
                    Ok(event) => event,
                    Err(_) => return,
                },
                (None, Some(deadline)) => match queue.recv_deadline(deadline) {
                    Ok(event) => event,
                    Err(error) if error.is_timeout() => {
                        self.compile();
                        continue;
                    }
                    Err(_) => return,
                },
            };
            match event {
                Event::End => self.ended = Some(self.state == State::ShutDown),
                Event::Done(done) => self.take(done),
                Event::Frame(Frame::Unusable(why)) => {
                    // By the protocol an error of which the request is not known has no id.
                    let error = lsp_server::ResponseError {
                        code: ErrorCode::ParseError as i32,
                        message: why,
                        data: None,
                    };
                    self.log(&format!("passed over: {}", error.message));
                }
                Event::Frame(Frame::Message(Message::Request(request))) => {
                    let answer = if is_cancelled(&request.id, &waiting) {
                        Response::new_err(
                            request.id,
                            ErrorCode::RequestCanceled as i32,
                            "cancelled".to_owned(),
                        )
                    } else {
                        let id = request.id.clone();
                        // A fault of the program costs one answer, and not the server.
                        catch_unwind(AssertUnwindSafe(|| self.answer(request))).unwrap_or_else(|_| {
                            let message = "the answer ended in a fault of the program".to_owned();
                            Response::new_err(id, ErrorCode::InternalError as i32, message)
                        })
                    };
                    self.send(&Message::Response(answer));
                }
                Event::Frame(Frame::Message(Message::Notification(note))) => self.note(note),
                // Whether the editor watches files makes no difference to what is done.
                Event::Frame(Frame::Message(Message::Response(_))) => {}
            }
        }
    }

    fn send(&mut self, message: &Message) {
        if transport::write(&mut self.output, message).is_err() {
            self.ended = Some(false);
        }
    }

    fn notify<N: notes::Notification>(&mut self, params: N::Params)
    where
        N::Params: Serialize,
    {
        self.send(&Message::Notification(Notification::new(N::METHOD.to_owned(), params)));
    }

    fn log(&mut self, message: &str) {
        let params = lsp_types::LogMessageParams { typ: MessageType::WARNING, message: message.to_owned() };
        self.notify::<notes::LogMessage>(params);
    }

    fn show(&mut self, message: String) {
        self.notify::<notes::ShowMessage>(ShowMessageParams { typ: MessageType::WARNING, message });
    }

    fn answer(&mut self, request: Request) -> Response {
        let Request { id, method, params } = request;
        match (&self.state, method.as_str()) {
            (State::New, asks::Initialize::METHOD) => self.initialize(id, params),
            (State::New, _) => {
                let message = "the editor has not said what it can".to_owned();
                Response::new_err(id, ErrorCode::ServerNotInitialized as i32, message)
            }
            (State::ShutDown, _) => {
                Response::new_err(id, ErrorCode::InvalidRequest as i32, "the server shuts down".to_owned())
            }
            (State::Ready, asks::Shutdown::METHOD) => {
                self.state = State::ShutDown;
                Response::new_ok(id, ())
            }
            (State::Ready, method) => self.ask(id, method, params),
        }
    }

    fn open_site(&mut self, root: &Path) {
        let (config, version) = (self.options.config.clone(), self.options.version.clone());
        let place = Place { root: root.to_owned(), config, version };
        let events = self.events.clone();
        let worker = Worker::start(place.clone(), move |done| {
            let _ = events.send(Event::Done(done));
        });
        if let Ok(worker) = worker {
            let (documents, looked_at_all) = (Documents::new(root), Instant::now());
            self.site = Some(Open { place, documents, worker, known: None, changed: None, looked_at_all });
        }
    }

    fn ask(&mut self, id: RequestId, method: &str, params: serde_json::Value) -> Response {
        let Some(open) = &self.site else { return Response::new_ok(id, ()) };
        let Some(known) = open.known.clone() else { return Response::new_ok(id, ()) };
        let (documents, config) = (&open.documents, &open.place.config);
        let answers = Answers {
            known: &known,
            documents,
            problems: &self.problems,
            config,
            takes_versions: self.takes_versions,
        };
        match method {
            asks::Completion::METHOD => reply::<asks::Completion, _>(id, params, |params| {
                Ok(answers.completion(&params.text_document_position))
            }),
            asks::HoverRequest::METHOD => reply::<asks::HoverRequest, _>(id, params, |params| {
                Ok(answers.hover(&params.text_document_position_params))
            }),
            asks::GotoDefinition::METHOD => reply::<asks::GotoDefinition, _>(id, params, |params| {
                Ok(answers.definition(&params.text_document_position_params))
            }),
            asks::References::METHOD => reply::<asks::References, _>(id, params, |params| {
                Ok(answers.references(&params.text_document_position, params.context.include_declaration))
            }),
            asks::PrepareRenameRequest::METHOD => {
                reply::<asks::PrepareRenameRequest, _>(id, params, |params| {
                    Ok(answers.prepare_rename(&params))
                })
            }
            asks::Rename::METHOD => reply::<asks::Rename, _>(id, params, |params| {
                answers.rename(&params.text_document_position, &params.new_name)
            }),
            asks::CodeActionRequest::METHOD => {
                reply::<asks::CodeActionRequest, _>(id, params, |params| Ok(answers.actions(&params)))
            }
            _ => Response::new_err(id, ErrorCode::MethodNotFound as i32, format!("`{method}` is not known")),
        }
    }

    fn note(&mut self, note: Notification) {
        if note.method == notes::Exit::METHOD {
            self.ended = Some(self.state == State::ShutDown);
            return;
        }
        if self.state != State::Ready {
            return;
        }
        match note.method.as_str() {
            notes::Initialized::METHOD => self.begin(),
            notes::DidOpenTextDocument::METHOD => {
                self.with::<notes::DidOpenTextDocument>(note, |open, params| {
                    let document = params.text_document;
                    let path = open.documents.open(document.uri, document.version, &document.text);
                    open.has_changed(path);
                });
            }
            notes::DidChangeTextDocument::METHOD => {
                self.with::<notes::DidChangeTextDocument>(note, |open, params| {
                    let document = params.text_document;
                    let path = open.documents.change(&document.uri, document.version, params.content_changes);
                    open.has_changed(path);
                });
            }
            notes::DidCloseTextDocument::METHOD => {
                self.with::<notes::DidCloseTextDocument>(note, |open, params| {
                    let path = open.documents.close(&params.text_document.uri);
                    open.has_changed(path);
                });
            }
            notes::DidSaveTextDocument::METHOD => {
                self.with::<notes::DidSaveTextDocument>(note, |open, _| open.changed = None);
            }
            notes::DidChangeWatchedFiles::METHOD => {
                self.with::<notes::DidChangeWatchedFiles>(note, |open, _| open.changed = None);
            }
            _ => {}
        }
    }

    /// The editor is ready: the site is compiled as it is on disk.
    /// Does what a notification says with the site, and has it compiled soon.
    fn with<N: notes::Notification>(&mut self, note: Notification, act: impl FnOnce(&mut Open, N::Params))
    where
        N::Params: DeserializeOwned,
    {
        let params = match serde_json::from_value::<N::Params>(note.params) {
            Ok(params) => params,
            Err(error) => return self.log(&format!("passed over: {}: {error}", N::METHOD)),
        };
        let Some(open) = &mut self.site else { return };
        act(open, params);
        open.worker.outdate();
        self.deadline = Some(Instant::now() + PAUSE);
    }

    fn compile(&mut self) {
        self.deadline = None;
        let Some(open) = &mut self.site else { return };
        if open.known.is_none() || open.looked_at_all.elapsed() > LOOK_AT_ALL {
            open.changed = None;
        }
        if open.changed.is_none() {
            open.looked_at_all = Instant::now();
        }
        let changed = open.changed.replace(BTreeSet::new());
        let number = open.worker.outdate();
        let (texts, urls) = (open.documents.texts(), open.documents.urls());
        open.worker.compile(Job { texts, urls, changed, number });
    }

    fn take(&mut self, done: Done) {
        match done {
            Done::Failed(why) => {
                if let Some(open) = &mut self.site {
                    open.changed = None;
                }
                self.log(&why);
            }
            Done::Compiled { known, problems } => {
                if let (Some(open), Some(known)) = (&mut self.site, known) {
                    open.known = Some(known);
                }
                if let Some(problems) = problems {
                    self.publish(problems);
                }
            }
        }
    }

    /// Shows what was found, and takes back what was shown and is not there any more.
    fn publish(&mut self, problems: Problems) {
        let Some(open) = &self.site else { return };
        let inputs = open.known.as_ref().map(|known| known.inputs.clone());
        let url = |path: &SitePath| {
            let on_disk = || Url::from_file_path(open.place.root.join(path.as_str())).ok();
            let document = open.documents.get(path).map(|document| document.url.clone());
            document.or_else(|| url_of(&**inputs.as_ref()?, path)).or_else(on_disk)
        };
        let version = |path: &SitePath| open.documents.get(path).map(|document| document.version);
        let mut all: Vec<PublishDiagnosticsParams> = Vec::new();
        for (path, found) in &problems {
            let Some(uri) = url(path) else { continue };
            let diagnostics = found.iter().map(|(_, shown)| shown.clone()).collect();
            all.push(PublishDiagnosticsParams { uri, diagnostics, version: version(path) });
        }
        let now: BTreeSet<Url> = all.iter().map(|one| one.uri.clone()).collect();
        for gone in self.shown.difference(&now) {
            all.push(PublishDiagnosticsParams { uri: gone.clone(), diagnostics: Vec::new(), version: None });
        }
        self.shown = now;
        self.problems = problems;
        for params in all {
            self.notify::<notes::PublishDiagnostics>(params);
        }
    }
}

impl Open {
    fn has_changed(&mut self, path: Option<SitePath>) {
        if let (Some(changed), Some(path)) = (&mut self.changed, path) {
            changed.insert(path);
        }
    }
}

/// Whether the editor has said meanwhile that it does not want an answer any more.
fn is_cancelled(id: &RequestId, waiting: &VecDeque<Event>) -> bool {
    waiting.iter().any(|event| match event {
        Event::Frame(Frame::Message(Message::Notification(note))) if note.method == notes::Cancel::METHOD => {
            let told: Option<RequestId> =
                note.params.get("id").and_then(|id| serde_json::from_value(id.clone()).ok());
            told.as_ref() == Some(id)
        }
        _ => false,
    })
}

fn reply<R: asks::Request, T: Serialize>(
    id: RequestId,
    params: serde_json::Value,
    answer: impl FnOnce(R::Params) -> Result<T, String>,
) -> Response
where
    R::Params: DeserializeOwned,
{
    match serde_json::from_value::<R::Params>(params) {
        Err(error) => Response::new_err(id, ErrorCode::InvalidParams as i32, error.to_string()),
        Ok(params) => match answer(params) {
            Ok(answer) => Response::new_ok(id, answer),
            Err(why) => Response::new_err(id, ErrorCode::RequestFailed as i32, why),
        },
    }
}
