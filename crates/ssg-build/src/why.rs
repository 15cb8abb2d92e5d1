//! Which questions a file of the site can change the answer of: for people who ask what an edit
//! reaches.

use crate::sass;
use crate::settings::Settings;
use ssg_parse::Config;
use ssg_render::{Look, Question};
use ssg_source::{Diagnostics, Inputs, SitePath};
use ssg_taxonomy::{Kind, Site, Target};

/// What a file is to the site.
#[derive(Debug)]
pub struct Reach {
    /// In words, for the first line: "the page /posts/x/".
    pub what: String,
    questions: Vec<Wanted>,
    look: Option<(Look, SitePath)>,
}

/// A family of questions.
#[derive(Debug)]
enum Wanted {
    Is(Question),
    Data(String),
    Asset(String),
    /// Any style sheet: what a part of one reaches.
    Styles,
    ThemeOptions,
    Text(String),
    Configuration,
    Anchors(SitePath),
}

impl Wanted {
    /// An asset by the name under which outputs ask for it.
    fn of_asset(path: &str) -> Self {
        let name = path.rsplit('/').next().unwrap_or(path);
        match path.strip_suffix(".scss").or_else(|| path.strip_suffix(".sass")) {
            Some(_) if name.starts_with('_') => Self::Styles,
            Some(stem) => Self::Asset(format!("{stem}.css")),
            None => Self::Asset(path.to_owned()),
        }
    }
}

impl Reach {
    /// What a file reaches; `None` for one that is no part of the site. The configuration file
    /// reaches whatever names one of its keys.
    #[must_use]
    pub fn of(
        file: &SitePath,
        configuration: &SitePath,
        site: &Site,
        inputs: &dyn Inputs,
        settings: &Settings,
    ) -> Option<Self> {
        if file == configuration {
            return Some(Self::new("the configuration", vec![Wanted::Configuration]));
        }
        let name = file.as_str();
        if let Some(source) = file.below("content") {
            return Self::of_content(file, source, site, &settings.config);
        }
        let themes = ssg_render::chain_folders(inputs, &settings.theme);
        let own = themes.iter().find_map(|dir| file.below(dir.as_str()));
        if own == Some("theme.toml") {
            return Some(Self::new("the options of the theme", vec![Wanted::ThemeOptions]));
        }
        let part = own.unwrap_or(name);
        let (folder, rest) = part.split_once('/')?;
        match folder {
            "templates" => {
                let look = Look::load(
                    inputs,
                    &settings.config,
                    &settings.theme,
                    sass::compile,
                    &mut Diagnostics::new(),
                );
                Some(Self {
                    what: format!("the template {rest}"),
                    questions: Vec::new(),
                    look: Some((look, file.clone())),
                })
            }
            "data" => Some(Self::new("a data file", vec![Wanted::Data(name.to_owned())])),
            "assets" => Some(Self::new(
                "an asset: outputs that link to it change when its name carries a digest",
                vec![Wanted::of_asset(rest)],
            )),
            "i18n" => {
                let lang = rest.strip_suffix(".toml")?;
                Some(Self::new(&format!("texts in {lang}"), vec![Wanted::Text(lang.to_owned())]))
            }
            "static" => Some(Self::new(
                "a file that is copied as it is",
                vec![Wanted::Is(Question::Image(file.clone()))],
            )),
            _ => None,
        }
    }

    fn new(what: &str, questions: Vec<Wanted>) -> Self {
        Self { what: what.to_owned(), questions, look: None }
    }

    fn of_content(file: &SitePath, source: &str, site: &Site, config: &Config) -> Option<Self> {
        let mut questions = vec![Wanted::Is(Question::Link(file.clone())), Wanted::Anchors(file.clone())];
        let mut page_at = |path: &str| {
            let path: std::sync::Arc<str> = path.into();
            questions.extend(
                [Question::Own(path.clone()), Question::Card(path.clone()), Question::Body(path)]
                    .map(Wanted::Is),
            );
        };
        let what = match site.target(file) {
            Some(Target::Page(id)) => {
                let page = site.page(id);
                page_at(&page.path);
                let translations = site.translations(id).iter().map(|id| site.page(*id).path.as_str().into());
                questions.extend(translations.map(|path| Wanted::Is(Question::Translations(path))));
                if let Some(event) = site.event_of(id).filter(|_| page.kind == Kind::Event) {
                    questions.push(Wanted::Is(Question::Schedule { event: event.id.clone() }));
                    // A talk's page names its event.
                    let talks = event.talks.iter().map(|talk| site.page(*talk).path.as_str().into());
                    questions.extend(talks.map(|talk| Wanted::Is(Question::Own(talk))));
                }
                format!("the {} {}", page.kind.name(), page.path)
            }
            Some(Target::Section(id)) => {
                let section = site.section(id);
                let question = Question::Section(section.dir.as_str().into());
                questions.push(Wanted::Is(question.in_language(config, section.language)));
                format!("the section {}", section.path)
            }
            Some(Target::Term(id, language)) => {
                let taxonomy = &site.taxonomies[usize::from(id.taxonomy)];
                let path = site.term_in(id, language).path;
                page_at(path);
                let question = Question::Term {
                    taxonomy: taxonomy.name.as_str().into(),
                    slug: site.term(id).slug.as_str().into(),
                };
                questions.push(Wanted::Is(question.in_language(config, language)));
                format!("the term {path}")
            }
            Some(Target::Taxonomy(index, language)) => {
                let name = &site.taxonomies[index].name;
                let question = Question::Taxonomy(name.as_str().into());
                questions.push(Wanted::Is(question.in_language(config, language)));
                format!("the index of {name}")
            }
            Some(Target::Withheld(why)) => format!("not published: {}", why.reason()),
            None if ssg_parse::is_page(source) => return None,
            None => {
                let about = [Question::Beside(file.clone()), Question::Image(file.clone())];
                questions.extend(about.map(Wanted::Is));
                "a file that is copied beside its page".to_owned()
            }
        };
        Some(Self { what, questions, look: None })
    }

    /// Whether the file decides on lists by more than what is shown of it: its date, its terms.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        self.questions.iter().any(|wanted| matches!(wanted, Wanted::Is(Question::Card(_))))
    }

    /// Whether the answer to a question can change with the file.
    #[must_use]
    pub fn includes(&self, question: &Question) -> bool {
        if let (Some((look, file)), Question::Template(names)) = (&self.look, question) {
            return look.draws_in(names, file);
        }
        self.questions.iter().any(|wanted| match (wanted, question) {
            (Wanted::Is(wanted), question) => {
                wanted == question || question.in_any_language().is_some_and(|question| wanted == question)
            }
            (Wanted::Data(wanted), Question::Data { path, .. })
            | (Wanted::Asset(wanted), Question::Asset { path, .. }) => wanted == path,
            (Wanted::Styles, Question::Asset { path, .. }) => path.ends_with(".css"),
            (Wanted::Text(wanted), Question::Text { lang, .. }) => {
                // Texts fall back to the main language and to English.
                lang == wanted || lang.split('-').next() == Some(wanted) || wanted == "en"
            }
            (Wanted::Configuration, Question::Config(_) | Question::Options(_) | Question::Settings)
            | (Wanted::ThemeOptions, Question::Options(_)) => true,
            (Wanted::Anchors(wanted), Question::Anchor { source, .. }) => wanted == source,
            _ => false,
        })
    }
}
