//! Where slots lie in the grid, and how those that would lie on one another share the width.

use std::collections::HashMap;

/// Lines of the grid, counted from 1; the end lies behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Area {
    pub(super) row_start: usize,
    pub(super) row_end: usize,
    pub(super) column_start: usize,
    pub(super) column_end: usize,
}

impl Area {
    /// As the value of `grid-area`.
    pub(super) fn css(self) -> String {
        format!("{}/{}/{}/{}", self.row_start, self.column_start, self.row_end, self.column_end)
    }
}

/// One part of an area's width: its number, from 0, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    pub(super) number: usize,
    pub(super) of: usize,
}

/// Into how many lanes a width is parted at most; what needs more shares the last one.
const MOST: usize = 64;

/// A lane for each area, in the same order. Equal areas have the same; the more areas meet each other, the
/// narrower all of them are. An area is one column wide, or as wide as the grid of `columns`.
pub(super) fn lanes(areas: &[Area], columns: usize) -> Vec<Lane> {
    let mut sweep = Sweep { columns, ..Sweep::default() };
    let mut order: Vec<usize> = (0..areas.len()).collect();
    order.sort_by_key(|at| areas[*at].row_start);
    for at in order {
        sweep.place(areas[at]);
    }
    let mut highest = vec![0; sweep.groups.len()];
    for (place, lane) in sweep.lanes.iter().enumerate() {
        let group = group_of(&mut sweep.groups, place);
        highest[group] = highest[group].max(*lane);
    }
    let mut lane = |area: &Area| {
        let place = sweep.places.get(area).copied()?;
        let group = group_of(&mut sweep.groups, place);
        Some(Lane { number: *sweep.lanes.get(place)?, of: highest.get(group)? + 1 })
    };
    areas.iter().map(|area| lane(area).unwrap_or(Lane { number: 0, of: 1 })).collect()
}

/// Areas as they are placed from the top down, so that of those in one column only the lowest ends matter.
#[derive(Default)]
struct Sweep {
    columns: usize,
    /// Where each area stands in the lists below.
    places: HashMap<Area, usize>,
    lanes: Vec<usize>,
    /// Another one that it meets, directly or through others; the last of these is itself.
    groups: Vec<usize>,
    narrow: HashMap<usize, Column>,
    wide: Column,
    /// What any column holds.
    all: Column,
    /// The end of narrow ones that a wide one may meet, and where they stand.
    loose: Vec<(usize, usize)>,
}

/// What is placed in one column so far.
#[derive(Default)]
struct Column {
    /// Where each lane becomes free.
    free_from: Vec<usize>,
    /// Which area ends last, and where: all that meet it are of its group.
    last: Option<(usize, usize)>,
}

impl Column {
    fn is_free(&self, lane: usize, row: usize) -> bool {
        self.free_from.get(lane).is_none_or(|from| *from <= row)
    }

    fn take(&mut self, lane: usize, end: usize) {
        if self.free_from.len() <= lane {
            self.free_from.resize(lane + 1, 0);
        }
        self.free_from[lane] = self.free_from[lane].max(end);
    }

    fn under_way(&self, row: usize) -> Option<usize> {
        self.last.filter(|(end, _)| *end > row).map(|(_, place)| place)
    }

    fn ends_with(&mut self, end: usize, place: usize) {
        if self.last.is_none_or(|(last, _)| last < end) {
            self.last = Some((end, place));
        }
    }
}

impl Sweep {
    fn place(&mut self, area: Area) {
        if self.places.contains_key(&area) {
            return;
        }
        let place = self.lanes.len();
        self.places.insert(area, place);
        self.groups.push(place);
        let (row, end) = (area.row_start, area.row_end);
        let is_wide = area.column_start + self.columns <= area.column_end;
        let met = self.wide.under_way(row);
        let lane = if is_wide {
            let mut latest = end;
            for (end, other) in std::mem::take(&mut self.loose) {
                if end > row {
                    join(&mut self.groups, place, other);
                    latest = latest.max(end);
                }
            }
            self.loose.push((latest, place));
            self.wide.ends_with(end, place);
            (0..MOST).find(|lane| self.all.is_free(*lane, row))
        } else {
            let column = self.narrow.entry(area.column_start).or_default();
            if let Some(other) = column.under_way(row) {
                join(&mut self.groups, place, other);
            }
            self.loose.push((end, place));
            column.ends_with(end, place);
            (0..MOST).find(|lane| column.is_free(*lane, row) && self.wide.is_free(*lane, row))
        };
        if let Some(other) = met {
            join(&mut self.groups, place, other);
        }
        let lane = lane.unwrap_or(MOST - 1);
        self.all.take(lane, end);
        if is_wide {
            self.wide.take(lane, end);
        } else {
            self.narrow.entry(area.column_start).or_default().take(lane, end);
        }
        self.lanes.push(lane);
    }
}

/// The last of a chain, which is made shorter on the way.
fn group_of(groups: &mut [usize], mut place: usize) -> usize {
    while groups[place] != place {
        groups[place] = groups[groups[place]];
        place = groups[place];
    }
    place
}

fn join(groups: &mut [usize], one: usize, other: usize) {
    let (one, other) = (group_of(groups, one), group_of(groups, other));
    groups[one.max(other)] = one.min(other);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(row_start: usize, row_end: usize, column_start: usize, column_end: usize) -> Area {
        Area { row_start, row_end, column_start, column_end }
    }

    fn shown(areas: &[Area]) -> Vec<String> {
        let columns = areas.iter().map(|area| area.column_end - 1).max().unwrap_or(1);
        lanes(areas, columns).iter().map(|lane| format!("{}/{}", lane.number, lane.of)).collect()
    }

    #[test]
    fn those_that_do_not_meet_are_as_wide_as_they_can_be() {
        assert_eq!(shown(&[area(1, 2, 1, 3), area(2, 3, 1, 2), area(2, 3, 2, 3)]), ["0/1", "0/1", "0/1"]);
    }

    #[test]
    fn equal_areas_are_a_stack() {
        assert_eq!(shown(&[area(1, 2, 1, 2), area(1, 2, 1, 2), area(1, 2, 1, 2)]), ["0/1", "0/1", "0/1"]);
    }

    #[test]
    fn those_that_meet_share_the_width() {
        let long = area(1, 4, 1, 2);
        assert_eq!(shown(&[long, area(2, 3, 1, 2), area(4, 5, 1, 2)]), ["0/2", "1/2", "0/1"]);
    }

    #[test]
    fn a_chain_of_meetings_has_one_width() {
        let areas = [area(1, 3, 1, 2), area(2, 5, 1, 2), area(4, 6, 1, 2), area(4, 7, 1, 2)];
        assert_eq!(shown(&areas), ["0/3", "1/3", "0/3", "2/3"]);
    }

    /// The same by comparing all with all.
    fn slowly(areas: &[Area]) -> Vec<Lane> {
        let meets = |a: &Area, b: &Area| {
            a.row_start < b.row_end
                && b.row_start < a.row_end
                && a.column_start < b.column_end
                && b.column_start < a.column_end
        };
        let mut placed: Vec<(Area, usize)> = Vec::new();
        for area in areas {
            if placed.iter().all(|(other, _)| other != area) {
                let taken = |lane: usize| placed.iter().any(|(other, at)| *at == lane && meets(other, area));
                let lane = (0..=placed.len()).find(|lane| !taken(*lane)).expect("there is always one more");
                placed.push((*area, lane));
            }
        }
        let lane = |area: &Area| {
            let number = placed.iter().find(|(other, _)| other == area).expect("it was placed").1;
            let (mut met, mut rest, mut highest) = (vec![*area], placed.clone(), 0);
            while let Some(next) = met.pop() {
                let (near, far): (Vec<_>, Vec<_>) =
                    rest.into_iter().partition(|(other, _)| meets(other, &next));
                highest = near.iter().map(|(_, lane)| *lane).fold(highest, usize::max);
                met.extend(near.into_iter().map(|(area, _)| area));
                rest = far;
            }
            Lane { number, of: highest + 1 }
        };
        areas.iter().map(lane).collect()
    }

    #[test]
    fn it_is_what_comparing_all_with_all_gives() {
        let mut state = 7_usize;
        let mut below = |most: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % most
        };
        for _ in 0..2000 {
            let columns = 1 + below(4);
            let mut areas: Vec<Area> = (0..below(14))
                .map(|_| {
                    let (row, column) = (1 + below(9), 1 + below(columns));
                    let row_end = row + 1 + below(4);
                    if below(4) == 0 {
                        area(row, row_end, 1, columns + 1)
                    } else {
                        area(row, row_end, column, column + 1)
                    }
                })
                .collect();
            areas.sort_by_key(|area| area.row_start);
            assert_eq!(lanes(&areas, columns), slowly(&areas), "{columns} {areas:?}");
        }
    }

    #[test]
    fn very_many_at_once_share_the_last_lane() {
        let areas: Vec<Area> = (1..200).map(|row| area(row, 300, 1, 2)).collect();
        let all = lanes(&areas, 1);
        assert_eq!(all.last(), Some(&Lane { number: MOST - 1, of: MOST }));
        assert_eq!(all.first(), Some(&Lane { number: 0, of: MOST }));
    }
}
