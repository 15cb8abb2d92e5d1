//! What holds for all formats, and what each does with hostile or missing values.

use serde_json::Value;

use super::*;

/// Everything that must not break a format: FAULTS.md, case 11.
const HOSTILE: &str =
    "</script> ]]> \"q\" 'a' & &amp; <b>\r\nx\0\u{1}\u{b}\u{1b}\u{7f}\u{FFFF} 🚀 \u{10FFFD}";
/// The same as a reader of the feed must get it.
const HOSTILE_READ: &str = "</script> ]]> \"q\" 'a' & &amp; <b> x 🚀 \u{10FFFD}";

fn feed(entries: Vec<FeedEntry>) -> Feed {
    Feed {
        title: "Runbook".to_owned(),
        description: "Recaps & talks".to_owned(),
        permalink: "https://x.org/".to_owned(),
        self_permalink: "https://x.org/feed".to_owned(),
        lang: "en".to_owned(),
        author: Some("Ann".to_owned()),
        entries,
        generator_version: "0.1.0".to_owned(),
    }
}

fn entry(slug: &str, published: Option<&str>, updated: Option<&str>) -> FeedEntry {
    FeedEntry {
        permalink: format!("https://x.org/{slug}/"),
        title: format!("Title of {slug}"),
        published: published.map(str::to_owned),
        updated: updated.map(str::to_owned),
        summary: format!("<p>Summary of {slug}</p>"),
        ..FeedEntry::default()
    }
}

fn full_entry() -> FeedEntry {
    FeedEntry {
        content: Some("<p>Full <em>text</em></p>".to_owned()),
        authors: vec!["Bo".to_owned(), "Cy".to_owned()],
        categories: vec!["Terraform".to_owned()],
        image: Some("https://x.org/a b.png".to_owned()),
        enclosure: None,
        ..entry("full", Some("2013-05-06T09:00:00+02:00"), Some("2013-05-07T00:00:00Z"))
    }
}

fn hostile_feed() -> Feed {
    let hostile = || HOSTILE.to_owned();
    Feed {
        title: hostile(),
        description: hostile(),
        permalink: format!("https://x.org/{HOSTILE}"),
        self_permalink: format!("https://x.org/{HOSTILE}"),
        lang: hostile(),
        author: Some(hostile()),
        entries: vec![FeedEntry {
            id: None,
            permalink: format!("https://x.org/{HOSTILE}"),
            title: hostile(),
            published: Some(hostile()),
            updated: Some(hostile()),
            summary: hostile(),
            content: Some(hostile()),
            authors: vec![hostile()],
            categories: vec![hostile()],
            image: Some(hostile()),
            enclosure: Some(Enclosure { url: hostile(), length: 1, media_type: hostile() }),
        }],
        generator_version: hostile(),
    }
}

fn atom(feed: &Feed) -> atom_syndication::Feed {
    render_feed(FeedFormat::Atom, feed).parse().expect("Atom that parses")
}

fn rss(feed: &Feed) -> ::rss::Channel {
    render_feed(FeedFormat::Rss, feed).parse().expect("RSS that parses")
}

fn json(feed: &Feed) -> Value {
    serde_json::from_str(&render_feed(FeedFormat::Json, feed)).expect("JSON that parses")
}

#[test]
fn formats_have_names_files_and_media_types() {
    for format in FeedFormat::ALL {
        assert_eq!(FeedFormat::parse(format.name()), Some(format));
    }
    assert_eq!(FeedFormat::parse("Atom"), None);
    assert_eq!(FeedFormat::ALL.map(FeedFormat::file_name), ["atom.xml", "rss.xml", "feed.json"]);
    assert_eq!(FeedFormat::Json.mime(), "application/feed+json");
}

#[test]
fn atom_in_full() {
    let expected = "<?xml version=\"1.0\"?>\n\
        <feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:media=\"http://search.yahoo.com/mrss/\" xml:lang=\"en\">\
        <title>Runbook</title><id>https://x.org/</id><updated>2013-05-07T00:00:00+00:00</updated>\
        <author><name>Ann</name></author><generator version=\"0.1.0\">ssg</generator>\
        <link href=\"https://x.org/feed\" rel=\"self\" type=\"application/atom+xml\"/>\
        <link href=\"https://x.org/\" rel=\"alternate\" type=\"text/html\"/>\
        <subtitle>Recaps &amp; talks</subtitle>\
        <entry><title>Title of full</title><id>https://x.org/full/</id>\
        <updated>2013-05-07T00:00:00+00:00</updated>\
        <author><name>Bo</name></author><author><name>Cy</name></author><category term=\"Terraform\"/>\
        <link href=\"https://x.org/full/\" rel=\"alternate\" type=\"text/html\"/>\
        <published>2013-05-06T09:00:00+02:00</published>\
        <summary type=\"html\">&lt;p&gt;Summary of full&lt;/p&gt;</summary>\
        <content type=\"html\">&lt;p&gt;Full &lt;em&gt;text&lt;/em&gt;&lt;/p&gt;</content>\
        <media:content medium=\"image\" url=\"https://x.org/a%20b.png\"></media:content></entry></feed>\n";
    assert_eq!(render_feed(FeedFormat::Atom, &feed(vec![full_entry()])), expected);
}

#[test]
fn rss_in_full() {
    let expected = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\
        <rss version=\"2.0\" xmlns:atom=\"http://www.w3.org/2005/Atom\" \
        xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:media=\"http://search.yahoo.com/mrss/\">\
        <channel><title>Runbook</title><link>https://x.org/</link><description>Recaps &amp; talks</description>\
        <language>en</language><lastBuildDate>Tue, 07 May 2013 00:00:00 +0000</lastBuildDate>\
        <generator>ssg 0.1.0</generator>\
        <atom:link href=\"https://x.org/feed\" rel=\"self\" type=\"application/rss+xml\"></atom:link>\
        <dc:creator>Ann</dc:creator>\
        <item><title>Title of full</title><link>https://x.org/full/</link>\
        <description><![CDATA[<p>Summary of full</p>]]></description><category>Terraform</category>\
        <guid>https://x.org/full/</guid><pubDate>Mon, 06 May 2013 09:00:00 +0200</pubDate>\
        <content:encoded><![CDATA[<p>Full <em>text</em></p>]]></content:encoded>\
        <media:content medium=\"image\" url=\"https://x.org/a%20b.png\"></media:content>\
        <dc:creator>Bo</dc:creator><dc:creator>Cy</dc:creator></item></channel></rss>\n";
    assert_eq!(render_feed(FeedFormat::Rss, &feed(vec![full_entry()])), expected);
}

#[test]
fn json_in_full() {
    let expected = "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Runbook\",\
        \"home_page_url\":\"https://x.org/\",\"feed_url\":\"https://x.org/feed\",\
        \"description\":\"Recaps & talks\",\"language\":\"en\",\"authors\":[{\"name\":\"Ann\"}],\
        \"items\":[{\"id\":\"https://x.org/full/\",\"url\":\"https://x.org/full/\",\
        \"title\":\"Title of full\",\"content_html\":\"<p>Full <em>text</em></p>\",\
        \"summary\":\"Summary of full\",\"image\":\"https://x.org/a%20b.png\",\
        \"date_published\":\"2013-05-06T09:00:00+02:00\",\"date_modified\":\"2013-05-07T00:00:00+00:00\",\
        \"authors\":[{\"name\":\"Bo\"},{\"name\":\"Cy\"}],\"tags\":[\"Terraform\"]}]}\n";
    assert_eq!(render_feed(FeedFormat::Json, &feed(vec![full_entry()])), expected);
}

#[test]
fn hostile_text_arrives_as_text() {
    let hostile = hostile_feed();

    let parsed = atom(&hostile);
    assert_eq!(parsed.title.as_str(), HOSTILE_READ);
    assert_eq!(parsed.entries[0].title.as_str(), HOSTILE_READ);
    assert_eq!(parsed.entries[0].title.r#type, atom_syndication::TextType::Text);
    assert_eq!(parsed.entries[0].categories[0].term, HOSTILE_READ);
    assert_eq!(parsed.entries[0].authors[0].name, HOSTILE_READ);

    let parsed = rss(&hostile);
    assert_eq!(parsed.title, HOSTILE_READ);
    assert_eq!(parsed.items[0].title.as_deref(), Some(HOSTILE_READ));
    assert_eq!(parsed.items[0].categories[0].name, HOSTILE_READ);
    let html = parsed.items[0].content.as_deref().unwrap();
    assert!(html.starts_with("</script> ]]> \"q\"") && html.contains("<b>\nx"), "{html:?}");

    let parsed = json(&hostile);
    assert_eq!(parsed["title"], HOSTILE_READ);
    assert_eq!(parsed["items"][0]["title"], HOSTILE_READ);
    assert_eq!(parsed["items"][0]["tags"][0], HOSTILE_READ);
}

#[test]
fn an_enclosure_is_in_every_format() {
    let url = "https://x.org/a.mp3?w=1&h=2";
    let file = |length| Some(Enclosure { url: url.to_owned(), length, media_type: "audio/mpeg".to_owned() });
    let one = feed(vec![FeedEntry { enclosure: file(42), ..full_entry() }]);
    let link = &atom(&one).entries[0].links[1];
    assert_eq!((link.rel(), link.href(), link.length()), ("enclosure", url, Some("42")));
    let enclosure = rss(&one).items[0].enclosure.clone().expect("an enclosure");
    let expected = (url, "42", "audio/mpeg");
    assert_eq!((enclosure.url(), enclosure.length(), enclosure.mime_type()), expected);
    assert_eq!(json(&one)["items"][0]["attachments"][0]["size_in_bytes"], 42);
    // RSS demands a length where nobody knows it.
    let one = feed(vec![FeedEntry { enclosure: file(0), ..full_entry() }]);
    assert_eq!(atom(&one).entries[0].links[1].length(), None);
    assert_eq!(rss(&one).items[0].enclosure.clone().expect("an enclosure").length(), "0");
    assert!(json(&one)["items"][0]["attachments"][0].get("size_in_bytes").is_none());
}

#[test]
fn an_image_with_a_query_arrives_unchanged() {
    let image = "https://x.org/a.png?w=1&h='2'";
    let feed = feed(vec![FeedEntry { image: Some(image.to_owned()), ..full_entry() }]);
    assert_eq!(atom(&feed).entries[0].extensions["media"]["content"][0].attrs["url"], image);
    assert_eq!(rss(&feed).items[0].extensions["media"]["content"][0].attrs["url"], image);
    assert_eq!(json(&feed)["items"][0]["image"], image);
}

#[test]
fn no_format_holds_control_characters() {
    for format in FeedFormat::ALL {
        let text = render_feed(format, &hostile_feed());
        let bad = text.chars().find(|&c| c < ' ' && c != '\n' || c == '\u{FFFF}');
        assert_eq!(bad, None, "{format:?}");
        assert!(!text.contains("\\u00"), "{format:?}");
    }
}

#[test]
fn updated_is_the_latest_instant_whatever_the_offset() {
    let feed = feed(vec![
        entry("a", Some("2020-01-01T00:30:00+02:00"), None),
        entry("b", Some("2019-12-31T23:00:00Z"), Some("2001-01-01T00:00:00Z")),
        entry("c", None, None),
    ]);
    let parsed = atom(&feed);
    assert_eq!(parsed.updated.to_rfc3339(), "2019-12-31T23:00:00+00:00");
    assert_eq!(parsed.entries[1].updated.to_rfc3339(), "2019-12-31T23:00:00+00:00");
    assert_eq!(rss(&feed).last_build_date.as_deref(), Some("Tue, 31 Dec 2019 23:00:00 +0000"));
}

#[test]
fn without_dates_atom_has_the_epoch_and_others_nothing() {
    for feed in [feed(vec![]), feed(vec![entry("a", None, None)]), hostile_feed()] {
        let parsed = atom(&feed);
        assert_eq!(parsed.updated.to_rfc3339(), "1970-01-01T00:00:00+00:00");
        assert!(
            parsed.entries.iter().all(|entry| entry.updated == parsed.updated && entry.published.is_none())
        );
        let parsed = rss(&feed);
        assert_eq!(parsed.last_build_date, None);
        assert!(parsed.items.iter().all(|item| item.pub_date.is_none()));
        assert!(!render_feed(FeedFormat::Json, &feed).contains("date_"));
    }
}

#[test]
fn odd_dates_never_panic() {
    for date in [
        "0000-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
        "2016-12-31T23:59:60Z",
        "2013-05-06T09:00:00.123456789Z",
        "2013-02-29T00:00:00Z",
        "2013-05-06",
        "",
    ] {
        for format in FeedFormat::ALL {
            render_feed(format, &feed(vec![entry("a", Some(date), Some(date))]));
        }
    }
    let leap = feed(vec![entry("a", Some("2016-12-31T23:59:60Z"), None)]);
    assert_eq!(rss(&leap).items[0].pub_date.as_deref(), Some("Sat, 31 Dec 2016 23:59:59 +0000"));
}

#[test]
fn what_a_format_demands_is_there() {
    let bare = Feed {
        description: String::new(),
        author: None,
        entries: vec![FeedEntry { permalink: "https://x.org/a/".to_owned(), ..FeedEntry::default() }],
        ..feed(vec![])
    };
    assert_eq!(atom(&bare).authors[0].name, "Runbook");
    let parsed = rss(&bare);
    assert_eq!(parsed.description, "Runbook");
    assert_eq!(parsed.items[0].title.as_deref(), Some("https://x.org/a/"));
    assert_eq!(json(&bare)["items"][0]["content_html"], "");
}
