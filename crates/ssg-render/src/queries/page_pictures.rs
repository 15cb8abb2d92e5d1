//! `page_pictures`: the pictures beside a page, or those that a call names, with their words: what a gallery shows.

use super::answer::{Answer, Found};
use super::function::{Arguments, Function};
use super::get_page::page_at;
use crate::entry::{Entry, entry};
use crate::facets::files::Image as Examined;
use crate::facets::picture::PictureAt;
use crate::images;
use crate::reads::{ReadSite, Reads};
use crate::shown::shown;
use crate::snapshot::SiteSnapshot;
use crate::table::Table;
use serde::{Deserialize, Serialize};
use ssg_source::{Diagnostic, SitePath, codes};
use ssg_taxonomy::facets::{Card, CoLocatedNames, CoLocatedPath};
use tera::{TeraResult, Value};

/// The table in `[extra]` of a page that has the words for its pictures, by their file names.
const TABLE: &str = "pictures";

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PagePictures {
    path: String,
    /// Paths of the output, in this order; without, all pictures beside the page.
    only: Option<Vec<String>>,
    /// Alternative texts, in the order of the pictures.
    alt: Vec<String>,
    captions: Vec<String>,
}

/// The words for a picture.
#[derive(Default)]
struct Words {
    alt: String,
    caption: String,
}

impl Function for PagePictures {
    const NAME: &'static str = "page_pictures";
    const ARGUMENTS: &'static [&'static str] = &["path", "only", "alt", "captions"];
    const HAS_LANG: bool = false;
    const ROWS: &'static [Entry] = &[entry(
        &["page_pictures(path=…, only=…, alt=…, captions=…)"],
        "list of tables",
        "the [pictures](pictures.md#galleries) beside the page, by name, or those of the list `only`: `path`, `name`, `alt`, `caption`, and `width` and `height` in pixels, null where they are not known",
    )];
    const SHARED: bool = false;

    fn read(arguments: &Arguments<'_>) -> TeraResult<Self> {
        let texts = |name| arguments.texts(name).map(Option::unwrap_or_default);
        Ok(Self {
            path: arguments.text("path")?,
            only: arguments.texts("only")?,
            alt: texts("alt")?,
            captions: texts("captions")?,
        })
    }

    fn find(&self, reads: &Reads) -> Found {
        let key = page_at(reads, &self.path)?;
        let Some(page) = reads.card(&key) else { return Ok(Answer::Value(Value::from(Vec::<Value>::new()))) };
        let paths = self.only.clone().unwrap_or_else(|| beside(reads, &page));
        let picture = |(nth, path): (usize, &String)| self.picture(reads, &page, nth, path);
        Ok(Answer::Value(Value::from(paths.iter().enumerate().map(picture).collect::<Vec<_>>())))
    }

    fn words(&self, _: &SiteSnapshot) -> String {
        format!("the pictures of {} and their words", self.path)
    }
}

impl PagePictures {
    fn picture(&self, reads: &Reads, page: &Card, nth: usize, path: &str) -> Value {
        let name = path.rsplit('/').next().unwrap_or(path);
        let words = self.words_of(page, nth, name);
        if words.alt.is_empty() {
            let message = format!("the picture `{name}` of a gallery has no text for who does not see it");
            let hint = format!("write `\"{name}\" = \"what it shows\"` under [extra.{TABLE}] of the page");
            reads.report(Diagnostic::warning(codes::PICTURE_TEXT, message).in_file(&page.source).hint(hint));
        }
        let alt = if words.alt.is_empty() { from_name(name) } else { words.alt };
        let (width, height) = size_of(reads, page, path).unzip();
        let table = Table::new().set("path", path).set("name", name).set("alt", alt);
        table.set("caption", words.caption).set("width", width).set("height", height).done()
    }

    /// What the call says goes before what the page's table says; a caption stands in for an alternative text.
    fn words_of(&self, page: &Card, nth: usize, name: &str) -> Words {
        let given = |texts: &[String]| texts.get(nth).filter(|text| !text.trim().is_empty()).cloned();
        let of_page = in_table(page, name);
        let caption = given(&self.captions).unwrap_or(of_page.caption);
        let alt = given(&self.alt).unwrap_or(of_page.alt);
        Words { alt: if alt.is_empty() { caption.clone() } else { alt }, caption }
    }
}

/// What the page's own table says of a picture: a text, or a table with `alt` and `caption`.
fn in_table(page: &Card, name: &str) -> Words {
    let entry = page.extra.as_ref().and_then(|extra| extra.get(TABLE)?.get(name));
    let text = |value: Option<&serde_json::Value>| {
        value.and_then(serde_json::Value::as_str).unwrap_or_default().trim().to_owned()
    };
    match entry {
        Some(serde_json::Value::Object(table)) => {
            Words { alt: text(table.get("alt")), caption: text(table.get("caption")) }
        }
        entry => Words { alt: text(entry), caption: text(entry) },
    }
}

/// A file's name as words: the last resort.
fn from_name(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.replace(['-', '_'], " ")
}

/// Paths of the pictures beside a page that has a folder of its own, by their names.
fn beside(reads: &Reads, page: &Card) -> Vec<String> {
    let is_bundle = page.source.file_name().starts_with("index.");
    let folder = page.source.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    let Some(names) = reads.get::<CoLocatedNames>(&folder.into()).filter(|_| is_bundle) else {
        return Vec::new();
    };
    let is_own = |name: &&String| !name.contains('/') && images::is_image(name);
    let path = |name: &String| {
        let source = page.source.resolve(name).ok()?;
        reads.get::<CoLocatedPath>(&source).map(|path| path.0.clone())
    };
    names.0.iter().filter(is_own).filter_map(path).collect()
}

/// The size of a picture, upright; what is wrong with it is noted.
fn size_of(reads: &Reads, page: &Card, path: &str) -> Option<(u32, u32)> {
    let at = reads.get::<PictureAt>(&path.into())?;
    match shown(reads, &at.source, None) {
        Ok(Some(shown)) => return Some((shown.look.width, shown.look.height)),
        Ok(None) => {}
        Err(why) => {
            report_damage(reads, page, &at.source, &why);
            return None;
        }
    }
    let examined = reads.get::<Examined>(&at.source)?;
    match &*examined.0 {
        Ok(examined) => examined.size.map(|size| (size.width, size.height)),
        Err(problem) => {
            report_damage(reads, page, &at.source, &problem.to_string());
            None
        }
    }
}

fn report_damage(reads: &Reads, page: &Card, source: &SitePath, why: &str) {
    let message = format!("the image `{}` {why}", source.file_name());
    let problem = Diagnostic::error(codes::IMAGE, message).in_file(&page.source);
    reads.report(problem.hint(format!("export or copy `{source}` again")));
}
