//! Draws a card: 1,200 by 630 pixels, as those who show links want it.
//!
//! The title takes the middle, as large as it fits; the site's name stands above it, event, date and
//! people below. Between title and people runs the drawing of the programme, where there is one. The
//! same texts, drawing, colours and font give the same bytes.

use super::colours::Colours;
use super::font::Font;
use super::mixed;
use super::say::Said;
use super::shape::is_from_right;
use std::collections::HashMap;
use std::sync::Arc;

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;
/// From the edges to the text.
const MARGIN: f32 = 80.0;
/// The bar at the left edge.
const BAR: u32 = 20;
const SMALL: f32 = 34.0;
/// Sizes of the title, the first that fits is taken.
const TITLE: [f32; 8] = [92.0, 84.0, 76.0, 68.0, 60.0, 54.0, 48.0, 44.0];
/// Steps from paper to ink at the edge of a letter: more are not seen, and cost bytes.
const STEPS: f32 = 20.0;
/// From one line of the title to the next, by its size.
const LEADING: f32 = 1.16;
/// The room of a title, from above: on its own, and above a drawing.
const ALONE: Room = Room { top: 160.0, bottom: 450.0 };
const ABOVE_DRAWING: Room = Room { top: 140.0, bottom: 350.0 };
/// The drawing: where it begins, and where it ends above one line of text and above two.
const DRAWING_TOP: u32 = 370;
const DRAWING_BOTTOM: [u32; 2] = [500, 456];
/// The side of a portrait, which stands below the drawing at the end of the lines.
pub(super) const PORTRAIT: u32 = 128;
/// From a portrait to the lines beside it.
const BESIDE: f32 = 32.0;
/// The side of a bar that is an outline alone.
const OUTLINE: u32 = 3;

/// A part of the card's height.
#[derive(Clone, Copy)]
struct Room {
    top: f32,
    bottom: f32,
}

impl Room {
    fn height(self) -> f32 {
        self.bottom - self.top
    }
}

/// Bars of a drawing by their classes: left, top, width and height of each in a frame of 1,200 by 600.
pub(super) type Score = [(String, Vec<[i64; 4]>)];

/// Pixels with red, green, blue and how opaque they are.
pub(super) struct Picture {
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<[u8; 4]>,
}

/// The pictures on a card.
pub(super) struct Pictures<'p> {
    pub logo: Option<&'p Picture>,
    pub portrait: Option<&'p Picture>,
}

/// A line of text: at which side it begins, its size, the room from the left to the right, and its base line.
struct Line<'t> {
    text: &'t str,
    is_from_right: bool,
    size: f32,
    room: (f32, f32),
    baseline: f32,
}

/// A card that is being drawn.
struct Canvas(Vec<[u8; 3]>);

/// Draws a card; gives it as PNG.
///
/// # Errors
/// Where PNG cannot be written, in words.
pub(super) fn card(
    said: &Said,
    colours: &Colours,
    font: &Font,
    pictures: &Pictures<'_>,
    score: Option<&Score>,
) -> Result<Arc<[u8]>, String> {
    let mut canvas = Canvas::new(colours.paper);
    // Where the title begins, the card does.
    let is_mirrored = is_from_right(&said.title);
    if !colours.is_field {
        canvas.fill(if is_mirrored { WIDTH - BAR } else { 0 }, 0, BAR, HEIGHT, colours.accent);
    }
    let width = pixels(WIDTH) - 2.0 * MARGIN;
    let right = pixels(WIDTH) - MARGIN;
    let mut room = (MARGIN, right);
    if let Some(logo) = pictures.logo {
        let (width, height) = logo.within(64.0);
        let left = if is_mirrored { right - width } else { MARGIN };
        canvas.logo(logo, (left, 56.0), (width, height));
        room = if is_mirrored { (MARGIN, left - 24.0) } else { (left + width + 24.0, right) };
    }
    let site = shortened(font, &said.site, SMALL, room.1 - room.0);
    let line = Line { text: &site, is_from_right: is_mirrored, size: SMALL, room, baseline: 100.0 };
    canvas.text(font, &line, colours.quiet());
    let title_room = if score.is_some() { ABOVE_DRAWING } else { ALONE };
    let (size, lines) = title(font, &said.title, width, title_room.height());
    // In the middle of its room: the letters of a line stand above its base line.
    let height = LEADING * size * pixels(u32::try_from(lines.len()).unwrap_or(u32::MAX));
    let mut baseline = title_room.top + (title_room.height() - height) / 2.0 + size * 0.86;
    for line in &lines {
        let line = Line { text: line, is_from_right: is_mirrored, size, room: (MARGIN, right), baseline };
        canvas.text(font, &line, colours.ink);
        baseline += size * LEADING;
    }
    let is_two_lines = !said.people.is_empty() && !said.where_when.is_empty();
    if let Some(score) = score {
        canvas.score(score, DRAWING_BOTTOM[usize::from(is_two_lines)], is_mirrored, colours);
    }
    let mut room = (MARGIN, right);
    if let Some(portrait) = pictures.portrait.filter(|_| is_two_lines) {
        let beside = pixels(PORTRAIT) + BESIDE;
        let x = if is_mirrored { 80 } else { WIDTH - 80 - PORTRAIT };
        canvas.portrait(portrait, x, HEIGHT - 36 - PORTRAIT);
        room = if is_mirrored { (MARGIN + beside, right) } else { (MARGIN, right - beside) };
    }
    let mut baseline = pixels(HEIGHT) - 66.0;
    for (text, colour) in [(&said.people, colours.ink), (&said.where_when, colours.accent)] {
        if !text.is_empty() {
            let short = shortened(font, text, SMALL, room.1 - room.0);
            let line = Line { text: &short, is_from_right: is_from_right(text), size: SMALL, room, baseline };
            canvas.text(font, &line, colour);
            baseline -= SMALL * 1.4;
        }
    }
    canvas.png()
}

/// The size of the title and its lines: the largest at which it fits, else what fits at the least.
fn title(font: &Font, text: &str, room: f32, height: f32) -> (f32, Vec<String>) {
    let mut least = (0.0, Vec::new());
    for size in TITLE {
        let lines = wrapped(font, text, size, room);
        let fits = LEADING * size * pixels(u32::try_from(lines.len()).unwrap_or(u32::MAX)) <= height;
        if fits {
            return (size, lines);
        }
        least = (size, lines);
    }
    let (size, mut lines) = least;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
    let count = (height / (LEADING * size)) as usize;
    let rest = lines.split_off(count.saturating_sub(1).min(lines.len())).join(" ");
    lines.push(shortened(font, &rest, size, room));
    (size, lines)
}

/// Lines no wider than `room`; words that are wider are cut.
fn wrapped(font: &Font, text: &str, size: f32, room: f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if font.width(&longer, size) <= room {
            line = longer;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for c in word.chars() {
            line.push(c);
            if line.chars().count() > 1 && font.width(&line, size) > room {
                line.pop();
                lines.push(std::mem::replace(&mut line, c.to_string()));
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// A text that is no wider than `room`, with dots where it was cut.
fn shortened(font: &Font, text: &str, size: f32, room: f32) -> String {
    if font.width(text, size) <= room {
        return text.to_owned();
    }
    let dots = if font.problem("…").is_none() { "…" } else { "" };
    let cut = |end: usize| {
        let short = text.get(..end).unwrap_or_default();
        format!("{}{dots}", short.trim_end_matches([' ', ',', '·']))
    };
    // The longest beginning that has room: more letters are wider.
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let fitting = ends.partition_point(|end| font.width(&cut(*end), size) <= room);
    fitting.checked_sub(1).and_then(|last| ends.get(last)).map_or_else(String::new, |end| cut(*end))
}

fn pixels(count: u32) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

impl Canvas {
    fn new(paper: [u8; 3]) -> Self {
        Self(vec![paper; (WIDTH * HEIGHT) as usize])
    }

    /// The pixel at a place on the card.
    fn at(&mut self, x: i32, y: i32) -> Option<&mut [u8; 3]> {
        let (x, y) = (u32::try_from(x).ok()?, u32::try_from(y).ok()?);
        let is_inside = x < WIDTH && y < HEIGHT;
        self.0.get_mut(is_inside.then_some((y * WIDTH + x) as usize)?)
    }

    fn fill(&mut self, left: u32, top: u32, width: u32, height: u32, colour: [u8; 3]) {
        for y in top..(top + height).min(HEIGHT) {
            for x in left..(left + width).min(WIDTH) {
                if let Some(pixel) = self.0.get_mut((y * WIDTH + x) as usize) {
                    *pixel = colour;
                }
            }
        }
    }

    /// Draws the bars of a programme from edge to edge of the text, down to a row of pixels; the first of a day stand at the side
    /// where the card begins.
    fn score(&mut self, score: &Score, bottom: u32, is_mirrored: bool, colours: &Colours) {
        let (left, width) = (80, WIDTH - 160);
        let height = bottom.saturating_sub(DRAWING_TOP);
        // Places are rounded down, so that bars that end at one place end in one column.
        let scaled = |at: i64, of: u32, frame: i64| {
            u32::try_from((at * i64::from(of)).div_euclid(frame).clamp(0, i64::from(of))).unwrap_or(0)
        };
        for (class, bars) in score {
            let colour = colours.of_bars(class);
            for [x, y, wide, high] in bars {
                let (from, to) = (scaled(*x, width, 1200), scaled(x + wide, width, 1200));
                let (above, below) = (scaled(*y, height, 600), scaled(y + high, height, 600));
                let (wide, high) = (to.saturating_sub(from).max(2), below.saturating_sub(above).max(2));
                let from = if is_mirrored { width.saturating_sub(from + wide) } else { from };
                let (x, y) = (left + from, DRAWING_TOP + above);
                self.fill(x, y, wide, high, colour);
                if class.starts_with('o') {
                    let inner = |side: u32| side.saturating_sub(2 * OUTLINE);
                    self.fill(x + OUTLINE, y + OUTLINE, inner(wide), inner(high), colours.paper);
                }
            }
        }
    }

    /// Writes a line at the side where its text begins.
    fn text(&mut self, font: &Font, line: &Line<'_>, colour: [u8; 3]) {
        let &Line { text, is_from_right, size, room: (left, right), baseline } = line;
        let x = if is_from_right { (right - font.width(text, size)).max(left) } else { left };
        font.draw(text, size, x, baseline, |x, y, cover| {
            if let Some(pixel) = self.at(x, y) {
                *pixel = mixed(*pixel, colour, (cover * STEPS).round() / STEPS);
            }
        });
    }

    /// Draws a logo at a place, as wide and high as is said.
    fn logo(&mut self, logo: &Picture, (left, top): (f32, f32), (width, height): (f32, f32)) {
        #[expect(clippy::cast_possible_truncation, reason = "a part of the card")]
        let (left, top, right, bottom) =
            (left as i32, top as i32, (left + width) as i32, (top + height) as i32);
        for y in top..bottom {
            for x in left..right {
                let part = logo.average((x - left, right - left), (y - top, bottom - top));
                if let (Some([r, g, b, alpha]), Some(pixel)) = (part, self.at(x, y)) {
                    *pixel = mixed(*pixel, [r, g, b], f32::from(alpha) / 255.0);
                }
            }
        }
    }

    /// Draws a portrait as a disc whose frame begins at a place.
    fn portrait(&mut self, portrait: &Picture, left: u32, top: u32) {
        let side = i32::try_from(PORTRAIT).unwrap_or(i32::MAX);
        let radius = pixels(PORTRAIT) / 2.0;
        for y in 0..PORTRAIT {
            for x in 0..PORTRAIT {
                let (right, down) = (pixels(x) + 0.5 - radius, pixels(y) + 0.5 - radius);
                // The edge is as wide as a pixel.
                let inside = (radius - (right * right + down * down).sqrt() + 0.5).clamp(0.0, 1.0);
                let place = |at: u32| i32::try_from(at).unwrap_or(i32::MAX);
                let part = portrait.average((place(x), side), (place(y), side));
                if let (Some([r, g, b, alpha]), Some(pixel)) =
                    (part, self.at(place(left + x), place(top + y)))
                {
                    *pixel = mixed(*pixel, [r, g, b], inside * f32::from(alpha) / 255.0);
                }
            }
        }
    }

    /// The card as PNG. Few colours are written as a palette, which takes a third of the bytes.
    fn png(&self) -> Result<Arc<[u8]>, String> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, WIDTH, HEIGHT);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::High);
        let (colour, filter, data) = match self.indexed() {
            Some((palette, indices)) => {
                encoder.set_palette(palette.into_flattened());
                (png::ColorType::Indexed, png::Filter::NoFilter, indices)
            }
            None => (png::ColorType::Rgb, png::Filter::Sub, self.0.as_flattened().to_vec()),
        };
        encoder.set_color(colour);
        encoder.set_filter(filter);
        let mut writer = encoder.write_header().map_err(|error| error.to_string())?;
        writer.write_image_data(&data).map_err(|error| error.to_string())?;
        writer.finish().map_err(|error| error.to_string())?;
        Ok(bytes.into())
    }

    /// A palette, in the order in which colours occur, with each pixel's place in it; `None` where there
    /// are too many colours.
    fn indexed(&self) -> Option<(Vec<[u8; 3]>, Vec<u8>)> {
        let mut known: HashMap<[u8; 3], u8> = HashMap::new();
        let mut palette = Vec::new();
        let mut indices = Vec::with_capacity(self.0.len());
        for colour in &self.0 {
            let index = match known.get(colour) {
                Some(index) => *index,
                None => {
                    let index = u8::try_from(palette.len()).ok()?;
                    palette.push(*colour);
                    known.insert(*colour, index);
                    index
                }
            };
            indices.push(index);
        }
        Some((palette, indices))
    }
}

impl Picture {
    /// How wide and high it is when it is so high, and no wider than four times that.
    fn within(&self, height: f32) -> (f32, f32) {
        let (wide, high) = (pixels(self.width).max(1.0), pixels(self.height).max(1.0));
        let scale = (height / high).min(height * 4.0 / wide);
        (wide * scale, high * scale)
    }

    /// The average of the pixels that one of `of` columns and one of `of` rows stand for.
    fn average(&self, (column, columns): (i32, i32), (row, rows): (i32, i32)) -> Option<[u8; 4]> {
        let range = |at: i32, of: i32, size: u32| {
            let (at, of, size) = (i64::from(at), i64::from(of.max(1)), i64::from(size));
            let from = at * size / of;
            from..((at + 1) * size / of).max(from + 1).min(size)
        };
        let (mut sums, mut opaque, mut count) = ([0_u64; 3], 0_u64, 0_u64);
        for row in range(row, rows, self.height) {
            for column in range(column, columns, self.width) {
                let index = usize::try_from(row * i64::from(self.width) + column).ok()?;
                let [parts @ .., alpha] = *self.pixels.get(index)?;
                for (sum, part) in sums.iter_mut().zip(parts) {
                    *sum += u64::from(part) * u64::from(alpha);
                }
                opaque += u64::from(alpha);
                count += 1;
            }
        }
        let part = |sum: u64| u8::try_from(sum / opaque.max(1)).unwrap_or(u8::MAX);
        let [red, green, blue] = sums.map(part);
        Some([red, green, blue, u8::try_from(opaque / count.max(1)).unwrap_or(u8::MAX)])
    }
}
