//! The figures as Markdown.

use crate::community::{Shape, TALKS};
use crate::latency::Seen;
use crate::measure::Used;
use crate::pictures::beside::{self, Pairs};
use crate::pictures::{Figures, Set};
use crate::post::Post;
use crate::rounds::Row;
use crate::together;
use crate::tool::Tool;
use jiff::Zoned;
use std::fs;
use std::thread::available_parallelism;

/// Day, machine, programs and content.
pub fn heading(tools: &[Tool], posts: &[Post], runs: u32) {
    let cores = available_parallelism().map_or(1, usize::from);
    let bytes: usize = posts.iter().map(|post| post.body.len()).sum();
    let names: Vec<&str> = tools.iter().map(|tool| tool.name.as_str()).collect();
    println!("Measured on {} with {}.", Zoned::now().date(), names.join(", "));
    println!("Machine: {}, {cores} cores, {}.", processor(), std::env::consts::OS);
    println!(
        "Content: {} posts of {:.1} kB. Medians of {runs} runs in turn.\n",
        grouped(posts.len()),
        decimal(bytes) / decimal(posts.len()) / 1000.0
    );
}

/// A line for each kind of build; ratios are medians of those within each round.
pub fn table(rows: &[Row]) {
    println!("| build | HTML files | wall | CPU | peak memory | wall against the first | range |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for row in rows {
        let ratio: Vec<f64> = wall(row).iter().zip(wall(&rows[0])).map(|(this, cold)| this / cold).collect();
        println!(
            "| {} | {} | {} | {:.3} | {} |",
            row.name,
            grouped(row.html),
            used(row),
            median(&ratio),
            range(row)
        );
    }
}

/// A blog of another size, and how much longer a page of it takes.
pub fn growth(rows: &[Row], posts: usize, large: &Row, many: usize) {
    let page = |row: &Row, posts: usize| median(&wall(row)) / decimal(posts);
    println!("\n| posts | HTML files | wall | CPU | peak memory | time for each post against the first |");
    println!("|---:|---:|---:|---:|---:|---:|");
    for (row, count) in [(&rows[0], posts), (large, many)] {
        let ratio = page(row, count) / page(&rows[0], posts);
        println!("| {} | {} | {} | {ratio:.2} |", grouped(count), grouped(row.html), used(row));
    }
}

/// How long edits take to be seen, on a small blog and on a large one.
pub fn latency((few, small): (usize, &[Seen]), (many, large): (usize, &[Seen])) {
    let times = |seen: &Seen| seen.times.iter().map(|time| time.as_secs_f64() * 1000.0).collect::<Vec<_>>();
    println!("| from the save to | {} posts | {} posts | range | ratio |", grouped(few), grouped(many));
    println!("|---|---:|---:|---:|---:|");
    for (small, large) in small.iter().zip(large) {
        let (few, many) = (times(small), times(large));
        let least = many.iter().copied().fold(f64::INFINITY, f64::min);
        let most = many.iter().copied().fold(0.0, f64::max);
        let (few, many) = (median(&few), median(&many));
        let ratio = many / few;
        println!("| {} | {few:.1} ms | {many:.1} ms | {least:.1}–{most:.1} ms | {ratio:.2} |", large.name);
    }
}

/// Sites of a community, and what each event costs beside one of the smallest.
pub fn communities(tool: &Tool, rows: &[(usize, Row)], runs: u32) {
    println!("Measured on {} with {}, cold; medians of {runs} runs.\n", Zoned::now().date(), tool.name);
    println!("| what | events | talks | wall | CPU | peak memory | CPU for each event | against the first |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|");
    let each = |(events, row): &(usize, Row)| {
        let cpu: Vec<f64> = row.runs.iter().map(|run| run.cpu.as_secs_f64()).collect();
        1000.0 * median(&cpu) / decimal(*events)
    };
    let mut first = 0.0;
    for (at, one) in rows.iter().enumerate() {
        let (events, row) = one;
        if at == 0 || rows[at - 1].1.name != row.name {
            first = each(one);
        }
        println!(
            "| {} | {} | {} | {} | {:.2} ms | {:.2} |",
            row.name,
            grouped(*events),
            grouped(events * TALKS),
            used(row),
            each(one),
            each(one) / first
        );
    }
}

/// Builds of a community of one shape by several processes at once.
pub fn together(tool: &Tool, shape: &Shape, rows: &[together::Row], runs: u32) {
    community(tool, shape, runs);
    println!("| build | processes at once | all built after | CPU of each | peak memory of each |");
    println!("|---|---:|---:|---:|---:|");
    for row in rows {
        let all: Vec<f64> = row.rounds.iter().map(|round| round.wall.as_secs_f64()).collect();
        let each = || row.rounds.iter().flat_map(|round| &round.used);
        let cpu: Vec<f64> = each().map(|used| used.cpu.as_secs_f64()).collect();
        let memory: Vec<f64> = each().map(mebibytes).collect();
        let (all, cpu, memory) = (median(&all), median(&cpu), median(&memory));
        println!("| {} | {} | {all:.1} s | {cpu:.1} s | {memory:.0} MiB |", row.name, row.processes);
    }
}

/// Builds and edits of a community of one shape.
pub fn shape(tool: &Tool, shape: &Shape, rows: &[Row], seen: &[Seen], runs: u32) {
    community(tool, shape, runs);
    table(rows);
    println!("\n| under `serve`, from the save to | time | range |\n|---|---:|---:|");
    for one in seen {
        let times: Vec<f64> = one.times.iter().map(|time| time.as_secs_f64() * 1000.0).collect();
        let least = times.iter().copied().fold(f64::INFINITY, f64::min);
        let most = times.iter().copied().fold(0.0, f64::max);
        println!("| {} | {:.1} ms | {least:.1}–{most:.1} ms |", one.name, median(&times));
    }
}

/// Day, program and numbers of a community.
fn community(tool: &Tool, shape: &Shape, runs: u32) {
    let (events, talks) = (grouped(shape.events), grouped(shape.events * shape.talks));
    println!(
        "Measured on {} with {}: {events} events, {talks} talks, {} people, {} tools; medians of {runs}.\n",
        Zoned::now().date(),
        tool.name,
        grouped(shape.people),
        grouped(shape.tools)
    );
}

fn used(row: &Row) -> String {
    let cpu: Vec<f64> = row.runs.iter().map(|run| run.cpu.as_secs_f64()).collect();
    let memory: Vec<f64> = row.runs.iter().map(mebibytes).collect();
    format!("{:.3} s | {:.2} s | {:.0} MiB", median(&wall(row)), median(&cpu), median(&memory))
}

fn range(row: &Row) -> String {
    let wall = wall(row);
    let least = wall.iter().copied().fold(f64::INFINITY, f64::min);
    format!("{least:.3}–{:.3} s", wall.iter().copied().fold(0.0, f64::max))
}

fn wall(row: &Row) -> Vec<f64> {
    row.runs.iter().map(|run| run.wall.as_secs_f64()).collect()
}

fn mebibytes(run: &Used) -> f64 {
    f64::from(u32::try_from(run.memory / 1024).unwrap_or(u32::MAX)) / 1024.0
}

fn decimal(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}

/// The middle of some figures, 0 of none.
fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[count / 2],
        count => f64::midpoint(sorted[count / 2 - 1], sorted[count / 2]),
    }
}

/// A number with commas at the thousands.
fn grouped(number: usize) -> String {
    if number < 1000 {
        return number.to_string();
    }
    format!("{},{:03}", grouped(number / 1000), number % 1000)
}

/// Model of the processor, where the system tells.
fn processor() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = text.lines().find(|line| line.starts_with("model name"));
    let model = model.and_then(|line| line.split_once(':')).map(|(_, name)| name.trim().to_owned());
    model.unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

/// Day, machine and program of the figures about photographs.
pub fn photographs(tool: &Tool, runs: u32) {
    let cores = available_parallelism().map_or(1, usize::from);
    println!("Measured on {} with {}.", Zoned::now().date(), tool.name);
    println!("Machine: {}, {cores} cores, {}. Medians of {runs} runs.", processor(), std::env::consts::OS);
}

/// What came of a set of photographs.
pub fn photograph_set(set: &Set, figures: &Figures) {
    let (width, height) = set.size;
    let megabytes = |bytes: u64| f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0;
    let (originals, fetched) = (megabytes(figures.originals), megabytes(figures.fetched));
    let (mean, least) = figures.likeness;
    println!(
        "\n{} photographs of {width} × {height} pixels, {originals:.1} MB. A telephone of 390 × 3 pixels",
        set.count
    );
    println!(
        "fetches {fetched:.1} MB, {:.1} %, at a likeness of {:.1} by SSIMULACRA 2 ({:.1} at least) and {:.3} by SSIM ({:.3}).\n",
        fetched * 100.0 / originals,
        mean.ssimulacra,
        least.ssimulacra,
        mean.ssim,
        least.ssim
    );
    println!("| build | wall | CPU | peak memory |");
    println!("|---|---:|---:|---:|");
    for (name, used) in &figures.builds {
        let of = |value: fn(&Used) -> f64| median(&used.iter().map(value).collect::<Vec<_>>());
        let seconds = |time: f64| format!("{time:.2} s");
        let (wall, cpu) = (of(|used| used.wall.as_secs_f64()), of(|used| used.cpu.as_secs_f64()));
        let memory = of(|used| f64::from(u32::try_from(used.memory >> 20).unwrap_or(u32::MAX)));
        println!("| {name} | {} | {} | {memory:.0} MiB |", seconds(wall), seconds(cpu));
    }
}

/// What came of building the same photographs by Hugo, in pairs.
pub fn photographs_beside(hugo: &Tool, pairs: &Pairs) {
    let (width, height) = beside::SET.size;
    let [own, other] = &pairs.written;
    let megabytes = |bytes: u64| f64::from(u32::try_from(bytes / 1000).unwrap_or(u32::MAX)) / 1000.0;
    println!("\n{} photographs of {width} × {height} pixels, cold, beside {}.", beside::SET.count, hugo.name);
    println!(
        "Written as WebP: {} files of {:.1} MB, and {} of {:.1} MB.\n",
        own.0,
        megabytes(own.1),
        other.0,
        megabytes(other.1)
    );
    println!(
        "| pair | ssg: wall | CPU | peak memory | Hugo: wall | CPU | peak memory | wall, ratio | CPU, ratio |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    let mut ratios = Vec::new();
    for (nth, (own, other)) in pairs.rounds.iter().enumerate() {
        let shown = |used: &Used| {
            let (wall, cpu) = (used.wall.as_secs_f64(), used.cpu.as_secs_f64());
            format!("{wall:.1} s | {cpu:.1} s | {} MiB", used.memory >> 20)
        };
        let ratio = |value: fn(&Used) -> f64| value(own) / value(other).max(0.001);
        let (wall, cpu) = (ratio(|used| used.wall.as_secs_f64()), ratio(|used| used.cpu.as_secs_f64()));
        ratios.push((wall, cpu));
        println!("| {} | {} | {} | {wall:.2} | {cpu:.2} |", nth + 1, shown(own), shown(other));
    }
    let middle = |value: fn(&(f64, f64)) -> f64| median(&ratios.iter().map(value).collect::<Vec<_>>());
    println!(
        "\nMedian of the ratios: {:.2} of wall time, {:.2} of CPU time.",
        middle(|one| one.0),
        middle(|one| one.1)
    );
}

#[cfg(test)]
mod tests {
    use super::{grouped, median};

    #[test]
    fn the_median_is_the_middle_one_or_between_the_two() {
        assert!((median(&[3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(&[4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-9);
        assert!(median(&[]).abs() < 1e-9);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_002_003), "1,002,003");
    }
}
