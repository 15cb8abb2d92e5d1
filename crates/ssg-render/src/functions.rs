//! Template functions that are no queries: texts of the theme, and structured data.

use crate::exports::structured;
use crate::facets::theme::{Text, TextKeys};
use crate::limits;
use crate::plurals;
use crate::queries;
use crate::queries::function::only;
use crate::reads::{ReadSite, Reads};
use crate::scope::{current, subject};
use std::sync::Arc;
use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

/// Functions with the arguments that they know. `t` takes any others as well.
#[cfg(test)]
pub(crate) fn arguments() -> Vec<(&'static str, &'static [&'static str])> {
    let mut all: Vec<(&str, &[&str])> = vec![("structured_data", &[]), ("t", &["key", "count", "default"])];
    all.extend(queries::FUNCTION_ARGUMENTS);
    all
}

/// How many passes it counts as to make structured data.
const STRUCTURED: usize = 64;

/// Registers every function.
pub(crate) fn register(tera: &mut Tera) {
    queries::register(tera);
    tera.register_function("structured_data", |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        only(&kwargs, &[])?;
        let (scope, subject) = (current()?, subject()?);
        limits::pass(STRUCTURED)?;
        let text = structured::text(&scope.reads, &subject);
        limits::make(text.as_ref().map_or(0, String::len))?;
        Ok(text.map_or_else(Value::none, |text| Value::safe_string(&text)))
    });
    tera.register_function("t", |kwargs: Kwargs, _: &State| translate(&kwargs));
}

/// A text of the theme.
pub(crate) fn text(reads: &Reads, lang: &str, key: &str) -> TeraResult<Arc<Text>> {
    reads.text(lang, key).ok_or_else(|| {
        let known = reads.get::<TextKeys>(&()).map_or_else(Vec::new, |keys| keys.0.clone());
        let hint = ssg_source::did_you_mean(key, known.iter().map(String::as_str));
        let hint = hint.map_or_else(String::new, |hint| format!(": {hint}"));
        Error::message(format!("no text `{key}` in i18n/{lang}.toml{hint}"))
    })
}

/// `t(key=…, count=…, …)`: a text of the theme with its places filled in.
fn translate(kwargs: &Kwargs) -> TeraResult<Value> {
    limits::pass(limits::CALL)?;
    let scope = current()?;
    let found = match text(&scope.reads, &scope.lang, kwargs.must_get::<&str>("key")?) {
        Ok(found) => found,
        // What an author may write as they like has no text in every theme.
        Err(error) => return kwargs.get::<&str>("default")?.map(Value::from).ok_or(error),
    };
    let template = match found.value.as_str() {
        Some(text) => text.to_owned(),
        None => {
            // The rules are those of the language that the text was found in.
            let form = kwargs.get::<i64>("count")?.map_or("other", |count| plurals::form(&found.lang, count));
            let chosen = found.value.get_from_path(form).or_else(|| found.value.get_from_path("other"));
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
            Some(value) => {
                limits::put_together(value)?;
                filled.push_str(&value.to_string());
            }
            None => filled.push_str(&rest[open..=open + close]),
        }
        rest = &rest[open + close + 1..];
    }
    filled.push_str(rest);
    limits::make(template.len())?;
    Ok(Value::from(filled))
}
