//! Talks: a file in an event's `program/`, or a proposal of the first years.

use super::event::is_address;
use super::old_programme::OldTalk;
use super::programme::kind_of;
use crate::front::Front;
use crate::keys::Keys;
use crate::people::clean;

/// A talk, ready to be written.
#[derive(Clone, Debug, Default)]
pub(super) struct Talk {
    /// Its file's name in the source, without the extension.
    pub name: String,
    /// Its file's name in `talks/`.
    pub slug: String,
    pub title: String,
    /// Ids or names, as written.
    pub written_speakers: Vec<String>,
    /// Names.
    pub speakers: Vec<String>,
    pub description: String,
    pub tags: Vec<String>,
    pub video: String,
    pub slides: String,
    /// Markdown.
    pub body: String,
    /// Addresses of its speaker's pages.
    pub links: Vec<String>,
    /// Where it was.
    pub address: String,
    /// Only for a talk that no row of the schedule names.
    pub kind: String,
    pub is_draft: bool,
    /// Day, start and end as its file says.
    pub times: [Option<String>; 3],
}

impl Talk {
    /// Reads the front matter of a file in `program/`; `body` is its text.
    pub fn read(name: &str, keys: &Keys<'_>, body: &str) -> Self {
        keys.ignore(&["date", "linktitle", "city", "year"]);
        let kind = keys.text("type").unwrap_or_default().to_lowercase();
        let ignite = name.ends_with("-ignite") || body.trim_start().to_lowercase().starts_with("**ignite");
        let kind = if ignite { "ignite" } else { kind_of(&kind, "") };
        let video =
            [("youtube", "https://www.youtube.com/watch?v="), ("vimeo", "https://vimeo.com/"), ("video", "")];
        let slides = [
            ("slides", ""),
            ("speakerdeck", "https://speakerdeck.com/"),
            ("slideshare", "https://www.slideshare.net/slideshow/embed_code/key/"),
            ("googleslides", "https://docs.google.com/presentation/d/"),
            ("pdf", ""),
        ];
        Self {
            name: name.to_owned(),
            title: keys.text("title").map(|title| clean(&title)).unwrap_or_default(),
            written_speakers: keys.texts("speakers").into_iter().chain(keys.texts("speaker")).collect(),
            description: keys.text_of(&["description", "subtitle"]).unwrap_or_default(),
            tags: keys.texts("tags"),
            video: media(keys, &video),
            slides: media(keys, &slides),
            kind: if kind == "other" { "talk".to_owned() } else { kind.to_owned() },
            times: ["talk_date", "talk_start_time", "talk_end_time"].map(|key| keys.text(key)),
            body: body.to_owned(),
            is_draft: keys.yes("draft"),
            ..Self::default()
        }
    }

    /// Its file. Times, room and kind are said by the row of the schedule, where there is one.
    pub fn write(&self, tools: &[String], in_schedule: bool) -> Vec<u8> {
        let is_tool = |tag: &&String| tools.iter().any(|tool| tool.eq_ignore_ascii_case(tag));
        let (tools, categories): (Vec<&String>, Vec<&String>) = self.tags.iter().partition(is_tool);
        let mut front = Front::default();
        front.text("title", &self.title).text("description", &self.description);
        front.texts("speakers", &self.speakers).texts("categories", &categories).texts("tools", &tools);
        front.text("video", &self.video).text("slides", &self.slides);
        if !self.address.is_empty() {
            front.texts("aliases", &[&self.address]);
        }
        if self.is_draft {
            front.raw("draft", "true");
        }
        front.table_of("talk", |talk| {
            talk.text("kind", if in_schedule { "" } else { &self.kind });
        });
        front.table("extra.import").text("source", "devopsdays");
        front.page(&self.body)
    }
}

/// The first of these keys that has an address, or an id that makes one.
fn media(keys: &Keys<'_>, hosts: &[(&str, &str)]) -> String {
    let mut first = String::new();
    for (key, base) in hosts {
        let Some(text) = keys.text(key) else { continue };
        let url = if is_address(&text) { text } else { format!("{base}{}", text.trim_start_matches('/')) };
        if first.is_empty() && is_address(&url) {
            first = url;
        }
    }
    first
}

/// What a proposal of the first years says: its title, the abstract, who speaks, and their bio.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Proposal {
    pub title: String,
    pub text: String,
    pub bio: String,
    pub links: Vec<String>,
}

/// Reads the body of a proposal:
///
/// ```text
/// ### Title
/// **Abstract:**
/// …
/// **Speaker:**
/// Name, <a href="…">@handle</a>
/// bio
/// ```
pub(super) fn read_proposal(body: &str, speaker: &str) -> Proposal {
    let mut proposal = Proposal::default();
    let mut rest = body.trim();
    if let Some(heading) = rest.strip_prefix("###") {
        let (title, below) = heading.split_once('\n').unwrap_or((heading, ""));
        clean(title.trim_matches(['#', ' '])).clone_into(&mut proposal.title);
        rest = below.trim();
    }
    let (text, person) = rest.split_once("**Speaker:**").unwrap_or((rest, ""));
    let text = text.trim().strip_prefix("**Abstract:**").unwrap_or(text).trim();
    text.clone_into(&mut proposal.text);
    let person = person.trim();
    // The first line repeats the name, with a handle.
    let (first, below) = person.split_once('\n').unwrap_or((person, ""));
    if !speaker.is_empty() && clean(first).starts_with(speaker) && first.len() < speaker.len() + 200 {
        for piece in super::html::pieces(first) {
            if let super::html::Piece::Tag { name, closes: false, attributes, .. } = piece
                && name == "a"
            {
                proposal.links.extend(super::html::attribute(attributes, "href"));
            }
        }
        below.trim().clone_into(&mut proposal.bio);
    } else {
        person.clone_into(&mut proposal.bio);
    }
    proposal
}

/// A talk that only a programme in HTML names, or a proposal with what such a programme says of it.
pub(super) fn of_old(old: &OldTalk) -> Talk {
    Talk {
        name: old.name.clone(),
        title: clean(&old.title),
        written_speakers: old.speakers.clone(),
        links: old.links.clone(),
        kind: "talk".to_owned(),
        ..Talk::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposal_has_its_parts() {
        let body = "### Lamps\n\n**Abstract:**\n\nOn lamps.\n\n**Speaker:**\n\nJo Dock, <a href=\"https://twitter.com/jo\">@jo</a>\n\nJo makes lamps.";
        let proposal = read_proposal(body, "Jo Dock");
        assert_eq!(
            proposal,
            Proposal {
                title: "Lamps".into(),
                text: "On lamps.".into(),
                bio: "Jo makes lamps.".into(),
                links: vec!["https://twitter.com/jo".into()],
            }
        );
        assert_eq!(read_proposal("Just text", "").text, "Just text");
    }
}
