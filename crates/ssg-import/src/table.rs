//! Tables as text: CSV with any of the usual separators, in UTF-8 or in what Windows writes.

use ssg_source::decode;
use std::borrow::Cow;

/// Most columns of a table.
const MOST_COLUMNS: usize = 1000;

/// A table with a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Table {
    /// The names of the columns, trimmed.
    pub header: Vec<String>,
    pub rows: Vec<Row>,
    /// What stands between the cells.
    pub separator: char,
    /// What was guessed of the encoding, for the report.
    pub note: Option<String>,
    /// Rows that cannot be read: their lines and why.
    pub broken: Vec<(usize, String)>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Row {
    /// The line of the file in which it begins, from 1.
    pub line: usize,
    /// As many cells as the header has, trimmed.
    pub cells: Vec<String>,
}

/// A text in whatever encoding such files have; the second is a note where it was guessed.
///
/// # Errors
/// For what is no text.
pub(crate) fn text_of(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<String>), String> {
    match decode(bytes) {
        Ok(text) => Ok((text, None)),
        Err(ssg_source::DecodeError::Utf16) => utf16(bytes).map(|text| (Cow::Owned(text), None)),
        Err(_) if bytes.contains(&0) => Err("it is no text".to_owned()),
        Err(_) => {
            let text: String = bytes.iter().map(|byte| windows(*byte)).collect();
            let note = "it is not UTF-8, and was read as Windows-1252";
            Ok((Cow::Owned(text.replace("\r\n", "\n")), Some(note.to_owned())))
        }
    }
}

fn utf16(bytes: &[u8]) -> Result<String, String> {
    let is_big = bytes.starts_with(&[0xFE, 0xFF]) || bytes.first() == Some(&0);
    let units = bytes.chunks_exact(2).map(|pair| match pair {
        [one, two] if is_big => u16::from_be_bytes([*one, *two]),
        [one, two] => u16::from_le_bytes([*one, *two]),
        _ => 0,
    });
    let text: Result<String, _> = char::decode_utf16(units).collect();
    let text = text.map_err(|_| "it is neither UTF-8 nor UTF-16".to_owned())?;
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

/// A byte of Windows-1252: that of Latin-1 but for 32 of them.
fn windows(byte: u8) -> char {
    const OWN: [char; 32] = [
        '€', '\u{fffd}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{fffd}', 'Ž', '\u{fffd}',
        '\u{fffd}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{fffd}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => OWN.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
        byte => char::from(byte),
    }
}

/// Reads a table; its first row that is not empty is the header, after `skipped` others.
pub(crate) fn read(text: &str, note: Option<String>, mut skipped: usize) -> Table {
    let separator = separator(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(separator).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut table = Table { separator, note, ..Table::default() };
    let (mut line, mut counted) = (1, 0);
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, |position| clamp(position.line()));
                table.broken.push((line, error.to_string()));
                continue;
            }
        };
        // Empty lines in front of a row are none of it.
        let byte = record.position().map_or(0, |position| clamp(position.byte())).min(text.len());
        let begins =
            byte + text.get(byte..).map_or(0, |rest| rest.len() - rest.trim_start_matches('\n').len());
        line += text.get(counted..begins).map_or(0, |part| part.matches('\n').count());
        counted = begins.max(counted);
        let mut cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().all(String::is_empty) {
            continue;
        }
        if table.header.is_empty() {
            if let Some(fewer) = skipped.checked_sub(1) {
                skipped = fewer;
                continue;
            }
            if cells.len() > MOST_COLUMNS {
                let why = format!("it has {} columns, and a table may have {MOST_COLUMNS}", cells.len());
                table.broken.push((line, why));
                break;
            }
            while cells.last().is_some_and(String::is_empty) {
                cells.pop();
            }
            table.header = cells;
            continue;
        }
        let more = cells.iter().skip(table.header.len()).any(|cell| !cell.is_empty());
        if more {
            let why = format!(
                "it has {} cells and the header has {}: a cell that holds the separator or a line break stands \
                 in quotation marks",
                cells.len(),
                table.header.len()
            );
            table.broken.push((line, why));
            continue;
        }
        cells.resize(table.header.len(), String::new());
        table.rows.push(Row { line, cells });
    }
    // A mark that is not closed takes all that follows into one cell.
    let is_open = text.matches('"').count() % 2 == 1;
    let swallows = |row: &Row| row.cells.iter().any(|cell| cell.contains('\n'));
    if is_open && let Some(row) = table.rows.pop_if(|row| swallows(row)) {
        table.broken.push((row.line, "a quotation mark in it is not closed".to_owned()));
    }
    table
}

fn clamp(line: u64) -> usize {
    usize::try_from(line).unwrap_or(usize::MAX)
}

/// What parts the cells of the first line, outside of quotation marks.
fn separator(text: &str) -> char {
    let mut quoted = false;
    // Of two that stand there as often the last one counts.
    let mut counts = [('|', 0_usize), (',', 0), (';', 0), ('\t', 0)];
    for c in text.trim_start().chars() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            c if !quoted => {
                if let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == c) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    counts.iter().max_by_key(|(_, count)| *count).map_or(',', |(separator, _)| *separator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_quotes_and_lines() {
        let table = read("\n a ;b\n\"x\ny\";\"1;2\"\n\n3\n4;5;6\n", None, 0);
        assert_eq!((table.separator, table.header.as_slice()), (';', &["a".to_owned(), "b".to_owned()][..]));
        let rows: Vec<(usize, Vec<&str>)> =
            table.rows.iter().map(|row| (row.line, row.cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(rows, [(3, vec!["x\ny", "1;2"]), (6, vec!["3", ""])]);
        assert_eq!(table.broken.len(), 1);
        let table = read("a,b\n1,2\n\"3,4\n5,6\n", None, 0);
        assert_eq!((table.rows.len(), table.broken.len()), (1, 1));
        assert_eq!(read("a\tb,c", None, 0).header, ["a", "b,c"]);
        assert_eq!(read("title", None, 0).header, ["title"]);
    }

    #[test]
    fn encodings() {
        assert_eq!(
            text_of(b"caf\xe9 \x96 \x80").map(|(text, _)| text.into_owned()),
            Ok("café – €".to_owned())
        );
        assert_eq!(text_of(b"\xff\xfea\0;\0").map(|(text, _)| text.into_owned()), Ok("a;".to_owned()));
        assert!(text_of(b"\xff\0\0\xff").is_err());
    }
}
