//! What the posts are made of: words, names, and sentences with places for them.

use crate::dice::Dice;

/// Names of the ten categories.
pub const CATEGORIES: [&str; 10] = [
    "Automation",
    "Cloud",
    "Collaboration",
    "Containers",
    "Data",
    "Delivery",
    "Incident Reviews",
    "Infrastructure",
    "Observability",
    "Security",
];

/// Names of the sixty tools.
pub const TOOLS: &str = "ansible argocd artifactory bamboo buildkite bosh cassandra ceph chef cilium circleci \
    cloudformation collectd concourse consul couchdb crossplane datadog docker drone elasticsearch envoy etcd \
    fluentd flux foreman ganglia gerrit git gitlab grafana graylog haproxy helm icinga influxdb istio jaeger \
    jenkins kafka kibana kubernetes logstash mesos munin nagios nginx nomad packer podman postgresql prometheus \
    puppet rabbitmq redis saltstack sensu statsd terraform vagrant";

const FORENAMES: &str = "Ada Aiko Alba Anton Arjun Astrid Beatriz Benno Birgit Callum Camille Chiara Claudia \
    Daan Dalia Dario Edda Eamon Elif Enzo Eva Farid Femke Finn Gerda Giulia Goran Hedda Henrik Hiro Ida Ilse \
    Ines Ismail Jana Jasper Joost Jutta Kaito Katja Kjell Leila Leon Lotte Luca Magda Marek Mina Naomi Nils \
    Noor Otto Paula Pavel Rana Ravi Saskia Sven Tarik Zofia";

const SURNAMES: &str = "Achterberg Andersen Baker Barros Bergman Bianchi Blom Brouwer Carvalho Castellano \
    Chaudhry Christensen Dekker Demir Dupont Ericsson Evans Falk Farkas Fleming Fournier Gallo Geerts Goldberg \
    Haddad Hendriks Hoffmann Hughes Ito Jacobs Jung Kaplan Khan Kruger Laurent Lind Lombardi Maes Mendes Meyer \
    Mori Murphy Nagy Nielsen Nowak Oliveira Osman Peters Popescu Richter Rocha Sato Silva Sorensen Takahashi \
    Varga Vogel Wagner Winter Yamamoto";

const THINGS: &str = "account address alarm archive balancer batch binary bucket bundle chart checklist commit \
    config container counter cron-job daemon dashboard diff disk endpoint environment event file fleet function \
    gateway graph handler host image incident index interface inventory job kernel key ledger library limit \
    lockfile machine mailbox manifest message mirror module monitor network node operator package page patch \
    pipeline plugin port process profile project quota queue record region release report repository request \
    resource role rollout route schedule script server service session setting shard signal socket stage stream \
    subnet switch table task team template thread timer token topic trace tunnel unit update user value vault \
    version volume watcher webhook worker workload";

const QUALITIES: &str = "abandoned ambitious blue careful central clean clever common crowded customised default \
    distant double elastic empty encrypted exotic familiar faulty final forgotten frequent friendly frozen \
    general green handwritten hidden honest idle important infinite informal inherited known late lonely loud \
    minimal missing mixed nervous new noisy obsolete odd official old optional ordinary outdated overloaded \
    parallel patient portable private public random rare ready redundant regional robust rough safe scattered \
    sharp short silent single sleepy small strict tidy tiny trusted unlikely useful vague wide";

const ACTIONS: &str = "adopt alert-on audit batch benchmark bootstrap build cache check clone commission compress \
    configure copy decommission describe drain estimate export fix format graph harden import inspect install \
    label limit list log map measure merge mirror move name own pause plan probe prune query read rebuild recover \
    reload rename repair restore resize retire share ship sign split sync tag test trust tune upgrade verify watch";

const MANNERS: &str = "always badly barely boldly calmly daily hardly happily later mostly never nightly often patiently \
    properly seldom silently soon together twice weekly well";

const WHENS: &str = "after a long weekend|as soon as the pager rang|before the budget was signed|during the keynote|\
    in less than an hour|just before midnight|once a month|on the first try|since the reorganisation|\
    the morning after|until the disk was full|while the coffee was brewing|within two sprints";

const WHERES: &str = "across both sites|at the customer's|behind an old firewall|close to the users|in a forgotten rack|\
    in every region|in our smallest cluster|inside a container|next to the database|on a borrowed laptop|\
    on the build farm|on the shared drive|somewhere in the cloud";

/// `{t}` a thing, `{q}` a quality, `{a}` an action, `{m}` a manner, `{w}` when, `{p}` where, `{x}` a tool,
/// `{s}` a person, `{d}` a number, `{i}` an identifier, `{l}` the slug of an earlier post.
const SENTENCES: &str = "A {q} {t} is easier to {a} than a {q} {t}, and it fails {m}.
{s} told us how they {m} {a} the {q} {t} with *{x}*, {p} and {w}.
We counted {d} ways to {a} a {t}, of which only one was {q} enough to keep.
Before you {a} the {t}, look at `{i}` and ask who will {a} it {w}.
Nobody wanted to {a} the {q} {t}, so it stayed {p} and was {q} {w}.
The {t} of {x} is **{q}**, while that of {x} is merely {q}; both {m} survive a {q} {t}.
“If you cannot {a} it, you do not own the {t},” {s} said {w}.
It helped to {a} every {t} {p} and to write down why the {q} {t} had been there at all.
More about the {q} {t} is in [the {t} handbook](https://docs.example.org/{t}/{i}).
What we had called a {t} turned out to be a {q} {t}, as [an earlier post](/posts/{l}/) had warned.
Out of {d} machines {d} were {q}; the others had a {t} that somebody {m} forgot to {a}.
Set `{i}` once, {a} the {t} {w}, and let {x} {a} what is left of the {q} {t}.
Our advice is simple: {a} one {t}, then another, and stop when the {t} looks {q}.
Between {x} and {x} there is a {q} {t} that people {m} {a} without knowing it.
Questions from the floor: why is the {t} {q}, who may {a} it, and how {q} can a {t} be {p}?
For {d} days the {q} {t} ran {p}, and not a single {t} had to be {q} {w}.
She drew the {t} on a whiteboard, and {w} the whole room began to {a} it.
A {t} without a {q} {t} is only a {t}; {s} repeated that {d} times.
Teams that {m} {a} their {t} {p} also {a} the {t}, whether or not it is {q}.
The numbers say that a {q} {t} costs {d} hours a year and a {q} one {d} minutes.
Yes, {x} can {a} this, but a {q} {t} and a checklist {m} do it just as {m}.
They moved the {t} from {x} to {x} {w} and found it {q}, {q} and rather {q}.";

const TITLES: &str = "A {q} {t} with {x}
{x} and the {q} {t}
{d} things that a {t} taught us
How to {a} a {q} {t}
Notes on the {q} {t}
Open space: who owns the {t}?
Please {a} your {t}
The day the {t} was {q}
What {x} does to a {t}
When to {a} a {t} {w}
Why we {m} {a} the {t}";

const HEADINGS: &str = "A word on the {t}
How the {t} became {q}
More than one {t}
Of {t} and {t}
Questions and answers
The {q} {t}
To {a} or not to {a}
What comes next
Where {x} fits
Who may {a} the {t}";

const POINTS: &str = "[what a {t} is](https://docs.example.org/glossary/{t})
**{t}**: {q}, and {m} {q}
{a} the {q} {t} {m}
{s} will {a} the {t} {w}
`{i}` for the {t} {p}
no {q} {t}, no {t}
{x} for the {t}, {x} for the {t}
one {t} for each {q} {t}";

/// The words, cut into lists.
pub struct Words {
    things: Vec<&'static str>,
    qualities: Vec<&'static str>,
    actions: Vec<&'static str>,
    manners: Vec<&'static str>,
    whens: Vec<&'static str>,
    wheres: Vec<&'static str>,
    /// Names of tools.
    pub tools: Vec<&'static str>,
    /// Names of people.
    pub people: Vec<String>,
    /// Slugs of the posts so far.
    pub slugs: Vec<String>,
    sentences: Vec<&'static str>,
    titles: Vec<&'static str>,
    headings: Vec<&'static str>,
    points: Vec<&'static str>,
}

fn words(text: &'static str) -> Vec<&'static str> {
    text.split_whitespace().collect()
}

impl Words {
    /// The words, with `people` different names, at most one for each pair of a forename and a surname.
    pub fn new(dice: &mut Dice, people: usize) -> Self {
        let surnames = words(SURNAMES);
        let mut names: Vec<String> = words(FORENAMES)
            .iter()
            .flat_map(|first| surnames.iter().map(move |last| format!("{first} {last}")))
            .collect();
        dice.shuffle(&mut names);
        names.truncate(people);
        Self {
            things: words(THINGS),
            qualities: words(QUALITIES),
            actions: words(ACTIONS),
            manners: words(MANNERS),
            whens: WHENS.split('|').collect(),
            wheres: WHERES.split('|').collect(),
            tools: words(TOOLS),
            people: names,
            slugs: Vec::new(),
            sentences: SENTENCES.lines().collect(),
            titles: TITLES.lines().collect(),
            headings: HEADINGS.lines().collect(),
            points: POINTS.lines().collect(),
        }
    }

    /// A quality and a thing, in all pairs.
    pub fn pairs(&self) -> impl Iterator<Item = String> {
        self.things.iter().flat_map(|thing| self.qualities.iter().map(move |one| format!("{one} {thing}")))
    }

    /// A sentence.
    pub fn sentence(&self, dice: &mut Dice) -> String {
        let form = dice.pick(&self.sentences);
        self.fill(dice, form)
    }

    /// Three to six sentences.
    pub fn paragraph(&self, dice: &mut Dice) -> String {
        let sentences: Vec<String> = (0..dice.between(3, 6)).map(|_| self.sentence(dice)).collect();
        sentences.join(" ")
    }

    /// The title of a post.
    pub fn title(&self, dice: &mut Dice) -> String {
        let form = dice.pick(&self.titles);
        let title = self.fill(dice, form);
        title[..1].to_uppercase() + &title[1..]
    }

    /// A heading.
    pub fn heading(&self, dice: &mut Dice) -> String {
        let form = dice.pick(&self.headings);
        self.fill(dice, form)
    }

    /// A point of a list.
    pub fn point(&self, dice: &mut Dice) -> String {
        let form = dice.pick(&self.points);
        self.fill(dice, form)
    }

    /// A name such as programs have.
    pub fn identifier(&self, dice: &mut Dice) -> String {
        let mut name = format!("{}_{}", dice.pick(&self.things), dice.pick(&self.things)).replace('-', "_");
        if dice.percent(50) {
            name += &format!("_{}", dice.between(1, 999));
        }
        name
    }

    /// Puts words in the places of a form.
    pub fn fill(&self, dice: &mut Dice, form: &str) -> String {
        let mut text = String::with_capacity(2 * form.len());
        let mut rest = form;
        while let Some((before, after)) = rest.split_once('{') {
            text += before;
            match after.split_once('}') {
                Some((place, after)) if place.len() == 1 => {
                    text += &self.word(dice, place);
                    rest = after;
                }
                _ => {
                    text.push('{');
                    rest = after;
                }
            }
        }
        text + rest
    }

    fn word(&self, dice: &mut Dice, place: &str) -> String {
        match place {
            "t" => (*dice.pick(&self.things)).to_owned(),
            "q" => (*dice.pick(&self.qualities)).to_owned(),
            "a" => (*dice.pick(&self.actions)).to_owned(),
            "m" => (*dice.pick(&self.manners)).to_owned(),
            "w" => (*dice.pick(&self.whens)).to_owned(),
            "p" => (*dice.pick(&self.wheres)).to_owned(),
            "x" => (*dice.pick(&self.tools)).to_owned(),
            "s" => dice.pick(&self.people).clone(),
            "d" => dice.between(2, 99).to_string(),
            "i" => self.identifier(dice),
            "l" if self.slugs.is_empty() => "none".to_owned(),
            "l" => dice.pick(&self.slugs).clone(),
            _ => format!("{{{place}}}"),
        }
    }
}
