"""Kinds of sites for scale.py: each a function from n to files, with n things of one kind.

`verb` is what is run, `status` how it must end, `bare` whether a theme is used that shows nothing, so that what
is measured is not drowned in the reading of templates. A kind whose output grows faster than its input by its
nature has a `limit` of its own, and says `why`.
"""

from dataclasses import dataclass
from typing import Callable

CONFIG = 'title = "T"\nbase_url = "https://t.example/"\n'
# Shows what there is, and little around it.
LIST = "{% for p in pages %}{{ p.title }}{% for x in p.tools %}{{ x.name }}{% endfor %}{% for x in p.events %}" \
    "{{ x.title }}{% endfor %}{% for x in p.authors %}{{ x.name }}{% endfor %}{% endfor %}"
BARE = {
    "themes/bare/theme.toml": 'name = "bare"\n',
    "themes/bare/templates/base.html": "{{ permalink }}",
    "themes/bare/templates/404.html": "{{ permalink }}",
    "themes/bare/templates/section.html": "{% set pages = section.pages %}" + LIST,
    "themes/bare/templates/term.html": "{% set pages = term.pages %}" + LIST,
    "themes/bare/templates/taxonomy.html": "{% for x in taxonomy.terms %}{{ x.name }}{{ x.count }}{% endfor %}",
    "themes/bare/templates/page.html":
        "{% set pages = [page] %}" + LIST + "{{ page.content }}{{ structured_data() or '' }}"
        "{% for p in related(path=page.path, limit=3) %}{{ p.title }}{% endfor %}"
        "{% for l in (page.event.sponsor_levels if page.event else []) %}{% for x in l.sponsors %}{{ x.name }}{% endfor %}{% endfor %}",
}


@dataclass
class Kind:
    name: str
    make: Callable
    size: int
    verb: str = "check"
    status: int = 0
    is_bare: bool = False
    limit: float = 2.6
    why: str = ""

    @property
    def words(self):
        return (self.make.__doc__ or self.name.replace("_", " ")).strip()

    def files(self, n):
        made = {"ssg.toml": "", **self.make(n)}
        theme = 'theme = "bare"\n' if self.is_bare else ""
        made["ssg.toml"] = CONFIG + theme + made["ssg.toml"]
        return {**BARE, **made} if self.is_bare else made


KINDS = []


def kind(size, **more):
    def register(make):
        KINDS.append(Kind(make.__name__, make, size, **more))
        return make

    return register


def mistake(size, status=0, **more):
    """A mistake that is made n times: with the bare theme, unless it says otherwise."""
    return kind(size, status=status, **{"is_bare": True, **more})


def page(head="", body="x", title="A"):
    return f'+++\ntitle = "{title}"\ndate = 2020-01-01\n{head}\n+++\n{body}\n'


def posts(n, head=lambda i: "", body=lambda i: "x"):
    return {f"content/posts/p{i}.md": page(head(i), body(i), f"P{i}") for i in range(n)}


def one(head="", body="x"):
    return {"content/posts/a.md": page(head, body)}


def event(head="", more=""):
    return f'+++\ntitle = "E"\n[event]\nstart = 2020-01-01\nend = 2020-02-28\n{head}\n{more}\n+++\n'


def listed(n, form):
    return "[" + ", ".join(form.format(i) for i in range(n)) + "]"


def lines(n, form, gap="\n\n"):
    return gap.join(form.format(i) for i in range(n))


def rows(n, row):
    return "".join(f"[[event.schedule]]\n{row(i)}\n" for i in range(n))


# What is written.


@kind(200, verb="build", is_bare=True)
def static_files(n):
    """files in `static/`"""
    return {**one(), **{f"static/a{i % 7}/f{i}.txt": str(i) for i in range(n)}}


@kind(40, is_bare=True)
def code_blocks(n):
    """code blocks of one page"""
    languages = ["yaml", "rust", "bash", "json", "text"]
    return one(body="\n\n".join(f'```{languages[i % 5]}\na{i}: [1, "x"] # c\n```' for i in range(n)))


@kind(150, is_bare=True)
def raw_html(n):
    """pieces of raw HTML under `sanitize`"""
    config = '[markdown]\nraw_html = "sanitize"\n'
    return {"ssg.toml": config, **one(body=lines(n, '<div class="a"><b onclick="x()">b{0}</b><p>t</div>'))}


@kind(300, is_bare=True)
def yaml_values(n):
    """keys, lists and aliases in a header in YAML"""
    values = "".join(f"  k{i}: {{a: [1, {i}], b: &x{i} text, c: *x{i}}}\n" for i in range(n))
    return {"content/posts/a.md": f"---\ntitle: A\ndate: 2020-01-01\nextra:\n{values}---\nx\n"}


@kind(40, is_bare=True)
def terms_of_a_post(n):
    """terms of one post"""
    return one(f"""tools = {listed(n, '"t{}"')}\ncategories = {listed(n, '"c{}"')}""")


@kind(60, is_bare=True)
def terms_of_posts(n):
    """posts with five of as many terms"""
    return posts(n, lambda i: "tools = [" + ", ".join(f'"t{(i * 5 + j) % n}"' for j in range(5)) + "]")


@kind(40, is_bare=True)
def authors_of_a_post(n):
    """authors of one post who speak as well"""
    return one(f"""authors = {listed(n, '"Au {}"')}\nspeakers = {listed(n, '"Au {}"')}""")


@kind(60, is_bare=True)
def recaps_of_events(n):
    """posts about a tenth as many events"""
    made = {f"content/events/e{i}.md": event() for i in range(n // 10)}
    return {**made, **posts(n, lambda i: f'events = ["e{i % (n // 10)}"]')}


@kind(40, is_bare=True)
def events_of_a_post(n):
    """events of one post"""
    return {**{f"content/events/e{i}.md": event() for i in range(n)}, **one(f"""events = {listed(n, '"e{}"')}""")}


@kind(60, is_bare=True)
def redirects(n):
    """posts with an alias each, and aliases of one"""
    return {**posts(n, lambda i: f'aliases = ["/o/{i}/"]'), **one(f"""aliases = {listed(n, '"/q/{}/"')}""")}


@kind(25, is_bare=True)
def terms_in_languages(n):
    """terms in three languages"""
    made = {"ssg.toml": '[languages.de]\nname = "Deutsch"\n[languages.fr]\nname = "Français"\n'}
    for i in range(n):
        for language in ["", ".de", ".fr"]:
            made[f"content/posts/p{i}{language}.md"] = page(f'tools = ["t{i}", "all"]', title=f"P{i}")
    return made


@kind(40, is_bare=True)
def sponsors_of_events(n):
    """events that share as many sponsors, ten each"""
    made = {f"data/sponsors/s{i}.toml": f'name = "S{i}"\n' for i in range(n)}
    for i in range(n):
        ids = ", ".join(f'{{ id = "s{(i * 3 + j) % n}", level = "gold" }}' for j in range(10))
        made[f"content/events/e{i}.md"] = event(f'sponsors = [{ids}]\nsponsor_levels = [{{ id = "gold" }}]')
    return made


@kind(200, is_bare=True)
def levels_of_sponsors(n):
    """sponsors of one event, each of a level of its own"""
    sponsors, levels = listed(n, '{{ id = "s", level = "l{}" }}'), listed(n, '{{ id = "l{}", label = "G" }}')
    return {"content/events/e.md": event(f"sponsors = {sponsors}\nsponsor_levels = {levels}"),
            "data/sponsors/s.toml": 'name = "S"\n'}


@kind(60, is_bare=True)
def events_of_series(n):
    """events of a fifth as many series"""
    return {f"content/events/e{i}.md": event(f'series = "s{i % (n // 5)}"') for i in range(n)}


@kind(60)
def pages_with_a_menu(n):
    """pages with a menu of twenty entries"""
    menu = listed(20, '{{ title = "m{0}", path = "/posts/p{0}/" }}')
    return {"ssg.toml": f"[theme.options]\nmenu = {menu}\n", **posts(n)}


@kind(60)
def menu(n):
    """entries of the menu of a site of one page"""
    return {"ssg.toml": f"""[theme.options]\nmenu = {listed(n, '{{ title = "m{0}", path = "/posts/a/?m={0}" }}')}\n""", **one()}


@kind(100)
def rows_of_a_day(n):
    """rows of one day in seven rooms"""
    row = 'starts = 2020-01-01T{:02}:{:02}:{:02}\ntitle = "r"\nkind = "social"\nroom = "R{}"'
    return {"content/events/e.md": event(
        more=rows(n, lambda i: row.format(i // 3600 % 24, i // 60 % 60, i % 60, i % 7)))}


@kind(100)
def rooms_at_once(n):
    """rooms in use at one time"""
    row = 'starts = 2020-01-01T09:00:00\nends = 2020-01-01T10:00:00\ntitle = "r"\nkind = "social"\nroom = "R{}"'
    return {"content/events/e.md": event(more=rows(n, row.format))}


@kind(60)
def rows_that_overlap(n):
    """rows of one room that all overlap, each with other times"""
    row = 'starts = 2020-01-01T09:{:02}:{:02}\nends = 2020-01-01T20:{:02}:{:02}\ntitle = "r"\nkind = "social"\nroom = "R"'
    return {"content/events/e.md": event(more=rows(n, lambda i: row.format(i // 60, i % 60, i // 60, i % 60)))}


@kind(30)
def breaks_beside_talks(n):
    """breaks within as many parallel talks"""
    talk = 'starts = 2020-01-01T09:00:00\nends = 2020-01-01T19:00:00\ntitle = "t{0}"\nroom = "R{0}"'
    pause = 'starts = 2020-01-01T12:{:02}:{:02}\nends = 2020-01-01T13:00:00\ntitle = "b"\nkind = "break"'
    return {"content/events/e.md": event(
        more=rows(n, talk.format) + rows(n, lambda i: pause.format(i // 60 % 60, i % 60)))}


@kind(40, is_bare=True)
def talks_of_an_event(n):
    """talks of one event"""
    made = {"content/events/e/index.md": event()}
    for i in range(n):
        made[f"content/events/e/talks/t{i}.md"] = (
            f'+++\ntitle = "T{i}"\nspeakers = ["S{i % 9}"]\n[talk]\nroom = "R{i % 5}"\n'
            f"starts = 2020-01-{i % 28 + 1:02}T{8 + i // 28 % 10:02}:00:00\n+++\nx\n"
        )
    return made


@kind(80)
def rooms_of_venues(n):
    """venues of one event, and as many rooms in them"""
    venues = "".join(f'[[event.venues]]\nid = "v{i}"\nname = "V{i}"\n' for i in range(n))
    rooms = "".join(f'[[event.rooms]]\nname = "R{i}"\nvenue = "v{i}"\n' for i in range(n))
    return {"content/events/e.md": event(more=venues + rooms)}


@kind(100)
def style_sheets_in_a_row(n):
    """style sheets of which each imports the next"""
    made = {f"assets/c{i}.css": f'@import "c{i + 1}.css";' for i in range(n)}
    return {**made, f"assets/c{n}.css": "a{}", "templates/post.html": '{{ asset(path="c0.css") }}', **posts(1)}


@kind(200, is_bare=True)
def footnotes(n):
    """footnotes in a first paragraph, and references to one"""
    text = lines(n, "x[^{0}] y[^one]", " ") + "\n\n" + lines(n, "[^{0}]: f") + "\n\n[^one]: f"
    return {**one(body=text), "content/posts/b.md": page(body="[a](@/posts/a.md)"),
            "themes/bare/templates/index.html": "{% for p in recent(kind=\"post\", limit=9) %}{{ p.summary }}{% endfor %}"}


@kind(200, is_bare=True)
def links_to_anchors(n):
    """headings with links to them, on their own page and on another"""
    own = "\n\n".join(f"## h{i}\n\n[l](#h{n - 1 - i})" for i in range(n))
    return {**one(body=own), "content/posts/b.md": page(body=lines(n, "[l](@/posts/a.md#h{})"))}


@kind(300, is_bare=True)
def distinct_values(n):
    """rows of data that are grouped and made unique"""
    template = (
        '{% set all = load_data(path="data/x.csv") %}{{ all | unique | length }}'
        '{{ all | group_by(attribute="a") | length }}'
    )
    return {**one('template = "d.html"'), "templates/d.html": template,
            "data/x.csv": "a,b\n" + "".join(f"{i},x\n" for i in range(n))}


@kind(60, is_bare=True)
def names_taken_out(n):
    """names that are not to be published, and posts that have one each"""
    config = f"""[taxonomies.speakers]\nunpublish = {listed(n, '"Ann Other {}"')}\n"""
    return {"ssg.toml": config, **posts(n, body=lambda i: f"Ann Other {i} was here")}


@kind(40)
def terms_of_distant_years(n):
    """terms of two posts that lie nine thousand years apart"""
    head = f"""tools = {listed(n, '"t{}"')}"""
    return {"content/posts/a.md": page(head).replace("2020", "0900"), "content/posts/b.md": page(head).replace("2020", "9900")}


@kind(200, is_bare=True)
def posts_of_one_term(n):
    """posts of one term"""
    return posts(n, lambda i: 'tools = ["t"]')


@kind(60, is_bare=True)
def exports(n):
    """events and posts in the API and in calendars"""
    config = "[outputs]\napi = true\nschedule_json = true\nspeaker_calendars = true\n"
    made = {f"content/events/e{i}.md": event() for i in range(n // 2)}
    return {"ssg.toml": config, **made, **posts(n // 2, lambda i: f'speakers = ["S{i}"]')}


@kind(100, is_bare=True)
def shortcodes(n):
    """calls of shortcodes on one page"""
    return {**one(body=lines(n, '{{{{ s(x="{}") }}}}')), "templates/shortcodes/s.html": "<i>{{ x }}</i>"}


@kind(6, limit=4.4, why="each speaker's page names all others: the output itself grows so")
def speakers_of_a_talk(n):
    """speakers of one talk"""
    speakers = listed(n, '"S{}"')
    talk = f'+++\ntitle = "T"\nspeakers = {speakers}\n[talk]\n+++\nx\n'
    return {"content/events/e/index.md": event(), "content/events/e/talks/t.md": talk}


@kind(4, limit=4.4, why="each translation names all others: the output itself grows so")
def languages(n):
    """languages of a site"""
    tags = [a + b for a in "bcdfghjklm" for b in "abcdefghijklopqrtuvwxyz" if a + b not in ("en", "he")][:n]
    made = {"ssg.toml": "".join(f'[languages.{tag}]\nname = "{tag}"\n' for tag in tags), **one()}
    return {**made, **{f"content/posts/a.{tag}.md": page() for tag in tags}}


# What is wrong.


@mistake(60, status=1)
def dead_links(n):
    """posts with two dead links each"""
    return posts(n, body=lambda i: f"[x](@/posts/q{i}.md) [y](@/events/p{i}/index.md)")


@mistake(60, status=1)
def dead_anchors(n):
    """links to headings that another page does not have"""
    return {**one(body=lines(n, "## head {}")), "content/posts/b.md": page(body=lines(n, "[l](@/posts/a.md#haed-{})"))}


@mistake(60)
def own_dead_anchors(n):
    """links to headings that the page itself does not have"""
    return one(body=lines(n, "## head {0}\n\n[l](#haed-{0})"))


@mistake(60)
def missing_files(n):
    """missing files beside a page, and bundles with one each"""
    made = {"content/posts/b/index.md": page(body=lines(n, "![l](nope{}.png)"))}
    made.update({f"content/posts/b/f{i}.txt": "x" for i in range(n)})
    for i in range(n // 2):
        made[f"content/posts/c{i}/index.md"] = page(body="![l](nope.png)", title=f"C{i}")
        made[f"content/posts/c{i}/note.txt"] = "x"
    return made


@mistake(100)
def unknown_keys(n):
    """unknown keys, on one page and on each"""
    return {**one("\n".join(f"zz{i} = 1" for i in range(n))), **posts(n // 2, lambda i: "tilte = 1")}


@mistake(100)
def unknown_taxonomies(n):
    """unknown taxonomies"""
    return one("[taxonomies]\n" + "\n".join(f'zz{i} = ["a"]' for i in range(n)))


@mistake(60)
def unknown_events(n):
    """posts about events that are not there"""
    made = {f"content/events/event-{i}.md": event() for i in range(n)}
    return {**made, **posts(n, lambda i: f'events = ["evnet-{i}"]')}


@mistake(60)
def unknown_talks(n):
    """posts about talks that are not there, and rows that name one"""
    made = {"content/events/e/index.md": event(more=rows(n, lambda i: f'talk = "tlak-{i}"'))}
    for i in range(n):
        made[f"content/events/e/talks/talk-{i}.md"] = f'+++\ntitle = "T{i}"\n[talk]\n+++\nx\n'
    return {**made, **posts(n, lambda i: f'talks = ["e/tlak-{i}"]')}


@mistake(100)
def unknown_sponsors(n):
    """sponsors without a file among files of others"""
    made = {f"data/sponsors/sponsor-{i}.toml": f'name = "S{i}"\n' for i in range(n)}
    return {**made, "content/events/e.md": event(f"""sponsors = {listed(n, '{{ id = "sponosr-{}" }}')}""")}


@mistake(60)
def unknown_sponsors_of_events(n):
    """events with a sponsor without a file"""
    made = {f"data/sponsors/sponsor-{i}.toml": f'name = "S{i}"\n' for i in range(n)}
    return {**made, **{f"content/events/e{i}.md": event(f'sponsors = [{{ id = "sponosr-{i}" }}]') for i in range(n)}}


@mistake(200)
def unknown_levels(n):
    """sponsors of levels that are not declared"""
    sponsors, levels = listed(n, '{{ id = "s", level = "leevl-{}" }}'), listed(n, '{{ id = "level-{}" }}')
    return {"content/events/e.md": event(f"sponsors = {sponsors}\nsponsor_levels = {levels}"),
            "data/sponsors/s.toml": 'name = "S"\n'}


@mistake(100)
def unknown_languages_of_code(n):
    """code blocks in unknown languages"""
    return one(body=lines(n, "```zz{0}\nx\n```\n\n```yamll {{nope{0}=1}}\nx\n```"))


@mistake(100)
def unknown_shortcodes(n):
    """calls of unknown shortcodes"""
    return one(body=lines(n, "{{{{ nope{}() }}}}"))


@mistake(60, status=1)
def unknown_templates(n):
    """posts with a template that is not there"""
    made = {f"templates/temp-{i}.html": "x" for i in range(n)}
    return {**made, **posts(n, lambda i: f'template = "tmep-{i}.html"')}


@mistake(60, status=1)
def colliding_pages(n):
    """posts of one address"""
    return posts(n, lambda i: 'slug = "same"')


@mistake(60, status=1)
def colliding_aliases(n):
    """posts with one alias"""
    return posts(n, lambda i: 'aliases = ["/o/"]')


@mistake(60, status=1)
def impossible_dates(n):
    """posts with an impossible date"""
    return {f"content/posts/p{i}.md": '+++\ntitle = "A"\ndate = "2020-13-01"\n+++\nx\n' for i in range(n)}


@mistake(60, status=1)
def broken_headers(n):
    """headers that cannot be read"""
    return {f"content/posts/p{i}.md": f"+++\ntitle = \nx = {i}\n+++\nx\n" for i in range(n)}


@mistake(60)
def overlapping_talks(n):
    """talks of one person in one room at one time"""
    made = {"content/events/e/index.md": event()}
    for i in range(n):
        made[f"content/events/e/talks/t{i}.md"] = (
            f'+++\ntitle = "T{i}"\nspeakers = ["S"]\n[talk]\nstarts = 2020-01-01T09:00:00\n'
            f'ends = 2020-01-01T10:00:00\nroom = "R"\n+++\nx\n'
        )
    return made


@mistake(60, status=1)
def links_to_drafts(n):
    """links to pages that are not published"""
    made = {"content/posts/d.md": page("draft = true", title="D")}
    return {**made, **posts(n, body=lambda i: "[x](@/posts/d.md)")}


@mistake(100)
def liquid_tags(n):
    """tags of Liquid"""
    return one(body=lines(n, "{{% nope{} %}}"))


@mistake(1000, status=2)
def unknown_options(n):
    """unknown options of a theme that has as many"""
    options = "".join(f'[options.option-{i}]\ntype = "string"\ndefault = ""\n' for i in range(n))
    config = "[theme.options]\n" + "".join(f'opt-oin-{i} = "x"\n' for i in range(n))
    return {"ssg.toml": config, "themes/bare/theme.toml": 'name = "bare"\n' + options, **one()}


@mistake(60, status=1)
def unknown_zones(n):
    """events in time zones that are not there"""
    return {f"content/events/e{i}.md": event(f'timezone = "Europe/Bruxelles{i}"') for i in range(n)}


@mistake(60)
def undeclared_languages(n):
    """files in a language that the site does not have"""
    return {f"content/posts/p{i}.fr.md": page(title=f"P{i}") for i in range(n)}


@mistake(60, status=1)
def colliding_spellings(n):
    """term pages that claim one spelling"""
    return {**one(), **{f"content/tools/t{i}.md": f'+++\ntitle = "T{i}"\naliases = ["same"]\n+++\n' for i in range(n)}}
