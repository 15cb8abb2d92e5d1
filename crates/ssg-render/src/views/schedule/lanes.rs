//! Where slots lie in the grid, and how those that would lie on one another share the width.

/// Lines of the grid, counted from 1; the end lies behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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

    fn meets(self, other: Area) -> bool {
        self.row_start < other.row_end
            && other.row_start < self.row_end
            && self.column_start < other.column_end
            && other.column_start < self.column_end
    }
}

/// One part of an area's width: its number, from 0, and how many there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    pub(super) number: usize,
    pub(super) of: usize,
}

/// A lane for each area, in the same order. Equal areas have the same; the more areas meet each other, the
/// narrower all of them are.
pub(super) fn lanes(areas: &[Area]) -> Vec<Lane> {
    let mut placed: Vec<(Area, usize)> = Vec::new();
    for area in areas {
        if placed.iter().any(|(other, _)| other == area) {
            continue;
        }
        let taken: Vec<usize> =
            placed.iter().filter(|(other, _)| other.meets(*area)).map(|(_, lane)| *lane).collect();
        let free = (0..=taken.len()).find(|lane| !taken.contains(lane)).unwrap_or(0);
        placed.push((*area, free));
    }
    let lane = |area: &Area| {
        let number = placed.iter().find(|(other, _)| other == area).map_or(0, |(_, lane)| *lane);
        let of = widest(&placed, *area) + 1;
        Lane { number, of }
    };
    areas.iter().map(lane).collect()
}

/// The highest lane among all that meet an area, directly or through others.
fn widest(placed: &[(Area, usize)], area: Area) -> usize {
    let mut met = vec![area];
    let mut rest: Vec<(Area, usize)> = placed.to_vec();
    let mut highest = 0;
    while let Some(next) = met.pop() {
        rest.retain(|(other, lane)| {
            let meets = other.meets(next);
            if meets {
                met.push(*other);
                highest = highest.max(*lane);
            }
            !meets
        });
    }
    highest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(row_start: usize, row_end: usize, column_start: usize, column_end: usize) -> Area {
        Area { row_start, row_end, column_start, column_end }
    }

    fn shown(areas: &[Area]) -> Vec<String> {
        lanes(areas).iter().map(|lane| format!("{}/{}", lane.number, lane.of)).collect()
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
}
