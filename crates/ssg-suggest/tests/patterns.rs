//! Sentences as bloggers write them: who spoke and who did not, which words are tools and which are not.

use ssg_source::SitePath;
use ssg_suggest::{Known, KnownName, Page, Subject, Suggester};
use std::collections::BTreeSet;

fn found(known: Known, text: &str, subject: Subject) -> BTreeSet<String> {
    let path = SitePath::new("content/posts/post.md").expect("valid");
    let suggester = Suggester::new(known);
    let found = suggester.read(Page { path: &path, bytes: text.as_bytes(), front: None });
    let said = found.into_iter().filter(|finding| finding.subject == subject && finding.confidence >= 0.5);
    said.map(|finding| finding.name).collect()
}

fn speakers(text: &str) -> Vec<String> {
    let text = format!("---\ntitle: Notes from devopsdays\n---\n\nThe talks were good.\n\n{text}\n");
    found(Known::default(), &text, Subject::Speaker).into_iter().collect()
}

fn tools(text: &str) -> Vec<String> {
    found(Known::default(), &format!("---\ntitle: Notes\n---\n\n{text}\n"), Subject::Tool)
        .into_iter()
        .collect()
}

#[test]
fn people_who_spoke() {
    let mut wrong = Vec::new();
    for (text, wanted) in [
        ("The day started with Gene Kim giving a keynote on DevOps in the enterprise.", vec!["Gene Kim"]),
        ("Next up was Bridget Kromhout, who talked about containers.", vec!["Bridget Kromhout"]),
        ("Damon Edwards gave the opening keynote.", vec!["Damon Edwards"]),
        (
            "[Jez Humble](https://twitter.com/jezhumble) kicked off the day with continuous delivery.",
            vec!["Jez Humble"],
        ),
        (
            "## Scaling the Pipeline - Michael Rembetsy & Patrick McDonnell\n\nWe deploy a lot.",
            vec!["Michael Rembetsy", "Patrick McDonnell"],
        ),
        ("## Jason Dixon: The State of Monitoring\n\nNice.", vec!["Jason Dixon"]),
        ("### \"Fixing Things\" by Katherine Daniels\n\nText.", vec!["Katherine Daniels"]),
        ("The keynote by Andrew Clay Shafer was a highlight.", vec!["Andrew Clay Shafer"]),
        ("I really enjoyed Jennifer Davis' talk on hiring.", vec!["Jennifer Davis"]),
        (
            "Patrick Debois (@patrickdebois) presented his view on the history of devops.",
            vec!["Patrick Debois"],
        ),
        (
            "Ignites:\n\n- Kris Buytaert: Deploying your SaaS stack on premise\n- Jeff Hackert - On being wrong",
            vec!["Jeff Hackert", "Kris Buytaert"],
        ),
        (
            "Then it was the turn of Lindsay Holmwood, who explained how alerts fail.",
            vec!["Lindsay Holmwood"],
        ),
        ("J. Paul Reed led an open space on postmortems.", vec!["J. Paul Reed"]),
        ("Dr. Nicole Forsgren presented the latest research.", vec!["Nicole Forsgren"]),
        ("Job van der Voort spoke about remote work.", vec!["Job van der Voort"]),
        (
            "Our CEO was there. Nigel Kersten from Puppet Labs talked about the state of DevOps report.",
            vec!["Nigel Kersten"],
        ),
        (
            "Speakers: John Vincent, Laura Thomson and Mark Imbriaco",
            vec!["John Vincent", "Laura Thomson", "Mark Imbriaco"],
        ),
        ("Вчера выступил Иван Петров. Иван Петров рассказал о контейнерах.", vec!["Иван Петров"]),
        (
            "Jean-Luc Picard, VP Engineering at Starfleet, shared how they deploy. Later Picard's talk was praised.",
            vec!["Jean-Luc Picard"],
        ),
        (
            "An excellent session from Ben Rockwood on operations. Rockwood argued that ops is theatre.",
            vec!["Ben Rockwood"],
        ),
        (
            "The afternoon was opened by a talk from Stephen Nelson-Smith on TDI.",
            vec!["Stephen Nelson-Smith"],
        ),
        ("First talk of the day: Ole Lensmar on testing APIs.", vec!["Ole Lensmar"]),
        ("**Elisabeth Hendrickson** on care and feeding of feedback cycles.", vec!["Elisabeth Hendrickson"]),
        ("I liked how Adam Jacob described automation as a path to joy.", vec!["Adam Jacob"]),
        (
            "Day 1\n\n09:30 John Allspaw - Outages and human error\n10:30 Theo Schlossnagle - Career development",
            vec!["John Allspaw", "Theo Schlossnagle"],
        ),
        (
            "A panel with Luke Kanies, Mark Burgess and Alison Gianotto closed the day.",
            vec!["Alison Gianotto", "Luke Kanies", "Mark Burgess"],
        ),
        ("The morning keynote speaker was Ken Mugrage.", vec!["Ken Mugrage"]),
        ("講者：王小明\n\nNotes.", vec!["王小明"]),
    ] {
        let seen = speakers(text);
        if seen != wanted {
            wrong.push(format!("{text}: {seen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn people_who_did_not() {
    let mut wrong = Vec::new();
    for text in [
        "Gene Kim's book The Phoenix Project was given away to attendees.",
        "Thanks to Ernest Mueller and James Wickett for organizing.",
        "It was held at the Glenn Gould Studio in Toronto.",
        "I read Release It! by Michael Nygard on the plane.",
        "Photo by Bridget Kromhout.",
        "I met Jason Dixon at the bar.",
        "Amazon Web Services, Red Hat and Puppet Labs sponsored the event.",
        "San Francisco and New York have large communities. Continuous Delivery was a theme.",
        "We used Capital One's building. Code of Conduct and Open Spaces were explained.",
        "Conway's Law came up, as did Monty Python.",
        "Visual Studio Online was shown. Azure DevOps gave us pipelines.",
        "Posted by Jane Miller on Monday.",
    ] {
        let seen = speakers(text);
        if !seen.is_empty() {
            wrong.push(format!("{text}: {seen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_sites_own_people_come_first() {
    let known = Known {
        people: vec![
            KnownName { name: "Jérôme Petazzoni".into(), others: vec!["jpetazzo".into()] },
            KnownName { name: "李娜".into(), others: Vec::new() },
        ],
        ..Known::default()
    };
    let text = "The talks: jpetazzo presented containers. Jerome Petazzoni was fun. 李娜的演講很好，李娜 presented Kubernetes.";
    let seen = found(known, text, Subject::Speaker);
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ["Jérôme Petazzoni", "李娜"]);
}

#[test]
fn words_that_are_tools() {
    let mut wrong = Vec::new();
    for (text, wanted) in [
        (
            "They manage servers with puppet and chef, and build images with packer.",
            vec!["Chef", "Packer", "Puppet"],
        ),
        ("We moved from Jenkins to GitHub Actions.", vec!["GitHub Actions", "Jenkins"]),
        ("Their services are written in Go and deployed on Kubernetes.", vec!["Go", "Kubernetes"]),
        ("Tools: vagrant, docker, serf, flibbertool", vec!["Docker", "Flibbertool", "Serf", "Vagrant"]),
        ("Secrets live in Vault, discovery in Consul, jobs run on Nomad.", vec!["Consul", "Nomad", "Vault"]),
        (
            "He recommends Chocolaty, and [this](https://github.com/hashicorp/packer) for images.",
            vec!["Chocolatey", "Packer"],
        ),
        ("Configuration management with Salt, Ansible or CFEngine.", vec!["Ansible", "CFEngine", "Salt"]),
        ("They wrote a tool called Dockyard for this.", vec!["Dockyard"]),
        ("Metrics go to Graphite and StatsD, logs to logstash.", vec!["Graphite", "Logstash", "StatsD"]),
        ("We use Kuberentes on AWS with EC2 and S3.", vec!["AWS", "EC2", "Kubernetes", "S3"]),
    ] {
        let seen = tools(text);
        if seen != wanted {
            wrong.push(format!("{text}: {seen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn words_that_are_not() {
    let mut wrong = Vec::new();
    for text in [
        "The chef served lunch with a pinch of salt, and the vault of the bank was open.",
        "Go home. Make sure that you rest. Just do it.",
        "A puppet show for the children, at the helm of a nomad's tent.",
        "The atlas lay beside the swift; the consul spoke of flux.",
        "Swift action is needed, as Chef Ramsay said.",
        "R and D is costly. Let us go to the drone show.",
        "We had an express lunch and a react-ion to the spring weather.",
    ] {
        let seen = tools(text);
        if !seen.is_empty() {
            wrong.push(format!("{text}: {seen:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_of_people_are_no_tools() {
    let talk = "Then Tim Quay and Bridget Jenkins talked about Kubernetes. Quay showed us a registry.";
    assert_eq!(tools(talk), ["Kubernetes"]);
    let header = "---\ntitle: Registries\nspeakers: [Xaveria Quay]\n---\n\nQuay tells of Kubernetes.\n";
    let said: Vec<String> = found(Known::default(), header, Subject::Tool).into_iter().collect();
    assert_eq!(said, ["Kubernetes"]);
    let own = KnownName { name: "Xaveria Quay".to_owned(), others: Vec::new() };
    let known = || Known { people: vec![own.clone()], ..Known::default() };
    let text = "---\ntitle: Registries\n---\n\nXaveria Quay came. Quay told of Kubernetes.\n";
    let said: Vec<String> = found(known(), text, Subject::Tool).into_iter().collect();
    assert_eq!(said, ["Kubernetes"]);
    assert_eq!(tools("We push images to Quay, and pull them with Docker."), ["Docker", "Quay"]);
}

#[test]
fn who_wrote_or_tweeted_did_not_speak() {
    for byline in ["Posted by Bridget Lindqvist on June 2, 2016", "By Bridget Lindqvist\n\nJune 2, 2016"] {
        let text = format!(
            "# Notes from devopsdays\n\n{byline}\n\nThe talks were good. Damon Edwards gave the opening keynote.\n"
        );
        let said: Vec<String> = found(Known::default(), &text, Subject::Speaker).into_iter().collect();
        assert_eq!(said, ["Damon Edwards"], "{byline}");
    }
    let tweet = "The talk of Damon Edwards was loved.\n\n<blockquote class=\"twitter-tweet\"><p>The best talk today</p>\
                 &mdash; Bridget Lindqvist (@bl) <a href=\"https://twitter.com/bl/status/1\">June 2, 2016</a></blockquote>";
    assert_eq!(speakers(tweet), ["Damon Edwards"]);
}

#[test]
fn other_names_and_other_sites_are_no_tools() {
    let text = "We met in Salt Lake City with Docker. The aptly named framework runs on Kubernetes, with \
                [Emacs](https://www.gnu.org/software/emacs/) and \
                [a page](https://www.gnu.org/software/hello/).";
    assert_eq!(tools(text), ["Docker", "Emacs", "Kubernetes"]);
    assert_eq!(tools("We wrote [it](https://www.gnu.org/software/bash/) in bash scripts."), ["Bash"]);
}

#[test]
fn hostile_texts_are_bounded() {
    for text in [
        "Ann Lee, ".repeat(20_000),
        "Ann ".repeat(40_000),
        "docker ".repeat(40_000),
        "> ".repeat(30_000),
        "# Ann Lee\n".repeat(5_000),
        "* Docker - Ann Lee\n".repeat(5_000),
        "[a](https://github.com/x/y) ".repeat(5_000),
        "Tools: ".to_owned() + &"a,".repeat(50_000),
        "{{ \"".repeat(20_000),
    ] {
        let _ = tools(&text);
    }
}
