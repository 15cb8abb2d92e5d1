//! Headers in TOML.

use super::NoPlace;
use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

/// The header with values added to a key.
pub(super) fn put(front: &str, key: &str, values: &[String]) -> Result<String, NoPlace> {
    let mut head = front
        .parse::<DocumentMut>()
        .map_err(|error| NoPlace(format!("its header cannot be read: {}", error.message())))?;
    if key == "date" {
        if let Some(day) = values.first().and_then(|day| day.parse::<toml_edit::Datetime>().ok()) {
            insert(&mut head, key, toml_edit::value(day));
        }
        return Ok(head.to_string());
    }
    let own = key_of(head.as_table(), key);
    let inner =
        head.as_table().get("taxonomies").and_then(Item::as_table_like).and_then(|table| key_of(table, key));
    match (own, inner) {
        (Some(own), _) => {
            if let Some(item) = head.get_mut(&own) {
                add(item, values)?;
            }
        }
        (None, Some(inner)) => {
            let table = head.get_mut("taxonomies").and_then(Item::as_table_like_mut);
            if let Some(item) = table.and_then(|table| table.get_mut(&inner)) {
                add(item, values)?;
            }
        }
        (None, None) => insert(&mut head, key, toml_edit::value(values.iter().collect::<Array>())),
    }
    Ok(head.to_string())
}

/// The key as the header writes it.
fn key_of(table: &dyn TableLike, key: &str) -> Option<String> {
    table.iter().map(|(name, _)| name).find(|name| name.eq_ignore_ascii_case(key)).map(str::to_owned)
}

/// A new key stands below the others, above all tables.
fn insert(head: &mut DocumentMut, key: &str, item: Item) {
    let is_first = head.iter().all(|(_, item)| item.is_table() || item.is_array_of_tables());
    head.insert(key, item);
    if is_first {
        // The first table begins after an empty line.
        for (_, item) in head.iter_mut() {
            if let Item::Table(table) = item {
                let before =
                    table.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
                if !before.starts_with('\n') {
                    table.decor_mut().set_prefix(format!("\n{before}"));
                }
                break;
            }
        }
    }
}

fn add(item: &mut Item, values: &[String]) -> Result<(), NoPlace> {
    if let Some(one) = item.as_str().map(str::to_owned) {
        let decor = item.as_value().map(|value| value.decor().clone());
        let all: Array = std::iter::once(&one).chain(values).collect();
        *item = toml_edit::value(all);
        if let (Some(decor), Some(value)) = (decor, item.as_value_mut()) {
            *value.decor_mut() = decor;
        }
        return Ok(());
    }
    let Some(list) = item.as_array_mut() else {
        return Err(NoPlace("the key holds no list".to_owned()));
    };
    // Where the last one stands on a line of its own, others do as well.
    let last = list.iter().last().and_then(|last| last.decor().prefix()).and_then(|prefix| prefix.as_str());
    let line = last.filter(|prefix| prefix.contains('\n')).map(|prefix| {
        let indent = prefix.rsplit('\n').next().unwrap_or_default();
        format!("\n{indent}")
    });
    let trailing = list.trailing_comma();
    for value in values {
        match &line {
            Some(line) => list.push_formatted(Value::from(value).decorated(line.clone(), "")),
            None => list.push(value),
        }
    }
    list.set_trailing_comma(trailing);
    Ok(())
}
