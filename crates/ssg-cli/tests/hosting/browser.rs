//! Headless Chromium, spoken to through pipes. `CHROMIUM` names another binary.

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// Notes in every page, before its own scripts run, what the policy keeps from happening.
const LISTEN: &str = "window.violations = []; document.addEventListener('securitypolicyviolation', \
    event => window.violations.push(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample))";

pub struct Browser {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// The number of the last message.
    last: u64,
    session: Value,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// A browser with one tab; `None` where there is no Chromium.
    pub fn start() -> Option<Self> {
        let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
        let known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
        let binary = named.into_iter().chain(known.map(PathBuf::from)).find(|path| path.is_file())?;
        let profile = tempfile::tempdir().expect("a folder");
        // It listens on descriptor 3 and answers on 4; a shell puts the pipes there.
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null", "sh"])
            .arg(binary)
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-dev-shm-usage",
            ])
            .args(["--remote-debugging-pipe", "about:blank"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a browser");
        let input = process.stdin.take().expect("a pipe");
        let output = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut browser = Self { process, input, output, last: 0, session: Value::Null, _profile: profile };
        let target =
            browser.call("Target.createTarget", &json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = browser.call("Target.attachToTarget", &json!({ "targetId": target, "flatten": true }));
        browser.session = attached["sessionId"].clone();
        browser.call("Page.enable", &json!({}));
        browser.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": LISTEN }));
        Some(browser)
    }

    fn send(&mut self, method: &str, params: &Value) -> u64 {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": params });
        if !self.session.is_null() {
            message["sessionId"] = self.session.clone();
        }
        self.input.write_all(format!("{message}\0").as_bytes()).expect("the browser listens");
        self.last
    }

    fn hear(&mut self) -> Value {
        let mut text = Vec::new();
        self.output.read_until(0, &mut text).expect("the browser answers");
        text.pop();
        serde_json::from_slice(&text).expect("JSON")
    }

    fn call(&mut self, method: &str, params: &Value) -> Value {
        let number = self.send(method, params);
        loop {
            let answer = self.hear();
            if answer["id"] == number {
                return answer["result"].clone();
            }
        }
    }

    /// Opens a page and waits until it has loaded.
    pub fn visit(&mut self, address: &str) {
        let number = self.send("Page.navigate", &json!({ "url": address }));
        let (mut begun, mut loaded) = (false, false);
        while !(begun && loaded) {
            let heard = self.hear();
            begun |= heard["id"] == number;
            loaded |= begun && heard["method"] == "Page.loadEventFired";
        }
    }

    /// The value of an expression, or of what it promises.
    pub fn value(&mut self, expression: &str) -> Value {
        let params = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        self.call("Runtime.evaluate", &params)["result"]["value"].clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        self.session = Value::Null;
        self.call("Browser.close", &json!({}));
        let _ = self.process.wait();
    }
}
