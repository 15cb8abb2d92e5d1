//! Files that are neither content nor templates: data, texts, assets, images, files that are copied, and the
//! themes.

use super::random::Random;

/// Files that are neither content nor templates, with what they may hold; an empty text stands for
/// an image.
pub const RAW: &[(&str, &[&str])] = &[
    ("data/list.toml", &["a = 1", "a = 2\nb = [1, 2]", "a = "]),
    ("data/rows.csv", &["x,y\n1,2\n", "x,y\n1,2\n3,4\n"]),
    ("data/must.json", &["{\"k\": 1}", "{\"k\": [2]}"]),
    (
        "data/sponsors/acme.toml",
        &[
            "name = \"Acme\"",
            "name = \"Acme\"\n[[history]]\nuntil = 2016-12-31\nname = \"Acme & Son\"",
            "name = \"ACME\"\nurl = \"https://acme.example/\"",
            "name = 3\nnam",
        ],
    ),
    ("data/sponsors/umbrella.toml", &["name = \"Umbrella\"\nlogo = \"/logo.png\""]),
    ("data/sponsors/acmeeee.toml", &["name = \"A\""]),
    (
        "data/series/days.toml",
        &[
            "title = \"Days\"",
            "title = \"The days\"\ndescription = \"All <days>.\"",
            "title = 3",
            "url = \"/x/\"",
        ],
    ),
    (
        "i18n/en.toml",
        &[
            "greet = \"Hello {name}\"\narchive = \"All\"",
            "greet = { one = \"One\", other = \"{count}\" }\narchive = \"Whole\"",
        ],
    ),
    ("i18n/de.toml", &["greet = \"Hallo {name}\"", "archive = \"Archiv\""]),
    ("i18n/fr.toml", &["greet = \"Salut {name}\""]),
    ("static/robots.txt", &["User-agent: x\n"]),
    ("static/text/a.txt", &["a", "b"]),
    ("static/long.txt", &["long", "longer"]),
    ("static/long.txt.gz", &["mine"]),
    ("static/old.html", &["<script>old()</script>", "<img src=https://old.example/a.png>", "long"]),
    // Cards are drawn where the feature is on.
    ("fonts/blocks.ttf", &["font", "font", "no font"]),
    ("static/CNAME", &["blog.example.org\n", "other.example.org\n"]),
    ("static/_headers", &["/*\n  X-Own: 1\n"]),
    ("static/logo.png", &["", "", "no image"]),
    ("assets/site.scss", &["p { color: red }", "@use \"part\"; p { color: part.$c }"]),
    ("assets/_part.scss", &["$c: blue;", "$c: green;"]),
    ("assets/static/plain.css", &["p{}", "q{}", "p{background:url(https://css.example/a.png)}"]),
    ("content/posts/delta/hall.png", &["", "", "", "cut"]),
    ("content/posts/delta/plan.pdf", &["%PDF", "%PDF-2"]),
    ("content/posts/eps/hall.png", &["", ""]),
    ("content/events/2016-ghent/hall.png", &["", ""]),
    ("content/hall.png", &[""]),
    ("content/notes/hall.png", &["", ""]),
    ("content/posts/delta/plane.pdf", &["x"]),
    ("themes/plain/i18n/en.toml", &["greet = \"Hi {name}\"", "archive = \"Shelf\""]),
    ("themes/plain/static/text/a.txt", &["theme's"]),
    ("themes/plain/assets/theme.css", &["b{}", "@import \"_ink.css\";i{}"]),
    ("themes/plain/assets/_ink.css", &["a{color:red}", "/* ink */a{color:blue}"]),
    ("themes/club/assets/_ink.css", &["a{color:teal}"]),
    ("themes/plain/templates/special.html", &["special {{ view | default(value=1) }}"]),
    ("themes/plain/templates/shortcodes/ask.html", &["theme's {{ t(key=\"archive\") }}"]),
    ("themes/plain/assets/_part.scss", &["$c: red !default;", "$c: pink !default;"]),
    ("themes/club/assets/_part.scss", &["$c: teal; @import \"theme/part\";", "$c: plum;"]),
    ("themes/club/assets/theme.css", &["u{}", "s{}"]),
    ("themes/club/assets/extra.css", &["a{}", "c{}"]),
    ("assets/extra.css", &["d{}", "e{}"]),
    ("themes/club/i18n/en.toml", &["archive = \"Club\"", "greet = \"Servus {name}\""]),
    ("themes/club/static/text/a.txt", &["child's", "club's"]),
    ("themes/club/templates/special.html", &["{% include \"theme/special.html\" %} child", "club"]),
    ("themes/club/templates/shortcodes/ask.html", &["{% include \"theme/shortcodes/ask.html\" %}!"]),
    (
        "themes/club/templates/page.html",
        &[
            "{% extends \"theme/page.html\" %}{% block main %}club {{ super() }}{% endblock main %}",
            "{% extends \"base.html\" %}{% block main %}{{ options | json }}{% endblock main %}",
        ],
    ),
    ("themes/club/templates/box.html", &["{% component site.box(x) %}({{ x }}){% endcomponent %}"]),
    (
        "themes/club/theme.toml",
        &[
            "name = \"club\"\nextends = \"runbook\"\n[options.home_events]\ndefault = 2",
            "name = \"club\"\nextends = \"plain\"\n[options.footer]\ndefault = \"Club\"",
            "name = \"club\"\nextends = \"gone\"",
            "name = \"club\"\nextends = \"gone\"\nmin_version = \"99\"",
        ],
    ),
    (
        "themes/gone/theme.toml",
        &["name = \"gone\"\nextends = \"runbook\"", "name = \"gone\"\nextends = \"club\""],
    ),
];

/// A PNG of this size, in shades of grey from `darkest` on, with noise.
fn png(width: u32, height: u32, darkest: u8) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, 0, 0, 0, 0]);
    let shade = |n: u32| (n.wrapping_mul(0x9E37_79B9) >> 27).to_le_bytes()[0] + darkest;
    let row = |y: u32| std::iter::once(0).chain((0..width).map(move |x| shade(y * width + x + height)));
    let rows: Vec<u8> = (0..height).flat_map(row).collect();
    // One block that is stored as it is (RFC 1950 and 1951).
    let length = u16::try_from(rows.len()).unwrap_or(0);
    let mut data = vec![0x78, 0x01, 1];
    data.extend(length.to_le_bytes());
    data.extend((!length).to_le_bytes());
    data.extend(&rows);
    let (a, b) = rows.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    data.extend((b << 16 | a).to_be_bytes());
    for (name, data) in [(b"IHDR", header), (b"IDAT", data), (b"IEND", Vec::new())] {
        bytes.extend(u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
        let from = bytes.len();
        bytes.extend(name);
        bytes.extend(data);
        let sum = crc(&bytes[from..]);
        bytes.extend(sum.to_be_bytes());
    }
    bytes
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg()))
    })
}

/// What a file may hold at random.
pub fn raw_content(random: &mut Random, values: &[&str]) -> Vec<u8> {
    let size = |random: &mut Random| u32::try_from(random.below(3) + 1).unwrap_or(1);
    let content = *random.pick(values);
    bytes_of(content, (size(random), size(random)))
}

/// The bytes that a text of the table stands for; an image is of this size.
pub fn bytes_of(content: &str, (width, height): (u32, u32)) -> Vec<u8> {
    match content {
        // Wide enough for other sizes, where a program makes these.
        "" if cfg!(feature = "pictures") => png(width * 120, height * 2, 100),
        "" => png(width, height, 100),
        "darker" => png(width * 120, height * 2, 50),
        "cut" => png(1, 1, 100)[..20].to_vec(),
        "font" => include_bytes!("../../../../tests/fonts/blocks.ttf").to_vec(),
        "long" | "longer" => content.repeat(400).into_bytes(),
        text => text.as_bytes().to_vec(),
    }
}

/// The theme of the fixture sites.
pub const PLAIN: &[(&str, &str)] = &[
    ("theme.toml", include_str!("../../../../tests/theme/theme.toml")),
    ("templates/base.html", include_str!("../../../../tests/theme/templates/base.html")),
    ("templates/page.html", include_str!("../../../../tests/theme/templates/page.html")),
    ("templates/section.html", include_str!("../../../../tests/theme/templates/section.html")),
    ("templates/event.html", include_str!("../../../../tests/theme/templates/event.html")),
    ("templates/taxonomy.html", include_str!("../../../../tests/theme/templates/taxonomy.html")),
    ("templates/term.html", include_str!("../../../../tests/theme/templates/term.html")),
];
