//! What people were asked when they sent in a talk: of all answers only what a page of a person is for.

use super::model::{Link, Person};
use crate::Report;
use crate::web::address;

/// Puts answers where a person has them; what has no place goes into the report, by its question alone.
pub(super) fn take(person: &mut Person, answers: Vec<(String, String)>, report: &mut Report) {
    for (question, answer) in answers {
        let asked = question.to_lowercase();
        let is = |words: &[&str]| words.iter().any(|word| asked.contains(word));
        let url = address(&answer).filter(|_| {
            is(&[
                "website", "homepage", "web site", "mastodon", "github", "gitlab", "linkedin", "bluesky",
                "twitter", "blog",
            ])
        });
        if is(&["pronoun", "pronomen"]) && person.pronouns.is_empty() {
            person.pronouns = answer;
        } else if is(&["company", "employer", "organization", "organisation", "affiliation"])
            && person.affiliation.is_empty()
        {
            person.affiliation = answer;
        } else if let Some(url) = url {
            if person.links.iter().all(|known| known.url != url) {
                person.links.push(Link { url, title: String::new() });
            }
        } else {
            report.unplaced(&format!("question to speakers: {question}"), &person.name);
        }
    }
}
