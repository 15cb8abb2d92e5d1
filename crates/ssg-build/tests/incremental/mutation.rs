//! Does the comparison bite? For every kind of question, builds forget that outputs asked it, and
//! some sequence must then end in a stale output.

use super::number;
use super::run::{Forget, Runner};
use ssg_render::Question;

macro_rules! kinds {
    ([$($name:ident),* $(,)?], [$($left_out:ident),* $(,)?] $(,)?) => {
        /// Every kind of question that random sites can show to be needed.
        const KINDS: &[(&str, Forget)] =
            &[$((stringify!($name), |question| matches!(question, Question::$name { .. }))),*];

        /// Does not compile while a kind of question is in neither list.
        const _: fn(&Question) = |question| match question {
            $(Question::$name { .. } => {})*
            $(Question::$left_out { .. } => {})*
        };
    };
}

kinds!(
    [
        Recent,
        Events,
        GetPage,
        GetSection,
        SectionPages,
        GetEvent,
        Venue,
        TalksOfEvent,
        TalksOfTerm,
        RecapsOfEvent,
        RecapsOfTalk,
        RecapsOfTerm,
        WrittenBy,
        OrganizedBy,
        Series,
        Schedule,
        Editions,
        Terms,
        GetTerm,
        TermPages,
        CoSpeakers,
        Neighbours,
        Related,
        Archive,
        Menu,
        Languages,
        Translations,
        In,
        Data,
        Asset,
        Text,
        Card,
        Own,
        Body,
        Section,
        Term,
        Taxonomy,
        Sheet,
        Feed,
        FeedLinks,
        Sitemap,
        Redirects,
        Calendar,
        CalendarLinks,
        Api,
        ScheduleFile,
        NextBuild,
        Hosting,
        Needs,
        Link,
        Anchor,
        Beside,
        BesideNames,
        Image,
        DataNames,
        Template,
        Shortcodes,
        Config,
        Options,
        Settings,
    ],
    // `Changing` has no answer that could stay the same, and for pictures a site needs a font and the
    // program a cargo feature.
    [Changing, SocialCard, CardLink],
);

/// How many sequences are tried at most.
const TRIED: u64 = 300;

#[test]
#[ignore = "takes minutes; `just nightly` runs it"]
fn every_question_that_is_forgotten_is_missed() {
    let mut runner = Runner::new();
    let mut left: Vec<(&str, Forget)> = KINDS.to_vec();
    for seed in 0..number("SSG_TEST_SEQUENCES").unwrap_or(TRIED) {
        let mut subjects: Vec<_> = left.iter().map(|(_, forget)| runner.subject(Some(*forget))).collect();
        runner.run(seed, &mut subjects, true);
        let mut caught = subjects.iter().map(|subject| subject.problem.is_some());
        left.retain(|(name, _)| {
            let is_caught = caught.next() == Some(true);
            if is_caught {
                eprintln!("seed {seed} misses {name}");
            }
            !is_caught
        });
        if left.is_empty() {
            return;
        }
    }
    let left: Vec<&str> = left.into_iter().map(|(name, _)| name).collect();
    panic!("no sequence shows that these are asked for a reason: {left:?}");
}
