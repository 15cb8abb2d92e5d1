//! Functions of templates that are queries: from the arguments of a call to what the template sees.

use super::SiteQuery;
use super::answer::{Answer, Found};
use crate::entry::Entry;
use crate::limits;
use crate::reads::{ReadSite, Reads};
use crate::scope::{Scope, current};
use crate::snapshot::SiteSnapshot;
use ssg_engine::Query;
use ssg_taxonomy::LangId;
use tera::{ArgFromValue, Error, Kwargs, State, Tera, TeraResult, Value};

/// What a limit is when none is given.
pub(crate) const ALL: usize = usize::MAX;

/// A query that templates ask by a function.
pub(crate) trait Function: Sized {
    /// The function's name.
    const NAME: &'static str;
    /// The arguments that it knows, without `lang`.
    const ARGUMENTS: &'static [&'static str];
    /// Whether it is about lists of pages, which differ by language: then it knows `lang` as well.
    const HAS_LANG: bool = true;
    /// Rows of the template reference.
    const ROWS: &'static [Entry];
    /// Whether several outputs ask the same.
    const SHARED: bool = true;

    /// Whether several outputs ask just this, where that depends on the arguments.
    fn is_shared(&self) -> bool {
        Self::SHARED
    }

    /// Makes the query of the arguments of a call.
    fn read(arguments: &Arguments<'_>) -> TeraResult<Self>;

    /// Looks the answer up, or says what is wrong with the question, in words for the template's author.
    fn find(&self, reads: &Reads) -> Found;

    /// In words, after "changed:" or "when one of these changes:".
    fn words(&self, snapshot: &SiteSnapshot) -> String;
}

/// Arguments of a call, and the scope in which it stands.
pub(crate) struct Arguments<'k> {
    kwargs: &'k Kwargs,
    pub scope: &'k Scope,
}

impl Arguments<'_> {
    /// A text.
    pub fn text(&self, name: &'static str) -> TeraResult<String> {
        if self.kwargs.get::<&Value>(name)?.is_some_and(|value| value.as_str().is_none()) {
            return Err(Error::message(format!("`{name}` must be text")));
        }
        self.kwargs.must_get::<&str>(name).map(str::to_owned)
    }

    /// A text or nothing.
    pub fn optional(&self, name: &'static str) -> TeraResult<Option<String>> {
        Ok(match self.kwargs.get::<&Value>(name)? {
            Some(value) if value.is_none() => None,
            Some(value) => {
                let text = value.as_str().ok_or_else(|| Error::message(format!("`{name}` must be text")))?;
                Some(text.to_owned())
            }
            None => None,
        })
    }

    /// Texts; what is none among them is passed over.
    pub fn texts(&self, name: &'static str) -> TeraResult<Option<Vec<String>>> {
        let Some(value) = self.kwargs.get::<&Value>(name)?.filter(|value| !value.is_none()) else {
            return Ok(None);
        };
        let list =
            value.as_array().ok_or_else(|| Error::message(format!("`{name}` must be a list of texts")))?;
        Ok(Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect()))
    }

    /// A whole number or nothing.
    pub fn number(&self, name: &'static str) -> TeraResult<Option<i64>> {
        match self.kwargs.get::<&Value>(name)? {
            Some(value) if value.is_none() => Ok(None),
            _ => self.argument(name, "a whole number"),
        }
    }

    /// How many are wanted.
    pub fn limit(&self, default: usize) -> TeraResult<usize> {
        Ok(self.argument("limit", "a whole number from 0 on")?.unwrap_or(default))
    }

    /// Yes or no.
    pub fn flag(&self, name: &'static str, default: bool) -> TeraResult<bool> {
        Ok(self.argument(name, "true or false")?.unwrap_or(default))
    }

    /// An argument of a type, which is called `what` in messages.
    fn argument<'v, T>(&'v self, name: &'v str, what: &str) -> TeraResult<Option<T>>
    where
        T: ArgFromValue<'v, Output = T>,
    {
        self.kwargs.get::<T>(name).map_err(|_| Error::message(format!("`{name}` must be {what}")))
    }

    /// The language in which lists are asked for: that of the output, unless `lang` names another one.
    pub fn language(&self) -> TeraResult<LangId> {
        let Some(tag) = self.optional("lang")? else { return Ok(self.scope.language) };
        let addressing = self.scope.reads.addressing();
        addressing.language_of(&tag).ok_or_else(|| {
            let hint = ssg_source::did_you_mean(&tag, addressing.tags());
            let hint = hint.unwrap_or_else(|| "see [languages] in ssg.toml".to_owned());
            Error::message(format!("`{tag}` is none of the site's languages: {hint}"))
        })
    }
}

/// Refuses arguments that a function does not know: a misspelled one would be passed over.
pub(crate) fn only(kwargs: &Kwargs, known: &[&str]) -> TeraResult<()> {
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

/// Registers a function with Tera.
pub(super) fn register<F>(tera: &mut Tera)
where
    F: Function + SiteQuery + Query<SiteSnapshot, Answer = Found>,
{
    tera.register_function(F::NAME, |kwargs: Kwargs, _: &State| -> TeraResult<Value> {
        kwargs.iter().try_for_each(|(name, value)| {
            limits::looked_at(value)?;
            limits::argument(name.as_str().unwrap_or_default(), value)
        })?;
        let scope = current()?;
        let arguments = Arguments { kwargs: &kwargs, scope: &scope };
        let query = F::read(&arguments)?;
        if F::HAS_LANG {
            only(&kwargs, &[F::ARGUMENTS, &["lang"]].concat())?;
        } else {
            only(&kwargs, F::ARGUMENTS)?;
        }
        let language = if F::HAS_LANG { arguments.language()? } else { scope.language };
        ask(&scope, &query, language)
    });
}

/// What a template sees of the answer to a query in a language.
pub(crate) fn ask<F>(scope: &Scope, query: &F, language: LangId) -> TeraResult<Value>
where
    F: Query<SiteSnapshot, Answer = Found>,
{
    let found = scope.reads.ask(query);
    let answer = (*found).as_ref().map_err(Error::message)?;
    if let Answer::Data { path, count, .. } = answer {
        limits::data(path, *count)?;
    }
    let shown = answer.show(&scope.reads, language, scope.in_summary);
    limits::pass(limits::CALL.saturating_add(shown.as_array().map_or(0, <[Value]>::len)))?;
    if let Answer::Value(_) = answer {
        // Made anew for each that asks, with all that is in it.
        limits::nodes(&shown)?;
    }
    Ok(shown)
}
