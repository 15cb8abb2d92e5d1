//! One post: about 4.8 kB of headings, paragraphs and lists, some with a block of code or a table.

use crate::code::code_block;
use crate::dice::Dice;
use crate::words::{CATEGORIES, Words};
use jiff::Timestamp;

/// A post before it is written in a generator's own form.
pub struct Post {
    /// Name of its file and of its page.
    pub slug: String,
    /// Title.
    pub title: String,
    /// When it was published.
    pub date: Timestamp,
    /// Taxonomies and terms.
    pub terms: [(&'static str, Vec<String>); 3],
    /// Markdown.
    pub body: String,
}

/// What stands in a path for a title or a term of plain letters.
pub fn slug(text: &str) -> String {
    let plain: String =
        text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join("-")
}

/// A blog of `count` posts, oldest first, over sixteen years.
pub fn blog(count: usize, seed: u64) -> Vec<Post> {
    let mut dice = Dice::new(seed);
    let mut words = Words::new(&mut dice, (count / 5).max(2));
    let first = 1_256_893_200; // 2009-10-30T09:00:00Z
    let years = 16 * 365 * 86_400;
    (0..count)
        .map(|number| {
            let seconds = years * i64::try_from(number).unwrap_or(0) / i64::try_from(count).unwrap_or(1);
            let post = post(&mut dice, &words, number, first + seconds);
            words.slugs.push(post.slug.clone());
            post
        })
        .collect()
}

fn post(dice: &mut Dice, words: &Words, number: usize, seconds: i64) -> Post {
    let title = words.title(dice);
    let categories = *dice.pick(&[1, 1, 2]);
    let tools = *dice.pick(&[0, 1, 1, 2, 2, 3, 4, 5]);
    let speakers = *dice.pick(&[1, 1, 2]);
    let owned = |list: Vec<&str>| list.into_iter().map(str::to_owned).collect();
    Post {
        slug: format!("{}-{number:06}", slug(&title)),
        date: Timestamp::from_second(seconds).unwrap_or_default(),
        terms: [
            ("categories", owned(dice.some(&CATEGORIES, categories))),
            ("tools", owned(dice.some(&words.tools, tools))),
            ("speakers", dice.some(&words.people, speakers)),
        ],
        title,
        body: body(dice, words),
    }
}

fn body(dice: &mut Dice, words: &Words) -> String {
    let size = dice.between(3000, 5800);
    let (with_code, with_table) = (dice.percent(40), dice.percent(20));
    let mut text = words.paragraph(dice) + "\n\n";
    let mut section = 0;
    while text.len() < size {
        section += 1;
        text += &format!("## {}\n\n{}\n\n", words.heading(dice), words.paragraph(dice));
        if section == 1 && with_code {
            text += &(code_block(dice, words) + "\n\n");
        }
        if section == 2 && with_table {
            text += &(table(dice, words) + "\n");
        }
        text += &match dice.between(0, 99) {
            0..45 => points(dice, words, |_| "-".to_owned()),
            45..60 => points(dice, words, |number| format!("{number}.")),
            60..70 => format!("> {}\n\n", words.sentence(dice)),
            70..85 => format!("### {}\n\n{}\n\n", words.heading(dice), words.paragraph(dice)),
            _ => String::new(),
        };
    }
    text.truncate(text.trim_end().len());
    text + "\n"
}

fn points(dice: &mut Dice, words: &Words, mark: impl Fn(usize) -> String) -> String {
    let count = dice.between(3, 6);
    (1..=count).map(|number| format!("{} {}\n", mark(number), words.point(dice))).collect::<String>() + "\n"
}

fn table(dice: &mut Dice, words: &Words) -> String {
    let mut text = "| Tool | Part | Hours | Now |\n| --- | --- | ---: | :---: |\n".to_owned();
    for _ in 0..dice.between(3, 7) {
        text += &words.fill(dice, "| {x} | {t} | {d} | {q} |\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::blog;

    #[test]
    fn the_same_seed_gives_the_same_blog() {
        let texts = |seed| blog(50, seed).into_iter().map(|post| post.slug + &post.body).collect::<String>();
        assert_eq!(texts(1), texts(1));
        assert_ne!(texts(1), texts(2));
    }

    #[test]
    fn posts_have_the_size_and_the_shape_that_the_book_says() {
        let posts = blog(1000, 20);
        let bytes: usize = posts.iter().map(|post| post.body.len()).sum();
        let with = |mark: &str| posts.iter().filter(|post| post.body.contains(mark)).count();
        assert!((4500..5100).contains(&(bytes / 1000)), "{bytes}");
        assert!((360..440).contains(&with("\n```\n")), "{}", with("\n```\n"));
        assert!((160..240).contains(&with("| --- |")), "{}", with("| --- |"));
    }
}
