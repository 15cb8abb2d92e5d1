//! The ink of an event: one of eight, by the name of its series, so that neighbours differ and nobody chooses.

/// The inks, in the order in which a name that is taken goes on to the next.
pub(crate) const INKS: [&str; 8] =
    ["teal", "vermilion", "violet", "green", "magenta", "blue", "amber", "lime"];
/// The ink of what is cancelled.
pub(crate) const NEUTRAL: &str = "neutral";

/// FNV-1a of 32 bits.
pub(crate) fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A number below `count` that a name has; high bits are mixed in, since the low ones alone are alike for names
/// that end alike.
pub(crate) fn choice(text: &str, count: usize) -> usize {
    let hash = hash(text);
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2c1b_3c6d);
    usize::try_from(mixed ^ (mixed >> 13)).unwrap_or(0) % count.max(1)
}

/// The ink that a name alone has.
pub(crate) fn of_name(name: &str) -> &'static str {
    INKS[usize::try_from(hash(name)).unwrap_or(0) % INKS.len()]
}

/// Inks of several names in their order: each by its hash, or the next that none before it has; when all eight are
/// given out, they are all free again.
pub(crate) fn of_names<'n>(names: impl IntoIterator<Item = &'n str>) -> Vec<(&'n str, &'static str)> {
    let mut taken = [false; INKS.len()];
    let mut given = Vec::new();
    for name in names {
        if taken.iter().all(|is_taken| *is_taken) {
            taken = [false; INKS.len()];
        }
        let mut number = usize::try_from(hash(name)).unwrap_or(0) % INKS.len();
        while taken[number] {
            number = (number + 1) % INKS.len();
        }
        taken[number] = true;
        given.push((name, INKS[number]));
    }
    given
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv() {
        assert_eq!((hash(""), hash("a"), hash("foobar")), (0x811c_9dc5, 0xe40c_292c, 0xbf9c_f968));
    }

    #[test]
    fn eight_names_have_eight_inks_and_the_ninth_begins_anew() {
        let names: Vec<String> = (0..9).map(|n| format!("series-{n}")).collect();
        let given = of_names(names.iter().map(String::as_str));
        let mut first: Vec<&str> = given[..8].iter().map(|(_, ink)| *ink).collect();
        first.sort_unstable();
        first.dedup();
        assert_eq!(first.len(), 8);
        assert_eq!(given[8].1, of_name("series-8"));
    }
}
