//! The frame that a call of a shortcode shows its picture in: `width`, `crop` and `focus`.
//!
//! A crop is made by browsers, by CSS: which pictures are cropped follows from bodies, and which files are made does not.

use super::share;
use crate::images::Size;
use ssg_parse::{Arg, picture_focus};

/// Arguments that the frame is read from, besides `width`, which templates use themselves.
pub(crate) const ARGUMENTS: [&str; 2] = ["crop", "focus"];
/// Greatest width in pixels of CSS.
const WIDEST: u32 = 20_000;
/// What a width may be.
const PIXELS: &str = "whole pixels, from 1 to 20000: `width=480`";
/// Greatest number of a crop.
const GREATEST: u32 = 1_000;

/// How a picture is shown. By itself: whole, and as wide as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    /// In pixels of CSS.
    width: Option<u32>,
    /// So many wide to so many high.
    crop: Option<(u32, u32)>,
    /// What stays in sight of what is cropped: per cent from the left and from the top.
    focus: Option<(u8, u8)>,
}

impl Frame {
    /// The frame that a call asks for, and what is wrong with arguments: what each is called, and what it may be.
    pub fn read(args: &[(String, Arg)]) -> (Self, Vec<(&'static str, &'static str)>) {
        let mut frame = Self::default();
        let mut problems = Vec::new();
        for (name, arg) in args {
            match (name.as_str(), arg) {
                ("width", Arg::Integer(width)) => {
                    frame.width = u32::try_from(*width).ok().filter(|width| (1..=WIDEST).contains(width));
                    if frame.width.is_none() {
                        problems.push(("width", PIXELS));
                    }
                }
                // A text may be per cent.
                ("width", Arg::Float(_) | Arg::Bool(_) | Arg::List(_)) => problems.push(("width", PIXELS)),
                ("crop", arg) => {
                    frame.crop = text_of(arg).and_then(read_crop);
                    if frame.crop.is_none() {
                        problems.push(("crop", "`square`, or two numbers such as `16:9`"));
                    }
                }
                ("focus", arg) => {
                    frame.focus = text_of(arg).and_then(picture_focus);
                    if frame.focus.is_none() {
                        problems.push(("focus", "per cent from the left and from the top: `50% 30%`"));
                    }
                }
                _ => {}
            }
        }
        (frame, problems)
    }

    /// The size in pixels at which a picture of a size is shown.
    pub fn size(&self, of: Size) -> Size {
        let (across, down) = self.crop.unwrap_or((of.width, of.height));
        let width = self.width.unwrap_or_else(|| match self.crop {
            // The largest part of that shape.
            Some((across, down)) => share(of.height, across, down).min(of.width),
            None => of.width,
        });
        Size { width, height: share(width, down, across) }
    }

    /// The value of `style` that crops; none where all is shown.
    pub fn style(&self) -> Option<String> {
        let (across, down) = self.crop?;
        let mut style = format!("aspect-ratio:{across}/{down};object-fit:cover");
        if let Some((left, top)) = self.focus {
            style.push_str(&format!(";object-position:{left}% {top}%"));
        }
        Some(style)
    }

    /// The value of `sizes` for a picture of a size; `usual` where no width is asked for.
    pub fn sizes(&self, of: Size, usual: &str) -> String {
        let Some(width) = self.width else { return usual.to_owned() };
        // What is cut off at the sides is fetched too.
        let fetched = match self.crop {
            Some((across, down)) => {
                let height = share(width, down, across);
                share(height, of.width, of.height).max(width)
            }
            None => width,
        };
        format!("(min-width: {width}px) {fetched}px, 100vw")
    }
}

fn text_of(arg: &Arg) -> Option<&str> {
    match arg {
        Arg::Text(text) => Some(text),
        _ => None,
    }
}

fn read_crop(text: &str) -> Option<(u32, u32)> {
    if text == "square" {
        return Some((1, 1));
    }
    let number = |part: &str| part.trim().parse().ok().filter(|number| (1..=GREATEST).contains(number));
    let (across, down) = text.split_once(':')?;
    number(across).zip(number(down))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(args: &[(&str, Arg)]) -> (Frame, Vec<&'static str>) {
        let args: Vec<_> = args.iter().map(|(name, arg)| ((*name).to_owned(), arg.clone())).collect();
        let (frame, problems) = Frame::read(&args);
        (frame, problems.into_iter().map(|(name, _)| name).collect())
    }

    fn text(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }

    const PHOTO: Size = Size { width: 4000, height: 3000 };

    #[test]
    fn without_arguments_all_is_shown_as_it_is() {
        let (frame, problems) = frame(&[("src", text("a.jpg")), ("width", text("50%"))]);
        assert_eq!((frame, problems), (Frame::default(), vec![]));
        assert_eq!(
            (frame.size(PHOTO), frame.style(), frame.sizes(PHOTO, "100vw")),
            (PHOTO, None, "100vw".to_owned())
        );
    }

    #[test]
    fn a_width_decides_the_height_and_what_is_fetched() {
        let (frame, _) = frame(&[("width", Arg::Integer(400))]);
        assert_eq!(frame.size(PHOTO), Size { width: 400, height: 300 });
        assert_eq!(frame.sizes(PHOTO, ""), "(min-width: 400px) 400px, 100vw");
    }

    #[test]
    fn a_crop_is_the_largest_part_around_what_stays_in_sight() {
        let (wide, _) = frame(&[("crop", text("16:9")), ("focus", text("20% 80%"))]);
        assert_eq!(wide.size(PHOTO), Size { width: 4000, height: 2250 });
        let style = "aspect-ratio:16/9;object-fit:cover;object-position:20% 80%";
        assert_eq!(wide.style().as_deref(), Some(style));
        let (square, _) = frame(&[("crop", text("square")), ("width", Arg::Integer(300))]);
        assert_eq!(square.size(PHOTO), Size { width: 300, height: 300 });
        assert_eq!(square.sizes(PHOTO, ""), "(min-width: 300px) 400px, 100vw");
        assert_eq!(frame(&[("crop", text("square"))]).0.size(PHOTO), Size { width: 3000, height: 3000 });
    }

    #[test]
    fn what_is_no_crop_and_no_place_is_told() {
        for crop in ["", "16", "0:9", "16:x", "1:99999", "-1:2"] {
            assert_eq!(frame(&[("crop", text(crop))]), (Frame::default(), vec!["crop"]), "{crop}");
        }
        assert_eq!(frame(&[("crop", Arg::Integer(3))]).1, ["crop"]);
        assert_eq!(frame(&[("focus", text("left")), ("crop", text("x"))]).1, ["focus", "crop"]);
        for width in
            [Arg::Integer(-3), Arg::Integer(0), Arg::Integer(20_001), Arg::Float(1.5), Arg::Bool(true)]
        {
            assert_eq!(frame(&[("width", width)]), (Frame::default(), vec!["width"]));
        }
    }
}
