//! What a number measures: *5km* and *five kilometres* are one, *five miles* are not.

use super::amount::Reading;
use super::numbers::ONE;
use super::token::Token;

/// What is measured, and by which system: lengths in feet and in metres are told apart, for whoever turns one into the
/// other rounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// In millimetres.
    Metres,
    /// In inches.
    Feet,
    /// In grams.
    Grams,
    /// In ounces.
    Pounds,
    Tons,
    /// In millilitres.
    Litres,
    /// In pints.
    Gallons,
    MilesPerHour,
    KilometresPerHour,
    Celsius,
    Fahrenheit,
    Acres,
    Hectares,
    Knots,
}

/// The measures a number may be of and how many words say it, the number itself not counted; `at` is the word behind it.
pub fn read(tokens: &[Token], at: usize, value: i128) -> Option<(Vec<Reading>, usize)> {
    let key = |at: usize| tokens.get(at).map_or("", |token| token.key);
    let of = |dimension: Dimension, n: i128| value.checked_mul(n).map(|value| Reading::Measure(dimension, value));
    if key(at) == "degrees" {
        let (dimensions, n_words): (&[Dimension], usize) = match key(at + 1) {
            "c" | "celsius" | "centigrade" => (&[Dimension::Celsius], 2),
            "f" | "fahrenheit" => (&[Dimension::Fahrenheit], 2),
            _ => (&[Dimension::Celsius, Dimension::Fahrenheit], 1),
        };
        return Some((dimensions.iter().filter_map(|dimension| of(*dimension, 1)).collect(), n_words));
    }
    let is_an_hour = matches!(key(at + 1), "an" | "per") && key(at + 2) == "hour";
    let (dimension, n) = unit(key(at))?;
    let (dimension, n, n_words) = match (key(at), is_an_hour) {
        ("miles" | "mile", true) => (Dimension::MilesPerHour, 1, 3),
        (_, true) if n == KILOMETRE => (Dimension::KilometresPerHour, 1, 3),
        _ => (dimension, n, 1),
    };
    Some((of(dimension, n).into_iter().collect(), n_words))
}

const KILOMETRE: i128 = 1_000_000;

fn unit(key: &str) -> Option<(Dimension, i128)> {
    Some(match key {
        "km" | "kms" | "kilometre" | "kilometres" | "kilometer" | "kilometers" => (Dimension::Metres, KILOMETRE),
        "m" | "metre" | "metres" | "meter" | "meters" => (Dimension::Metres, 1_000),
        "cm" | "centimetre" | "centimetres" | "centimeter" | "centimeters" => (Dimension::Metres, 10),
        "mm" | "millimetre" | "millimetres" | "millimeter" | "millimeters" => (Dimension::Metres, 1),
        "mile" | "miles" => (Dimension::Feet, 63_360),
        "yard" | "yards" | "yd" | "yds" => (Dimension::Feet, 36),
        "foot" | "feet" | "ft" => (Dimension::Feet, 12),
        "inch" | "inches" => (Dimension::Feet, 1),
        "kg" | "kgs" | "kilo" | "kilos" | "kilogram" | "kilograms" | "kilogramme" | "kilogrammes" => {
            (Dimension::Grams, 1_000)
        }
        "gram" | "grams" | "gramme" | "grammes" => (Dimension::Grams, 1),
        "stone" => (Dimension::Pounds, 224),
        "lb" | "lbs" => (Dimension::Pounds, 16),
        "ounce" | "ounces" | "oz" => (Dimension::Pounds, 1),
        "ton" | "tons" | "tonne" | "tonnes" => (Dimension::Tons, 1),
        "litre" | "litres" | "liter" | "liters" => (Dimension::Litres, 1_000),
        "ml" | "millilitre" | "millilitres" | "milliliter" | "milliliters" => (Dimension::Litres, 1),
        "gallon" | "gallons" => (Dimension::Gallons, 8),
        "pint" | "pints" => (Dimension::Gallons, 1),
        "mph" => (Dimension::MilesPerHour, 1),
        "kph" | "kmh" => (Dimension::KilometresPerHour, 1),
        "c" | "celsius" => (Dimension::Celsius, 1),
        "f" | "fahrenheit" => (Dimension::Fahrenheit, 1),
        "acre" | "acres" => (Dimension::Acres, 1),
        "hectare" | "hectares" | "ha" => (Dimension::Hectares, 1),
        "knot" | "knots" => (Dimension::Knots, 1),
        _ => return None,
    })
}

/// How long the metres of a number this large mostly are: no crowd counts in metres.
pub fn is_length(value: i128, next: &str) -> bool {
    const BEHIND: [&str; 36] = [
        "wide",
        "tall",
        "high",
        "long",
        "deep",
        "away",
        "above",
        "below",
        "from",
        "race",
        "sprint",
        "hurdles",
        "freestyle",
        "final",
        "butterfly",
        "backstroke",
        "breaststroke",
        "medley",
        "relay",
        "runner",
        "record",
        "thick",
        "down",
        "up",
        "off",
        "apart",
        "tower",
        "wall",
        "drop",
        "pool",
        "swimmer",
        "title",
        "champion",
        "heats",
        "exclusion",
        "dash",
    ];
    let is_distance = [100, 200, 400, 800, 1_500].contains(&(value / ONE)) && value % ONE == 0;
    is_distance || BEHIND.contains(&next)
}
