//! Weights of evidence: `data/weights.toml`.

#![expect(clippy::disallowed_types, reason = "what the program brings along has no other input")]

use foldhash::HashMap;
use serde::Deserialize;
use std::sync::LazyLock;

#[derive(Default, Deserialize)]
struct Weights {
    tool: HashMap<String, f64>,
    speaker: HashMap<String, f64>,
    calibration: Calibration,
}

#[derive(Default, Deserialize)]
struct Calibration {
    sums: Vec<f64>,
    tool: Vec<f64>,
    speaker: Vec<f64>,
}

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| toml::from_str(include_str!("../data/weights.toml")).unwrap_or_default());

#[cfg(test)]
thread_local! {
    /// Weights of speakers that a fit tries.
    pub(crate) static TRIED: std::cell::RefCell<std::collections::BTreeMap<String, f64>> =
        const { std::cell::RefCell::new(std::collections::BTreeMap::new()) };
}

/// The weight of a piece of evidence about a speaker, as the file has it.
#[cfg(test)]
pub(crate) fn chosen(evidence: &str) -> f64 {
    WEIGHTS.speaker.get(evidence).copied().unwrap_or_default()
}

/// All pieces of evidence about speakers.
#[cfg(test)]
pub(crate) fn of_speakers() -> std::collections::BTreeSet<String> {
    WEIGHTS.speaker.keys().cloned().collect()
}

/// The weight of a piece of evidence about a tool.
pub(crate) fn tool(evidence: &str) -> f64 {
    WEIGHTS.tool.get(evidence).copied().unwrap_or_default()
}

/// The weight of a piece of evidence about a speaker.
pub(crate) fn speaker(evidence: &str) -> f64 {
    #[cfg(test)]
    if let Some(weight) = TRIED.with_borrow(|tried| tried.get(evidence).copied()) {
        return weight;
    }
    WEIGHTS.speaker.get(evidence).copied().unwrap_or_default()
}

/// How sure a sum about a tool is.
pub(crate) fn tool_confidence(sum: f64) -> f64 {
    between(&WEIGHTS.calibration.sums, &WEIGHTS.calibration.tool, sum)
}

/// How sure a sum about a speaker is.
pub(crate) fn speaker_confidence(sum: f64) -> f64 {
    between(&WEIGHTS.calibration.sums, &WEIGHTS.calibration.speaker, sum)
}

/// The value at a place of a line through points, in hundredths.
fn between(places: &[f64], values: &[f64], at: f64) -> f64 {
    let value = match places.iter().position(|place| at < *place) {
        Some(0) => values.first().copied().unwrap_or_default(),
        None => values.last().copied().unwrap_or_default(),
        Some(next) => {
            let part = (at - places[next - 1]) / (places[next] - places[next - 1]);
            values[next - 1] + part * (values[next] - values[next - 1])
        }
    };
    (value * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read() {
        assert!(tool("sure") > 0.0 && speaker("book") < 0.0);
        let calibration = &WEIGHTS.calibration;
        assert_eq!(calibration.sums.len(), calibration.tool.len());
        assert_eq!(calibration.sums.len(), calibration.speaker.len());
        assert!(
            calibration.tool.is_sorted() && calibration.speaker.is_sorted() && calibration.sums.is_sorted()
        );
        assert!(tool_confidence(-9.0) < 0.1 && tool_confidence(9.0) > 0.95);
    }
}
