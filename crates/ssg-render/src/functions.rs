//! Template functions: arguments become a [`Question`], which goes through the reader.

use crate::exports::structured;
use crate::plurals;
use crate::question::Question;
use crate::reader::{ask, ask_in, current, looked_up, subject};
use ssg_taxonomy::LangId;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// What a limit is when none is given.
const ALL: usize = usize::MAX;

fn text(kwargs: &Kwargs, name: &'static str) -> TeraResult<String> {
    kwargs.must_get::<&str>(name).map(str::to_owned)
}

fn optional(kwargs: &Kwargs, name: &'static str) -> TeraResult<Option<String>> {
    Ok(match kwargs.get::<&Value>(name)? {
        Some(value) if value.is_none() => None,
        Some(value) => {
            Some(value.as_str().ok_or_else(|| Error::message(format!("`{name}` must be text")))?.to_owned())
        }
        None => None,
    })
}

fn limit(kwargs: &Kwargs, default: usize) -> TeraResult<usize> {
    Ok(kwargs.get::<usize>("limit")?.unwrap_or(default))
}

/// Refuses arguments that the function does not know: a misspelled one would be passed over.
fn only(kwargs: &Kwargs, known: &[&str]) -> TeraResult<()> {
    for (key, _) in kwargs.iter() {
        let key = key.as_str().unwrap_or("");
        if !known.contains(&key) {
            let hint = ssg_source::did_you_mean(key, known.iter().copied());
            let hint = hint.unwrap_or_else(|| format!("there are {}", known.join(", ")));
            return Err(Error::message(format!("unknown argument `{key}`: {hint}")));
        }
    }
    Ok(())
}

/// The language in which lists are asked for: that of the output, unless `lang` names another one.
fn language(kwargs: &Kwargs) -> TeraResult<LangId> {
    let scope = current()?;
    let Some(tag) = optional(kwargs, "lang")? else { return Ok(scope.language) };
    let config = &scope.world.config;
    config.language_of(&tag).ok_or_else(|| {
        let known = config.language_ids().map(|id| config.tag(id));
        let hint =
            ssg_source::did_you_mean(&tag, known).unwrap_or_else(|| "see [languages] in ssg.toml".to_owned());
        Error::message(format!("`{tag}` is none of the site's languages: {hint}"))
    })
}

/// Makes a question of the arguments of a call.
type Make = fn(&Kwargs) -> TeraResult<Question>;

/// Every function that asks a question, with the arguments that it knows.
fn asking(mut add: impl FnMut(&'static str, &'static [&'static str], Make)) {
    add("recent", &["kind", "limit"], |kwargs| {
        let kind = optional(kwargs, "kind")?.unwrap_or_else(|| "post".to_owned());
        Ok(Question::Recent { kind, limit: limit(kwargs, 10)? })
    });
    add("events", &["state", "limit", "order"], |kwargs| {
        let descending = optional(kwargs, "order")?.is_some_and(|order| order == "desc");
        Ok(Question::Events { state: optional(kwargs, "state")?, limit: limit(kwargs, ALL)?, descending })
    });
    add("get_page", &["path"], |kwargs| Ok(Question::GetPage { path: text(kwargs, "path")? }));
    add("get_section", &["path"], |kwargs| Ok(Question::GetSection { path: text(kwargs, "path")? }));
    add("section_pages", &["path", "limit"], |kwargs| {
        Ok(Question::SectionPages { path: text(kwargs, "path")?, limit: limit(kwargs, ALL)? })
    });
    add("get_event", &["id"], |kwargs| Ok(Question::GetEvent { id: text(kwargs, "id")? }));
    add("talks", &["event", "speaker", "tool"], |kwargs| {
        for (argument, taxonomy) in [("speaker", "speakers"), ("tool", "tools")] {
            if let Some(term) = optional(kwargs, argument)? {
                return Ok(Question::TalksOfTerm { taxonomy: taxonomy.to_owned(), term });
            }
        }
        Ok(Question::TalksOfEvent { id: text(kwargs, "event")? })
    });
    add("recaps", &["event", "talk", "speaker", "tool"], |kwargs| {
        for (argument, taxonomy) in [("speaker", "speakers"), ("tool", "tools")] {
            if let Some(term) = optional(kwargs, argument)? {
                return Ok(Question::RecapsOfTerm { taxonomy: taxonomy.to_owned(), term });
            }
        }
        match optional(kwargs, "talk")? {
            Some(id) => Ok(Question::RecapsOfTalk { id }),
            None => Ok(Question::RecapsOfEvent { id: text(kwargs, "event")? }),
        }
    });
    add("written", &["by"], |kwargs| Ok(Question::WrittenBy { person: text(kwargs, "by")? }));
    add("organized", &["by"], |kwargs| Ok(Question::OrganizedBy { person: text(kwargs, "by")? }));
    add("series", &[], |_| Ok(Question::Series));
    add("schedule", &["event"], |kwargs| Ok(Question::Schedule { event: text(kwargs, "event")? }));
    add("editions", &["series", "limit"], |kwargs| {
        Ok(Question::Editions { series: text(kwargs, "series")?, limit: limit(kwargs, ALL)? })
    });
    add("terms", &["taxonomy", "sort", "limit"], |kwargs| {
        let by_count = match optional(kwargs, "sort")?.as_deref() {
            None | Some("name") => false,
            Some("count") => true,
            Some(other) => return Err(Error::message(format!("`sort` is `name` or `count`, not `{other}`"))),
        };
        Ok(Question::Terms { taxonomy: text(kwargs, "taxonomy")?, by_count, limit: limit(kwargs, ALL)? })
    });
    add("get_term", &["taxonomy", "name"], |kwargs| {
        Ok(Question::GetTerm { taxonomy: text(kwargs, "taxonomy")?, name: text(kwargs, "name")? })
    });
    add("term_pages", &["taxonomy", "term", "kind", "limit"], |kwargs| {
        Ok(Question::TermPages {
            taxonomy: text(kwargs, "taxonomy")?,
            term: text(kwargs, "term")?,
            kind: optional(kwargs, "kind")?,
            limit: limit(kwargs, ALL)?,
        })
    });
    add("co_speakers", &["speaker"], |kwargs| Ok(Question::CoSpeakers { speaker: text(kwargs, "speaker")? }));
    add("neighbours", &["path"], |kwargs| Ok(Question::Neighbours { path: text(kwargs, "path")? }));
    add("related", &["path", "limit"], |kwargs| {
        Ok(Question::Related { path: text(kwargs, "path")?, limit: limit(kwargs, 3)? })
    });
    add("archive", &[], |_| Ok(Question::Archive));
    add("menu", &[], |_| Ok(Question::Menu));
    add("load_data", &["path", "required"], |kwargs| {
        let required = kwargs.get::<bool>("required")?.unwrap_or(true);
        Ok(Question::Data { path: text(kwargs, "path")?, required })
    });
    add("asset", &["path", "required"], |kwargs| {
        let required = kwargs.get::<bool>("required")?.unwrap_or(true);
        Ok(Question::Asset { path: text(kwargs, "path")?, required })
    });
}

/// Functions with the arguments that they know. `t` takes any others as well.
#[cfg(test)]
pub(crate) fn arguments() -> Vec<(&'static str, &'static [&'static str])> {
    let mut all: Vec<(&str, &[&str])> = vec![("structured_data", &[]), ("t", &["key", "count"])];
    asking(|name, known, _| all.push((name, known)));
    all
}

/// Registers every function.
pub(crate) fn register(tera: &mut Tera) {
    asking(|name, known, make| {
        tera.register_function(name, move |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
            let question = make(&kwargs)?;
            if let Question::Schedule { .. } = question {
                let lang = current()?.world.config.tag(language(&kwargs)?).to_owned();
                looked_up(Question::Text { lang, key: "date-day".to_owned() });
            }
            if question.is_about_lists() {
                only(&kwargs, &[known, &["lang"]].concat())?;
                return ask_in(language(&kwargs)?, question);
            }
            only(&kwargs, known)?;
            ask(question)
        });
    });
    tera.register_function("structured_data", |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        only(&kwargs, &[])?;
        let (world, subject) = (current()?.world, subject()?);
        Ok(structured::text(&world, &subject).map_or_else(Value::none, |text| Value::safe_string(&text)))
    });
    tera.register_function("t", |kwargs: Kwargs, _: &State| translate(&kwargs));
}

/// `t(key=…, count=…, …)`: a text of the theme with its places filled in.
fn translate(kwargs: &Kwargs) -> TeraResult<Value> {
    let lang = current()?.lang.to_string();
    let answer = ask(Question::Text { lang, key: text(kwargs, "key")? })?;
    let template = match answer.as_str() {
        Some(text) => text.to_owned(),
        None => {
            // The rules are those of the language that the text was found in.
            let found = answer.get_from_path("lang").and_then(Value::as_str).unwrap_or_default();
            let form = kwargs.get::<i64>("count")?.map_or("other", |count| plurals::form(found, count));
            let chosen = answer.get_from_path(form).or_else(|| answer.get_from_path("other"));
            chosen.and_then(Value::as_str).unwrap_or_default().to_owned()
        }
    };
    let mut filled = String::with_capacity(template.len());
    let mut rest = template.as_str();
    while let Some(open) = rest.find('{') {
        filled.push_str(&rest[..open]);
        let Some(close) = rest[open..].find('}') else { break };
        let name = &rest[open + 1..open + close];
        let value = kwargs.iter().find(|(key, _)| key.as_str() == Some(name)).map(|(_, value)| value);
        match value {
            Some(value) => filled.push_str(&value.to_string()),
            None => filled.push_str(&rest[open..=open + close]),
        }
        rest = &rest[open + close + 1..];
    }
    filled.push_str(rest);
    Ok(Value::from(filled))
}
