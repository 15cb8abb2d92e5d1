//! The commands that the book names are commands that this program takes, and the book names all of them.

use super::Arguments;
use clap::{Arg, Command, CommandFactory, Parser};

#[path = "../../tests/book/blocks.rs"]
#[allow(dead_code, reason = "the tests that run the book read more of it")]
mod blocks;

use blocks::{Page, words};

fn program() -> Command {
    let mut program = Arguments::command();
    program.build();
    program
}

/// The command of these words (without `ssg`), and how many of them name it.
fn named<'c>(program: &'c Command, words: &[String]) -> (&'c Command, usize) {
    let mut command = program;
    for (index, word) in words.iter().enumerate() {
        match command.find_subcommand(word) {
            Some(inner) => command = inner,
            None => return (command, index),
        }
    }
    (command, words.len())
}

/// Whether a command has a flag, such as `--root` or `-r`.
fn has_flag(command: &Command, flag: &str) -> bool {
    let long = |arg: &Arg| arg.get_long().map(|name| format!("--{name}"));
    let short = |arg: &Arg| arg.get_short().map(|sign| format!("-{sign}"));
    let mut flags = command.get_arguments();
    flags.any(|arg| long(arg).as_deref() == Some(flag) || short(arg).as_deref() == Some(flag))
}

/// The flags in the words of a command in running text: `-y/--yes`, `--min=0.9` and `[--force]` are flags as well.
fn flags(words: &[String]) -> Vec<String> {
    let parts = words.iter().flat_map(|word| word.trim_matches(['[', ']', ',']).split(['/', '|']));
    let flags = parts.filter(|part| part.starts_with('-') && part.len() > 1 && !part.contains('…'));
    flags.map(|part| part.split('=').next().unwrap_or("").to_owned()).collect()
}

/// Every command in the blocks of a page: its line, and its words from `ssg` on.
fn typed(page: &Page) -> Vec<(usize, Vec<String>)> {
    let mut found = Vec::new();
    for block in blocks::blocks(page) {
        if !matches!(block.language.as_str(), "console" | "sh" | "bash") {
            continue;
        }
        for (below, line) in block.text.lines().enumerate() {
            let command = match line.strip_prefix("$ ") {
                Some(command) => command,
                None if block.language == "console" => continue,
                None => line.trim(),
            };
            for part in command.split("&&") {
                // Variables may stand before it.
                let all: Vec<String> = words(part)
                    .into_iter()
                    .skip_while(|word| word.contains('=') && !word.starts_with('-'))
                    .collect();
                if all.first().is_some_and(|word| word == "ssg") {
                    found.push((block.line + 1 + below, all));
                }
            }
        }
    }
    found
}

#[test]
fn commands_in_blocks_are_taken() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for page in blocks::pages() {
        for (line, words) in typed(&page) {
            count += 1;
            if let Err(error) = Arguments::try_parse_from(&words)
                && error.use_stderr()
            {
                wrong.push(format!("docs/src/{}:{line}: {}\n{error}", page.name, words.join(" ")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 80, "only {count} commands were found");
}

#[test]
fn commands_in_running_text_are_there_with_their_flags() {
    let program = program();
    let mut count = 0;
    let mut wrong = Vec::new();
    for page in blocks::pages() {
        for (line, code) in blocks::code_spans(&page) {
            let all = words(&code);
            let Some(("ssg", rest)) = all.split_first().map(|(first, rest)| (first.as_str(), rest)) else {
                continue;
            };
            count += 1;
            let place = format!("docs/src/{}:{line}: `{code}`", page.name);
            let (command, used) = named(&program, rest);
            let is_verb = |word: &str| !word.is_empty() && word.chars().all(|sign| sign.is_ascii_lowercase());
            if command.has_subcommands() && rest.get(used).is_some_and(|word| is_verb(word)) {
                wrong.push(format!("{place}: no command is called so"));
            }
            for flag in flags(rest) {
                if !has_flag(command, &flag) {
                    wrong.push(format!("{place}: `{}` has no flag {flag}", command.get_name()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 100, "only {count} commands were found");
}

/// All commands below one, with their names.
fn commands<'c>(above: &str, command: &'c Command, found: &mut Vec<(String, &'c Command)>) {
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        let name = format!("{above} {}", inner.get_name());
        commands(&name, inner, found);
        found.push((name, inner));
    }
}

#[test]
fn every_command_and_every_flag_is_in_the_book() {
    let program = program();
    let mut all = Vec::new();
    commands("ssg", &program, &mut all);
    let pages = blocks::pages();
    let codes: Vec<String> =
        pages.iter().flat_map(blocks::code_spans).flat_map(|(_, code)| words(&code)).collect();
    let line_of = |verb: &str| pages.iter().any(|page| page.text.contains(&format!("`{verb}")));
    let flags: Vec<String> = flags(&codes);
    let mut missing = Vec::new();
    for (name, command) in all {
        // Those of themes stand in one row of the table, each by its own name.
        let is_told = line_of(&name) || (name.starts_with("ssg theme ") && line_of(command.get_name()));
        if !is_told {
            missing.push(name.clone());
        }
        for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
            let Some(long) = arg.get_long().filter(|long| !matches!(*long, "help" | "version")) else {
                continue;
            };
            if !flags.contains(&format!("--{long}")) {
                missing.push(format!("{name} --{long}"));
            }
        }
    }
    assert!(missing.is_empty(), "the book does not name: {}", missing.join(", "));
}
