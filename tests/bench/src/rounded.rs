//! Figures as one reads them: three digits that count, and nothing behind them.

/// A figure in few digits: `0.0123`, `1.23`, `12.3`, `12,300`, `1.23 M`. Whole numbers below a thousand stay such.
pub(crate) fn rounded(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let is_whole = value.fract() == 0.0;
    let value = three_digits(value);
    match value.abs() {
        size if size >= 1e9 => format!("{} G", with_decimals(value / 1e9)),
        size if size >= 1e6 => format!("{} M", with_decimals(value / 1e6)),
        size if size >= 1e3 => grouped(value),
        _ if is_whole => value.to_string(),
        _ => with_decimals(value),
    }
}

/// A time, given in microseconds, in the unit that suits it: `40.0 ns`, `1.23 ms`.
pub(crate) fn time(us: f64) -> String {
    match us.abs() {
        size if size < 1.0 => format!("{} ns", with_three_digits(us * 1e3)),
        size if size < 1e3 => format!("{} us", with_three_digits(us)),
        size if size < 1e6 => format!("{} ms", with_three_digits(us / 1e3)),
        size if size.is_finite() => format!("{} s", with_three_digits(us / 1e6)),
        _ => rounded(us),
    }
}

/// A figure that is known to be round, as on the scale of a picture, without the noughts behind its point.
pub(crate) fn without_noughts(text: &str) -> String {
    let (digits, unit) = text.split_once(' ').map_or((text, None), |(digits, unit)| (digits, Some(unit)));
    let digits =
        if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    unit.map_or_else(|| digits.to_owned(), |unit| format!("{digits} {unit}"))
}

fn three_digits(value: f64) -> f64 {
    format!("{value:.2e}").parse().expect("a number was written")
}

/// As many digits behind the point as make three.
fn with_decimals(value: f64) -> String {
    let decimals = (2.0 - value.abs().log10().floor()).clamp(0.0, 4.0) as usize;
    format!("{value:.decimals$}")
}

fn with_three_digits(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { with_decimals(three_digits(value)) }
}

/// Below a million, so that one comma is enough.
fn grouped(value: f64) -> String {
    let digits = format!("{value:.0}");
    let (thousands, rest) = digits.split_at(digits.len() - 3);
    format!("{thousands},{rest}")
}

#[cfg(test)]
mod tests {
    use super::{rounded, time, without_noughts};

    #[test]
    fn three_digits_count() {
        for (value, text) in [
            (0.0, "0"),
            (0.012_34, "0.0123"),
            (0.97, "0.970"),
            (0.999_9, "1.00"),
            (3.0, "3"),
            (12.34, "12.3"),
            (12.01, "12.0"),
            (99.96, "100"),
            (1_234.0, "1,230"),
            (-4_321.0, "-4,320"),
            (999_999.0, "1.00 M"),
            (65_432_100.0, "65.4 M"),
            (2.5e9, "2.50 G"),
            (-0.5, "-0.500"),
            (f64::NAN, "-"),
        ] {
            assert_eq!(rounded(value), text, "{value}");
        }
    }

    #[test]
    fn a_time_has_the_unit_that_suits_it() {
        for (us, text) in [
            (0.0, "0 ns"),
            (0.04, "40.0 ns"),
            (1.0, "1.00 us"),
            (234.5, "234 us"),
            (2_190.0, "2.19 ms"),
            (223_000.0, "223 ms"),
            (4e6, "4.00 s"),
            (f64::NAN, "-"),
        ] {
            assert_eq!(time(us), text, "{us}");
        }
    }

    #[test]
    fn noughts_behind_the_point_say_nothing_of_round_numbers() {
        for (text, short) in
            [("0.100", "0.1"), ("20", "20"), ("5,000", "5,000"), ("50.0 M", "50 M"), ("1.00 ms", "1 ms")]
        {
            assert_eq!(without_noughts(text), short);
        }
    }
}
