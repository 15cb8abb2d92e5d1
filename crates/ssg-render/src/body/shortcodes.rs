//! Calls of shortcodes: what is wrong with a call is told at the call, and what it makes is put where it may stand.

use super::{Filler, escape_into, paragraphs};
use crate::addresses::{Caller, called_by};
use crate::facets::theme::{ShortcodeNames, Template};
use crate::images::Size;
use crate::limits;
use crate::links::{Where, resolve};
use crate::pictures::{FRAME_ARGUMENTS, Frame, Markup, Shown};
use crate::reads::ReadSite;
use crate::scope::within;
use ssg_parse::{Address, Arg, Around, Call};
use ssg_source::{Diagnostic, Span, codes, did_you_mean};
use ssg_taxonomy::facets::CoLocatedPath;
use tera::{Context, Value};

/// Deepest nesting of shortcodes' bodies.
const DEEPEST: usize = 16;
/// Arguments that are lists of pictures.
const SEVERAL: [&str; 3] = ["pictures", "images", "photos"];

/// The shortcode that shows one picture.
const FIGURE: &str = "figure";

/// Tells a shortcode the size of its picture: what the call leaves open.
fn insert_size(call: &Call, size: Size, context: &mut Context) {
    let width = call.args.iter().find(|(name, _)| name == "width").map(|(_, width)| width);
    if call.args.iter().any(|(name, _)| name == "height") {
        return;
    }
    match width {
        None => context.insert_value("width", Value::from(size.width)),
        // In other words than pixels it says nothing of the height.
        Some(Arg::Integer(_)) => {}
        Some(_) => return,
    }
    context.insert_value("height", Value::from(size.height));
}

/// Where the name of an argument stands, else the whole call.
fn place_of(call: &Call, name: &str) -> Span {
    match call.source.find(&format!("{name}=")) {
        Some(at) => {
            let start = call.span.range().start + at;
            Span::new(start, start + name.len())
        }
        None => call.span,
    }
}

/// The texts of an argument.
fn texts_of(argument: &Arg) -> Vec<String> {
    match argument {
        Arg::Text(text) => vec![text.clone()],
        Arg::List(list) => list.iter().flat_map(texts_of).collect(),
        _ => Vec::new(),
    }
}

impl Filler<'_> {
    pub(super) fn shortcode(&mut self, html: &mut String, call: &Call) {
        let name = format!("shortcodes/{}.html", call.name);
        let Some(template) = self.reads.get::<Template>(&name.into()) else {
            let known = self.reads.get::<ShortcodeNames>(&()).map_or_else(Vec::new, |known| known.0.clone());
            self.note(
                Diagnostic::warning(
                    codes::UNKNOWN_SHORTCODE,
                    format!("unknown shortcode `{}`; it stays as text", call.name),
                )
                .in_file(&self.owner.source)
                .at(call.span)
                .hint_if(did_you_mean(&call.name, known.iter().map(String::as_str))),
            );
            self.as_text(html, call);
            return;
        };
        if self.depth >= DEEPEST {
            let message = format!("shortcodes nested more than {DEEPEST} deep");
            self.note(Diagnostic::error(codes::SHORTCODE, message).in_file(&self.owner.source).at(call.span));
            return;
        }
        self.check_names(call, &template);
        let mut context = Context::new();
        for (name, value) in &call.args {
            self.check_argument(name, value, call.span);
            context.insert_value(name.clone(), self.argument(value, call.span));
        }
        self.size_of_source(call, &mut context);
        if let Some(body) = &call.body {
            self.depth += 1;
            let body = self.fill(body);
            self.depth -= 1;
            context.insert_value("body", Value::safe_string(&body));
        }
        let nth = self.calls.entry(call.name.clone()).or_default();
        *nth += 1;
        context.insert_value("nth", Value::from(*nth));
        let page = crate::table::Table::new()
            .set("path", &*self.owner.path)
            .set("permalink", self.reads.permalink(&self.owner.path));
        context.insert_value("page", page.done());
        // Only the first that went too far is told of: all after it do.
        if limits::is_spent() {
            return;
        }
        let texts = call.args.iter().flat_map(|(_, value)| texts_of(value)).collect();
        let caller = Caller { owner: self.owner.clone(), place: self.place, span: call.span, texts };
        let render = || template.engine.render_part(&template.name, &context);
        match within(self.scope(&template.engine), || called_by(Some(caller), render)) {
            Ok(rendered) => self.put(html, call, rendered.trim_end_matches('\n')),
            Err(error) => {
                let called_from =
                    (&self.owner.source, call.span, format!("shortcode `{}` called here", call.name));
                let problem = template.engine.diagnostic(&error, Some(called_from));
                let told = self.missing_argument(call, &template, &problem);
                let told = told.or_else(|| self.at_the_call(call, &problem));
                self.note(told.unwrap_or(problem));
            }
        }
        if call.block {
            html.push('\n');
        }
    }

    /// Puts what a shortcode makes into its place: no paragraph can hold a block.
    fn put(&mut self, html: &mut String, call: &Call, rendered: &str) {
        if call.around == Around::NoParagraph || !paragraphs::is_block(rendered) {
            html.push_str(rendered);
        } else if call.around == Around::Lines {
            self.paragraphs.part(html, rendered);
        } else {
            let message =
                format!("`{}` makes a block within a sentence; it is shown after the paragraph", call.name);
            let warning = Diagnostic::warning(codes::SHORTCODE_PLACE, message);
            let hint = "put the call into a line of its own";
            self.note(warning.in_file(&self.owner.source).at(call.span).hint(hint));
            self.paragraphs.after(rendered);
        }
    }

    /// Notes arguments that the template makes no use of.
    fn check_names(&self, call: &Call, template: &Template) {
        if self.place != Where::Own || (call.args.is_empty() && call.body.is_none()) {
            return;
        }
        let Some(used) = template.engine.names_used(&template.name) else { return };
        if call.body.is_some() && !used.contains("body") {
            let message = format!("the shortcode `{}` shows no text; it is passed over", call.name);
            let warning = Diagnostic::warning(codes::SHORTCODE_ARGUMENT, message).in_file(&self.owner.source);
            let hint = "write the call alone, `{{ … }}`, and the text below it";
            self.note(warning.at(call.span).hint(hint));
        }
        // What the program reads of a call that shows a picture.
        let shows = used.contains("picture") || used.contains("crop_style");
        let is_used =
            |name: &String| used.contains(name) || (shows && FRAME_ARGUMENTS.contains(&name.as_str()));
        for (name, _) in call.args.iter().filter(|(name, _)| !is_used(name)) {
            let message =
                format!("the shortcode `{}` has no argument `{name}`; it is passed over", call.name);
            let near = did_you_mean(name, used.iter().map(String::as_str));
            self.note(
                Diagnostic::warning(codes::SHORTCODE_ARGUMENT, message)
                    .in_file(&self.owner.source)
                    .at(place_of(call, name))
                    .hint_if(near),
            );
        }
    }

    /// An error of a template that is a call without an argument, told where the call is.
    fn missing_argument(&self, call: &Call, template: &Template, problem: &Diagnostic) -> Option<Diagnostic> {
        let named = problem.message.split('`').collect::<Vec<_>>();
        // The name stands in front of the words that say what it is.
        let is_missing = |words: &&str| {
            words.starts_with(" is none")
                || words.starts_with(" must be text")
                || words.contains("not defined")
        };
        let at = named.iter().position(is_missing)?;
        let name = *named.get(at.checked_sub(1)?)?;
        let is_name =
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if name == "body" && call.body.is_none() {
            let message = format!("the shortcode `{}` needs a text", call.name);
            let told = Diagnostic::error(codes::SHORTCODE_ARGUMENT, message).in_file(&self.owner.source);
            let hint = format!("write `{{% {}() %}} … {{% end %}}` around it", call.name);
            return Some(told.at(call.span).hint(hint));
        }
        let is_given = call.args.iter().any(|(given, _)| given == name);
        let used = template.engine.names_used(&template.name);
        if used.is_some_and(|used| !used.contains(name)) {
            return None;
        }
        if !is_name || is_given || ["page", "nth", "body", "config"].contains(&name) {
            return None;
        }
        let message = format!("the shortcode `{}` needs `{name}`", call.name);
        let mut told = Diagnostic::error(codes::SHORTCODE_ARGUMENT, message)
            .in_file(&self.owner.source)
            .at(call.span)
            .hint(format!("write `{name}=\"…\"` between its parentheses"));
        told.hints.extend(problem.hints.iter().filter(|hint| hint.starts_with("did you mean")).cloned());
        if let Some(path) = &problem.path {
            told = told.label(path, problem.span, "the template uses it here");
        }
        Some(told)
    }

    /// What went wrong in a template of a built-in theme, at the call: there is nothing to mend in the template.
    fn at_the_call(&self, call: &Call, problem: &Diagnostic) -> Option<Diagnostic> {
        problem.path.as_ref().filter(|path| path.as_str().starts_with("theme:"))?;
        let reason = problem.message.trim_start_matches("template error: ");
        let mut told = Diagnostic::error(problem.code, format!("the shortcode `{}`: {reason}", call.name))
            .class(problem.class)
            .in_file(&self.owner.source)
            .at(call.span);
        told.hints.clone_from(&problem.hints);
        Some(told)
    }

    /// Notes an argument that is an address into the site and leads nowhere.
    fn check_argument(&self, name: &str, value: &Arg, span: Span) {
        const ADDRESSES: [&str; 10] =
            ["src", "href", "url", "link", "image", "poster", "cover", "thumbnail", "photo", "logo"];
        let Arg::Text(text) = value else { return };
        // A name without an ending may be anything.
        let may_be_relative = text.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let is_address =
            ["/", "./", "../", "http"].iter().any(|begin| text.starts_with(begin)) || may_be_relative;
        let is_other = text.starts_with("@/") || text.contains(char::is_whitespace);
        if self.place == Where::Own && ADDRESSES.contains(&name) && is_address && !is_other {
            // Of what is no address the template that writes it speaks.
            if Address::new(text).is_err_and(|problem| !problem.is_harmful()) {
                return;
            }
            let problem = resolve(self.reads, self.owner, text, Where::Own, span).problem;
            if let Some(problem) = problem {
                self.note(problem);
            }
        }
    }

    /// Notes a picture of a list that is not there, or that no browser could show.
    fn check_picture(&self, arg: &Arg, span: Span) {
        let Arg::Text(text) = arg else { return };
        self.check_argument("src", arg, span);
        self.referred(text, span);
    }

    /// Tells a shortcode that shows the image `src` its `width` and `height`, unless the call does, and how it is
    /// cropped.
    fn size_of_source(&mut self, call: &Call, context: &mut Context) {
        let frame = self.frame(call);
        if let Some(style) = frame.style() {
            context.insert_value("crop_style", Value::from(style.as_str()));
        }
        for (name, arg) in &call.args {
            if let Arg::List(list) = arg
                && SEVERAL.contains(&name.as_str())
            {
                for one in list {
                    self.check_picture(one, call.span);
                }
            }
            let Arg::Text(text) = arg else { continue };
            let referred = self.referred(text, call.span);
            if name == "src"
                && let Some(shown) = &referred.shown
            {
                self.picture_of_source(call, text, shown, frame, context);
            }
            if name == "src"
                && let Some(size) = referred.size
            {
                insert_size(call, frame.size(size), context);
            }
        }
    }

    /// How a call shows its picture; what the built-in shortcode for pictures cannot make sense of is noted.
    fn frame(&self, call: &Call) -> Frame {
        let (frame, problems) = Frame::read(&call.args);
        let is_told = call.name == FIGURE && self.place == Where::Own;
        for (name, expected) in problems.into_iter().filter(|_| is_told) {
            let message = format!("`{name}` of the shortcode `{FIGURE}` makes no sense; it is passed over");
            let warning = Diagnostic::warning(codes::SHORTCODE_ARGUMENT, message).in_file(&self.owner.source);
            self.note(warning.at(place_of(call, name)).hint(format!("write {expected}")));
        }
        frame
    }

    /// Tells a shortcode that shows the picture `src` the HTML for it, with the `alt` of the call.
    fn picture_of_source(
        &mut self,
        call: &Call,
        src: &str,
        shown: &Shown,
        frame: Frame,
        context: &mut Context,
    ) {
        let text = |wanted: &str| match call.args.iter().find(|(name, _)| name == wanted) {
            Some((_, Arg::Text(text))) => text.as_str(),
            _ => "",
        };
        let resolved = resolve(self.reads, self.owner, src, self.place, call.span);
        if resolved.href.contains(['?', '#']) {
            return;
        }
        let markup = Markup { href: &resolved.href, alt: text("alt"), title: text("title"), frame };
        let mut html = String::new();
        self.picture(&mut html, shown, &markup);
        context.insert_value("picture", Value::safe_string(&html));
    }

    /// A call of a shortcode that does not exist, as the author wrote it.
    pub(super) fn as_text(&mut self, html: &mut String, call: &Call) {
        if call.block {
            html.push_str("<p>");
        }
        escape_into(&call.source, html);
        if let Some(body) = &call.body {
            if call.block {
                html.push_str("</p>\n");
            }
            let body = self.fill(body);
            html.push_str(&body);
            if call.block {
                html.push_str("<p>");
            }
            escape_into(&call.end, html);
        }
        if call.block {
            html.push_str("</p>\n");
        }
    }

    /// An argument; a text that names a file beside the page becomes its path.
    fn argument(&self, arg: &Arg, span: Span) -> Value {
        match arg {
            Arg::Text(text) => {
                // An address or a paragraph names no file.
                let could_be = !text.contains("://") && !text.contains('\n');
                let source = self.owner.source.resolve(text).ok().filter(|_| could_be);
                let beside = source.and_then(|source| self.reads.get::<CoLocatedPath>(&source));
                match beside {
                    Some(beside) => Value::from(beside.0.as_str()),
                    None if text.starts_with("@/") => {
                        let resolved = resolve(self.reads, self.owner, text, Where::Feed, span);
                        if let Some(problem) = resolved.problem {
                            self.note(problem);
                        }
                        Value::from(resolved.href)
                    }
                    None => Value::from(text.as_str()),
                }
            }
            Arg::Integer(number) => Value::from(*number),
            Arg::Float(number) => Value::from(*number),
            Arg::Bool(value) => Value::from(*value),
            Arg::List(args) => {
                Value::from(args.iter().map(|arg| self.argument(arg, span)).collect::<Vec<_>>())
            }
        }
    }
}
