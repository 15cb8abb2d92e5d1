//! Random records of targets: whatever stands in one, it is read without a panic, and what is read is written the same.

use ssg_publish::Record;

const WORDS: &[&str] = &[
    "ssg-published 1 ",
    "complete ",
    "pending ",
    "0\n",
    "1\n",
    "2 ",
    "run-id 7\n",
    "site https://a.example/\n",
    "recipe plain\n",
    "= ",
    "+ ",
    "- ",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef ",
    "12 ",
    "99999999999999999999 ",
    "index.html\n",
    "a/b.css\n",
    "../x\n",
    "/x\n",
    ".ssg-x\n",
    "\r\n",
    " ",
];

#[test]
fn records() {
    ssg_testing::fuzz(|random| {
        let start = *random.choose(&["", VALID])?;
        let text = format!("{start}{}", ssg_testing::text(random, WORDS)?);
        if let Some(record) = Record::parse(text.as_bytes()) {
            assert_eq!(Record::parse(record.to_text().as_bytes()), Some(record), "{text}");
        }
        Ok(())
    });
}

#[test]
fn any_bytes() {
    ssg_testing::fuzz(|random| {
        let bytes: Vec<u8> = random.arbitrary()?;
        let _ = Record::parse(&bytes);
        Ok(())
    });
}

/// The beginning of a record.
const VALID: &str = "ssg-published 1 pending 1 run-id 7\nsite https://a.example/\nrecipe plain\n";

#[test]
fn the_words_are_those_of_records() {
    let record =
        Record { site: "https://a.example/".to_owned(), recipe: "plain".to_owned(), ..Record::default() };
    let text = record.to_text();
    assert!(text.starts_with(WORDS[0]), "{text}");
    assert!(Record::parse(format!("{VALID}- a/b.css\n").as_bytes()).is_some());
}
