//! What a tariff column says about a line: a duty, a range, or one of the words that are not a duty. Never folded into 0 %.
//!
//! ```text
//! cell      := (treatment | year ": " treatment ("; " year ": " treatment)*) (" except" (" " economy)+)? tag?
//! tag       := " [" grade (" " year)? "]"                    0% except CN ID [B 2023]
//! treatment := "none" | "excluded" | "unknown" | "prohibited"
//!            | percent ".." (percent | "none")               0%..5%
//!            | "quota(in: " duty "; out: " duty ")"
//!            | duty
//! ```

use std::fmt;
use std::str::FromStr;

use crate::economy::Economy;
use crate::expression::{DutyExpression, GrammarError, Percent};
use crate::reader::Reader;

/// What a column grants or charges on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Treatment {
    /// A duty that can be computed.
    Duty(DutyExpression),
    /// Known only between two rates.
    Range {
        /// The lowest rate it can be.
        least: Percent,
        /// The highest rate it can be; `None` if the line may have no concession at all.
        most: Option<Percent>,
    },
    /// One duty inside a tariff quota, another outside it.
    Quota {
        /// With a quota certificate.
        inside: DutyExpression,
        /// Without.
        outside: DutyExpression,
    },
    /// The column has no rate for this line: the agreement does not cover it.
    NoConcession,
    /// The agreement covers the line, but goods of this origin are refused the rate.
    Excluded,
    /// The source does not say.
    Unknown,
    /// The goods may not be imported.
    Prohibited,
}

impl Treatment {
    fn read(reader: &mut Reader<'_>) -> Result<Self, GrammarError> {
        for (word, treatment) in [
            ("none", Self::NoConcession),
            ("excluded", Self::Excluded),
            ("unknown", Self::Unknown),
            ("prohibited", Self::Prohibited),
        ] {
            if reader.take(word) {
                return Ok(treatment);
            }
        }
        if reader.take("quota(in: ") {
            let inside = DutyExpression::read(reader, 1)?;
            reader.require("; out: ", "`; out: `")?;
            let outside = DutyExpression::read(reader, 1)?;
            reader.require(")", "`)`")?;
            return Ok(Self::Quota { inside, outside });
        }
        let duty = DutyExpression::read(reader, 0)?;
        let DutyExpression::AdValorem(least) = duty else {
            return Ok(Self::Duty(duty));
        };
        if !reader.take("..") {
            return Ok(Self::Duty(duty));
        }
        if reader.take("none") {
            return Ok(Self::Range { least, most: None });
        }
        let most = Percent::from_number(reader.number()?);
        reader.require("%", "`%`")?;
        if most <= least {
            return Err(reader.expected("a higher rate"));
        }
        Ok(Self::Range { least, most: Some(most) })
    }
}

impl FromStr for Treatment {
    type Err = GrammarError;

    fn from_str(text: &str) -> Result<Self, GrammarError> {
        Reader::whole(text, Self::read)
    }
}

impl fmt::Display for Treatment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Duty(duty) => write!(f, "{duty}"),
            Self::Range { least, most: Some(most) } => write!(f, "{least}..{most}"),
            Self::Range { least, most: None } => write!(f, "{least}..none"),
            Self::Quota { inside, outside } => write!(f, "quota(in: {inside}; out: {outside})"),
            Self::NoConcession => f.write_str("none"),
            Self::Excluded => f.write_str("excluded"),
            Self::Unknown => f.write_str("unknown"),
            Self::Prohibited => f.write_str("prohibited"),
        }
    }
}

/// How good the evidence for a rate is. Shown beside every figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// The importer's own tariff line.
    A,
    /// Data of six digits, or carried over from another edition of the nomenclature, where all lines agree.
    B,
    /// The same where the lines do not agree: a range.
    C,
    /// Only the ceiling of a treaty.
    D,
}

impl Grade {
    /// All grades, best first.
    pub const ALL: [Self; 4] = [Self::A, Self::B, Self::C, Self::D];

    /// The letter.
    #[must_use]
    pub fn letter(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.letter())
    }
}

/// One cell of a tariff table: what applies, from which year on, whose goods are refused it, and how sure it is.
///
/// ```
/// use duty::{Cell, Economy, Grade};
/// let cell: Cell = "2022: 8%; 2024: 4%; 2026: 0% [B]".parse()?;
/// assert_eq!(cell.treatment(Economy::China, 2025).to_string(), "4%");
/// assert_eq!(cell.grade(), Grade::B);
/// assert_eq!(cell.treatment(Economy::China, 2021).to_string(), "none", "nothing is granted before the first year");
///
/// let cell: Cell = "0% except CN".parse()?;
/// assert_eq!(cell.treatment(Economy::China, 2025).to_string(), "excluded");
/// # Ok::<(), duty::GrammarError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// From the first year on; a cell without years has one step from year 0.
    steps: Vec<(i32, Treatment)>,
    /// In the order of their codes.
    except: Vec<Economy>,
    grade: Grade,
    /// The year the figure is of, where it is not that of the column.
    year: Option<i32>,
}

impl Cell {
    /// A treatment that does not change with the years.
    #[must_use]
    pub fn constant(treatment: Treatment, grade: Grade) -> Self {
        Self {
            steps: vec![(0, treatment)],
            except: Vec::new(),
            grade,
            year: None,
        }
    }

    /// Treatments from one year on to the next. Steps that change nothing are left out.
    ///
    /// # Errors
    /// [`GrammarError`] without a step or with years that do not rise.
    pub fn staged(steps: impl IntoIterator<Item = (i32, Treatment)>, grade: Grade) -> Result<Self, GrammarError> {
        let mut kept: Vec<(i32, Treatment)> = Vec::new();
        let wrong = |expected| GrammarError {
            text: String::new(),
            position: 0,
            expected,
        };
        let mut latest = 0;
        for (year, treatment) in steps {
            if year <= latest {
                return Err(wrong("a later year"));
            }
            latest = year;
            if kept.last().is_none_or(|(_, previous)| *previous != treatment) {
                kept.push((year, treatment));
            }
        }
        if kept.is_empty() {
            return Err(wrong("a year"));
        }
        Ok(Self {
            steps: kept,
            except: Vec::new(),
            grade,
            year: None,
        })
    }

    /// The same, but goods of these economies are refused it: the importer answers that they keep the line sensitive themselves.
    #[must_use]
    pub fn except(mut self, economies: impl IntoIterator<Item = Economy>) -> Self {
        self.except = economies.into_iter().collect();
        self.except.sort_unstable();
        self.except.dedup();
        self
    }

    /// The same, read in another year than the rest of its column.
    #[must_use]
    pub fn of_year(self, year: i32) -> Self {
        Self { year: Some(year), ..self }
    }

    /// What applies to goods of that origin in a calendar year.
    #[must_use]
    pub fn treatment(&self, origin: Economy, year: i32) -> &Treatment {
        if self.except.contains(&origin) {
            &Treatment::Excluded
        } else {
            self.in_year(year)
        }
    }

    /// What applies in a calendar year to goods that are not refused it.
    #[must_use]
    pub fn in_year(&self, year: i32) -> &Treatment {
        self.steps
            .iter()
            .rev()
            .find(|(from, _)| *from <= year)
            .map_or(&Treatment::NoConcession, |(_, treatment)| treatment)
    }

    /// Whose goods are refused the treatment, in the order of their codes.
    #[must_use]
    pub fn refused_to(&self) -> &[Economy] {
        &self.except
    }

    /// How good the evidence is.
    #[must_use]
    pub fn grade(&self) -> Grade {
        self.grade
    }

    /// The year the figure is of, where it is not that of the column.
    #[must_use]
    pub fn year(&self) -> Option<i32> {
        self.year
    }

    /// Whether the treatment follows the years, so that it is known for each of them.
    #[must_use]
    pub fn is_staged(&self) -> bool {
        self.steps.first().is_some_and(|(from, _)| *from != 0)
    }

    /// Whether both say the same in every year about goods of these origins, however good the evidence for either is.
    #[must_use]
    pub fn treats_like(&self, other: &Self, origins: &[Economy]) -> bool {
        origins
            .iter()
            .all(|origin| match (self.except.contains(origin), other.except.contains(origin)) {
                (false, false) => self.steps == other.steps,
                (one, other) => one == other,
            })
    }

    /// The years in which the treatment changes, with what it changes to; one entry from year 0 if it never does.
    pub fn steps(&self) -> impl Iterator<Item = (i32, &Treatment)> {
        self.steps.iter().map(|(year, treatment)| (*year, treatment))
    }
}

impl FromStr for Cell {
    type Err = GrammarError;

    /// Without a grade in the text the cell is grade A: the exceptions are written out.
    fn from_str(text: &str) -> Result<Self, GrammarError> {
        Reader::whole(text, |reader| {
            let mut cell = Self {
                steps: Vec::new(),
                except: Vec::new(),
                grade: Grade::A,
                year: None,
            };
            if reader.at_year() {
                loop {
                    let year = reader.year()?;
                    if cell.steps.last().is_some_and(|(previous, _)| *previous >= year) {
                        return Err(reader.expected("a later year"));
                    }
                    reader.require(": ", "`: `")?;
                    cell.steps.push((year, Treatment::read(reader)?));
                    if !reader.take("; ") {
                        break;
                    }
                }
            } else {
                cell.steps.push((0, Treatment::read(reader)?));
            }
            if reader.take(" except ") {
                loop {
                    let economy = reader.economy()?;
                    if cell.except.last().is_some_and(|previous| *previous >= economy) {
                        return Err(reader.expected("a later economy"));
                    }
                    cell.except.push(economy);
                    if reader.at(" [") || !reader.take(" ") {
                        break;
                    }
                }
            }
            if reader.take(" [") {
                cell.grade = Grade::ALL
                    .into_iter()
                    .find(|grade| reader.take(grade.letter()))
                    .ok_or_else(|| reader.expected("a grade"))?;
                if reader.take(" ") {
                    cell.year = Some(reader.year()?);
                }
                reader.require("]", "`]`")?;
            }
            Ok(cell)
        })
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (year, treatment)) in self.steps.iter().enumerate() {
            if position > 0 {
                f.write_str("; ")?;
            }
            if *year != 0 {
                write!(f, "{year}: ")?;
            }
            write!(f, "{treatment}")?;
        }
        if !self.except.is_empty() {
            f.write_str(" except")?;
        }
        for economy in &self.except {
            write!(f, " {economy}")?;
        }
        match self.year {
            Some(year) => write!(f, " [{} {year}]", self.grade),
            None if self.grade != Grade::A => write!(f, " [{}]", self.grade),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::tests::{expression, number};
    use proptest::prelude::*;

    fn treatment() -> impl Strategy<Value = Treatment> {
        prop_oneof![
            expression().prop_map(Treatment::Duty),
            (number(), number()).prop_filter_map("rising", |(one, other)| {
                (one != other).then(|| Treatment::Range {
                    least: Percent::from_number(one.min(other)),
                    most: Some(Percent::from_number(one.max(other))),
                })
            }),
            number().prop_map(|least| Treatment::Range {
                least: Percent::from_number(least),
                most: None
            }),
            (expression(), expression()).prop_map(|(inside, outside)| Treatment::Quota { inside, outside }),
            Just(Treatment::NoConcession),
            Just(Treatment::Excluded),
            Just(Treatment::Unknown),
            Just(Treatment::Prohibited),
        ]
    }

    fn cell() -> impl Strategy<Value = Cell> {
        let grade = || proptest::sample::select(Grade::ALL.to_vec());
        let cell = prop_oneof![
            (treatment(), grade()).prop_map(|(treatment, grade)| Cell::constant(treatment, grade)),
            (prop::collection::btree_map(1000_i32..=9999, treatment(), 1..5), grade())
                .prop_map(|(steps, grade)| Cell::staged(steps, grade).unwrap()),
        ];
        let except = proptest::sample::subsequence(Economy::ALL.to_vec(), 0..4);
        (cell, except, proptest::option::of(1000_i32..=9999)).prop_map(|(cell, except, year)| {
            let cell = cell.except(except);
            match year {
                Some(year) => cell.of_year(year),
                None => cell,
            }
        })
    }

    #[test]
    fn a_refused_origin_is_told_from_one_without_concession() {
        let cell: Cell = "5% except CN TH [A 2025]".parse().unwrap();
        assert_eq!(cell.treatment(Economy::China, 2026), &Treatment::Excluded);
        assert_eq!(cell.treatment(Economy::Laos, 2026).to_string(), "5%");
        assert_eq!(
            (cell.refused_to(), cell.year()),
            ([Economy::China, Economy::Thailand].as_slice(), Some(2025))
        );
        assert_eq!("5% except TH CN".parse::<Cell>().unwrap_err().expected, "a later economy");
        assert_eq!("5% except US".parse::<Cell>().unwrap_err().expected, "an economy");
        let plain: Cell = "5%".parse().unwrap();
        assert!(
            !plain.treats_like(&cell, &[Economy::China]),
            "one is refused to China, the other is not"
        );
        assert!(
            plain.treats_like(&cell, &[Economy::Laos]),
            "to others they are alike, whatever the year of the figure"
        );
    }

    #[test]
    fn the_words_are_not_zero() {
        let free: Treatment = "0%".parse().unwrap();
        for text in ["none", "excluded", "unknown", "prohibited", "0%..5%", "0%..none"] {
            let treatment: Treatment = text.parse().unwrap();
            assert_ne!(treatment, free);
            assert_eq!(treatment.to_string(), text);
        }
    }

    #[test]
    fn a_range_rises() {
        assert_eq!("5%..5%".parse::<Treatment>().unwrap_err().expected, "a higher rate");
        assert_eq!("5%..3%".parse::<Treatment>().unwrap_err().expected, "a higher rate");
    }

    #[test]
    fn years_rise_and_the_last_step_stays() {
        let cell: Cell = "2022: 20%; 2023: 18%; 2040: none".parse().unwrap();
        assert_eq!(cell.in_year(2039).to_string(), "18%");
        assert_eq!(cell.in_year(2099), &Treatment::NoConcession);
        assert_eq!("2023: 5%; 2022: 4%".parse::<Cell>().unwrap_err().expected, "a later year");
        assert!(Cell::staged([(2023, Treatment::Unknown), (2022, Treatment::Unknown)], Grade::A).is_err());
    }

    #[test]
    fn a_step_that_changes_nothing_is_left_out() {
        let five: Treatment = "5%".parse().unwrap();
        let cell = Cell::staged([(2022, five.clone()), (2023, five)], Grade::B).unwrap();
        assert_eq!(cell.to_string(), "2022: 5% [B]");
    }

    proptest! {
        #[test]
        fn text_and_treatment_round_trip(treatment in treatment()) {
            prop_assert_eq!(treatment.to_string().parse::<Treatment>(), Ok(treatment));
        }

        #[test]
        fn text_and_cell_round_trip(cell in cell()) {
            prop_assert_eq!(cell.to_string().parse::<Cell>(), Ok(cell));
        }

        #[test]
        fn no_text_panics(text in "[0-9.%a-z\\[\\]A-D(),;:<=+/ CNY]{0,60}|\\PC*") {
            let _ = text.parse::<Cell>();
        }
    }
}
