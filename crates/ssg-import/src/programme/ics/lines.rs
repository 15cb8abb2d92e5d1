//! The lines of a calendar (RFC 5545): unfolded, with names, parameters and values, in components.

/// A line of a component.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Property {
    /// In upper case.
    pub name: String,
    /// Names in upper case, values without quotation marks.
    parameters: Vec<(String, String)>,
    /// As it is written.
    pub value: String,
}

impl Property {
    /// The value of a parameter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value as a text.
    pub fn text(&self) -> String {
        let mut out = String::with_capacity(self.value.len());
        let mut chars = self.value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => out.push('\n'),
                    Some(c) => out.push(c),
                    None => {}
                },
                c => out.push(c),
            }
        }
        out.trim().to_owned()
    }

    /// The values of a list of texts.
    pub fn texts(&self) -> Vec<String> {
        let mut texts = Vec::new();
        let (mut start, mut is_escaped) = (0, false);
        let bytes = self.value.as_bytes();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b',' => {
                    texts.push(self.value.get(start..at).unwrap_or(""));
                    start = at + 1;
                }
                _ => {}
            }
        }
        texts.push(self.value.get(start..).unwrap_or(""));
        let text = |value: &str| Self { value: value.to_owned(), ..self.clone() }.text();
        texts.into_iter().map(text).filter(|text| !text.is_empty()).collect()
    }
}

/// What stands between `BEGIN` and `END`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Component {
    /// In upper case.
    pub name: String,
    /// The line of its `BEGIN`, from 1.
    pub line: usize,
    pub properties: Vec<Property>,
    pub inner: Vec<Component>,
    /// It has an end.
    pub is_closed: bool,
}

impl Component {
    /// The first property of a name.
    pub fn get(&self, name: &str) -> Option<&Property> {
        self.all(name).next()
    }

    /// All properties of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &Property> {
        self.properties.iter().filter(move |property| property.name == name)
    }

    /// The text of a property; empty without one.
    pub fn text(&self, name: &str) -> String {
        self.get(name).map(Property::text).unwrap_or_default()
    }
}

/// Deepest nesting of components; a calendar has three.
const DEEPEST: usize = 8;

/// Reads a calendar: its components below one root.
pub(super) fn read(text: &str) -> Component {
    let mut open = vec![Component { is_closed: true, ..Component::default() }];
    for (number, line) in unfolded(text) {
        let Some(property) = property(&line) else { continue };
        match property.name.as_str() {
            "BEGIN" => {
                let name = property.value.trim().to_ascii_uppercase();
                // One that begins where another of its name has no end was cut off.
                let is_top = ["VEVENT", "VTIMEZONE", "VTODO"].contains(&name.as_str());
                while is_top
                    && open
                        .last()
                        .is_some_and(|one| ["VEVENT", "VTIMEZONE", "VTODO"].contains(&one.name.as_str()))
                {
                    close(&mut open, false);
                }
                if open.len() < DEEPEST {
                    open.push(Component { name, line: number, ..Component::default() });
                }
            }
            "END" => {
                let name = property.value.trim().to_ascii_uppercase();
                if open.iter().skip(1).any(|one| one.name == name) {
                    while open.last().is_some_and(|one| one.name != name) {
                        close(&mut open, false);
                    }
                    close(&mut open, true);
                }
            }
            _ => {
                if let Some(one) = open.last_mut() {
                    one.properties.push(property);
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open, false);
    }
    open.pop().unwrap_or_default()
}

fn close(open: &mut Vec<Component>, is_closed: bool) {
    if open.len() < 2 {
        return;
    }
    if let Some(mut one) = open.pop() {
        one.is_closed = is_closed;
        if let Some(outer) = open.last_mut() {
            outer.inner.push(one);
        }
    }
}

/// Lines with those that go on in the next one put together, and the number of the first of each.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in (1..).zip(text.split('\n')) {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some((_, last))) => last.push_str(more),
            _ if line.is_empty() => {}
            _ => lines.push((number, line.to_owned())),
        }
    }
    lines
}

fn property(line: &str) -> Option<Property> {
    let mut quoted = false;
    let colon = line.char_indices().find(|(_, c)| {
        quoted ^= *c == '"';
        *c == ':' && !quoted
    })?;
    let (head, value) = (line.get(..colon.0)?, line.get(colon.0 + 1..)?);
    let mut parts = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in head.char_indices() {
        quoted ^= c == '"';
        if c == ';' && !quoted {
            parts.push(head.get(start..at)?);
            start = at + 1;
        }
    }
    parts.push(head.get(start..)?);
    let mut parts = parts.into_iter();
    let name = parts.next()?.trim().to_ascii_uppercase();
    let is_name =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte));
    let parameters = parts.filter_map(|part| {
        let (name, value) = part.split_once('=')?;
        Some((name.trim().to_ascii_uppercase(), value.trim().trim_matches('"').to_owned()))
    });
    // A group may stand in front of a name.
    let name = name.rsplit('.').next().unwrap_or(&name).to_owned();
    is_name.then(|| Property { name, parameters: parameters.collect(), value: value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folded_lines_parameters_and_escapes() {
        let calendar = read(
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY;X=\"a;b:c\":One\\, t\r\n wo\\; \\\\ three\\nfour\r\nCATEGORIES:a\\,b,c\r\nBEGIN:VALARM\r\nSUMMARY:no\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:cut",
        );
        let events = &calendar.inner[0].inner;
        assert_eq!(events[0].text("SUMMARY"), "One, two; \\ three\nfour");
        assert_eq!(events[0].get("SUMMARY").and_then(|one| one.parameter("X")), Some("a;b:c"));
        assert_eq!(
            events[0].get("CATEGORIES").map(Property::texts),
            Some(vec!["a,b".to_owned(), "c".to_owned()])
        );
        assert_eq!((events[0].is_closed, events[1].is_closed, events[1].line), (true, false, 10));
        assert_eq!(read(&"BEGIN:X\n".repeat(100_000)).inner.len(), 1);
    }
}
