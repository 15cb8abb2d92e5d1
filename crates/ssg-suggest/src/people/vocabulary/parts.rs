//! Headings, and parts of names.

/// Headings below which names are of people who spoke.
pub(in crate::people) const TALK_HEADINGS: &[&str] = &[
    "talk",
    "talks",
    "keynote",
    "keynotes",
    "session",
    "sessions",
    "speaker",
    "speakers",
    "ignite",
    "ignites",
    "lightning",
    "presentation",
    "presentations",
    "schedule",
    "program",
    "programme",
    "agenda",
    "day",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "morning",
    "afternoon",
    "workshops",
    "panel",
    "interview",
    "interviews",
    "guest",
    "guests",
    "highlights",
    "track",
    "openspaces",
    "spaces",
    "demos",
];

/// Headings below which they are not.
pub(in crate::people) const OTHER_HEADINGS: &[&str] = &[
    "organizers",
    "organisers",
    "thanks",
    "sponsors",
    "attendees",
    "contributors",
    "acknowledgements",
    "acknowledgments",
    "author",
    "authors",
    "reading",
    "books",
    "comments",
    "references",
    "links",
    "resources",
    "credits",
    "hosts",
    "contributions",
    "releases",
    "bugs",
    "fixes",
    "blogs",
    "jobs",
    "about",
    "team",
    "planet",
    "articles",
    "blogosphere",
    "contributor",
];

/// Parts of names that have no capital.
pub(in crate::people) const PARTICLES: &[&str] = &[
    "de", "van", "von", "der", "den", "di", "da", "del", "della", "dos", "du", "la", "le", "el", "al", "bin",
    "ibn", "ten", "ter", "zu", "af", "av", "do", "das", "y", "e", "st", "des", "vom", "zum",
];

/// Titles before names.
pub(in crate::people) const TITLES: &[&str] =
    &["dr", "prof", "professor", "mr", "mrs", "ms", "sir", "dame", "doctor", "herr", "frau", "mx"];
