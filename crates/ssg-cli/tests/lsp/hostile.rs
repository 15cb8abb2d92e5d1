//! Nothing that an editor or a document says ends the server, or keeps it from answering.

use super::client::{Client, site};
use serde_json::{Value, json};

const POST: &str = "content/posts/recap.md";

#[test]
fn what_is_no_message_is_passed_over() {
    let site = site();
    let mut client = Client::silent(site.path());
    let error = client.ask("textDocument/hover", json!({})).expect_err("it is too early");
    assert_eq!(error["code"], -32002);
    drop(client);
    let mut client = Client::start(site.path());
    client.send(b"hello\r\n\r\nContent-Length: 5\r\n\r\n{\"a\":");
    client.send(b"Content-Length: 2\r\n\r\n[]Content-Length: x\r\n\r\n");
    client.note("textDocument/didChange", json!({ "textDocument": 7 }));
    client.note("textDocument/didClose", Value::Null);
    client.note("no/such", json!([1, 2]));
    let error = client.ask("no/such", json!({})).map(|answer| assert_eq!(answer, Value::Null));
    assert!(error.is_ok_and(|()| true) || client.ask("no/such", json!({})).is_err());
    client.open_file(POST);
    assert_eq!(client.offered(POST, 6, 4), ["Ann Bell"]);
    let error = client.ask("textDocument/hover", json!({ "position": -1 })).expect_err("it makes no sense");
    assert_eq!(error["code"], -32602);
    let error = client.ask("no/such", json!({})).expect_err("it is not known");
    assert_eq!(error["code"], -32601);
    // Places that are not there, documents that are not open, files of nobody.
    assert_eq!(client.at("textDocument/hover", POST, 4_000_000_000, 4_000_000_000), Value::Null);
    for url in ["file:///etc/passwd", "untitled:x", "https://else.example/x.md"] {
        let params = json!({ "textDocument": { "uri": url }, "position": { "line": 0, "character": 0 } });
        assert_eq!(client.ask("textDocument/hover", params), Ok(Value::Null));
        client.note(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": url, "languageId": "x", "version": 1, "text": "x" } }),
        );
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn a_request_that_is_cancelled_is_answered_as_such_and_the_next_as_ever() {
    let site = site();
    let mut client = Client::start(site.path());
    client.open_file(POST);
    client.offered(POST, 6, 4);
    // All of it in one piece, so that the cancellation is there before the request is looked at.
    let frame = |message: Value| {
        let body = message.to_string();
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    };
    let hover = |id: i64, url: &str| {
        frame(json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": {
            "textDocument": { "uri": url }, "position": { "line": 4, "character": 9 } } }))
    };
    let url = client.url(POST);
    // Requests before it keep the server busy while the rest is read.
    let mut all: String = (1000..1200).map(|id| hover(id, &url)).collect();
    all.push_str(&hover(2000, &url));
    all.push_str(&frame(json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 2000 } })));
    all.push_str(&hover(2001, &url));
    client.send(all.as_bytes());
    match client.answer(2000) {
        Err(error) => assert_eq!(error["code"], -32800),
        // It may have been answered before the cancellation was read.
        Ok(answer) => assert!(answer["contents"].is_object()),
    }
    assert!(client.answer(2001).expect("an answer")["contents"].is_object());
    assert_eq!(client.end(), 0);
}

#[test]
fn an_editor_that_is_gone_ends_the_server() {
    let site = site();
    let client = Client::start(site.path());
    assert_eq!(client.status(), 1);
    let mut client = Client::start(site.path());
    client.note("exit", Value::Null);
    assert_eq!(client.status(), 1);
    let mut client = Client::start(site.path());
    client.ask("shutdown", Value::Null).expect("it answers");
    let error = client.ask("textDocument/hover", json!({})).expect_err("it shuts down");
    assert_eq!(error["code"], -32600);
    client.note("exit", Value::Null);
    assert_eq!(client.status(), 0);
}

#[test]
fn a_folder_without_a_site_is_told() {
    let empty = tempfile::tempdir().expect("a folder");
    let mut client = Client::start(empty.path());
    let told = client.wait(|message| message["method"] == "window/showMessage");
    assert!(told["params"]["message"].as_str().is_some_and(|text| text.contains("`ssg.toml`")), "{told}");
    client.open("x.md", "text");
    assert_eq!(client.at("textDocument/hover", "x.md", 0, 0), Value::Null);
    assert_eq!(client.end(), 0);
}

#[test]
fn texts_that_are_made_to_be_hard_are_answered_like_any_other() {
    let site = site();
    let mut client = Client::start(site.path());
    let texts = [
        format!("---\ntools: {}\n---\n", "[".repeat(50_000)),
        format!("+++\ntools = {}\n+++\n", "{a=".repeat(50_000)),
        format!("---\ntools: [{}\n---\n", "\"a\", ".repeat(50_000)),
        format!("---\n{}\n---\n", "a: &a [*a, *a]\n".repeat(2_000)),
        format!("---\ntitle: x\n---\n{}", "{% aside() %}".repeat(5_000)),
        format!("---\ntitle: x\n---\n{}x", "> ".repeat(20_000)),
        format!("---\ntitle: x\n---\n{}", "[x](@/".repeat(50_000)),
        "\u{feff}---\u{0}\n\u{202e}tools: [\u{1f680}\n".to_owned(),
        String::new(),
    ];
    client.open_file(POST);
    client.offered(POST, 6, 4);
    for (version, text) in (2..).zip(&texts) {
        client.change(POST, version, None, text);
        for (line, character) in [(0, 0), (1, 20), (1, 60_000), (3, 30), (3, 90_000), (9, 9)] {
            client.at("textDocument/completion", POST, line, character);
            client.at("textDocument/hover", POST, line, character);
        }
    }
    client.change(POST, 99, None, "---\ntitle: x\ndate: 2016-06-01\nevents: [nowhere]\n---\n");
    let found = client.problems(POST, |found| found.iter().any(|one| one["code"] == "dangling-event"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(client.end(), 0);
}
