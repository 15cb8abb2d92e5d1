//! What sort of session something is, by the words that programmes use for it.

/// What sort of session something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// One of the words that sites have for it; any other as the source has it.
    pub word: String,
    /// It is no session, but a break or the like.
    pub is_pause: bool,
}

/// Words of sessions, with what they stand for: the first that stands in a name counts.
const SESSIONS: &[(&str, &str)] = &[
    ("keynote", "keynote"),
    ("key note", "keynote"),
    ("workshop", "workshop"),
    ("tutorial", "workshop"),
    ("training", "workshop"),
    ("hands on", "workshop"),
    ("atelier", "workshop"),
    ("taller", "workshop"),
    ("panel", "panel"),
    ("podium", "panel"),
    ("podiumsdiskussion", "panel"),
    ("table ronde", "panel"),
    ("mesa redonda", "panel"),
    ("ignite", "ignite"),
    ("lightning", "lightning"),
    ("lightningtalk", "lightning"),
    ("lightningtalks", "lightning"),
    ("blitzvortrag", "lightning"),
    ("open space", "open-space"),
    ("openspace", "open-space"),
    ("barcamp", "open-space"),
    ("unconference", "open-space"),
    ("talk", "talk"),
    ("lecture", "talk"),
    ("vortrag", "talk"),
    ("presentation", "talk"),
    ("présentation", "talk"),
    ("session", "talk"),
    ("conférence", "talk"),
    ("charla", "talk"),
    ("ponencia", "talk"),
    ("lezing", "talk"),
    ("palestra", "talk"),
];

/// Words of what is no session.
const PAUSES: &[(&str, &str)] = &[
    ("lunch", "lunch"),
    ("mittag", "lunch"),
    ("mittagspause", "lunch"),
    ("mittagessen", "lunch"),
    ("déjeuner", "lunch"),
    ("almuerzo", "lunch"),
    ("comida", "lunch"),
    ("pranzo", "lunch"),
    ("almoço", "lunch"),
    ("registration", "registration"),
    ("check in", "registration"),
    ("checkin", "registration"),
    ("einlass", "registration"),
    ("anmeldung", "registration"),
    ("registrierung", "registration"),
    ("doors", "registration"),
    ("accueil", "registration"),
    ("registro", "registration"),
    ("break", "break"),
    ("pause", "break"),
    ("kaffeepause", "break"),
    ("coffee", "break"),
    ("kaffee", "break"),
    ("tea", "break"),
    ("pausa", "break"),
    ("descanso", "break"),
    ("pauze", "break"),
    ("party", "social"),
    ("dinner", "social"),
    ("social", "social"),
    ("networking", "social"),
    ("reception", "social"),
    ("drinks", "social"),
    ("happy hour", "social"),
    ("abendessen", "social"),
    ("apéro", "social"),
    ("ceremony", "ceremony"),
    ("opening", "ceremony"),
    ("closing", "ceremony"),
    ("welcome", "ceremony"),
    ("farewell", "ceremony"),
    ("wrap up", "ceremony"),
    ("begrüßung", "ceremony"),
    ("eröffnung", "ceremony"),
    ("verabschiedung", "ceremony"),
    ("abschluss", "ceremony"),
    ("ouverture", "ceremony"),
    ("clôture", "ceremony"),
];

/// Reads what sort of session something is from the source's word for it, and its title where there is none.
///
/// `is_service` says that the source has it among breaks and the like.
pub(super) fn kind_of(word: &str, title: &str, is_service: bool, has_people: bool) -> Kind {
    let said = plain(word);
    let kind = |word: &str, is_pause: bool| Kind { word: word.to_owned(), is_pause: is_pause && !has_people };
    if is_service {
        let pause = find(PAUSES, &said).or_else(|| find(PAUSES, &plain(title)));
        return kind(pause.unwrap_or("other"), true);
    }
    if !said.is_empty() {
        if let Some(session) = find(SESSIONS, &said) {
            return kind(session, false);
        }
        if said == "other" || said == "service" {
            // Sites have no such word for what people do.
            return if has_people { kind("talk", false) } else { kind("other", true) };
        }
        return match find(PAUSES, &said) {
            Some(pause) if !has_people => kind(pause, true),
            _ => kind(word.trim(), false),
        };
    }
    match find(PAUSES, &plain(title)) {
        Some(pause) if !has_people && title.split_whitespace().count() <= 6 => kind(pause, true),
        _ => kind("talk", false),
    }
}

/// Whether a word says what sort of session something is.
pub(super) fn is_known(word: &str) -> bool {
    let word = plain(word);
    find(SESSIONS, &word).or_else(|| find(PAUSES, &word)).is_some()
}

/// What a title says in front of a colon of the sort of session: `Keynote`, `Workshop`.
pub(super) fn session_word(word: &str) -> Option<&'static str> {
    let plain = plain(word);
    find(SESSIONS, &plain).filter(|kind| *kind != "talk" && plain.split(' ').count() <= 2)
}

/// Lower case, with single spaces for all that parts words.
fn plain(text: &str) -> String {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn find(table: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    let padded = format!(" {text} ");
    let is_in = |word: &str| [" ", "s "].iter().any(|end| padded.contains(&format!(" {word}{end}")));
    table.iter().find(|(word, _)| is_in(word)).map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str, title: &str, has_people: bool) -> (String, bool) {
        let kind = kind_of(word, title, false, has_people);
        (kind.word, kind.is_pause)
    }

    #[test]
    fn words_of_programmes() {
        for (written, kind) in [
            ("Talk", "talk"),
            ("lecture", "talk"),
            ("Vortrag (45 min)", "talk"),
            ("lightning_talk", "lightning"),
            ("Hands-on lab", "workshop"),
            ("Podiumsdiskussion", "panel"),
            ("Keynotes", "keynote"),
            ("performance", "performance"),
            ("Musik & Tanz", "Musik & Tanz"),
        ] {
            assert_eq!(word(written, "x", true), (kind.to_owned(), false), "{written}");
        }
        assert_eq!(word("Pause", "Kaffee", false), ("break".to_owned(), true));
        assert_eq!(word("", "Lunch", false), ("lunch".to_owned(), true));
        assert_eq!(word("", "How to break things", true), ("talk".to_owned(), false));
        assert_eq!(
            word("", "Breakfast of champions: a long story of what we eat", false),
            ("talk".to_owned(), false)
        );
        assert_eq!(
            kind_of("", "Sponsor raffle", true, false),
            Kind { word: "other".to_owned(), is_pause: true }
        );
    }
}
