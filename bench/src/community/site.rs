//! Writes the site of a community: events with talks, speakers and recaps.

use super::{CONFIG, LEVELS, ROOMS, SPONSORS, place_and_time, words};
use crate::Outcome;
use crate::dice::Dice;
use crate::post::slug;
use crate::site::{Site, remove};
use crate::words::Words;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How large a community is, and what is told of its talks.
#[derive(Clone, Copy)]
pub struct Shape {
    /// Of the folder.
    pub name: &'static str,
    /// Events.
    pub events: usize,
    /// Talks of each event.
    pub talks: usize,
    /// People who speak.
    pub people: usize,
    /// Different tools that talks are about.
    pub tools: usize,
    /// Events have a schedule.
    pub scheduled: bool,
    /// A third of the people have names in other scripts and languages.
    pub scripts: bool,
    /// One event of so many has a recap.
    pub events_of_a_recap: usize,
}

impl Shape {
    /// A community with so many events: ten talks each, and as many people as talks.
    pub fn of(events: usize) -> Self {
        Self {
            name: "community",
            events,
            talks: super::TALKS,
            people: events * super::TALKS,
            tools: 60,
            scheduled: true,
            scripts: false,
            events_of_a_recap: 1,
        }
    }

    /// As many events, talks and people as devopsdays has, with names of ten languages.
    pub const DEVOPSDAYS: Self = Self {
        name: "devopsdays",
        events: 300,
        talks: 10,
        people: 3_000,
        tools: 60,
        scheduled: true,
        scripts: true,
        events_of_a_recap: 1,
    };

    /// As many events, talks, people and tags as pyvideo has; nothing is known of when talks were given, and there are few posts.
    pub const PYVIDEO: Self = Self {
        name: "pyvideo",
        events: 853,
        talks: 25,
        people: 12_850,
        tools: 2_600,
        scheduled: false,
        scripts: true,
        events_of_a_recap: 40,
    };

    /// The shape of a name.
    pub fn parse(name: &str) -> Result<Self, String> {
        [Self::DEVOPSDAYS, Self::PYVIDEO]
            .into_iter()
            .find(|shape| shape.name == name)
            .ok_or_else(|| format!("`{name}` is none of: devopsdays, pyvideo"))
    }
}

/// Forenames and surnames in ten languages, which are put together by pairs.
const NAMES: [(&str, &str); 10] = [
    ("Zoë Jürgen Anneliese Götz Käthe Björn", "Müller Schröder Weiß Köhler Jäger Groß"),
    ("Noëlle Gaël Hélène Clémence Rémi Loïc", "Lefèvre Béranger Hébert Poincaré Maçon Forêt"),
    ("Łukasz Małgorzata Paweł Żaneta Stanisław Bożena", "Wójcik Dąbrowska Żuraw Gołąb Ślusarz Kędra"),
    ("Çağla Şükrü Gülşen Işıl Ömer Ağca", "Yıldız Şahin Çelik Öztürk Güneş Kılıç"),
    ("Νίκος Ελένη Γιώργος Κατερίνα Σοφία Πέτρος", "Παππάς Δήμου Νικολάου Αλεξίου Βλάχος Ρήγας"),
    ("Иван Ольга Сергей Наталья Фёдор Юлия", "Петров Соколова Жуков Щербак Цветков Быкова"),
    ("伟 芳 娜 敏 静 强", "李小 王晓 张建 陈美 刘志 杨海"),
    ("さくら 健 直子 翔太 美咲 大輔", "佐藤 鈴木 高橋 渡辺 山本 小林"),
    ("민준 서연 지훈 하은 도윤 수아", "김 이 박 최 정 강"),
    ("ليلى عمر مريم يوسف نور خالد", "حداد منصور سعيد فارس خليل رضوان"),
];

/// People with names of ten languages, each once.
fn people_in_scripts() -> impl Iterator<Item = String> {
    NAMES.into_iter().flat_map(|(first, last)| {
        let pair = move |first: &'static str| last.split(' ').map(move |last| format!("{first} {last}"));
        first.split(' ').flat_map(pair)
    })
}

/// Writes the site below `dir`, in place of one of the same size.
pub fn write(dir: &Path, shape: &Shape, seed: u64) -> Outcome<Site> {
    let events = shape.events;
    let name = format!("{}-{events}", shape.name);
    let site = Site { root: dir.join(&name), output: dir.join(format!("{name}-output")) };
    remove(&site.root)?;
    let mut dice = Dice::new(seed);
    let mut words = words(&mut dice, shape.people);
    if shape.scripts {
        for (place, name) in people_in_scripts().enumerate() {
            if let Some(person) = words.people.get_mut(place * 3) {
                *person = name;
            }
        }
    }
    let tools = tools(&words, shape.tools);
    fs::create_dir_all(site.root.join("content/posts"))?;
    fs::create_dir_all(site.root.join("data/sponsors"))?;
    fs::write(site.root.join("ssg.toml"), CONFIG)?;
    for number in 0..SPONSORS {
        let file = site.root.join(format!("data/sponsors/sponsor-{number}.toml"));
        fs::write(file, format!("name = \"Sponsor {number}\"\nurl = \"https://example.org/{number}\"\n"))?;
    }
    for number in 0..events {
        write_event(&site, shape, number, &mut dice, (&words, &tools))?;
    }
    Ok(site)
}

/// An event of two days in two rooms, its talks, and a recap that names some of them, one misspelt.
fn write_event(
    site: &Site,
    shape: &Shape,
    number: usize,
    dice: &mut Dice,
    (words, tools): (&Words, &[String]),
) -> Outcome<()> {
    let (city, year, month) = place_and_time(number);
    let id = format!("{year}-{}-{number}", city.to_lowercase());
    let folder = site.root.join("content/events").join(&id);
    fs::create_dir_all(folder.join("talks"))?;
    let mut text = format!(
        "+++\ntitle = \"Ops Days {city} {year}\"\n[event]\nstart = {year}-{month:02}-10\nend = {year}-{month:02}-11\n\
         timezone = \"Europe/Brussels\"\ncity = \"{city}\"\nseries = \"{}\"\n",
        city.to_lowercase()
    );
    let organizers: Vec<String> =
        dice.some(&words.people, 3).iter().map(|name| format!("{{ name = {name:?} }}")).collect();
    let _ = writeln!(text, "organizers = [{}]", organizers.join(", "));
    let sponsors: Vec<String> = (0..8)
        .map(|place| {
            let sponsor = dice.between(0, SPONSORS - 1);
            format!("{{ id = \"sponsor-{sponsor}\", level = \"{}\" }}", LEVELS[place % 2])
        })
        .collect();
    let _ = writeln!(text, "sponsors = [{}]", sponsors.join(", "));
    let mut named = Vec::new();
    for place in 0..shape.talks {
        let (day, hour) = (10 + place / 5 % 2, 9 + place % 5);
        let title = words.title(dice);
        let talk = format!("{}-{place}", slug(&title));
        // Everybody speaks once, some with another.
        let mut speakers = vec![words.people[(number * shape.talks + place) % words.people.len()].clone()];
        if dice.percent(25) {
            speakers.extend(dice.some(&words.people, 1));
        }
        let room = ROOMS[dice.between(0, 1)];
        if shape.scheduled {
            let _ = write!(
                text,
                "[[event.schedule]]\nstarts = {year}-{month:02}-{day}T{hour:02}:00:00\n\
                 ends = {year}-{month:02}-{day}T{hour:02}:45:00\nroom = \"{room}\"\ntalk = \"{talk}\"\n"
            );
        }
        let tools = dice.some(tools, 2);
        let body = format!(
            "+++\ntitle = {title:?}\nspeakers = {speakers:?}\ntools = {tools:?}\n+++\n{}\n",
            words.paragraph(dice)
        );
        fs::write(folder.join(format!("talks/{talk}.md")), body)?;
        named.push(format!("{id}/{talk}"));
    }
    let paragraph = words.paragraph(dice);
    fs::write(folder.join("index.md"), format!("{text}+++\n{paragraph}\n"))?;
    if !number.is_multiple_of(shape.events_of_a_recap) {
        return Ok(());
    }
    let mut covered = dice.some(&named, 4);
    covered[0].push_str("er");
    let recap = format!(
        "+++\ntitle = \"Ops Days {city} {year}, a recap\"\nauthors = {:?}\nevents = [{id:?}]\ntalks = {covered:?}\n\
         +++\n{}\n\n{}\n",
        dice.some(&words.people, 1),
        words.paragraph(dice),
        words.paragraph(dice)
    );
    fs::write(site.root.join(format!("content/posts/{year}-{month:02}-12-recap-{number}.md")), recap)?;
    Ok(())
}

/// Names of tools: the known ones, then pairs of a quality and a thing.
fn tools(words: &Words, count: usize) -> Vec<String> {
    let known = words.tools.iter().map(|name| (*name).to_owned());
    known.chain(words.pairs()).take(count).collect()
}
