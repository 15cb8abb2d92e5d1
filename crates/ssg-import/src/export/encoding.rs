//! The text of an export, in the encoding that it declares.

use std::borrow::Cow;

/// What bytes 0x80 to 0x9F are in Windows-1252, which is what most mean by ISO-8859-1.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

/// The text: UTF-8, or Latin-1 where the XML says so.
///
/// # Errors
/// What it seems to be, when it is neither.
pub(crate) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err("it is UTF-16".to_owned());
    }
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).to_ascii_lowercase();
    let declared = head.split_once("encoding=").map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
    let declared = declared.and_then(|rest| rest.split(['"', '\'']).next()).unwrap_or("utf-8");
    if matches!(declared, "iso-8859-1" | "latin1" | "latin-1" | "windows-1252" | "cp1252") {
        let of = |byte: &u8| match byte {
            0x80..=0x9f => WINDOWS.get(usize::from(byte - 0x80)).copied().unwrap_or('\u{fffd}'),
            byte => char::from(*byte),
        };
        return Ok(Cow::Owned(bytes.iter().map(of).collect()));
    }
    // A single damaged byte is no reason to lose a blog.
    let damaged = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    if declared == "utf-8" && damaged <= 20 {
        return Ok(String::from_utf8_lossy(bytes));
    }
    Err(format!("it is not in UTF-8 (it says `{declared}`)"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_are_read_as_they_say() {
        let of = |bytes: &[u8]| decoded(bytes).map(Cow::into_owned);
        assert_eq!(of("é".as_bytes()).as_deref(), Ok("é"));
        let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>caf\xe9 \x93x\x94</a>";
        assert!(of(latin).expect("text").ends_with("café “x”</a>"));
        assert!(of(b"\xff\xfe<\0a\0").is_err());
        assert!(of(b"<?xml encoding='shift_jis'?>\x83\x84").is_err());
        assert_eq!(of(b"<a>\xe9</a>").as_deref(), Ok("<a>\u{fffd}</a>"));
    }
}
