//! `ssg list`

use crate::args::{Format, Globals, List};
use crate::session::{counted, fail, open, report, say};
use ssg_build::assemble_site;
use ssg_parse::Config;
use ssg_source::{Class, Diagnostic, Diagnostics, Inputs, SitePath, codes, did_you_mean};
use ssg_taxonomy::{KeptBack, Kind, LangId, Page, Site, Taxonomy, similar};
use std::io::Write;

pub fn run(globals: &Globals, verb: &List) -> u8 {
    let session = match open(globals, &verb.compile) {
        Ok(session) => session,
        Err(problem) => return fail(globals, problem),
    };
    if session.found.has_errors() {
        return report(globals, Some(&session.inputs), &session.found);
    }
    let mut found = Diagnostics::new();
    let site = assemble_site(&*session.inputs, &session.settings, &mut found);
    let rows = match rows(&site, &session.settings.config, verb, session.inputs.instant()) {
        Ok(rows) => rows,
        Err(problem) => return fail(globals, problem),
    };
    let mut text = String::new();
    for row in rows {
        if globals.format == Format::Json {
            text.push_str(&format!("{}\n", serde_json::Value::from_iter(row.fields)));
        } else {
            let fields: Vec<String> = row.fields.into_iter().map(|(_, value)| value).collect();
            text.push_str(&fields.join("\t"));
            text.push('\n');
        }
    }
    // A closed pipe is no reason to fail.
    let _ = std::io::stdout().write_all(text.as_bytes());
    if found.has_errors() {
        let errors = counted(found.counts().0, "error");
        say(
            globals,
            &format!("{errors} in the site, so the list may lack something: `ssg check` tells what"),
        );
        return found.status();
    }
    0
}

/// A row of the list: names of fields and their values.
struct Row {
    fields: Vec<(&'static str, String)>,
}

fn rows(site: &Site, config: &Config, verb: &List, instant: jiff::Timestamp) -> Result<Vec<Row>, Diagnostic> {
    let kind = verb.kind.as_str();
    let singular = kind.strip_suffix('s').unwrap_or(kind);
    if verb.withheld {
        return Ok(site.kept_back().map(|(source, kept)| withheld_row(source, kept)).collect());
    }
    if let Some(tag) = &verb.untranslated {
        return untranslated(site, config, verb, tag);
    }
    if kind == "languages" {
        return Ok(languages(site, config));
    }
    if kind == "series" && site.taxonomy(kind).is_none() {
        let rows = site.series().map(|(name, editions)| Row {
            fields: vec![("name", name.to_owned()), ("editions", editions.len().to_string())],
        });
        return Ok(rows.collect());
    }
    if verb.upcoming && singular != "event" {
        return Err(Diagnostic::error(codes::LIST, "`--upcoming` goes with events").class(Class::Usage));
    }
    if kind == "pages" && !verb.similar {
        return Ok(site.pages.iter().filter(|page| page.kind != Kind::Term).map(page_row).collect());
    }
    if kind == "sections" && !verb.similar {
        let rows = site.sections.iter().map(|section| Row {
            fields: vec![
                ("path", section.path.clone()),
                ("title", section.title.clone()),
                ("pages", section.pages.len().to_string()),
            ],
        });
        return Ok(rows.collect());
    }
    if singular == "event" && !verb.similar {
        return Ok(events(site, verb.upcoming, instant));
    }
    if verb.similar {
        return match site.taxonomy(kind) {
            Some(index) => Ok(similar_rows(site, &site.taxonomies[index])),
            None => Err(Diagnostic::error(codes::LIST, "`--similar` goes with a taxonomy, such as speakers")
                .class(Class::Usage)),
        };
    }
    if let Some(index) = site.taxonomy(kind) {
        let rows = site.taxonomies[index].terms.iter().map(|term| Row {
            fields: vec![
                ("path", term.first_path().to_owned()),
                ("name", term.name.clone()),
                ("pages", term.pages.len().to_string()),
            ],
        });
        return Ok(rows.collect());
    }
    match Kind::parse(singular) {
        Some(kind) => Ok(site.pages_of(kind).map(|id| page_row(site.page(id))).collect()),
        None => {
            let taxonomies = site.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str());
            let known: Vec<&str> = ["pages", "posts", "events", "series", "talks", "sections", "languages"]
                .into_iter()
                .chain(taxonomies)
                .collect();
            Err(Diagnostic::error(codes::LIST, format!("there is no list of `{kind}`"))
                .class(Class::Usage)
                .hint_if(did_you_mean(kind, known.iter().copied()))
                .hint(format!("there are: {}", known.join(", "))))
        }
    }
}

/// A file that stays in, and why.
fn withheld_row(source: &SitePath, kept: &KeptBack) -> Row {
    let mut fields = vec![("source", source.to_string()), ("why", kept.why.reason().to_owned())];
    if let Some(with) = &kept.with {
        fields.push(("with", with.to_string()));
    }
    Row { fields }
}

/// Every language of the configuration, with how many pages it has.
fn languages(site: &Site, config: &Config) -> Vec<Row> {
    let row = |id: LangId| {
        let tag = config.tag(id).to_owned();
        let count = |translated: bool| {
            let pages =
                site.numbered_pages().filter(|(_, page)| page.language == id && page.kind != Kind::Term);
            pages.filter(|(page, _)| !translated || !site.translations(*page).is_empty()).count().to_string()
        };
        let name = config.languages.get(id.index()).map_or_else(|| tag.clone(), |one| one.name.clone());
        Row {
            fields: vec![
                ("path", config.home_of(id)),
                ("lang", tag),
                ("name", name),
                ("pages", count(false)),
                ("translated", count(true)),
            ],
        }
    };
    config.language_ids().map(row).collect()
}

/// Pages of other languages that say nothing in this one.
fn untranslated(site: &Site, config: &Config, verb: &List, tag: &str) -> Result<Vec<Row>, Diagnostic> {
    let usage = |message: String| Diagnostic::error(codes::LIST, message).class(Class::Usage);
    let Some(language) = config.language_of(tag) else {
        let known: Vec<&str> = config.language_ids().map(|id| config.tag(id)).collect();
        return Err(usage(format!("`{tag}` is none of the site's languages"))
            .hint_if(did_you_mean(tag, known.iter().copied()))
            .hint(format!("there are: {}", known.join(", "))));
    };
    let singular = verb.kind.strip_suffix('s').unwrap_or(&verb.kind);
    let kind = Kind::parse(singular);
    if kind.is_none() || verb.similar {
        return Err(usage("`--untranslated` goes with pages or a kind of page".to_owned()));
    }
    // Of a page in several languages the original is listed. A row of a schedule has no file to translate.
    let pages = site.numbered_pages().filter(|(id, page)| {
        page.row.is_none()
            && site.is_original(*id)
            && site.in_language(*id, language).is_none()
            && if verb.kind == "pages" { page.kind != Kind::Term } else { Some(page.kind) == kind }
    });
    Ok(pages.map(|(_, page)| page_row(page)).collect())
}

fn page_row(page: &Page) -> Row {
    let date = page.date.as_ref().map_or_else(|| "-".to_owned(), |date| date.date().to_string());
    Row {
        fields: vec![
            ("date", date),
            ("kind", page.kind.name().to_owned()),
            ("path", page.path.clone()),
            ("title", page.title.clone()),
            ("source", page.source.to_string()),
        ],
    }
}

fn events(site: &Site, upcoming: bool, instant: jiff::Timestamp) -> Vec<Row> {
    let mut rows = Vec::new();
    for event in &site.events {
        let page = site.page(event.page);
        let table = page.document.front.event.as_deref();
        let cancelled = table.is_some_and(|table| table.cancelled);
        let state = event.state(cancelled, table.and_then(|table| table.cfp.as_ref()), instant);
        if upcoming && !state.is_ahead() {
            continue;
        }
        let days =
            |day: jiff::civil::Date| event.open.map_or_else(|| day.to_string(), |open| open.to_string());
        rows.push(Row {
            fields: vec![
                ("start", days(event.start.date())),
                ("end", days(event.last_day)),
                ("state", state.name().to_owned()),
                ("id", event.id.clone()),
                ("title", page.title.clone()),
                ("talks", event.talks.len().to_string()),
            ],
        });
    }
    rows
}

/// Terms that are probably one: the one to keep, the others, and what to write where.
fn similar_rows(site: &Site, taxonomy: &Taxonomy) -> Vec<Row> {
    let rows = similar(taxonomy).into_iter().map(|found| {
        let keep = &taxonomy.terms[found.keep];
        let page = keep.page.map(|page| site.page(page));
        let others: Vec<_> = found.others.iter().map(|(other, how)| (&taxonomy.terms[*other], how)).collect();
        let differences: Vec<String> =
            others.iter().map(|(other, how)| format!("{} ({})", other.name, how.words())).collect();
        // Two pages of one person cannot be made one by an alias.
        let own: Vec<&str> = others
            .iter()
            .filter_map(|(other, _)| other.page)
            .map(|other| site.page(other).source.as_str())
            .collect();
        let front = page.map(|page| &*page.document.front);
        let known =
            front.map_or(&[] as &[_], |front| &front.aliases).iter().map(|alias| alias.value.as_str());
        let aliases: Vec<&str> = known.chain(others.iter().map(|(other, _)| other.name.as_str())).collect();
        let line = front.cloned().unwrap_or_default().list_line("aliases", aliases);
        let file = page.map_or_else(
            || format!("content/{}/{}.md", taxonomy.name, keep.slug),
            |page| page.source.to_string(),
        );
        let line = if own.is_empty() { line } else { format!("{line}, and without {}", own.join(", ")) };
        Row {
            fields: vec![
                ("name", keep.name.clone()),
                ("similar", differences.join(", ")),
                ("file", file),
                ("line", line),
            ],
        }
    });
    rows.collect()
}
