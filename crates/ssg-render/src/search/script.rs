//! The script as browsers get it: without comments, and without spaces and ends of lines that part nothing.

/// The program that reads the index in browsers.
const ENGINE: &str = include_str!("engine.js");

/// The script.
pub(crate) fn script() -> String {
    let is_comment = |line: &str| ["//", "/**", "*"].iter().any(|comment| line.starts_with(comment));
    let lines = ENGINE.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.map(tight).collect()
}

/// A line of the script without spaces that part nothing, and with an end where one is needed.
fn tight(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 1);
    // What ends the text or the regular expression that is being read, and whether this is within brackets of it.
    let (mut end, mut is_class) = (None, false);
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let last = out.chars().next_back();
        match end {
            Some(_) if letter == '\\' => {
                out.push(letter);
                out.extend(letters.next());
                continue;
            }
            Some('/') if matches!(letter, '[' | ']') => is_class = letter == '[',
            Some(one) if one == letter && !is_class => end = None,
            None if letter == ' ' && !parts(last, letters.peek().copied()) => continue,
            None if matches!(letter, '"' | '\'' | '`') => end = Some(letter),
            None if letter == '/' && last.is_none_or(|last| "(,=:[!&|?{;>".contains(last)) => end = Some('/'),
            _ => {}
        }
        out.push(letter);
    }
    if !out.ends_with([';', '{', ',']) {
        out.push('\n');
    }
    out
}

/// Whether a space parts two names or two signs that would be another one.
fn parts(before: Option<char>, after: Option<char>) -> bool {
    let is_of_name =
        |letter: Option<char>| letter.is_some_and(|one| one.is_alphanumeric() || matches!(one, '_' | '$'));
    is_of_name(before) && is_of_name(after) || before == after && matches!(before, Some('+' | '-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_go_where_they_part_nothing() {
        let all = [
            ("const a = b ? c : d;", "const a=b?c:d;"),
            ("return x in y", "return x in y\n"),
            ("a + +b - -c / d", "a+ +b- -c/d\n"),
            (
                "const { a, b } = c(\" = \", ' , ', `${a + b} : `);",
                "const{a,b}=c(\" = \",' , ',`${a + b} : `);",
            ),
            (r#"x.replace(/[ /"] "/g, "\" ") + y"#, r#"x.replace(/[ /"] "/g,"\" ")+y"#),
            ("for (const one of all) {", "for(const one of all){"),
            ("}", "}\n"),
        ];
        for (line, expected) in all {
            assert_eq!(tight(line).trim_end_matches('\n'), expected.trim_end_matches('\n'), "{line}");
            assert_eq!(tight(line).ends_with('\n'), !expected.ends_with([';', '{']), "{line}");
        }
    }

    #[test]
    fn the_script_has_no_comments() {
        let script = script();
        assert!(script.contains("export async function open(") && !script.contains("The words of a text."));
        assert!(script.len() < ENGINE.len() * 9 / 10);
    }
}
