//! A client that says what an editor would, and a site to say it about.

#![expect(clippy::needless_pass_by_value, reason = "messages are written where they are sent")]

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long a server may be silent before a test fails; nothing is measured by it.
const PATIENCE: Duration = Duration::from_secs(60);

/// The files of the site.
const FILES: &[(&str, &str)] = &[
    ("ssg.toml", "title = \"Case\"\nbase_url = \"https://case.example\"\ntheme.name = \"plain\"\n"),
    (
        "content/posts/recap.md",
        "---\ntitle: Recap\ndate: 2016-06-01\nevents: [2016-toronto]\ntools: [Chef, \"Nagios\"] # kept\nspeakers:\n  - Ann Bell\n---\n\
         See [the tool](@/tools/chef.md) and [talks](@/events/2016-toronto/index.md#the-talks).\n",
    ),
    (
        "content/posts/more.md",
        "+++\ntitle = \"More\"\ndate = 2016-06-02\ntools = [\n  'Chef', # first\n  \"chef server\",\n]\n+++\nText.\n",
    ),
    ("content/posts/secret.md", "---\ntitle: Plans\ndraft: true\ntools: [Chef]\n---\nA draft.\n"),
    (
        "content/tools/chef.md",
        "---\ntitle: Chef\naliases: [chef server]\ndescription: It cooks.\n---\nText.\n",
    ),
    (
        "content/events/2016-toronto/index.md",
        "+++\ntitle = \"Toronto 2016\"\n[event]\nstart = 2016-05-26\nend = 2016-05-27\ncity = \"Toronto\"\n\
         [[event.schedule]]\nstarts = 2016-05-26T09:00:00\nends = 2016-05-26T10:00:00\ntalk = \"opening\"\n+++\n## The talks\n",
    ),
    (
        "content/events/2016-toronto/talks/opening.md",
        "+++\ntitle = \"Opening\"\nspeakers = [\"Ann Bell\"]\ntools = [\"Chef\"]\n+++\nWords.\n",
    ),
];

/// A site in a folder of its own, with the theme of the fixture sites.
pub fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().expect("a folder");
    for (name, text) in FILES {
        write(site.path(), name, text);
    }
    let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/theme");
    copy(&theme, &site.path().join("themes/plain"));
    write(site.path(), "templates/shortcodes/aside.html", "<aside>{{ tone }}{{ body }}</aside>");
    site
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("made");
    for entry in fs::read_dir(from).expect("readable") {
        let entry = entry.expect("readable");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).expect("copied");
        }
    }
}

pub fn write(root: &Path, name: &str, text: &str) {
    let path = root.join(name);
    fs::create_dir_all(path.parent().expect("below the site")).expect("made");
    fs::write(path, text).expect("written");
}

/// A server, and what it has said that nobody has read yet.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    said: Receiver<Value>,
    kept: Vec<Value>,
    next: i64,
    root: PathBuf,
}

impl Client {
    /// A server that nothing has been said to.
    pub fn silent(root: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_ssg"))
            .args(["lsp", "--stdio"])
            .current_dir(std::env::temp_dir())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let input = child.stdin.take();
        let output = child.stdout.take().expect("piped");
        let (send, said) = channel();
        std::thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    return;
                }
            }
        });
        let root = root.canonicalize().expect("it exists");
        Self { child, input, said, kept: Vec::new(), next: 0, root }
    }

    /// A server that has opened the site.
    pub fn start(root: &Path) -> Self {
        Self::of(root, json!({ "workspace": { "workspaceEdit": { "documentChanges": true } } }))
    }

    /// A server for an editor that can do this.
    pub fn of(root: &Path, capabilities: Value) -> Self {
        let mut client = Self::silent(root);
        let url = client.folder();
        let params = json!({ "processId": null, "rootUri": url, "capabilities": capabilities,
            "workspaceFolders": [{ "uri": url, "name": "site" }] });
        let answer = client.ask("initialize", params).expect("it answers");
        assert_eq!(answer["serverInfo"]["name"], "ssg");
        client.note("initialized", json!({}));
        client
    }

    fn folder(&self) -> String {
        format!("file://{}", self.root.display())
    }

    pub fn url(&self, name: &str) -> String {
        format!("{}/{name}", self.folder())
    }

    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().expect("not closed");
        input.write_all(bytes).and_then(|()| input.flush()).expect("the server reads");
    }

    pub fn say(&mut self, message: &Value) {
        let body = message.to_string();
        self.send(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn note(&mut self, method: &str, params: Value) {
        self.say(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks, and waits for the answer: a result, or an error.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        self.next += 1;
        let id = self.next;
        self.say(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.answer(id)
    }

    /// Waits for the answer to a request.
    pub fn answer(&mut self, id: i64) -> Result<Value, Value> {
        let answer = self.wait(|message| message["id"] == id && message.get("method").is_none());
        match answer.get("error") {
            Some(error) => Err(error.clone()),
            None => Ok(answer["result"].clone()),
        }
    }

    /// Waits for a message; all that come before are kept.
    pub fn wait(&mut self, is_it: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&is_it) {
            return self.kept.remove(at);
        }
        loop {
            let message = self.said.recv_timeout(PATIENCE).expect("the server says something");
            if is_it(&message) {
                return message;
            }
            self.kept.push(message);
        }
    }

    /// Waits until the problems of a file are such.
    pub fn problems(&mut self, name: &str, are: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let url = self.url(name);
        let told = self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["uri"] == url.as_str()
                && message["params"]["diagnostics"].as_array().is_some_and(|found| are(found))
        });
        self.kept.retain(|message| message["params"]["uri"] != url.as_str());
        told["params"]["diagnostics"].as_array().cloned().unwrap_or_default()
    }

    pub fn open(&mut self, name: &str, text: &str) {
        let document = json!({ "uri": self.url(name), "languageId": "markdown", "version": 1, "text": text });
        self.note("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Opens a file as it is on disk.
    pub fn open_file(&mut self, name: &str) {
        let text = fs::read_to_string(self.root.join(name)).expect("readable");
        self.open(name, &text);
    }

    /// Changes a part of a document, or all of it.
    pub fn change(&mut self, name: &str, version: i32, range: Option<[u32; 4]>, text: &str) {
        let change = match range {
            None => json!({ "text": text }),
            Some(range) => json!({ "range": span(range), "text": text }),
        };
        let document = json!({ "uri": self.url(name), "version": version });
        self.note("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
    }

    pub fn close(&mut self, name: &str) {
        self.note("textDocument/didClose", json!({ "textDocument": { "uri": self.url(name) } }));
    }

    /// Asks about a position of a document.
    pub fn at(&mut self, method: &str, name: &str, line: u32, character: u32) -> Value {
        let params = json!({ "textDocument": { "uri": self.url(name) }, "newName": "x",
            "context": { "includeDeclaration": true, "triggerKind": 1 }, "position": { "line": line, "character": character } });
        self.ask(method, params).expect("an answer")
    }

    /// Labels of what may be written at a position. The site is compiled before the first are known.
    pub fn offered(&mut self, name: &str, line: u32, character: u32) -> Vec<String> {
        for _ in 0..600 {
            let offered = self.at("textDocument/completion", name, line, character);
            if !offered.is_null() {
                let items = offered["items"].as_array().cloned().unwrap_or_default();
                return items.iter().filter_map(|item| Some(item["label"].as_str()?.to_owned())).collect();
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("the site is never known");
    }

    /// Ends in order and gives the status.
    pub fn end(mut self) -> i32 {
        self.ask("shutdown", Value::Null).expect("it answers");
        self.note("exit", Value::Null);
        self.status()
    }

    /// Closes the stream and waits for the end.
    pub fn status(mut self) -> i32 {
        drop(self.input.take());
        let status = self.child.wait().expect("it ends");
        let mut errors = String::new();
        let _ = self.child.stderr.take().expect("piped").read_to_string(&mut errors);
        assert_eq!(errors, "", "nothing but messages is printed");
        status.code().expect("it was not killed")
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn span([line, character, end_line, end]: [u32; 4]) -> Value {
    json!({ "start": { "line": line, "character": character }, "end": { "line": end_line, "character": end } })
}

fn read(output: &mut impl BufRead) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim_end().strip_prefix("Content-Length: ") {
            Some(text) => length = text.parse().ok()?,
            None if line == "\r\n" => break,
            None => return None,
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
