//! What an author sees and does.

use super::client::{Client, site, span};
use serde_json::{Value, json};
use std::fs;

const RECAP: &str = "content/posts/recap.md";

fn has(found: &[Value], code: &str) -> bool {
    found.iter().any(|one| one["code"] == code)
}

#[test]
fn problems_come_while_one_types_and_go_when_they_are_mended() {
    let site = site();
    let mut client = Client::start(site.path());
    // Lines of Windows, a sign of two units, and a byte order mark.
    let text = "\u{feff}---\r\ntitle: \"\u{1f680} Recap\"\r\ndate: 2016-06-01\r\nevents: [\"\u{1f680}\", 2016-tornto]\r\n---\r\nText.\r\n";
    client.open(RECAP, text);
    let found = client.problems(RECAP, |found| found.len() > 1 && has(found, "dangling-event"));
    let wrong =
        found.iter().find(|one| one["message"].as_str().is_some_and(|text| text.contains("2016-tornto")));
    let wrong = wrong.expect("it is told");
    assert_eq!(wrong["range"], span([3, 15, 3, 26]), "{wrong}");
    assert_eq!(wrong["severity"], 2);
    assert!(
        wrong["message"].as_str().is_some_and(|text| text.contains("\ntry: did you mean `2016-toronto`?"))
    );

    // The quick fix writes what was meant, and what it writes is right.
    let url = client.url(RECAP);
    let params = json!({ "textDocument": { "uri": url }, "range": span([3, 20, 3, 20]), "context": { "diagnostics": [] } });
    let actions = client.ask("textDocument/codeAction", params).expect("an answer");
    let action = &actions[0];
    assert_eq!(action["title"], "Write `2016-toronto` in the place of `2016-tornto`", "{actions}");
    let edit = &action["edit"]["documentChanges"][0]["edits"][0];
    assert_eq!((&edit["range"], &edit["newText"]), (&span([3, 15, 3, 26]), &json!("2016-toronto")));
    client.change(RECAP, 2, Some([3, 9, 3, 27]), "2016-toronto]");
    assert!(client.problems(RECAP, <[_]>::is_empty).is_empty());
    assert_eq!(client.end(), 0);
}

#[test]
fn a_document_that_is_closed_without_saving_counts_as_it_is_on_disk() {
    let site = site();
    let mut client = Client::start(site.path());
    let before = fs::read_to_string(site.path().join(RECAP)).expect("readable");
    client.open(RECAP, "---\ntitle: [\n---\n");
    client.problems(RECAP, |found| has(found, "yaml"));
    // A page that is gone from the text is gone from links to it as well.
    client.close(RECAP);
    client.problems(RECAP, <[_]>::is_empty);
    // A file that was never saved is there while it is open.
    let new = "content/posts/new.md";
    client.open(new, "---\ntitle: New\ndate: 2016-06-03\nevents: [nowhere]\n---\n[x](@/posts/none.md)\n");
    client.problems(new, |found| has(found, "dead-link") && has(found, "dangling-event"));
    client.close(new);
    client.problems(new, <[_]>::is_empty);
    assert_eq!(fs::read_to_string(site.path().join(RECAP)).expect("readable"), before);
    assert!(!site.path().join(new).exists() && !site.path().join(".ssg-cache").exists());
    assert_eq!(client.end(), 0);
}

#[test]
fn the_configuration_and_templates_are_read_as_they_are_typed() {
    let site = site();
    let mut client = Client::start(site.path());
    client.open("ssg.toml", "title = \"Case\"\nbase_url = \"https://case.example\"\ntimezon = \"UTC\"\n");
    let found = client.problems("ssg.toml", |found| has(found, "unknown-key"));
    assert_eq!(found[0]["range"], span([2, 0, 2, 7]));
    client.change("ssg.toml", 2, Some([2, 0, 2, 7]), "timezone");
    client.problems("ssg.toml", |found| !has(found, "unknown-key"));
    let template = "templates/post.html";
    client.open(template, "{% if %}");
    client.problems(template, |found| !found.is_empty());
    client.close(template);
    client.problems(template, <[_]>::is_empty);
    assert_eq!(client.end(), 0);
}

#[test]
fn what_may_be_written_is_offered_at_its_place() {
    let site = site();
    let mut client = Client::start(site.path());
    let name = "content/posts/new.md";
    let header = "---\ntitle: New\ndate: 2016-06-03\nspeakers: [A]\ntools:\n  - \nevents: []\nta\n---\n";
    let body = "[x](@/events/2016-toronto/index.md#) {{ asi }} {{ aside(t) }} [y](@)\n";
    client.open(name, &format!("{header}{body}"));
    let offered = client.offered(name, 3, 12);
    assert_eq!(offered, ["Ann Bell"]);
    assert_eq!(client.offered(name, 5, 4), ["Chef", "Nagios"]);
    assert_eq!(client.offered(name, 6, 9), ["2016-toronto"]);
    let keys = client.offered(name, 7, 2);
    assert!(
        ["talks", "categories", "event"].iter().all(|key| keys.iter().any(|known| known == key)),
        "{keys:?}"
    );
    assert!(!keys.iter().any(|key| key == "title"), "what stands there is not offered again");
    assert_eq!(client.offered(name, 9, 35), ["@/events/2016-toronto/index.md#the-talks"]);
    assert!(client.offered(name, 9, 43).contains(&"aside".to_owned()));
    assert_eq!(client.offered(name, 9, 57), ["tone"]);
    let links = client.offered(name, 9, 67);
    assert!(links.contains(&"@/posts/secret.md".to_owned()), "drafts are seen by who writes: {links:?}");
    // What is written has the marks that it needs.
    let item = |client: &mut Client, line, character| {
        client.at("textDocument/completion", name, line, character)["items"][0]["textEdit"].clone()
    };
    let edit = item(&mut client, 3, 12);
    assert_eq!((&edit["newText"], &edit["range"]), (&json!("Ann Bell"), &span([3, 11, 3, 12])));
    client.change(name, 2, None, "+++\ntools = []\nkind = 1\n+++\n");
    assert_eq!(item(&mut client, 1, 9)["newText"], json!("\"Chef\""));
    assert_eq!(client.end(), 0);
}

#[test]
fn things_tell_what_they_are_and_where() {
    let site = site();
    let mut client = Client::start(site.path());
    client.open_file(RECAP);
    client.offered(RECAP, 4, 9);
    let hover = |client: &mut Client, line, character| {
        let told = client.at("textDocument/hover", RECAP, line, character);
        told["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    let event = hover(&mut client, 3, 12);
    assert!(event.contains("Toronto 2016") && event.contains("2016-05-26 to 2016-05-27, Toronto"), "{event}");
    let tool = hover(&mut client, 4, 9);
    assert!(
        tool.contains("It cooks.") && tool.contains("3 posts, 1 talk") && tool.contains("Plans, draft"),
        "{tool}"
    );
    let person = hover(&mut client, 6, 6);
    assert!(person.contains("**Ann Bell** · Speakers") && person.contains("1 talk"), "{person}");
    let key = hover(&mut client, 3, 2);
    assert!(key.contains("events that it is about"), "{key}");

    let place =
        |client: &mut Client, line, character| client.at("textDocument/definition", RECAP, line, character);
    let event = client.url("content/events/2016-toronto/index.md");
    assert_eq!(place(&mut client, 3, 12)["uri"], event.as_str());
    assert_eq!(place(&mut client, 4, 9)["uri"], client.url("content/tools/chef.md").as_str());
    let anchor = place(&mut client, 8, 50);
    assert_eq!((&anchor["uri"], &anchor["range"]["start"]["line"]), (&json!(event), &json!(11)));
    assert_eq!(place(&mut client, 0, 0), Value::Null);

    let who = client.at("textDocument/references", RECAP, 4, 9);
    let files: Vec<&str> =
        who.as_array().expect("a list").iter().filter_map(|one| one["uri"].as_str()).collect();
    let named = |name: &str| files.iter().filter(|file| file.ends_with(name)).count();
    assert_eq!(
        (named("chef.md"), named("recap.md"), named("more.md"), named("secret.md")),
        (1, 1, 2, 1),
        "{files:?}"
    );
    let who = client.at("textDocument/references", RECAP, 3, 12);
    assert_eq!(who.as_array().map(Vec::len), Some(3), "its page, the header and a link: {who}");
    assert_eq!(client.end(), 0);
}

#[test]
fn a_term_is_renamed_in_headers_and_on_its_page() {
    let site = site();
    let mut client = Client::start(site.path());
    client.open_file(RECAP);
    client.offered(RECAP, 4, 9);
    let prepared = client.at("textDocument/prepareRename", RECAP, 4, 9);
    assert_eq!(prepared, json!({ "range": span([4, 8, 4, 12]), "placeholder": "Chef" }));
    let rename = |client: &mut Client, line, character, new: &str| {
        let params = json!({ "textDocument": { "uri": client.url(RECAP) }, "newName": new,
            "position": { "line": line, "character": character } });
        client.ask("textDocument/rename", params)
    };
    for (new, why) in [("Nagios", "is a name of `Nagios`"), (" ", "a name has"), ("a\nb", "a name has")] {
        let error = rename(&mut client, 4, 9, new).expect_err("it is refused");
        assert!(error["message"].as_str().is_some_and(|text| text.contains(why)), "{error}");
    }
    let error = rename(&mut client, 3, 12, "x").expect_err("it is refused");
    assert!(error["message"].as_str().is_some_and(|text| text.contains("only terms")), "{error}");

    let edits = rename(&mut client, 4, 9, "Chef: \"Infra\"").expect("it is done");
    apply(site.path(), &edits);
    let read = |name: &str| fs::read_to_string(site.path().join(name)).expect("readable");
    assert!(read(RECAP).contains("tools: [\"Chef: \\\"Infra\\\"\", \"Nagios\"] # kept\n"), "{}", read(RECAP));
    let more = read("content/posts/more.md");
    assert!(more.contains("[\n  'Chef: \"Infra\"', # first\n  \"chef server\",\n]"), "{more}");
    assert!(
        read("content/tools/chef.md")
            .starts_with("---\ntitle: \"Chef: \\\"Infra\\\"\"\nslug: chef\naliases: [chef server]\n")
    );
    assert!(
        read("content/events/2016-toronto/talks/opening.md").contains("tools = [\"Chef: \\\"Infra\\\"\"]")
    );
    assert!(read("content/posts/secret.md").contains("tools: [\"Chef: \\\"Infra\\\"\"]"));
    // The site says the same of it, under the new name.
    client.change(RECAP, 2, None, &read(RECAP));
    client.note("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    for _ in 0..600 {
        let told = client.at("textDocument/hover", RECAP, 4, 9)["contents"]["value"].to_string();
        if told.contains("Infra") {
            assert!(told.contains("3 posts, 1 talk") && told.contains("/tools/chef/"), "{told}");
            assert_eq!(client.end(), 0);
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the new name is never known");
}

#[test]
fn an_editor_gets_what_it_can_do() {
    let site = site();
    let watch = json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::of(site.path(), watch);
    let asked = client.wait(|message| message["method"] == "client/registerCapability");
    assert_eq!(asked["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.say(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    client.open_file(RECAP);
    client.offered(RECAP, 4, 9);
    let edits = client.at("textDocument/rename", RECAP, 4, 9);
    let changes = edits["changes"].as_object().expect("edits without versions");
    assert!(edits.get("documentChanges").is_none() && changes.len() == 5, "{edits}");
    // What another program writes is seen when the editor tells of it.
    super::client::write(
        site.path(),
        "content/posts/more.md",
        "---\ntitle: More\ndate: 2016-06-02\nevents: [x]\n---\n",
    );
    client.note("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    client.problems("content/posts/more.md", |found| has(found, "dangling-event"));
    assert_eq!(client.end(), 0);
}

/// Does what an editor does with edits, to the files.
fn apply(root: &std::path::Path, edits: &Value) {
    for change in edits["documentChanges"].as_array().expect("changes") {
        let url = change["textDocument"]["uri"].as_str().expect("an address");
        let file = url.strip_prefix("file://").expect("a file");
        assert!(std::path::Path::new(file).starts_with(root.canonicalize().expect("it exists")));
        let text = fs::read_to_string(file).expect("readable");
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let mut edits = change["edits"].as_array().expect("edits").clone();
        edits.sort_by_key(|edit| {
            let start = &edit["range"]["start"];
            std::cmp::Reverse((start["line"].as_u64(), start["character"].as_u64()))
        });
        for edit in edits {
            let number = |end: &str, what: &str| {
                usize::try_from(edit["range"][end][what].as_u64().expect("a number")).expect("small")
            };
            // The lines that are edited here are in ASCII.
            let line = &mut lines[number("start", "line")];
            line.replace_range(
                number("start", "character")..number("end", "character"),
                edit["newText"].as_str().expect("a text"),
            );
        }
        fs::write(file, lines.join("\n")).expect("written");
    }
}
