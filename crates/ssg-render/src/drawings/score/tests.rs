use super::*;

fn session(day: usize, room: usize, starts: i64, ends: i64) -> Session {
    Session {
        day,
        starts: Some(starts),
        ends: Some(ends),
        room: Some(room),
        track: None,
        kind: "talk",
        people: 1,
        lit: false,
        cancelled: false,
        link: None,
    }
}

#[test]
fn one_talk_fills_its_span() {
    let all = [session(0, 0, 18 * 60, 18 * 60 + 30)];
    let score = score(&all, 1, 1, Size::Whole, false, false).expect("a score");
    assert!(
        score.svg.contains("viewBox=\"0 0 6 10\"")
            && score.svg.contains("class=\"p\" d=\"M0 1.2h5.6v7.6h-5.6z\""),
        "{}",
        score.svg
    );
    assert_eq!(score.hours, [(18, 0.0)]);
}

#[test]
fn nine_rooms_and_sixty_talks_a_room_stay_small() {
    let mut all = Vec::new();
    for (day, starts) in (0..2).zip([540, 545]) {
        for number in 0..30 {
            let starts = starts + i64::from(number / 9) * 45;
            all.push(session(day, usize::from(number % 9_u8), starts, starts + 40));
        }
    }
    let cover = score(&all, 9, 2, Size::Cover, false, false).expect("a score");
    assert!(cover.svg.len() < 3_482 && cover.rows == 2, "{}", cover.svg.len());
    let whole = score(&all, 9, 2, Size::Whole, false, false).expect("a score");
    assert_eq!(whole.rows, 9);
}

#[test]
fn a_session_alone_in_its_time_spans_all_rooms() {
    let all = [session(0, 0, 540, 600), session(0, 0, 600, 630), session(0, 1, 600, 630)];
    let score = score(&all, 2, 1, Size::Whole, false, false).expect("a score");
    assert!(score.svg.contains("M0 2.2h11.6v15.6"), "{}", score.svg);
}

#[test]
fn days_of_one_room_are_rows_and_of_two_stand_side_by_side() {
    let one = [session(0, 0, 540, 600), session(1, 0, 540, 600)];
    assert_eq!(score(&one, 1, 2, Size::Whole, false, false).expect("a score").rows, 2);
    let two = [session(0, 0, 540, 600), session(0, 1, 540, 600), session(1, 0, 540, 600)];
    let two = score(&two, 2, 2, Size::Whole, false, false).expect("a score");
    assert!(two.svg.contains("viewBox=\"0 0 32 20\""), "{}", two.svg);
}

#[test]
fn without_times_talks_stand_in_their_order() {
    let untimed = |track| Session { starts: None, ends: None, track: Some(track), ..session(0, 0, 0, 0) };
    let score =
        score(&[untimed(0), untimed(1), untimed(0)], 0, 0, Size::Whole, false, false).expect("a score");
    assert!(score.svg.contains("viewBox=\"0 0 12 20\"") && score.hours.is_empty(), "{}", score.svg);
}

#[test]
fn what_goes_on_over_midnight_ends_after_it() {
    let all = [session(0, 0, 22 * 60, 26 * 60)];
    let score = score(&all, 1, 1, Size::Day(0), false, false).expect("a score");
    assert_eq!(score.hours, [(22, 0.0), (0, 50.0), (2, 100.0)]);
}

#[test]
fn cancelled_events_have_a_stroke_and_nothing_is_no_score() {
    let all = [session(0, 0, 540, 600)];
    assert!(score(&all, 1, 1, Size::Cover, false, true).expect("a score").svg.contains("class=\"x\""));
    assert!(score(&[], 1, 1, Size::Cover, false, false).is_none());
}

#[test]
fn ignites_part_their_block_and_are_one_bar_on_a_cover() {
    let all: Vec<Session> = (0..5).map(|_| Session { kind: "ignite", ..session(0, 0, 540, 570) }).collect();
    let whole = score(&all, 1, 1, Size::Whole, false, false).expect("a score");
    assert_eq!(whole.svg.matches('z').count(), 5);
    assert_eq!(score(&all, 1, 1, Size::Cover, false, false).expect("a score").svg.matches('z').count(), 1);
}

#[test]
fn those_that_overlap_share_the_height_of_their_room() {
    let all = [session(0, 0, 540, 600), session(0, 0, 570, 630)];
    let score = score(&all, 1, 1, Size::Whole, false, false).expect("a score");
    assert!(score.svg.contains("v3.6"), "{}", score.svg);
}

#[test]
fn lit_ones_are_white_and_the_others_are_not() {
    let all = [Session { lit: true, ..session(0, 0, 540, 570) }, session(0, 0, 570, 600)];
    let score = score(&all, 1, 1, Size::Whole, true, false).expect("a score");
    assert!(score.svg.contains("class=\"l\"") && score.svg.contains("class=\"u\""));
}

#[test]
fn extreme_times_are_no_trouble() {
    let all = [session(0, 0, i64::MIN, i64::MAX), session(7, 3, i64::MAX, i64::MIN)];
    assert!(score(&all, 1, 1, Size::Whole, false, false).is_some());
    assert!(score(&all, 2, 9, Size::Cover, false, false).is_some());
}

#[test]
fn a_talk_of_a_large_programme_has_a_small_cover_and_is_painted_over_by_none() {
    let untimed = |lit| Session { starts: None, ends: None, lit, ..session(0, 0, 0, 0) };
    let all: Vec<Session> = (0..140).map(|number| untimed(number == 80)).collect();
    let svg = score(&all, 0, 0, Size::Cover, true, false).expect("a score").svg;
    assert!(svg.len() < 300, "{svg}");
    assert!(svg.find("class=\"u\"") < svg.find("class=\"l\""), "{svg}");
}

#[test]
fn a_cover_in_numbers_is_that_of_the_drawing() {
    let mut all = vec![session(0, 0, 600, 660), session(0, 1, 600, 640), session(0, 0, 700, 760)];
    all[2].lit = true;
    let svg = score(&all, 2, 1, Size::Cover, true, false).expect("a score").svg;
    let bars = cover(&all, 2, 1, true).expect("a cover");
    let classes: Vec<&str> = bars.iter().map(|(class, _)| class.as_str()).collect();
    assert_eq!(classes, ["u", "l"]);
    let tenths = |number: i64| short(float(usize::try_from(number).expect("within the frame")) / 10.0);
    for (class, places) in bars {
        let path: String = places
            .iter()
            .map(|[x, y, w, h]| {
                format!("M{} {}h{}v{}h-{}z", tenths(*x), tenths(*y), tenths(*w), tenths(*h), tenths(*w))
            })
            .collect();
        assert!(svg.contains(&format!("<path class=\"{class}\" d=\"{path}\"/>")), "{path} in {svg}");
    }
}
