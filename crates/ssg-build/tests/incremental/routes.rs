//! For every kind of facet and of query a change that only a note of this kind tells of: where the kind is
//! not noted, the output is stale; where it is, it is not.

use super::base::Base;
use super::change::Change::{self, *};
use super::each_on_its_own_thread;
use super::run::Runner;
use super::site::Site;
use ssg_engine::ReadKind::{self, Facet, Query};
use ssg_render::{FACET_KINDS, QUERY_KINDS};
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Mutex;

/// A change of the whole site that only notes of one kind tell of.
struct Route {
    kind: ReadKind,
    /// What is otherwise than in the whole site, before and after.
    given: &'static [Change],
    change: &'static [Change],
}

const ROUTES: &[Route] = &[
    Route {
        kind: Facet("Card"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "path", Some("\"/old/x/\""))],
    },
    Route { kind: Facet("Lead"), given: &[], change: &[Long("notes/one.md")] },
    Route {
        kind: Facet("Summary"),
        given: &[
            Key("notes/one.md", "excerpt", Some("\"A *short* text.\"")),
            Key("notes/one.md", "description", Some("\"Words.\"")),
        ],
        change: &[Key("notes/one.md", "excerpt", Some("\"A **short** text.\""))],
    },
    Route { kind: Facet("References"), given: &[], change: &[File("content/posts/delta/hall.png", None)] },
    Route {
        kind: Facet("Recaps"),
        given: &[],
        change: &[Key("posts/gamma.md", "events", Some("[\"2017-toronto\"]"))],
    },
    Route { kind: Facet("Translations"), given: &[], change: &[Page("about.de.md")] },
    Route {
        kind: Facet("Neighbours"),
        given: &[
            Key("about.md", "date", Some("2016-01-05")),
            Key("imprint.md", "date", Some("2016-03-01")),
            Key("notes/two.md", "date", Some("2016-02-02")),
        ],
        change: &[Move("notes/two.md", Cow::Borrowed("two.md"))],
    },
    Route {
        kind: Facet("Anchors"),
        given: &[More("imprint.md", "See [it](@/notes/one.md#anchor)."), More("notes/one.md", "## Anchor")],
        change: &[Less("notes/one.md", 4)],
    },
    Route {
        kind: Facet("EventCard"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "event.country", Some("\"Canada\""))],
    },
    Route { kind: Facet("EventMoment"), given: &[], change: &[Instant(4)] },
    Route {
        kind: Facet("EventTable"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "event.venue.coordinates", None)],
    },
    Route {
        kind: Facet("EventVenue"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "event.venue.name", Some("\"Another\""))],
    },
    Route {
        kind: Facet("EventTalks"),
        given: &[],
        change: &[Key("loose.md", "talk.event", Some("\"2017-toronto\""))],
    },
    Route {
        kind: Facet("Schedule"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "event.schedule.1.title", Some("\"Supper\""))],
    },
    Route { kind: Facet("TermCard"), given: &[], change: &[Key("tools/chef.md", "title", Some("\"CHEF\""))] },
    Route {
        kind: Facet("TermAliases"),
        given: &[],
        change: &[Key("speakers/ann-bell.md", "aliases", Some("[\"Anna\"]"))],
    },
    Route { kind: Facet("Members"), given: &[], change: &[NoPage("notes/one.md")] },
    Route {
        kind: Facet("Originals"),
        given: &[Key("loose.md", "speakers", None)],
        change: &[Key("loose.md", "speakers", Some("[\"Ann Bell\"]"))],
    },
    Route { kind: Facet("TaxonomyCard"), given: &[], change: &[NoPage("tools/_index.md")] },
    Route {
        kind: Facet("Terms"),
        given: &[],
        change: &[Key("about.md", "tools", Some("[\"C++\", \"Chef\"]"))],
    },
    Route {
        kind: Facet("AllTerms"),
        given: &[],
        change: &[Key("posts/gamma.de.md", "speakers", Some("[\"Annie\", \"TBA\"]"))],
    },
    Route {
        kind: Facet("Spelling"),
        given: &[],
        change: &[Key("posts/gamma.de.md", "speakers", Some("[\"Annie\", \"TBA\"]"))],
    },
    Route {
        kind: Facet("Works"),
        given: &[],
        change: &[Key("posts/gamma.md", "authors", Some("[\"Bo Cole\"]"))],
    },
    Route {
        kind: Facet("SectionCard"),
        given: &[],
        change: &[Key("notes/_index.md", "slug", Some("\"slug-b\""))],
    },
    Route {
        kind: Facet("SectionPages"),
        given: &[],
        change: &[Move("posts/gamma.md", Cow::Borrowed("notes/gamma.md"))],
    },
    Route { kind: Facet("SectionSize"), given: &[], change: &[NoPage("notes/one.md")] },
    Route {
        kind: Facet("Subsections"),
        given: &[],
        change: &[Move("posts/gamma.md", Cow::Borrowed("notes/more/gamma.md"))],
    },
    Route { kind: Facet("SectionOfDir"), given: &[], change: &[Page("notes/nur.de.md")] },
    Route {
        kind: Facet("OfSource"),
        given: &[More("notes/one.md", "See [it](nur.de.md).")],
        change: &[Page("notes/nur.de.md")],
    },
    Route {
        kind: Facet("CoLocatedPath"),
        given: &[More("notes/one.md", "See [it](hall.png).")],
        change: &[File("content/notes/hall.png", None)],
    },
    Route { kind: Facet("Listed"), given: &[], change: &[Page("posts/eps/index.md")] },
    Route { kind: Facet("HasListed"), given: &[], change: &[NoPage("posts/gamma.de.md")] },
    Route { kind: Facet("Events"), given: &[], change: &[Page("events/2018-oslo.md")] },
    Route { kind: Facet("LooseTalks"), given: &[NoPage("loose.md")], change: &[Page("loose.md")] },
    Route {
        kind: Facet("EventById"),
        given: &[Folder("events/2016-ghent/", "events/2019-ghent/")],
        change: &[Folder("events/2019-ghent/", "events/2016-ghent/")],
    },
    Route {
        kind: Facet("TalkById"),
        given: &[Key("events/2016-ghent/talks/opening.md", "slug", Some("\"slug-a\""))],
        change: &[Key("events/2016-ghent/talks/opening.md", "slug", Some("\"opening\""))],
    },
    Route {
        kind: Facet("Editions"),
        given: &[
            Key("events/2016-ghent/index.md", "event.series", Some("\"new\"")),
            Key("events/2017-toronto/index.md", "event.series", None),
        ],
        change: &[Key("events/2017-toronto/index.md", "event.series", Some("\"new\""))],
    },
    Route {
        kind: Facet("SeriesNames"),
        given: &[
            Key("events/2016-ghent/index.md", "event.series", None),
            Key("events/2017-toronto/index.md", "event.series", None),
        ],
        change: &[
            Key("events/2016-ghent/index.md", "event.series", Some("\"new\"")),
            Key("events/2017-toronto/index.md", "event.series", Some("\"new\"")),
        ],
    },
    Route {
        kind: Facet("SeriesOfSlug"),
        given: &[
            Key("events/2016-ghent/index.md", "event.series", Some("\"nights\"")),
            Key("events/2017-toronto/index.md", "event.series", Some("\"days\"")),
        ],
        change: &[Key("events/2016-ghent/index.md", "event.series", Some("\"days\""))],
    },
    Route {
        kind: Facet("Languages"),
        given: &[Config("languages.fr.name", Some("\"Français\""))],
        change: &[Page("posts/2016-01-02-alpha.fr.md")],
    },
    Route { kind: Facet("NextMoment"), given: &[], change: &[Instant(4)] },
    Route {
        kind: Facet("Addresses"),
        // The site map reads cards of events as well.
        given: &[],
        change: &[Key("imprint.md", "updated", Some("2016-02-02"))],
    },
    Route {
        kind: Facet("Redirects"),
        // What lies below a page is led on with it, and the plan tells of that.
        given: &[
            Key("imprint.md", "aliases", Some("[\"/was/1/\"]")),
            Config("outputs.markdown", Some("false")),
        ],
        change: &[Key("about.md", "aliases", Some("[\"/was/3/\"]"))],
    },
    Route {
        kind: Facet("Addressing"),
        given: &[Config("hosting.headers", Some("false"))],
        change: &[Config("base_url", Some("\"http://example.org/\""))],
    },
    Route { kind: Facet("Titles"), given: &[], change: &[Config("title", Some("\"Other Site\""))] },
    Route {
        kind: Facet("Descriptions"),
        given: &[],
        change: &[Config("description", Some("\"About ops\""))],
    },
    Route { kind: Facet("SiteAuthor"), given: &[], change: &[Config("author", Some("\"The team\""))] },
    Route {
        kind: Facet("Markup"),
        given: &[],
        change: &[Config("markdown.external_links.rel", Some("\"noopener\""))],
    },
    Route { kind: Facet("FeedSettings"), given: &[], change: &[Config("feeds.limit", Some("1"))] },
    Route { kind: Facet("OutputSettings"), given: &[], change: &[Config("outputs.archive", Some("false"))] },
    Route {
        kind: Facet("TaxonomySettings"),
        given: &[],
        change: &[Config("taxonomies.tools.paginate_by", Some("1"))],
    },
    Route {
        kind: Facet("HostingSettings"),
        given: &[Key("about.md", "aliases", Some("[\"/was/3/\"]"))],
        change: &[Config("hosting.host", Some("\"netlify\""))],
    },
    Route { kind: Facet("PagerSize"), given: &[], change: &[Config("paginate_by", Some("1"))] },
    Route { kind: Facet("ConfigValue"), given: &[], change: &[Config("extra.tone", Some("\"loud\""))] },
    Route {
        kind: Facet("Text"),
        given: &[],
        change: &[File("i18n/en.toml", Some("greet = \"Hello\"\narchive = \"Whole\""))],
    },
    Route {
        kind: Facet("Word"),
        given: &[],
        change: &[File("i18n/en.toml", Some("greet = \"Hello\"\narchive = \"Whole\""))],
    },
    Route {
        kind: Facet("ThemeOption"),
        given: &[],
        change: &[Config("theme.options.footer", Some("\"Foot\""))],
    },
    Route {
        kind: Facet("AssetPath"),
        given: &[],
        change: &[File("themes/plain/assets/theme.css", Some("i{}"))],
    },
    Route {
        kind: Facet("StaticFile"),
        given: &[Config("hosting.cname", Some("\"blog.example.org\""))],
        change: &[File("static/CNAME", Some("other.example.org\n"))],
    },
    Route {
        kind: Facet("Template"),
        given: &[Key("about.md", "template", Some("\"special.html\"")), NoTemplate("special.html")],
        change: &[Template("special.html")],
    },
    Route {
        kind: Facet("ShortcodeNames"),
        given: &[More("about.md", "{{ shwo(x=1) }}")],
        change: &[Template("shortcodes/show.html")],
    },
    Route {
        kind: Facet("Near"),
        given: &[More("notes/one.md", "See [it](hall.pn).")],
        change: &[File("content/notes/hall.png", None)],
    },
    Route {
        kind: Facet("HiddenNames"),
        given: &[],
        change: &[Config("taxonomies.speakers.unpublish", Some("[\"Ann Bell\"]"))],
    },
    Route { kind: Facet("DataFile"), given: &[], change: &[File("data/must.json", Some("{\"k\": [2]}"))] },
    Route {
        kind: Facet("Image"),
        // Of other formats more than the size may be looked at.
        given: &[File("static/shot.gif", Some("")), More("notes/one.md", "![shot](/shot.gif)")],
        change: &[File("static/shot.gif", Some("no image"))],
    },
    Route {
        kind: Facet("FileLength"),
        given: &[
            File("static/sound.ogg", Some("a sound")),
            Key("posts/gamma.md", "audio", Some("\"/sound.ogg\"")),
        ],
        change: &[File("static/sound.ogg", Some("another sound, and longer"))],
    },
    Route { kind: Facet("PageBody"), given: &[], change: &[More("posts/gamma.md", "Ann Bell said so.")] },
    Route { kind: Query("Recent"), given: &[], change: &[Key("posts/gamma.md", "date", Some("2016-05-01"))] },
    Route { kind: Query("Events"), given: &[], change: &[Instant(4)] },
    Route { kind: Query("GetSection"), given: &[], change: &[NoPage("notes/one.md")] },
    Route {
        kind: Query("SectionPages"),
        given: &[],
        change: &[Move("posts/gamma.md", Cow::Borrowed("notes/gamma.md"))],
    },
    Route {
        kind: Query("GetEvent"),
        given: &[Folder("events/2016-ghent/", "events/2019-ghent/")],
        change: &[Folder("events/2019-ghent/", "events/2016-ghent/")],
    },
    Route {
        kind: Query("Talks"),
        given: &[Key("loose.md", "talk.event", None)],
        change: &[Key("loose.md", "talk.event", Some("\"2016-ghent\""))],
    },
    Route {
        kind: Query("Recaps"),
        // With one of these it would be an event whose day is not known.
        given: &[
            Key("events/2016-ghent/index.md", "event.cfp.opens", None),
            Key("events/2016-ghent/index.md", "event.cfp.closes", None),
            Key("events/2016-ghent/index.md", "event.cfp.announced", None),
            Key("events/2016-ghent/index.md", "event.cfp.url", None),
            Key("events/2016-ghent/index.md", "event.registration.opens", None),
            Key("events/2016-ghent/index.md", "event.registration.closes", None),
            Key("events/2016-ghent/index.md", "event.registration.url", None),
            Key("events/2016-ghent/index.md", "event.registration.price", None),
            Key("events/2016-ghent/index.md", "event.registration.currency", None),
            Key("events/2016-ghent/index.md", "event.registration.sold_out", None),
        ],
        change: &[Key("events/2016-ghent/index.md", "event.start", None)],
    },
    Route {
        kind: Query("Written"),
        given: &[],
        change: &[Key("posts/gamma.md", "authors", Some("[\"Bo Cole\"]"))],
    },
    Route {
        kind: Query("Organized"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "event.organizers.0.name", Some("\"Bo Cole\""))],
    },
    Route {
        kind: Query("Schedule"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "path", Some("\"/old/x/\""))],
    },
    Route {
        kind: Query("Editions"),
        given: &[
            Key("events/2016-ghent/index.md", "event.series", Some("\"days\"")),
            Key("events/2017-toronto/index.md", "event.series", None),
        ],
        change: &[Key("events/2017-toronto/index.md", "event.series", Some("\"days\""))],
    },
    Route {
        kind: Query("Series"),
        given: &[
            Key("events/2016-ghent/index.md", "event.series", Some("\"new\"")),
            Key("events/2017-toronto/index.md", "event.series", None),
        ],
        change: &[Key("events/2017-toronto/index.md", "event.series", Some("\"new\""))],
    },
    Route { kind: Query("Terms"), given: &[], change: &[NoPage("notes/one.md")] },
    Route {
        kind: Query("GetTerm"),
        given: &[],
        change: &[Key("posts/gamma.de.md", "speakers", Some("[\"Annie\", \"TBA\"]"))],
    },
    Route {
        kind: Query("TermPages"),
        given: &[Key("posts/gamma.md", "tools", None), Key("posts/gamma.md", "date", Some("2016-05-01"))],
        change: &[Key("posts/gamma.md", "tools", Some("[\"Chef\"]"))],
    },
    Route {
        kind: Query("CoSpeakers"),
        given: &[Key("events/2016-ghent/talks/opening.md", "speakers", Some("[\"Ann Bell\"]"))],
        change: &[Key("events/2016-ghent/talks/opening.md", "speakers", Some("[\"Ann Bell\", \"Zoe Zed\"]"))],
    },
    Route {
        kind: Query("Neighbours"),
        given: &[
            Key("about.md", "date", Some("2016-01-05")),
            Key("imprint.md", "date", Some("2016-03-01")),
            Key("notes/two.md", "date", Some("2016-02-02")),
        ],
        change: &[Move("notes/two.md", Cow::Borrowed("two.md"))],
    },
    Route {
        kind: Query("Related"),
        given: &[],
        change: &[Key("posts/2016-01-03-beta.md", "categories", Some("[]"))],
    },
    Route { kind: Query("Menu"), given: &[], change: &[Key("notes/_index.md", "slug", Some("\"slug-b\""))] },
    Route { kind: Query("Archive"), given: &[], change: &[Page("posts/eps/index.md")] },
    Route { kind: Query("LoadData"), given: &[], change: &[File("data/must.json", Some("{\"k\": [2]}"))] },
    Route { kind: Query("Asset"), given: &[], change: &[File("themes/plain/assets/theme.css", Some("i{}"))] },
    Route {
        kind: Query("CardView"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "path", Some("\"/old/x/\""))],
    },
    Route {
        kind: Query("BareCard"),
        given: &[
            Key("imprint.md", "excerpt", Some("\"{{ alone() }}\"")),
            File(
                "templates/shortcodes/alone.html",
                Some("{% set c = get_page(path=\"@/posts/gamma.md\") %}{{ c.updated }}"),
            ),
        ],
        change: &[Key("posts/gamma.md", "updated", Some("2016-02-02"))],
    },
    Route {
        kind: Facet("FeedDates"),
        given: &[
            Key("events/2017-toronto/index.md", "date", None),
            Key("events/2017-toronto/index.md", "event.start", Some("2017-03-01")),
            Key("events/2017-toronto/index.md", "event.registration.opens", None),
            Key("events/2017-toronto/index.md", "event.cfp.opens", Some("2016-01-01")),
        ],
        change: &[Key("events/2017-toronto/index.md", "event.cfp.opens", Some("2016-01-02"))],
    },
    Route {
        kind: Facet("SectionFeed"),
        given: &[
            Key("events/2017-toronto/index.md", "date", None),
            Key("events/2017-toronto/index.md", "event.start", Some("2017-03-01")),
            Key("events/2017-toronto/index.md", "event.registration.opens", None),
            Key("events/2017-toronto/index.md", "event.cfp.opens", None),
        ],
        change: &[Key("events/2017-toronto/index.md", "event.cfp.opens", Some("2016-01-02"))],
    },
    Route {
        kind: Facet("TermFeed"),
        given: &[
            Key("events/2017-toronto/index.md", "date", None),
            Key("events/2017-toronto/index.md", "tools", Some("[\"Chef\"]")),
            Key("events/2017-toronto/index.md", "event.start", Some("2017-03-01")),
            Key("events/2017-toronto/index.md", "event.registration.opens", None),
            Key("events/2017-toronto/index.md", "event.cfp.opens", None),
        ],
        change: &[Key("events/2017-toronto/index.md", "event.cfp.opens", Some("2016-01-02"))],
    },
    Route { kind: Query("FeedText"), given: &[], change: &[NoPage("notes/one.md")] },
    Route { kind: Query("FeedLinks"), given: &[], change: &[Config("feeds.formats", Some("[\"json\"]"))] },
    Route { kind: Query("CalendarLinks"), given: &[], change: &[Config("outputs.calendars", Some("false"))] },
    Route { kind: Query("TranslationsView"), given: &[], change: &[NoPage("posts/gamma.de.md")] },
    Route {
        kind: Facet("Written"),
        given: &[
            More("imprint.md", "See [it](/routes/extra.txt)."),
            File("static/routes/extra.txt", Some("x")),
        ],
        change: &[File("static/routes/extra.txt", None)],
    },
    Route {
        kind: Query("HasAnchor"),
        given: &[More("imprint.md", "See [it](@/notes/one.md#anchor)."), More("notes/one.md", "## Anchor")],
        change: &[Less("notes/one.md", 4)],
    },
    Route { kind: Query("LinkTarget"), given: &[], change: &[Key("about.md", "slug", Some("\"slug-a\""))] },
    Route {
        kind: Query("TermReference"),
        given: &[],
        change: &[Key("tools/chef.md", "title", Some("\"CHEF\""))],
    },
    Route {
        kind: Query("EventReference"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "event.country", Some("\"Canada\""))],
    },
    Route {
        kind: Query("TalksWithVideo"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{% for c in talks_with_video() %}{{ c.path }}{% endfor %}")),
            Key("events/2016-ghent/talks/opening.md", "video", None),
            Key("events/2016-ghent/talks/opening.md", "talk.video", None),
        ],
        change: &[Key("events/2016-ghent/talks/opening.md", "talk.video", Some("\"https://vimeo.com/2\""))],
    },
    Route { kind: Query("Search"), given: &[], change: &[Config("outputs.search", Some("false"))] },
    Route { kind: Facet("SearchTemplate"), given: &[], change: &[Template("search.html")] },
    Route { kind: Facet("PageText"), given: &[], change: &[More("notes/one.md", "Zanzibar.")] },
    Route { kind: Query("SearchDivision"), given: &[], change: &[Page("notes/three.md")] },
    Route { kind: Query("SearchMembers"), given: &[], change: &[Page("notes/three.md")] },
    Route { kind: Query("SearchCount"), given: &[], change: &[More("notes/three.md", "Zanzibar.")] },
    Route {
        kind: Query("SearchCommon"),
        given: &[
            More("notes/one.md", "Zanzibar."),
            More("notes/two.md", "Zanzibar."),
            More("about.md", "Zanzibar."),
            More("events/2016-ghent/index.md", "Zanzibar."),
        ],
        change: &[More("events/2016-ghent/talks/opening.md", "Zanzibar.")],
    },
    Route { kind: Query("SearchChunk"), given: &[], change: &[More("notes/one.md", "Zanzibar.")] },
    Route { kind: Query("SearchPart"), given: &[], change: &[More("notes/one.md", "Zanzibar.")] },
    Route { kind: Query("SearchBand"), given: &[], change: &[More("notes/one.md", "Zanzibar.")] },
    Route {
        kind: Query("SearchRows"),
        given: &[],
        change: &[Key("notes/one.md", "title", Some("\"Zanzibar\""))],
    },
    Route {
        kind: Facet("TermParts"),
        given: &[Config("taxonomies.tools.part_above", Some("1"))],
        change: &[Key("about.md", "tools", Some("[\"Zebra\", \"Chef\"]"))],
    },
    Route {
        kind: Facet("TermsOfPart"),
        given: &[Config("taxonomies.tools.part_above", Some("1"))],
        change: &[Key("about.md", "tools", Some("[\"C++\", \"Chef\"]"))],
    },
    Route {
        kind: Facet("TalkList"),
        given: &[
            Config("paginate_by", Some("1")),
            Config("outputs.talks", Some("true")),
            File("templates/talks.html", Some("{% for c in section.pages %}{{ c.path }}{% endfor %}")),
            Key("loose.md", "talk.starts", Some("2014-05-26T11:00:00")),
        ],
        change: &[Key("loose.md", "talk.starts", Some("2019-05-26T11:00:00"))],
    },
    Route {
        kind: Facet("TalkGroups"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ talk_filters() | json }}")),
            Config("outputs.talks", Some("true")),
        ],
        change: &[Key("events/2016-ghent/talks/opening.md", "talk.kind", Some("\"panel\""))],
    },
    Route {
        kind: Query("TalkFilters"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ talk_filters() | json }}")),
            Config("outputs.talks", Some("true")),
        ],
        change: &[Key("events/2016-ghent/talks/opening.md", "talk.kind", Some("\"panel\""))],
    },
    Route {
        kind: Query("Around"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File(
                "templates/alone.html",
                Some("{% set n = around(event=\"2016-ghent\") %}{% if n.next %}{{ n.next.path }}{% endif %}"),
            ),
            Key("events/2016-ghent/index.md", "event.series", Some("\"days\"")),
            Key("events/2017-toronto/index.md", "event.series", None),
        ],
        change: &[Key("events/2017-toronto/index.md", "event.series", Some("\"days\""))],
    },
    Route {
        kind: Query("Speakers"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File(
                "templates/alone.html",
                Some("{% for p in speakers(event=\"2016-ghent\") %}{{ p.name }} {% endfor %}"),
            ),
            Key("events/2016-ghent/talks/opening.md", "speakers", Some("[\"Ann Bell\"]")),
        ],
        change: &[Key("events/2016-ghent/talks/opening.md", "speakers", Some("[\"Bo Cole\", \"Ann Bell\"]"))],
    },
    Route {
        kind: Query("CoOrganizers"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ co_organizers(by=\"Ann Bell\") | json }}")),
            Key("events/2016-ghent/index.md", "event.organizers.0.name", Some("\"Ann Bell\"")),
            Key("events/2016-ghent/index.md", "event.organizers.1.name", Some("\"Cy Dunn\"")),
            Key("events/2017-toronto/index.md", "event.organizers.0.name", None),
        ],
        change: &[Key("events/2016-ghent/index.md", "event.organizers.1.name", Some("\"Bo Cole\""))],
    },
    Route {
        kind: Query("SeriesReference"),
        // Calendars are called by the title too.
        given: &[Config("outputs.calendars", Some("false"))],
        change: &[File("data/series/days.toml", Some("title = \"All days\""))],
    },
    Route {
        kind: Query("ApiRow"),
        given: &[],
        change: &[Key("events/2016-ghent/index.md", "path", Some("\"/old/x/\""))],
    },
    Route {
        kind: Query("Score"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ score(event=\"2016-ghent\") | json }}")),
        ],
        change: &[Key("events/2016-ghent/index.md", "event.cancelled", Some("false"))],
    },
    Route {
        kind: Query("DrawnProgramme"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ score(event=\"2016-ghent\") | json }}")),
        ],
        change: &[
            Key("events/2016-ghent/index.md", "event.schedule.0.track", Some("\"new\"")),
            Key("events/2016-ghent/index.md", "event.schedule.0.ends", Some("2016-05-26T11:00:00")),
        ],
    },
    Route {
        kind: Query("Ink"),
        given: &[
            Key("imprint.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ ink(event=\"2017-toronto\") }}")),
            Key("events/2016-ghent/index.md", "event.series", Some("\"days\"")),
            Key("events/2017-toronto/index.md", "event.series", Some("\"weeks\"")),
        ],
        change: &[Key("events/2016-ghent/index.md", "event.series", None)],
    },
    Route {
        kind: Query("FigureOf"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ figure_of(person=\"Ann Bell\") | json }}")),
            Key("events/2016-ghent/talks/opening.md", "speakers", Some("[\"Ann Bell\"]")),
        ],
        change: &[Key("events/2016-ghent/index.md", "event.cancelled", Some("false"))],
    },
    Route {
        kind: Query("Staff"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ staff(person=\"Ann Bell\") | json }}")),
            Key("events/2016-ghent/talks/opening.md", "speakers", Some("[\"Ann Bell\"]")),
        ],
        change: &[Key("events/2016-ghent/index.md", "event.cancelled", Some("false"))],
    },
    Route {
        kind: Query("Inks"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ ink(event=\"2017-toronto\") }}")),
            Key("events/2016-ghent/index.md", "event.series", Some("\"days\"")),
            Key("events/2017-toronto/index.md", "event.series", Some("\"weeks\"")),
        ],
        change: &[Key("events/2016-ghent/index.md", "event.series", None)],
    },
    Route {
        kind: Facet("IconSettings"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ icons() | json }}")),
        ],
        change: &[Config("icon", Some("\"static/logo.svg\""))],
    },
    Route {
        kind: Query("Icons"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ icons() | json }}")),
        ],
        change: &[Config("icon", Some("\"static/logo.svg\""))],
    },
    Route {
        kind: Query("Image"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ image(path=\"/shot.gif\") | json }}")),
            File("static/shot.gif", Some("")),
        ],
        change: &[File("static/shot.gif", Some("no image"))],
    },
    Route {
        kind: Facet("PictureAt"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ image(path=\"/shot.gif\") | json }}")),
        ],
        change: &[File("static/shot.gif", Some(""))],
    },
    Route {
        kind: Query("PagePictures"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ page_pictures(path=\"/posts/delta/\") | json }}")),
        ],
        change: &[File("content/posts/delta/more.gif", Some(""))],
    },
    Route {
        kind: Facet("CoLocatedNames"),
        given: &[
            Key("about.md", "template", Some("\"alone.html\"")),
            File("templates/alone.html", Some("{{ page_pictures(path=\"/posts/delta/\") | json }}")),
        ],
        change: &[File("content/posts/delta/more.gif", Some(""))],
    },
];

/// Changes that tell of something where the program can process photographs.
const OF_PICTURES: &[Route] = &[
    Route {
        kind: Facet("PictureSettings"),
        given: &[File("static/wide.png", Some("")), More("notes/one.md", "![wide](/wide.png)")],
        change: &[Config("pictures.sizes", Some("\"10vw\""))],
    },
    Route {
        kind: Facet("Picture"),
        given: &[File("static/wide.png", Some("")), More("notes/one.md", "![wide](/wide.png)")],
        change: &[File("static/wide.png", Some("darker"))],
    },
];

/// All routes of this program.
fn routes() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().chain(OF_PICTURES.iter().filter(|_| cfg!(feature = "pictures")))
}

/// Kinds that no change tells of, and why.
const NEVER_MISSED: &[(ReadKind, &str)] = &[
    (Facet("ProgramVersion"), "is the same in all builds of one program"),
    (Facet("AtPath"), "what lies at a path is read as well, and it is gone where another lies there"),
    (Facet("SectionBody"), "is read beside `SectionText`, whose digest is of the whole file"),
    (Facet("TaxonomyBody"), "is read beside `TaxonomyText`, whose digest is of the whole file"),
    (Facet("TaxonomyNames"), "a taxonomy more is one more in every card"),
    (Query("LanguagesView"), "nearly all outputs read what it is made of"),
    (Facet("HiddenPeople"), "`HiddenNames` is made of it, and is read wherever people are shown"),
    (Facet("Content"), "is read beside `PageBody`, whose digest is of the whole file as well"),
    (Facet("SectionText"), "is read beside `SectionBody`, whose digest is of the whole file as well"),
    (Facet("TaxonomyText"), "is read beside `TaxonomyBody`, whose digest is of the whole file as well"),
    (Facet("CodeHighlighter"), "is the same in all builds of one program"),
    (
        Facet("Sources"),
        "is read alone where a section is not found, and an output that fails is not remembered",
    ),
    (
        Facet("TextKeys"),
        "is read alone where a text is not found, and an output that fails is not remembered",
    ),
    (
        Facet("AssetNames"),
        "is read alone where an asset is not found, and an output that fails is not remembered",
    ),
    (Facet("OwnValues"), "is looked into for an address that is refused, which was read by its key before"),
    (Query("Drawing"), "is made of the text that it is asked with"),
    (Query("GetPage"), "another page has another card, which is read as well"),
    (Facet("SocialCardSettings"), "social cards need a cargo feature"),
    (Query("SocialCardLink"), "social cards need a cargo feature"),
    (Query("CardTools"), "social cards need a cargo feature"),
];

/// All kinds that some change must tell of, walked from the tables.
fn kinds() -> impl Iterator<Item = ReadKind> {
    let facets = FACET_KINDS.iter().map(|kind| Facet(kind));
    let all = facets.chain(QUERY_KINDS.iter().map(|kind| Query(kind)));
    let is_left_out = |kind: &ReadKind| {
        let needs_feature = OF_PICTURES.iter().any(|route| route.kind == *kind);
        NEVER_MISSED.iter().any(|(never, _)| never == kind) || needs_feature && !cfg!(feature = "pictures")
    };
    all.filter(move |kind| !is_left_out(kind))
}

/// Whether a name is in the tables.
fn is_known(kind: &ReadKind) -> bool {
    match kind {
        Facet(name) => FACET_KINDS.contains(name),
        Query(name) => QUERY_KINDS.contains(name),
    }
}

/// A kind in words.
fn name(kind: ReadKind) -> String {
    match kind {
        Facet(name) => format!("the facet {name}"),
        Query(name) => format!("the query {name}"),
    }
}

#[test]
fn a_kind_that_is_not_noted_is_missed() {
    let all = routes().map(|route| &route.kind).chain(NEVER_MISSED.iter().map(|(kind, _)| kind));
    let unknown: Vec<&ReadKind> = all.filter(|kind| !is_known(kind)).collect();
    assert!(unknown.is_empty(), "no such kinds: {unknown:?}");
    let known: BTreeSet<String> = routes().map(|route| name(route.kind)).collect();
    let lacking: Vec<String> = kinds().map(name).filter(|name| !known.contains(name)).collect();
    assert!(lacking.is_empty(), "write a change that needs these to be noted: {lacking:?}");
    // Those that begin alike, one after another.
    let mut routes: Vec<&Route> = routes().collect();
    routes.sort_by_key(|route| format!("{:?} {:?}", route.given, route.change));
    let parts: Vec<&[&Route]> = routes
        .chunk_by(|a, b| format!("{:?}", a.given) == format!("{:?}", b.given))
        .flat_map(|part| part.chunks(24))
        .collect();
    let problems = Mutex::new(Vec::new());
    each_on_its_own_thread(parts.len() as u64, |next| {
        let mut runner = Runner::new();
        while let Some(part) = next() {
            let found = follow(&mut runner, parts[usize::try_from(part).expect("small")]);
            problems.lock().expect("no panic").extend(found);
        }
    });
    let mut problems = problems.into_inner().expect("no panic");
    problems.sort();
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// Follows routes that begin alike; tells what is wrong with which.
fn follow(runner: &mut Runner, routes: &[&Route]) -> Vec<String> {
    let mut site = Site::whole();
    for change in routes[0].given {
        change.apply(&mut site);
    }
    let base = Base::new(runner, site);
    let mut problems = Vec::new();
    for part in routes.chunk_by(|a, b| format!("{:?}", a.change) == format!("{:?}", b.change)) {
        let change = part[0].change;
        let mut site = base.site.clone();
        for change in change {
            change.apply(&mut site);
        }
        let Some(next) = base.next(runner, &site) else {
            problems
                .extend(part.iter().map(|route| format!("{}: {change:?} changes nothing", name(route.kind))));
            continue;
        };
        if let Err(failure) = base.go_on(runner, &next, None) {
            problems.push(format!("{change:?}: {}", failure.text));
        }
        for route in part {
            if let Ok(compiled) = base.go_on(runner, &next, Some(route.kind)) {
                let known: Vec<_> = compiled.rendered.iter().take(3).collect();
                let name = name(route.kind);
                problems.push(format!("{name}: something else tells of {change:?} as well: {known:?}"));
            }
        }
    }
    problems
}
