//! A person without a photograph: head, body and ground of a few shapes each, chosen by the hash of the name.
//!
//! Never letters: initials are no help in scripts that have none, and say nothing that the name beside them does not.

use super::ink::choice;

const GROUNDS: [&str; 4] = ["", "M0 8h48v6H0zM0 22h48v6H0zM0 36h48v6H0z", "M24 0h24v48H24z", "M0 0h48L0 48z"];
const HEADS: [&str; 4] = [
    "M24 8a10 10 0 0 1 0 20a10 10 0 0 1 0-20z",
    "M22 9a9 9 0 0 1 0 18a9 9 0 0 1 0-18z",
    "M26 7a9 11 0 0 1 0 22a9 11 0 0 1 0-22z",
    "M15 18a9 9 0 0 1 18 0v10H15z",
];
const BODIES: [&str; 5] = [
    "M6 48a18 17 0 0 1 36 0z",
    "M8 48V38l8-7h16l8 7v10z",
    "M6 48a16 17 0 0 1 16-17h20v17z",
    "M42 48a16 17 0 0 0-16-17H6v17z",
    "M24 30l18 18H6z",
];

/// The figure of a slug as SVG: `g` is the ground's pattern, `b` the body, `h` the head.
pub(crate) fn figure(slug: &str) -> String {
    let number = choice(slug, GROUNDS.len() * HEADS.len() * BODIES.len());
    let ground = GROUNDS[number % GROUNDS.len()];
    let head = HEADS[number / GROUNDS.len() % HEADS.len()];
    let body = BODIES[number / (GROUNDS.len() * HEADS.len()) % BODIES.len()];
    let ground =
        if ground.is_empty() { String::new() } else { format!("<path class=\"g\" d=\"{ground}\"/>") };
    format!(
        "<svg class=\"fig\" viewBox=\"0 0 48 48\" aria-hidden=\"true\">{ground}<path class=\"b\" d=\"{body}\"/><path class=\"h\" d=\"{head}\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_figure_is_small_and_lasting_and_many_differ() {
        assert_eq!(figure("ada"), figure("ada"));
        let names: BTreeSet<String> = (0..60).map(|n| figure(&format!("person-{n}"))).collect();
        assert!(names.len() > 30, "{}", names.len());
        assert!(names.iter().all(|svg| svg.len() < 320));
    }
}
