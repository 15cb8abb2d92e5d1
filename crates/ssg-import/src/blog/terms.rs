//! Terms of a header: in one text, in a list, parted at commas or at spaces; tools are told from categories.

use super::values::value_at;
use crate::keys::text_of;
use crate::people::clean;
use ssg_parse::Value;
use std::collections::HashSet;

/// Terms, each once.
#[derive(Debug, Default)]
pub(super) struct Terms {
    pub categories: Vec<String>,
    pub tools: Vec<String>,
}

impl Terms {
    /// Reads the terms of these keys.
    pub fn read(header: &Value, keys: &[&str], by_space: bool, more: &[String], tools: &[String]) -> Self {
        let mut terms = Self::default();
        let mut texts = more.to_vec();
        for key in keys {
            match value_at(header, key) {
                Some(Value::List(nodes)) => {
                    texts.extend(nodes.iter().filter_map(|node| text_of(&node.value)));
                }
                Some(value) => {
                    let Some(text) = text_of(value) else { continue };
                    if text.contains(',') {
                        texts.extend(text.split(',').map(str::to_owned));
                    } else if by_space {
                        texts.extend(text.split_whitespace().map(str::to_owned));
                    } else {
                        texts.push(text);
                    }
                }
                None => {}
            }
        }
        let tools: HashSet<String> = tools.iter().map(|tool| tool.to_lowercase()).collect();
        let mut seen = HashSet::new();
        for text in texts {
            let text = clean(&text);
            let lower = text.to_lowercase();
            let list = if tools.contains(&lower) { &mut terms.tools } else { &mut terms.categories };
            if !text.is_empty() && seen.insert(lower) {
                list.push(text);
            }
        }
        terms
    }
}
