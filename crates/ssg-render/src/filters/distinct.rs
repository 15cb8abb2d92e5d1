//! Filters that tell equal values together: `unique`, which is Tera's without comparing all with all, and
//! `group_by`.

use super::grouped;
use crate::limits;
use crate::table::Table;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use tera::{Kwargs, Number, State, Tera, TeraResult, Value};

/// How far below a value its parts are looked at to tell it from others before they are compared.
const DEEPEST: usize = 3;
/// How many parts of one that lies below.
const MOST: usize = 16;

pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("unique", |list: &[Value], _: Kwargs, _: &State| unique(list));
    tera.register_filter("group_by", |list: &[Value], kwargs: Kwargs, _: &State| {
        group_by(list, kwargs.must_get::<&str>("attribute")?)
    });
}

/// The first of all values that are equal.
fn unique(list: &[Value]) -> TeraResult<Vec<Value>> {
    let mut known = Distinct::default();
    for value in list {
        known.place(value)?;
    }
    Ok(known.values)
}

fn group_by(list: &[Value], attribute: &str) -> TeraResult<Vec<Value>> {
    limits::list(list.len())?;
    if grouped(list) >= limits::DEEPEST {
        return Err(limits::too_deep());
    }
    let mut keys = Distinct::default();
    let mut groups: Vec<Vec<Value>> = Vec::new();
    let none = Value::none();
    for value in list {
        let place = keys.place(value.get_from_path(attribute).unwrap_or(&none))?;
        if place == groups.len() {
            groups.push(Vec::new());
        }
        groups[place].push(value.clone());
    }
    let groups = keys.values.into_iter().zip(groups);
    Ok(groups.map(|(key, items)| Table::new().set("key", key).set("items", items).done()).collect())
}

/// Values of which no two are equal, in the order in which they came.
#[derive(Default)]
struct Distinct {
    values: Vec<Value>,
    by_digest: HashMap<u64, Vec<usize>>,
}

impl Distinct {
    /// Where the value stands; it comes last if there is no equal one. Each comparison is a pass.
    fn place(&mut self, value: &Value) -> TeraResult<usize> {
        limits::looked_at(value)?;
        let mut digest = DefaultHasher::new();
        digest_into(value, DEEPEST, &mut digest);
        let alike = self.by_digest.entry(digest.finish()).or_default();
        limits::pass(1 + alike.len())?;
        if let Some(place) = alike.iter().find(|place| self.values[**place] == *value) {
            return Ok(*place);
        }
        alike.push(self.values.len());
        self.values.push(value.clone());
        Ok(self.values.len() - 1)
    }
}

/// What equal values have in common, and different ones mostly not: numbers are equal whatever their
/// kind, and tables whatever their order.
fn digest_into(value: &Value, depth: usize, digest: &mut DefaultHasher) {
    let below = depth.checked_sub(1);
    let is_top = depth == DEEPEST;
    if value.is_number() {
        match value.as_number() {
            Some(Number::Integer(number)) => number.hash(digest),
            Some(Number::Float(number)) => digest_float(number, digest),
            _ => {}
        }
    } else if let Some(text) = value.as_str() {
        text.hash(digest);
    } else if let Some(yes) = value.as_bool() {
        yes.hash(digest);
    } else if let Some(list) = value.as_array() {
        list.len().hash(digest);
        for part in list.iter().take(MOST) {
            if let Some(depth) = below {
                digest_into(part, depth, digest);
            }
        }
    } else if let Some(map) = value.as_map() {
        map.len().hash(digest);
        if let Some(depth) = below.filter(|_| is_top || map.len() <= MOST) {
            let fields = map.iter().map(|(key, part)| {
                let mut digest = DefaultHasher::new();
                key.hash(&mut digest);
                digest_into(part, depth, &mut digest);
                digest.finish()
            });
            fields.fold(0, u64::wrapping_add).hash(digest);
        }
    }
}

/// A float may equal a whole number; what is larger than those is left to the comparison.
fn digest_float(number: f64, digest: &mut DefaultHasher) {
    const LARGE: f64 = 1e38;
    if number.is_nan() {
        u64::MAX.hash(digest);
    } else if number.abs() < LARGE && number.fract() == 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and smaller than the largest")]
        let whole = number as i128;
        whole.hash(digest);
    } else if number.abs() < LARGE {
        number.to_bits().hash(digest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(json: &serde_json::Value) -> Vec<Value> {
        let json = json.as_array().expect("a list").iter().map(Value::from_serializable);
        json.collect()
    }

    #[test]
    fn equal_values_are_told_together_whatever_their_form() {
        let list = values(&serde_json::json!([
            1, 1.0, -0.0, 0, "1", true, null, [1, 2], [1.0, 2], [2, 1], {"a": 1, "b": 2}, {"b": 2, "a": 1.0},
            {"a": {"b": [{"c": 1}]}}, {"a": {"b": [{"c": 2}]}}, 18_446_744_073_709_551_615_u64, -1, 1e18,
            1_000_000_000_000_000_000_u64, 0.5, "1", null
        ]));
        let mut expected: Vec<Value> = Vec::new();
        for value in &list {
            if !expected.contains(value) {
                expected.push(value.clone());
            }
        }
        let found = limits::within(limits::Allowance::Output, || unique(&list)).expect("within limits");
        assert_eq!(found, expected);
        assert_eq!(found.len(), 14);
    }

    #[test]
    fn groups_stand_in_the_order_of_their_first_members() {
        let list = values(&serde_json::json!([
            {"a": {"b": 2}, "n": 1}, {"a": {"b": 1}, "n": 2}, {"n": 3}, {"a": {"b": 2.0}, "n": 4}, {"n": 5}
        ]));
        let groups =
            limits::within(limits::Allowance::Output, || group_by(&list, "a.b")).expect("within limits");
        let shown = serde_json::to_value(&groups).expect("JSON");
        let members = |group: usize| shown[group]["items"].as_array().expect("a list").len();
        assert_eq!((shown[0]["key"].as_f64(), members(0)), (Some(2.0), 2));
        assert_eq!((shown[1]["key"].as_f64(), members(1)), (Some(1.0), 1));
        assert_eq!((shown[2]["key"].is_null(), members(2)), (true, 2));
    }

    #[test]
    fn many_distinct_values_are_not_compared_with_each_other() {
        let passes = |list: Vec<Value>| {
            limits::within(limits::Allowance::Output, || unique(&list)).map(|found| found.len())
        };
        let texts = (0..20_000).map(|n| Value::from(n.to_string())).collect();
        assert_eq!(passes(texts).expect("within limits"), 20_000);
        let cards = (0..20_000).map(|n| serde_json::json!({"path": format!("/{n}/"), "a": [n]}));
        assert_eq!(passes(values(&cards.collect())).expect("within limits"), 20_000);
        // What differs only where nobody looks is compared, within the limits of a render.
        let deep = (0..20_000).map(|n| serde_json::json!([[[[[n]]]]]));
        assert!(passes(values(&deep.collect())).is_err());
    }
}
