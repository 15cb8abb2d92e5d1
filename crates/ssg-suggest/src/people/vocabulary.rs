//! Words by which a text tells that somebody spoke, or did not.

/// What people give.
pub(super) const TALKS: &[&str] = &[
    "talk", "talks", "keynote", "keynotes", "presentation", "presentations", "session", "sessions", "ignite", "ignites", "workshop",
    "workshops", "demo", "demos", "tutorial", "tutorials", "lightning", "panel", "slides", "deck", "slide", "lecture", "speech",
    "openspace", "open-space", "fishbowl", "fireside", "interview", "webinar", "slot", "screencast", "video", "recording", "vortrag", "talk's",
    "charla", "ponencia", "conférence", "podcast", "episode", "breakout", "demonstration", "pitch", "q&a", "retrospective",
];

/// What people who explain things give as well.
pub(super) const GIVEN: &[&str] = &[
    "overview", "introduction", "intro", "update", "account", "history", "tour", "view", "perspective", "insight", "advice",
    "examples", "example", "opening", "closing", "remarks", "address", "look", "summary", "rundown", "walkthrough", "story", "space",
];

/// Verbs of those who certainly spoke.
pub(super) const SPOKE: &[&str] = &[
    "presented", "presents", "presenting", "present", "spoke", "speaks", "speaking", "speak", "talked", "talks", "talking", "talk",
    "keynoted", "keynotes", "keynoting", "demoed", "demonstrated", "demonstrates", "demonstrating", "demoing", "demo'd", "lectured", "presentó", "sprach",
    "präsentierte", "habló", "présenté", "рассказал", "рассказала", "выступил", "выступила", "presentará", "apresentou", "falou",
];

/// Verbs that need what was given, led or held.
pub(super) const GAVE: &[&str] = &[
    "gave", "gives", "giving", "give", "given", "delivered", "delivers", "delivering", "did", "does", "had", "held", "led", "leads",
    "ran", "runs", "facilitated", "moderated", "proposed", "opened", "opens", "closed", "closes", "started", "starts", "kicked", "kicks", "finished",
    "wrapped", "took", "takes", "hosted", "conducted", "followed", "returned", "came", "shared", "rounded", "will", "is", "was", "came",
    "performed", "began", "ended", "continued", "joined", "hielt", "dio", "made",
];

/// Verbs of those who explain.
pub(super) const EXPLAINED: &[&str] = &[
    "discussed", "discusses", "discussing", "explained", "explains", "explaining", "showed", "shows", "showing", "described", "describes", "shared",
    "shares", "covered", "covers", "covering", "introduced", "introduces", "introducing", "argued", "argues", "emphasized", "emphasised", "emphasizes", "stressed",
    "highlighted", "highlights", "outlined", "outlines", "detailed", "recounted", "brought", "told", "tells", "walked", "walks", "dove", "dives", "dug",
    "advocated", "explored", "explores", "elaborated", "illustrated", "reminded", "reminds", "pointed", "points", "addressed", "went", "goes", "compared", "confessed", "touched",
    "challenged", "encouraged", "offered", "laid", "drew", "stepped", "urged", "proposes", "teaches", "taught", "warned", "concluded",
];

/// Verbs of those who say something, wherever.
pub(super) const SAID: &[&str] = &[
    "said", "says", "noted", "notes", "mentioned", "mentions", "suggested", "suggests", "recommended", "recommends", "asked", "asks", "thinks",
    "believes", "claimed", "claims", "stated", "states", "made", "makes", "used", "uses", "answered", "spent", "left", "got", "quoted", "framed", "put", "called",
];

/// What goes before a person who speaks: `up next was`, `we heard from`.
pub(super) const TURN: &[&str] = &[
    "then", "next", "first", "second", "followed by", "next up", "up next", "heard from", "hear from", "hear", "heard", "saw", "watched", "listened to",
    "listening to", "featuring", "next was", "first was", "up was", "last was", "final was", "finally", "was", "were", "starring", "day was", "afternoon was",
    "morning was", "next is", "welcome", "enjoyed", "invited", "interviewed", "interview with", "interviewing", "sat down with",
];

/// Words of what was written rather than said.
pub(super) const BOOK: &[&str] = &[
    "book", "books", "novel", "wrote", "written", "author", "authors", "co-author", "published", "article", "essay", "paper", "research",
    "researcher", "law", "tweet", "tweeted", "blogged", "blog", "quote", "foreword", "chapter", "reading", "read", "manifesto", "biography", "philosopher",
    "theory", "study", "professor's", "post", "quotes", "coined",
];

/// Who helped, came or wrote instead.
pub(super) const THANKS: &[&str] = &[
    "thanks", "thank", "thx", "kudos", "shoutout", "shout-out", "shoutouts", "props", "congrats", "congratulations", "hat-tip", "credit", "photo", "photos",
    "picture", "pictures", "photographer", "via", "image", "images", "photograph", "welcome", "contributors", "contributed", "patch", "patches", "fixed", "reviewed", "maintainer", "maintainers",
];

/// Who ran the event.
pub(super) const ORGANIZER: &[&str] = &[
    "organizer", "organizers", "organiser", "organisers", "organized", "organised", "organizing", "organising", "hosts", "host", "mc", "emcee", "mcs", "moderator",
    "volunteer", "volunteers", "sponsor", "sponsors", "attendee", "attendees", "crew", "coordinator",
];

/// Who was met.
pub(super) const MET: &[&str] = &[
    "met", "meet", "meeting", "chatted", "chatting", "dinner", "lunch", "beer", "beers", "drinks", "colleague", "colleagues", "friend", "friends", "coworker",
    "co-worker", "boss", "wife", "husband", "seeing", "ran", "catch", "caught", "hanging", "hung", "introduced", "conversation", "sitting", "sat",
];

/// Headings below which names are of people who spoke.
pub(super) const TALK_HEADINGS: &[&str] = &[
    "talk", "talks", "keynote", "keynotes", "session", "sessions", "speaker", "speakers", "ignite", "ignites", "lightning", "presentation", "presentations",
    "schedule", "program", "programme", "agenda", "day", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "morning", "afternoon", "workshops", "panel",
    "interview", "interviews", "guest", "guests", "highlights", "track", "openspaces", "spaces", "demos",
];

/// Headings below which they are not.
pub(super) const OTHER_HEADINGS: &[&str] = &[
    "organizers", "organisers", "thanks", "sponsors", "attendees", "contributors", "acknowledgements", "acknowledgments", "author", "authors", "reading", "books",
    "comments", "references", "links", "resources", "credits", "hosts", "contributions", "releases", "bugs", "fixes", "blogs", "jobs", "about", "team", "planet", "articles", "blogosphere", "contributor",
];

/// Parts of names that have no capital.
pub(super) const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "di", "da", "del", "della", "dos", "du", "la", "le", "el", "al", "bin", "ibn", "ten", "ter", "zu", "af", "av", "do", "das", "y", "e", "st", "des", "vom", "zum",
];

/// Titles before names.
pub(super) const TITLES: &[&str] = &["dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame", "doctor", "herr", "frau", "mx"];

/// Whether a list has a word, whatever its case.
pub(super) fn has(list: &[&str], word: &str) -> bool {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        list.contains(&word)
    } else {
        list.contains(&word.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_in_small_letters() {
        for list in [TALKS, SPOKE, GAVE, EXPLAINED, SAID, BOOK, THANKS, ORGANIZER, MET, TALK_HEADINGS, OTHER_HEADINGS, PARTICLES, TITLES, TURN, GIVEN] {
            assert!(list.iter().all(|word| *word == word.to_lowercase()));
        }
        assert!(has(TALKS, "Keynote") && !has(TALKS, "kettle"));
    }
}
