//! What tests of all crates share: how one is skipped, and how long random ones run.
//!
//! For tests alone. It must not know any other crate of this project.

#![forbid(unsafe_code)]

use arbtest::arbitrary::{Result, Unstructured};
use std::fs::OpenOptions;
use std::io::Write;

/// Names the file to which each skipped test adds a line; `.ci/run` sets it, and lists them at its end.
pub const SKIPPED: &str = "SSG_SKIPPED";
/// Where it is `1`, a test that would be skipped fails.
pub const NOTHING_SKIPPED: &str = "SSG_NOTHING_SKIPPED";
/// How many milliseconds each random test runs.
pub const FUZZ_MS: &str = "SSG_FUZZ_MS";

/// Says that the test, or a part of it, is skipped and why: a program, a library or a corpus is missing.
///
/// # Panics
/// Where `SSG_NOTHING_SKIPPED` is `1`.
pub fn skip(why: impl std::fmt::Display) {
    println!("skipped: {why}");
    let thread = std::thread::current();
    let test = thread.name().unwrap_or("a test");
    let line = format!("{}: {test}: {why}\n", std::env::var("CARGO_PKG_NAME").unwrap_or_default());
    if let Some(file) = std::env::var_os(SKIPPED) {
        // One write of a short line is not torn apart by those of other processes.
        let opened = OpenOptions::new().create(true).append(true).open(&file);
        let noted = opened.and_then(|mut file| file.write_all(line.as_bytes()));
        assert!(noted.is_ok(), "cannot note in `{}` what is skipped: {noted:?}", file.display());
    }
    let must_not = std::env::var_os(NOTHING_SKIPPED).is_some_and(|value| value == "1");
    assert!(!must_not, "nothing may be skipped: {why}");
}

/// Runs a test on random bytes, for a tenth of a second or as long as `SSG_FUZZ_MS` says. One that fails prints the
/// seed, which `SSG_FUZZ_SEED` runs again, alone.
pub fn fuzz(test: impl FnMut(&mut Unstructured<'_>) -> Result<()>) {
    let number = |name: &str| {
        let text = std::env::var(name).ok()?;
        let digits = text.trim().trim_start_matches("0x");
        if digits.len() < text.trim().len() {
            u64::from_str_radix(digits, 16).ok()
        } else {
            digits.parse().ok()
        }
    };
    let random = arbtest::arbtest(test).budget_ms(number(FUZZ_MS).unwrap_or(100)).size_max(8_192);
    match number("SSG_FUZZ_SEED") {
        Some(seed) => random.seed(seed).run(),
        None => random.run(),
    }
}

/// Random text out of words that mean something where it is read, with other signs between: mostly nearly right.
///
/// # Errors
/// When the random bytes are used up.
pub fn text(random: &mut Unstructured<'_>, words: &[&str]) -> Result<String> {
    let mut text = String::new();
    let most = random.int_in_range(1..=200)?;
    for _ in 0..most {
        if random.is_empty() {
            break;
        }
        match random.int_in_range(0..=59)? {
            0 => text.push(random.arbitrary()?),
            1 => text.push('\n'),
            2 => {
                // Something once more, and as it is.
                let from = random.int_in_range(0..=text.len())?;
                let part = text.get(from..).map(|part| part.chars().take(40).collect::<String>());
                text.push_str(&part.unwrap_or_default());
            }
            3 => {
                let at = random.int_in_range(0..=text.len())?;
                if text.is_char_boundary(at) {
                    text.truncate(at);
                }
            }
            _ => text.push_str(random.choose(words)?),
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn random_text_has_the_words_and_other_signs() {
        let texts = (0_u32..50).map(|seed| {
            let byte = |number: u32| {
                (number.wrapping_add(seed << 16).wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0]
            };
            let bytes: Vec<u8> = (0..4_000).map(byte).collect();
            text(&mut Unstructured::new(&bytes), &["title: ", "- "]).unwrap_or_default()
        });
        let all: String = texts.collect();
        assert!(all.contains("title: - ") && !all.is_ascii(), "{all}");
    }
}
