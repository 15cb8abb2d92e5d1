//! Diagnostics in the forms of other programs: SARIF, and the commands by which a workflow of GitHub annotates files.

use super::Reporter;
use crate::{Code, Diagnostic, Diagnostics, LineColumn, Severity, SitePath, Span};
use serde_json::{Value, json};

/// What is told of the program, and where the site lies.
#[derive(Clone, Copy, Debug)]
pub struct SiteOrigin<'a> {
    /// Version of the program.
    pub version: &'a str,
    /// The folder of the site as paths are to name it, such as `site`; empty for the folder that they begin in.
    pub folder: &'a str,
}

impl SiteOrigin<'_> {
    fn path(&self, path: &SitePath) -> String {
        match self.folder.trim_end_matches('/') {
            "" | "." => path.to_string(),
            folder => format!("{}/{path}", folder.trim_start_matches("./")),
        }
    }
}

impl Reporter<'_> {
    /// All in one SARIF log (version 2.1.0), with the rules that it names. Columns count characters.
    #[must_use]
    pub fn sarif(&self, found: &Diagnostics, origin: SiteOrigin<'_>) -> String {
        let mut codes: Vec<Code> = found.iter().map(|one| one.code).collect();
        codes.sort();
        codes.dedup();
        let rule = |code: &Code| {
            json!({
                "id": code.name(),
                "shortDescription": { "text": code.meaning() },
                "help": { "text": code.cure() },
            })
        };
        let results: Vec<Value> = found.iter().map(|one| self.result(one, &codes, origin)).collect();
        let log = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "ssg",
                    "version": origin.version,
                    "rules": codes.iter().map(rule).collect::<Vec<_>>(),
                } },
                "columnKind": "unicodeCodePoints",
                "results": results,
            }],
        });
        format!("{log:#}\n")
    }

    fn result(&self, one: &Diagnostic, codes: &[Code], origin: SiteOrigin<'_>) -> Value {
        let location = |path: &SitePath, span: Option<Span>| {
            let mut physical = json!({ "artifactLocation": { "uri": encoded(&origin.path(path)) } });
            if let Some((start, end)) = self.lines_of(one, path, span) {
                physical["region"] = json!({
                    "startLine": start.line, "startColumn": start.column,
                    "endLine": end.line, "endColumn": end.column,
                });
            }
            json!({ "physicalLocation": physical })
        };
        let mut result = json!({
            "ruleId": one.code.name(),
            "ruleIndex": codes.binary_search(&one.code).unwrap_or_default(),
            "level": match one.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "note",
            },
            "message": { "text": told(one) },
        });
        if let Some(path) = &one.path {
            result["locations"] = json!([location(path, one.span)]);
        }
        let related = one.labels.iter().enumerate().map(|(number, label)| {
            let mut place = location(&label.path, label.span);
            place["id"] = number.into();
            place["message"] = json!({ "text": label.text });
            place
        });
        let related: Vec<Value> = related.collect();
        if !related.is_empty() {
            result["relatedLocations"] = related.into();
        }
        result
    }

    /// One command a line, `::error file=…::…`, which a workflow of GitHub shows at the place.
    #[must_use]
    pub fn github(&self, found: &Diagnostics, origin: SiteOrigin<'_>) -> String {
        let line = |one: &Diagnostic| {
            let command = match one.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Hint => "notice",
            };
            let mut fields = vec![format!("title={}", property(one.code.name()))];
            if let Some(path) = &one.path {
                fields.push(format!("file={}", property(&origin.path(path))));
                if let Some((start, end)) = self.lines_of(one, path, one.span) {
                    fields.push(format!("line={},endLine={}", start.line, end.line));
                    // Columns over several lines are not known there.
                    if start.line == end.line {
                        fields.push(format!("col={},endColumn={}", start.column, end.column));
                    }
                }
            }
            format!("::{command} {}::{}\n", fields.join(","), data(&told(one)))
        };
        found.iter().map(line).collect()
    }

    fn lines_of(
        &self,
        one: &Diagnostic,
        path: &SitePath,
        span: Option<Span>,
    ) -> Option<(LineColumn, LineColumn)> {
        let (text, span) = (self.own_text(one, path)?, span?);
        Some((text.line_column(span.start as usize), text.line_column(span.end as usize)))
    }
}

/// What is wrong, and below it what to try.
fn told(one: &Diagnostic) -> String {
    let note = one.note.iter().map(|note| format!(" ({note})"));
    let hints = one.hints.iter().map(|hint| format!("\nhint: {hint}"));
    std::iter::once(one.message.clone()).chain(note).chain(hints).collect()
}

/// The text of a command, which ends with its line.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a field of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A path as a relative reference of a URI.
fn encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b'/' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ReportOptions, codes};
    use std::sync::Arc;

    fn found() -> Diagnostics {
        let path = SitePath::new("content/a b,é.md").expect("valid");
        let mut found = Diagnostics::new();
        found.add(
            Diagnostic::error(codes::DEAD_LINK, "no `x`: 100%")
                .in_file(&path)
                .at(Span::new(4, 8))
                .label(&path, Some(Span::new(0, 1)), "here")
                .hint("write\nit"),
        );
        found.add(Diagnostic::warning(codes::YAML, "\u{1f680}").in_file(&path).at(Span::new(0, 6)));
        found.add(Diagnostic::warning(codes::YAML, "nowhere"));
        found.add(Diagnostic::advice(codes::YAML, "if you like"));
        found
    }

    #[test]
    fn forms_of_others_hold_what_there_is() {
        let text = |_: &SitePath| -> Option<Arc<str>> { Some("éa\nbcde".into()) };
        let reporter = Reporter::new(ReportOptions::default(), &text);
        let origin = SiteOrigin { version: "1.2.3", folder: "./my site/" };
        assert_eq!(
            reporter.github(&found(), origin),
            "::error title=dead-link,file=my site/content/a b%2Cé.md,line=2,endLine=2,col=1,endColumn=5::no `x`: 100%25%0Ahint: write%0Ait\n\
             ::warning title=yaml,file=my site/content/a b%2Cé.md,line=1,endLine=2::\u{1f680}\n\
             ::warning title=yaml::nowhere\n\
             ::notice title=yaml::if you like\n"
        );
        let log: Value = serde_json::from_str(&reporter.sarif(&found(), origin)).expect("JSON");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"].as_array().map(Vec::len), Some(2));
        let first = &run["results"][0];
        assert_eq!(first["ruleId"], run["tool"]["driver"]["rules"][0]["id"]);
        let place = &first["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "my%20site/content/a%20b%2C%C3%A9.md");
        assert_eq!(
            place["region"],
            json!({ "startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 5 })
        );
        assert_eq!(first["relatedLocations"][0]["message"]["text"], "here");
        assert_eq!(run["results"][1]["ruleIndex"], 1);
        assert!(run["results"][2].get("locations").is_none());
        let levels: Vec<_> =
            run["results"].as_array().expect("results").iter().map(|one| one["level"].clone()).collect();
        assert_eq!(levels, ["error", "warning", "warning", "note"]);
    }
}
