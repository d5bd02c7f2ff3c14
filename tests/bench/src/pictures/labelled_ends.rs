//! Labels at the ends of lines, moved as little as it takes for none to cover another.

/// Where labels go whose lines end at these heights: at least so far from one another, and none below the floor.
/// The heights rise, as do those that come back.
pub(super) fn spread(ends: &[i32], distance: i32, floor: i32) -> Vec<i32> {
    let mut places = Vec::with_capacity(ends.len());
    for &end in ends {
        let lowest = places.last().map_or(end, |last| last + distance);
        places.push(end.max(lowest));
    }
    let mut highest = floor;
    for place in places.iter_mut().rev() {
        *place = highest.min(*place);
        highest = *place - distance;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::spread;

    #[test]
    fn labels_that_have_room_stay() {
        assert_eq!(spread(&[10, 40, 90], 20, 100), [10, 40, 90]);
    }

    #[test]
    fn labels_make_room_downwards_and_at_the_floor_upwards() {
        assert_eq!(spread(&[10, 12, 50], 20, 100), [10, 30, 50]);
        assert_eq!(spread(&[10, 95, 99], 20, 100), [10, 80, 100]);
    }
}
