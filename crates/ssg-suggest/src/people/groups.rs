//! Names that stand together.

use super::FullNames;
use super::evidence::Group;
use super::names::Named;
use crate::text::words;

/// Names of a block that stand together.
pub(super) fn groups<'n>(text: &str, named: &'n [Named], full: &FullNames) -> Vec<(Group, Vec<&'n Named>)> {
    let mut found: Vec<(Group, Vec<&Named>)> = Vec::new();
    for one in named {
        let joined = found.last().is_some_and(|(group, _)| {
            one.start >= group.end && !group.possessive && is_joined(&text[group.end..one.start])
        });
        // `Pete Galloway & Ayesha Farooq, Cumberland Rail`
        let ends =
            text[one.full_end..].trim_start_matches([')', '*', '_']).starts_with(['\n', ':', '-', '–', '—'])
                || text[one.full_end..].trim().is_empty();
        let is_unknown = !one.sort.given && !one.sort.own && !one.sort.surname && !one.sort.single;
        let is_company = found.last().is_some_and(|(group, members)| {
            is_unknown
                && ends
                && members.last().is_some_and(|last| last.sort.given || last.sort.own)
                && one.start >= group.end
                && text[group.end..one.start].trim() == ","
        });
        let joined = joined && !is_company;
        // `Scott Hammond, Redrock`: a word alone belongs to others when it is somebody's name.
        let joined = joined && full.of_mention(one).is_some();
        match found.last_mut().filter(|_| joined) {
            Some((group, members)) => {
                group.end = one.full_end;
                group.possessive = one.possessive;
                members.push(one);
            }
            None => {
                let group = Group { start: one.start, end: one.full_end, possessive: one.possessive };
                found.push((group, vec![one]));
            }
        }
    }
    found
}

/// Whether what stands between two names joins them: a comma, `and`, a company in brackets.
fn is_joined(gap: &str) -> bool {
    if gap.len() > 60 {
        return false;
    }
    if is_company_and_next(gap) {
        return true;
    }
    let gap = without_company(gap);
    let gap = match (gap.trim_start().strip_prefix('('), gap.find(')')) {
        (Some(_), Some(close)) if gap[close + 1..].trim().is_empty() => return true,
        (Some(_), Some(close)) => &gap[close + 1..],
        _ => gap,
    };
    matches!(
        gap.trim().trim_start_matches(',').trim(),
        "" | "and" | "and then" | "&" | "/" | "+" | "und" | "et" | "y" | "и" | "og" | "en" | "、"
    ) && !gap.contains('\n')
        && !gap.trim().is_empty()
}

/// What stands between two names without the company of the first: ` of Google and `.
fn without_company(gap: &str) -> &str {
    let found = words(gap);
    let is_link = found.first().is_some_and(|word| matches!(word.text, "of" | "from" | "at"));
    let companies = found.iter().skip(1).take_while(|word| word.is_capital()).count();
    match found.get(companies) {
        Some(last) if is_link && (1..=4).contains(&companies) && !gap[..last.end].contains(['.', ',']) => {
            &gap[last.end..]
        }
        _ => gap,
    }
}

/// `, NVIDIA; `: a company, and the next of a list.
fn is_company_and_next(gap: &str) -> bool {
    let Some(inner) = gap.trim_end().strip_suffix(';') else { return false };
    let inner = inner.trim();
    let inner =
        inner.strip_prefix(',').or_else(|| inner.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')));
    inner.is_some_and(|company| {
        let company = words(company);
        (1..=4).contains(&company.len()) && company.iter().all(|word| word.is_capital() || word.text == "of")
    })
}
