//! What an amount is, and when two of them say the same: *half* and 50 %, *a decade* and ten years.

use super::measure::Dimension;
use super::numbers::{self, ONE};
use std::ops::Range;

/// An amount as words say it.
#[derive(Clone, Debug)]
pub struct Amount {
    /// Its words among the tokens it was read from.
    pub words: Range<usize>,
    /// What it may mean; it is the same as another if one of these is.
    pub readings: Vec<Reading>,
    /// May stand for an amount, and as often for none (*one*, *both*, *a year*): by itself it proves no change.
    pub is_soft: bool,
}

/// One thing an amount may mean. Values are in millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Count(i128),
    Ordinal(i128),
    Percent(i128),
    Points(i128),
    Fraction(i128, i128),
    Times(i128),
    Money(char, i128),
    Seconds(i128),
    Months(i128),
    /// Hours on a clock of 24.
    Clock(i128),
    /// So much of what is measured.
    Measure(Dimension, i128),
    /// *Dozens*, *hundreds*: told apart by their size alone.
    Vague(i128),
}

impl Amount {
    /// Proves a change by itself.
    pub fn new(words: Range<usize>, readings: Vec<Reading>) -> Amount {
        Amount { words, readings, is_soft: false }
    }

    /// Proves none by itself.
    pub fn soft(words: Range<usize>, readings: Vec<Reading>) -> Amount {
        Amount { words, readings, is_soft: true }
    }

    /// Says the same as another.
    pub fn is_same(&self, other: &Amount) -> bool {
        for is_kind in [Reading::is_money, Reading::is_time, Reading::is_clock, Reading::is_measure] {
            let ours = self.readings.iter().find(|reading| is_kind(reading));
            let theirs = other.readings.iter().find(|reading| is_kind(reading));
            if let (Some(one), Some(two)) = (ours, theirs) {
                // *$10 to $15 million*: the first of a range may be of the second's size.
                let is_one = |reading: &Reading| other.readings.contains(reading) && is_kind(reading);
                return one == two || self.readings.iter().any(is_one);
            }
        }
        self.readings.iter().any(|one| other.readings.iter().any(|two| one.fits(*two)))
    }

    /// Could stand where the other does: a share for a share, a sum for a sum.
    pub fn is_rival(&self, other: &Amount) -> bool {
        let class = |amount: &Amount| amount.readings.iter().map(|reading| reading.class()).collect::<Vec<_>>();
        let theirs = class(other);
        class(self).iter().any(|own| theirs.contains(own))
    }

    /// Keys a note may have for it, for the search.
    pub fn keys(&self) -> Vec<String> {
        let number = |value: &i128| numbers::plain(*value);
        let mut keys = Vec::new();
        for reading in &self.readings {
            match reading {
                Reading::Count(value) => keys.push(format!("#{}", number(value))),
                Reading::Ordinal(value) => keys.push(format!("#{}th", number(value))),
                Reading::Percent(value) => keys.push(format!("#{}%", number(value))),
                Reading::Money(sign, value) => keys.push(format!("#{}{sign}", number(value))),
                Reading::Fraction(part, whole) => {
                    keys.push(format!("#{}%", number(&(100 * ONE * part / whole / ONE * ONE))));
                    keys.extend((*part == 1 && *whole == 2).then(|| "half".to_string()));
                    keys.extend((*part == 1 && *whole == 3).then(|| "#3th".to_string()));
                    keys.extend((*part == 1 && *whole == 4).then(|| "quarter".to_string()));
                }
                Reading::Times(value) if *value == 2 * ONE => {
                    keys.extend(["twice", "double", "doubled"].map(str::to_string));
                }
                _ => {}
            }
            if *reading == Reading::Count(12 * ONE) {
                keys.push("dozen".into());
            }
        }
        keys
    }
}

impl Reading {
    fn is_money(&self) -> bool {
        matches!(self, Reading::Money(..))
    }

    fn is_time(&self) -> bool {
        matches!(self, Reading::Seconds(_) | Reading::Months(_))
    }

    fn is_clock(&self) -> bool {
        matches!(self, Reading::Clock(_))
    }

    fn is_measure(&self) -> bool {
        matches!(self, Reading::Measure(..))
    }

    fn fits(self, other: Reading) -> bool {
        match (self, other) {
            (Reading::Percent(share), Reading::Fraction(part, whole))
            | (Reading::Fraction(part, whole), Reading::Percent(share)) => is_share(share, part, whole),
            (Reading::Fraction(part, whole), Reading::Fraction(other, others)) => part * others == other * whole,
            _ => self == other,
        }
    }

    fn class(self) -> u8 {
        match self {
            Reading::Count(_) | Reading::Money(..) | Reading::Measure(..) | Reading::Vague(_) => 0,
            Reading::Percent(_) | Reading::Fraction(..) | Reading::Points(_) => 1,
            Reading::Ordinal(_) => 2,
            Reading::Times(_) => 3,
            Reading::Seconds(_) | Reading::Months(_) => 4,
            Reading::Clock(_) => 5,
        }
    }
}

/// A third is 33 %, 33.3 % or 33.33 %; two thirds are 66 % and 67 %.
fn is_share(share: i128, part: i128, whole: i128) -> bool {
    let step = [ONE, ONE / 10, ONE / 100].into_iter().find(|step| share % step == 0).unwrap_or(1);
    let cut = 100 * ONE * part / whole / step * step;
    let rounded = (100 * ONE * part / whole + step / 2) / step * step;
    share == cut || share == rounded
}

/// The amounts on each side that the other has not; soft ones only help a match.
pub fn unmatched(ones: &[&Amount], others: &[&Amount]) -> (Vec<usize>, Vec<usize>) {
    let mut is_held = vec![false; others.len()];
    let mut left = Vec::new();
    let order = |at: &usize| ones[*at].is_soft;
    let mut places: Vec<usize> = (0..ones.len()).collect();
    places.sort_by_key(order);
    for place in places {
        let fits = |at: &usize| !is_held[*at] && ones[place].is_same(others[*at]);
        let hard = (0..others.len()).filter(|at| !others[*at].is_soft).find(fits);
        match hard.or_else(|| (0..others.len()).find(fits)) {
            Some(at) => is_held[at] = true,
            None if !ones[place].is_soft => left.push(place),
            None => {}
        }
    }
    left.sort_unstable();
    let right = (0..others.len()).filter(|at| !is_held[*at] && !others[*at].is_soft).collect();
    (left, right)
}
