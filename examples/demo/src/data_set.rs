//! The data set: cities of Europe, and the roads between neighbours that are computed from where they lie.

/// How many roads leave each city: to its nearest neighbours.
const ROADS_FROM_EACH: usize = 12;

/// A city, as a line of `cities.csv` has it; populations are of the city proper, rounded.
#[derive(Debug)]
pub(crate) struct City {
    pub(crate) name: &'static str,
    pub(crate) country: &'static str,
    pub(crate) population: i64,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
}

/// A road, one way; cities are named by their place in the list.
#[derive(Debug)]
pub(crate) struct Road {
    pub(crate) origin: u32,
    pub(crate) destination: u32,
    pub(crate) kilometres: i64,
}

/// All cities, in the order of their names.
pub(crate) fn cities() -> Vec<City> {
    include_str!("cities.csv").lines().skip(1).map(City::read).collect()
}

/// A road from each city to each of its nearest neighbours, as the crow flies.
pub(crate) fn roads(cities: &[City]) -> Vec<Road> {
    let from_one = |(origin, start): (u32, &City)| {
        let mut roads: Vec<_> = (0..)
            .zip(cities)
            .filter(|(destination, _)| *destination != origin)
            .map(|(destination, city)| Road { origin, destination, kilometres: start.kilometres_to(city) })
            .collect();
        roads.sort_by_key(|road| road.kilometres);
        roads.truncate(ROADS_FROM_EACH);
        roads
    };
    (0..).zip(cities).flat_map(from_one).collect()
}

impl City {
    fn read(line: &'static str) -> Self {
        let fields: Vec<_> = line.split(',').collect();
        let [name, country, population, latitude, longitude] = fields[..] else {
            panic!("cities.csv: five fields are due in {line:?}")
        };
        let degrees =
            |text: &str| text.parse().unwrap_or_else(|_| panic!("cities.csv: no degrees: {line:?}"));
        Self {
            name,
            country,
            population: population.parse().unwrap_or_else(|_| panic!("cities.csv: no number: {line:?}")),
            latitude: degrees(latitude),
            longitude: degrees(longitude),
        }
    }

    /// The haversine formula, on a sphere of the Earth's mean radius.
    fn kilometres_to(&self, other: &Self) -> i64 {
        const EARTH_RADIUS: f64 = 6371.0;
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let north = (to - from) / 2.0;
        let east = (other.longitude - self.longitude).to_radians() / 2.0;
        let chord = north.sin().powi(2) + from.cos() * to.cos() * east.sin().powi(2);
        (2.0 * EARTH_RADIUS * chord.sqrt().asin()).round() as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_city_in_europe_and_no_name_comes_twice() {
        let cities = cities();
        assert!(cities.len() > 50);
        for city in &cities {
            assert!(city.population > 100_000 && !city.country.is_empty(), "{city:?}");
            assert!((35.0..62.0).contains(&city.latitude), "{city:?}");
            assert!((-10.0..27.0).contains(&city.longitude), "{city:?}");
        }
        assert!(cities.is_sorted_by(|one, next| one.name < next.name));
    }

    #[test]
    fn distances_are_those_of_the_map() {
        let cities = cities();
        let find = |name| cities.iter().find(|city| city.name == name).expect("it is in the list");
        // Two decimals of a degree are a kilometre.
        for (origin, destination) in [("London", "Paris"), ("Paris", "London")] {
            let kilometres = find(origin).kilometres_to(find(destination));
            assert!((343..=345).contains(&kilometres), "{kilometres}");
        }
    }

    #[test]
    fn a_dozen_roads_leave_each_city_and_lead_elsewhere() {
        let cities = cities();
        let roads = roads(&cities);
        assert_eq!(roads.len(), 12 * cities.len());
        assert!(roads.iter().all(|road| road.origin != road.destination && road.kilometres > 0));
    }
}
