//! Lists: those with drawn bullets or numbers, and those that only a colon announces.

use super::block::Item;
use super::shape::{
    Marker, address, all_caps, ends_as_sentence, ends_with_colon, length, marker, title_case,
};
use super::unit::Unit;

/// Longest item of an implied list, in characters.
const LONGEST_ITEM: usize = 300;

/// The marked list that begins at unit `at`, and how many units it takes.
///
/// A bullet is enough; a dash or a number, which prose may begin with too, needs a second item or
/// an indent.
pub(crate) fn marked(units: &[Unit], at: usize) -> Option<(Vec<Item>, usize)> {
    let (first, _) = marker(&units[at].text)?;
    let mut items: Vec<Item> = Vec::new();
    let mut indents: Vec<usize> = Vec::new();
    let mut outer: Option<Marker> = None;
    for unit in &units[at..] {
        let Some((kind, text)) = marker(&unit.text) else { break };
        while indents.last().is_some_and(|indent| *indent > unit.indent) && indents.len() > 1 {
            indents.pop();
        }
        if indents.last().is_none_or(|indent| unit.indent > indent + 1) && indents.len() < 6 {
            indents.push(unit.indent);
        }
        let depth = indents.len() - 1;
        if depth == 0 && outer.is_some_and(|outer| !follows(outer, kind)) {
            break;
        }
        if depth == 0 {
            outer = Some(kind);
        }
        let number = if let Marker::Number(number) = kind { Some(number) } else { None };
        items.push(Item { depth, number, text: text.to_owned() });
    }
    let sure = first == Marker::Bullet || items.len() > 1 || units[at].indent > 0;
    let taken = items.len();
    sure.then_some((items, taken))
}

/// Whether an item may follow another in one list: the same mark, or the next number.
fn follows(before: Marker, after: Marker) -> bool {
    match (before, after) {
        (Marker::Number(before), Marker::Number(after)) => after == before + 1 || after == before,
        (before, after) => before == after,
    }
}

/// The list that a colon before unit `at` announces: two or more short paragraphs of one line.
///
/// It ends at what is no item: a longer paragraph, a heading, another introduction, or the first
/// full stop after items without any.
pub(crate) fn implied(
    units: &[Unit],
    at: usize,
    heading: &dyn Fn(usize) -> bool,
) -> Option<(Vec<Item>, usize)> {
    let mut items: Vec<Item> = Vec::new();
    let mut longest = 0;
    for (index, unit) in units.iter().enumerate().skip(at) {
        let text = unit.text.as_str();
        let size = length(text);
        let alone = unit.opens && unit.closes;
        if !alone || size > LONGEST_ITEM || ends_with_colon(text) || all_caps(text) {
            break;
        }
        if address(text).is_some() || marker(text).is_some() || text.starts_with(|c: char| c.is_ascii_digit())
        {
            break;
        }
        let stops = |text: &str| ends_as_sentence(text);
        let grown = items.len() >= 2 && size > 80 && size * 10 > longest * 22;
        let other_end = items.len() >= 2 && stops(text) && items.iter().all(|item| !stops(&item.text));
        let new_heading =
            heading(index) && title_case(text) && !items.iter().all(|item| title_case(&item.text));
        if grown || other_end || new_heading {
            break;
        }
        longest = longest.max(size);
        items.push(Item { depth: 0, number: None, text: text.to_owned() });
    }
    let taken = items.len();
    (taken >= 2).then_some((items, taken))
}

#[cfg(test)]
mod tests {
    use super::super::clean::lines;
    use super::super::unit::units;
    use super::*;

    fn read(text: &str) -> Vec<Unit> {
        units(lines(text, &mut Vec::new()))
    }

    #[test]
    fn bullets_numbers_and_depth() {
        let list = read("• a\n  ◦ b\n  ◦ c\n• d\n");
        let (items, taken) = marked(&list, 0).expect("a list");
        let depths: Vec<_> = items.iter().map(|item| item.depth).collect();
        assert_eq!((depths, taken), (vec![0, 1, 1, 0], 4));
        assert_eq!(marked(&read("1. a\n2. b\n7. c\n"), 0).expect("a list").1, 2);
        assert!(marked(&read("– Said she.\n\nText.\n"), 0).is_none());
        assert!(marked(&read("3. The third thing\n\nText.\n"), 0).is_none());
        assert_eq!(marked(&read("– one\n– two\n"), 0).expect("a list").1, 2);
    }

    #[test]
    fn an_implied_list_ends_where_prose_begins() {
        let none = |_: usize| false;
        let prose = "This is a sentence of another kind. ".repeat(4);
        let list = read(&format!("Clear goals\n\nOpen doors\n\nGood food\n\n{prose}\n"));
        assert_eq!(implied(&list, 0, &none).expect("a list").1, 3);
        let list = read("One.\n\nTwo.\n\nThe list below is another:\n\nThree.\n");
        assert_eq!(implied(&list, 0, &none).expect("a list").1, 2);
        assert!(implied(&read("One.\n"), 0, &none).is_none());
        let list = read(&format!("clear goals\n\nopen doors\n\nFinal Thoughts\n\n{prose}\n"));
        assert_eq!(implied(&list, 0, &|at| at == 2).expect("a list").1, 2);
    }
}
