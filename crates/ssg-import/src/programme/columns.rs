//! What the columns of a table of talks hold, by their names.
//!
//! A name that the book has is known; any other is guessed by words that such tables use, and shown before anything
//! is written.

mod names;

use crate::table::Table;
use names::NAMES;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Id,
    Starts,
    Ends,
    Date,
    Duration,
    Room,
    Kind,
    Title,
    Subtitle,
    Speakers,
    FirstName,
    LastName,
    Track,
    Language,
    Level,
    Abstract,
    Description,
    Topics,
    Video,
    Slides,
    Link,
    Picture,
    Status,
    Biography,
    Portrait,
    Pronouns,
    Affiliation,
    Homepage,
    /// What nobody else is to know.
    Private,
}

/// Words in the name of a column that is nobody else's business.
const PRIVATE: &[&str] = &[
    "mail",
    "e mail",
    "email",
    "phone",
    "telefon",
    "mobile",
    "handy",
    "address",
    "adresse",
    "password",
    "token",
    "notes",
    "internal",
    "intern",
    "notizen",
    "diet",
    "travel",
    "score",
    "votes",
    "rating",
    "shirt",
    "live link",
    "live url",
    "stream url",
    "stream link",
    "meeting",
    "zoom",
];

/// A column of a table, and what it was taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Its name in the table.
    pub name: String,
    pub column: Option<Column>,
    /// Its name is not the one that the book has.
    pub is_guessed: bool,
}

/// What the columns of a table hold. Of several that hold one thing, where one is all that there may be, the first
/// counts whose name the book has, else the first.
pub(super) fn columns_of(table: &Table) -> Vec<Named> {
    let mut columns: Vec<Named> = table.header.iter().map(|name| named(name)).collect();
    // A column of names beside one of titles: `Name` is who speaks.
    let is_title = |one: &Named| one.column == Some(Column::Title);
    if columns.iter().filter(|one| is_title(one)).count() > 1 {
        let has_people =
            columns.iter().any(|one| matches!(one.column, Some(Column::Speakers | Column::LastName)));
        for one in columns.iter_mut().filter(|one| plain(&one.name) == "name") {
            (one.column, one.is_guessed) = ((!has_people).then_some(Column::Speakers), true);
        }
    }
    for (column, ..) in NAMES {
        if matches!(column, Column::Speakers | Column::Link | Column::Homepage | Column::Topics) {
            continue;
        }
        let all = || columns.iter().enumerate().filter(|(_, one)| one.column == Some(*column));
        let first = all().find(|(_, one)| !one.is_guessed).or_else(|| all().next()).map(|(at, _)| at);
        for (at, one) in columns.iter_mut().enumerate() {
            if one.column == Some(*column) && Some(at) != first {
                one.column = None;
                one.is_guessed = true;
            }
        }
    }
    columns
}

fn named(name: &str) -> Named {
    let whole = plain(name);
    let without_remark = plain(name.split(['(', '[']).next().unwrap_or(name));
    let owned = |column, is_guessed| Named { name: name.to_owned(), column, is_guessed };
    if let Some((column, ..)) = NAMES.iter().find(|(_, known, _)| *known == whole) {
        return owned(Some(*column), false);
    }
    let padded = format!(" {whole} ");
    if PRIVATE.iter().any(|word| padded.contains(&format!(" {word} "))) || whole.contains("email") {
        return owned(Some(Column::Private), true);
    }
    let known = |wanted: &str| {
        let is_it = |(_, known, others): &&(Column, &str, &str)| *known == wanted || has(others, wanted);
        NAMES.iter().find(is_it).map(|(column, ..)| *column)
    };
    // What it is of stands in front of its last words, or behind its first one: `Submission title`, `Titre du sujet`.
    let words: Vec<&str> = without_remark.split(' ').collect();
    let last_two = words.len().checked_sub(2).and_then(|from| words.get(from..)).map(|two| two.join(" "));
    let last = words.last().filter(|_| words.len() > 1).map(|word| (*word).to_owned());
    let first = match words.as_slice() {
        [first, second, _, ..] if OF.contains(second) => Some((*first).to_owned()),
        _ => None,
    };
    let candidates = [Some(whole.clone()), Some(without_remark.clone()), first, last_two, last];
    if let Some(column) = candidates.into_iter().flatten().find_map(|wanted| known(&wanted)) {
        return owned(Some(column), true);
    }
    // `Speaker 1`, `Referent 2`
    let unnumbered = whole.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let people = NAMES.iter().find(|(column, ..)| *column == Column::Speakers);
    if unnumbered != whole
        && people.is_some_and(|(_, known, others)| *known == unnumbered || has(others, unnumbered))
    {
        return owned(Some(Column::Speakers), true);
    }
    owned(None, true)
}

/// Words between what a column holds and what it is of.
const OF: &[&str] = &["of", "de", "du", "des", "del", "der", "do", "da", "di", "van", "vom"];

/// Whether a name is one of several, which are parted by `|`.
fn has(names: &str, wanted: &str) -> bool {
    names.split('|').any(|name| name == wanted)
}

fn plain(name: &str) -> String {
    let lower = name.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The name that the book has for a column.
fn book_name(column: Column) -> &'static str {
    NAMES.iter().find(|(one, ..)| *one == column).map_or("", |(_, name, _)| name)
}

/// What a person is shown before anything is written: every column with what it was taken for.
pub(super) fn shown(name: &str, table: &Table, columns: &[Named]) -> String {
    let separator = match table.separator {
        '\t' => "tab".to_owned(),
        sign => format!("`{sign}`"),
    };
    let mut out = format!("{name}: {} rows, columns parted by {separator}\n", table.rows.len());
    let width = columns.iter().map(|one| one.name.chars().count().min(30)).max().unwrap_or(0);
    for (at, one) in columns.iter().enumerate() {
        let short: String = one.name.chars().take(30).map(|c| if c.is_control() { ' ' } else { c }).collect();
        let taken = match one.column {
            None => "not taken".to_owned(),
            Some(Column::Private) => "left out: nobody else's business".to_owned(),
            Some(column) => {
                let example =
                    table.rows.iter().filter_map(|row| row.cells.get(at)).find(|cell| !cell.is_empty());
                let example = example.map_or_else(String::new, |cell| {
                    let line = super::prose::line(cell);
                    let short: String = line.chars().take(30).collect();
                    let more = if short.len() < line.len() { "…" } else { "" };
                    format!(", such as “{short}{more}”")
                });
                let how = if one.is_guessed { " (guessed)" } else { "" };
                format!("{}{how}{example}", book_name(column))
            }
        };
        out.push_str(&format!("  {short:width$} -> {taken}\n"));
    }
    out
}

/// All names that the book has, for messages.
pub(super) fn known_names() -> String {
    NAMES.iter().map(|(_, name, _)| *name).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(header: &[&str]) -> Vec<(Option<Column>, bool)> {
        let table =
            Table { header: header.iter().map(|name| (*name).to_owned()).collect(), ..Table::default() };
        columns_of(&table).into_iter().map(|one| (one.column, one.is_guessed)).collect()
    }

    #[test]
    fn names_of_columns() {
        assert_eq!(
            columns(&["Title", "STARTS"]),
            [(Some(Column::Title), false), (Some(Column::Starts), false)]
        );
        let german =
            ["Datum", "Beginn", "Dauer (min)", "Raum", "Art", "Titel", "Personen", "Kurztext", "E-Mail"];
        let wanted = [
            Column::Date,
            Column::Starts,
            Column::Duration,
            Column::Room,
            Column::Kind,
            Column::Title,
            Column::Speakers,
            Column::Abstract,
            Column::Private,
        ];
        assert_eq!(columns(&german), wanted.map(|column| (Some(column), true)));
        assert_eq!(columns(&["Name", "Talk title"])[0].0, Some(Column::Speakers));
        assert_eq!(columns(&["Talk", "title"]), [(None, true), (Some(Column::Title), false)]);
        assert_eq!(columns(&["Speaker 1", "Speaker 2"]), [(Some(Column::Speakers), true); 2]);
        assert_eq!(columns(&["Submission title"]), [(Some(Column::Title), true)]);
        assert_eq!(columns(&["Titre de la conférence"]), [(Some(Column::Title), true)]);
        assert_eq!(columns(&["Speaker count"]), [(None, true)]);
        assert_eq!(columns(&["Colour"]), [(None, true)]);
    }

    #[test]
    fn no_name_means_two_things() {
        let mut all: Vec<&str> =
            NAMES.iter().flat_map(|(_, name, others)| others.split('|').chain([*name])).collect();
        all.sort_unstable();
        let doubles: Vec<&&str> =
            all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
        assert!(doubles.is_empty(), "{doubles:?}");
    }
}
