//! Renders one output.

mod feed;
mod frame;
mod lists;
mod page;

use crate::cards;
use crate::exports::{api, calendars, schedule};
use crate::hosting::{Kind as NeedsKind, Needs, check_redirects, cname, render_headers};
use crate::outputs::{
    Redirect, SitemapEntry, render_next_build, render_redirect_page, render_redirects_file, render_robots,
    render_sitemap,
};
use crate::plan::{Output, OutputKind, addresses, aliases};
use crate::question::Question;
use crate::reader::{Heard, Scope, looked_up, note, told, within};
use crate::views;
use crate::world::World;
use ssg_parse::Host;
use ssg_source::{Diagnostic, Diagnostics, Digest, codes};
use std::path::PathBuf;
use std::sync::Arc;

/// What rendering an output gives.
#[derive(Clone, Debug)]
pub enum Rendered {
    /// Bytes.
    Bytes(Arc<[u8]>),
    /// A file to be copied from here.
    Copy(PathBuf),
    /// Several files, when one became too large for its format: name and bytes.
    Several(Vec<(String, Arc<[u8]>)>),
}

/// One output, rendered.
#[derive(Debug)]
pub struct Render {
    /// What it gave; `None` when there is nothing to write.
    pub rendered: Option<Rendered>,
    /// What is wrong with it.
    pub found: Diagnostics,
    /// What it asked, with the digest of the answer where the render learnt it: while all answers
    /// stay the same, so does the output.
    pub asked: Vec<(Question, Option<Digest>)>,
    /// What it needs of a content security policy, where there is one.
    pub needs: Needs,
}

/// Renders one output.
#[must_use]
pub fn render(world: &Arc<World>, output: &Output) -> Render {
    let language = output.kind.language(&world.site);
    let lang = match &output.kind {
        OutputKind::Page(id) => world.site.page(*id).lang.as_str().into(),
        _ => world.config.tag(language).into(),
    };
    let scope = Scope { world: world.clone(), lang: Arc::clone(&lang), language };
    let (rendered, Heard { mut found, asked }) = within(scope, || render_kind(world, output, &lang));
    let mut asked: Vec<_> = asked.into_iter().collect();
    asked.sort_unstable();
    let rendered = rendered.map_err(|problem| found.add(*problem)).ok();
    let needs = rendered.as_ref().map(|rendered| needs(world, output, rendered, &mut found));
    Render { rendered, found, asked, needs: needs.unwrap_or_default() }
}

/// What a page needs of a content security policy.
fn needs(world: &World, output: &Output, rendered: &Rendered, found: &mut Diagnostics) -> Needs {
    let (Rendered::Bytes(bytes), Some(kind)) = (rendered, NeedsKind::of(&output.file)) else {
        return Needs::default();
    };
    if !world.config.hosting.has_policy() || !output.kind.is_rendered() {
        return Needs::default();
    }
    let looked = Needs::look(kind, bytes, &world.config.base_url);
    if let Some(handler) = looked.handler {
        let message = format!("the content security policy keeps `{handler}` from running");
        let mut problem = Diagnostic::warning(codes::CSP, message)
            .hint("listen for the event in a script file, or set `csp = false` under [hosting]");
        if let Some(source) = &output.source {
            problem = problem.in_file(source);
        } else {
            problem = problem.hint(format!("it stands in {}", output.file));
        }
        found.add(problem);
    }
    looked.needs
}

fn text(text: String) -> Rendered {
    Rendered::Bytes(text.into_bytes().into())
}

type Result<T> = std::result::Result<T, Box<Diagnostic>>;

fn render_kind(world: &World, output: &Output, lang: &str) -> Result<Rendered> {
    let site = &world.site;
    match &output.kind {
        OutputKind::Page(id) => page::page(world, *id, lang).map(text),
        OutputKind::Section(id, number) => lists::section(world, *id, *number, lang).map(text),
        OutputKind::Taxonomy(index, language) => lists::taxonomy(world, *index, *language, lang).map(text),
        OutputKind::Term(id, language, number) => lists::term(world, *id, *language, *number, lang).map(text),
        OutputKind::Archive(language) => lists::archive(world, *language, lang).map(text),
        OutputKind::NotFound => lists::not_found(world, lang).map(text),
        OutputKind::Feed(of, format) => Ok(text(feed::feed(world, *of, *format, lang))),
        OutputKind::Sitemap => Ok(sitemap(world)),
        OutputKind::Calendar(of) => Ok(export(Question::Calendar(of.clone()), calendars::text(world, of))),
        OutputKind::Api(of) => Ok(export(Question::Api(of.clone()), api::text(world, of))),
        OutputKind::ScheduleFile(path) => {
            Ok(export(Question::ScheduleFile(path.clone()), schedule::text(world, path)))
        }
        OutputKind::Robots => {
            looked_up(Question::Settings);
            Ok(text(render_robots(&world.config.base_url)))
        }
        OutputKind::Redirects => {
            looked_up(Question::Settings);
            looked_up(Question::Redirects);
            let all: Vec<Redirect> =
                aliases(world).into_iter().map(|(from, to, _)| Redirect { from, to }).collect();
            looked_up(Question::Hosting);
            let host = world.config.hosting.host;
            let file = render_redirects_file(&all, world.config.base_path(), host == Some(Host::Netlify));
            check_redirects(&file, host).into_iter().for_each(note);
            Ok(text(file))
        }
        OutputKind::Card(id) => Ok(match cards::picture(world, *id)? {
            Some(picture) => Rendered::Bytes(picture),
            None => Rendered::Several(Vec::new()),
        }),
        OutputKind::Cname => cname::text(world).map(text),
        OutputKind::Headers => {
            looked_up(Question::Hosting);
            looked_up(Question::Needs);
            let (file, problems) = render_headers(world, world.gathered().unwrap_or(&Needs::default()));
            problems.into_iter().for_each(note);
            Ok(text(file))
        }
        OutputKind::NextBuild => {
            looked_up(Question::NextBuild);
            Ok(text(render_next_build(site.next_change())))
        }
        OutputKind::Redirect(to) => {
            looked_up(Question::Settings);
            Ok(text(render_redirect_page(&world.config.permalink(to), lang)))
        }
        OutputKind::Bytes(bytes) => Ok(Rendered::Bytes(bytes.clone())),
        OutputKind::Copy(path) => Ok(Rendered::Copy(path.clone())),
        OutputKind::Input(path) => {
            world.inputs.read(path).map(Rendered::Bytes).map_err(|error| Box::new(error.diagnostic(path)))
        }
    }
}

/// The answer to a question that is a whole file.
fn export(question: Question, answer: Option<String>) -> Rendered {
    let answer = answer.unwrap_or_default();
    told(question, Digest::of_text(&answer));
    text(answer)
}

fn sitemap(world: &World) -> Rendered {
    looked_up(Question::Settings);
    looked_up(Question::Sitemap);
    let mut entries: Vec<SitemapEntry> = addresses(world)
        .into_iter()
        .map(|(path, lastmod)| SitemapEntry {
            permalink: world.config.permalink(&path),
            alternates: views::alternates(world, &path),
            lastmod: lastmod.map(crate::dates::rfc3339),
        })
        .collect();
    entries.sort_by(|a, b| a.permalink.cmp(&b.permalink));
    let files = render_sitemap(&entries, &world.config.base_url);
    Rendered::Several(files.into_iter().map(|(name, text)| (name, text.into_bytes().into())).collect())
}
