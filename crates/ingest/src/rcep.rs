//! RCEP rates for the lines of today: the schedule is written in HS 2012, the tariff in HS 2022. Says how each line was found; guesses none.

use std::collections::BTreeSet;

use duty::{Cell, DutyExpression, Grade, HsCode, Percent, Treatment};

use crate::correlation::Correlation;
use crate::schedule::{FIRST_YEAR, Schedule, ScheduleLine};

/// How the rate of a line was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    /// The schedule has the same line.
    Direct {
        /// Whether its subheading has taken in goods of other subheadings of HS 2012, with other rates.
        beside_others: bool,
    },
    /// By the correlation, and all lines it leads to agree.
    Agreed,
    /// By the correlation, and they differ.
    Differing,
    /// By the correlation, but the MFN rate is higher than every base rate: it led to other goods.
    Contradicted,
    /// No line.
    Nothing,
}

/// A rate and how it was found.
pub(crate) struct Join {
    pub(crate) cell: Cell,
    pub(crate) found: Found,
}

/// The RCEP rate of an eight-digit line whose highest MFN rate is `mfn`.
pub(crate) fn join(line: HsCode, mfn: Option<Percent>, schedule: &Schedule, correlation: &Correlation) -> anyhow::Result<Join> {
    let subheading = line.subheading();
    let others = |except: Option<HsCode>| {
        correlation
            .behind(subheading)
            .filter(move |old| Some(*old) != except)
            .flat_map(|old| schedule.under(old))
    };
    // A number that now stands for other goods must not be taken from the schedule.
    if let Some(direct) = schedule.line(line).filter(|_| correlation.keeps_its_number(subheading)) {
        let beside_others = others(Some(subheading)).any(|other| other.years != direct.years);
        return Ok(Join {
            cell: staged(direct.years.iter().cloned(), Grade::A)?,
            found: Found::Direct { beside_others },
        });
    }
    let candidates: Vec<&ScheduleLine> = others(None).collect();
    let Some((first, rest)) = candidates.split_first() else {
        return Ok(unknown(Found::Nothing));
    };
    // No line found directly has an MFN rate above its base rate, so goods with a higher one are not those the correlation leads to.
    if mfn.is_some_and(|mfn| candidates.iter().all(|candidate| mfn > candidate.base)) {
        return Ok(unknown(Found::Contradicted));
    }
    if rest.iter().all(|other| other.years == first.years) {
        return Ok(Join {
            cell: staged(first.years.iter().cloned(), Grade::B)?,
            found: Found::Agreed,
        });
    }
    let years = (0..first.years.len()).map(|year| between(candidates.iter().filter_map(|candidate| candidate.years.get(year))));
    Ok(Join {
        cell: staged(years, Grade::C)?,
        found: Found::Differing,
    })
}

fn unknown(found: Found) -> Join {
    Join {
        cell: Cell::constant(Treatment::Unknown, Grade::A),
        found,
    }
}

fn staged(years: impl Iterator<Item = Treatment>, grade: Grade) -> anyhow::Result<Cell> {
    Ok(Cell::staged((FIRST_YEAR..).zip(years), grade)?)
}

/// What all candidates of a year have in common: their rate, or the range it lies in.
fn between<'a>(candidates: impl Iterator<Item = &'a Treatment>) -> Treatment {
    let mut rates = BTreeSet::new();
    let mut some_without = false;
    for candidate in candidates {
        match candidate {
            Treatment::Duty(DutyExpression::AdValorem(percent)) => _ = rates.insert(*percent),
            _ => some_without = true,
        }
    }
    match (rates.first(), rates.last()) {
        (Some(least), _) if some_without => Treatment::Range { least: *least, most: None },
        (Some(least), Some(most)) if least < most => Treatment::Range {
            least: *least,
            most: Some(*most),
        },
        (Some(rate), _) => Treatment::Duty(DutyExpression::AdValorem(*rate)),
        (None, _) => Treatment::NoConcession,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schedule::YEARS;

    fn code(text: &str) -> HsCode {
        text.parse().unwrap()
    }

    fn percent(text: &str) -> Percent {
        match text.parse().unwrap() {
            DutyExpression::AdValorem(percent) => percent,
            other => panic!("{other:?}"),
        }
    }

    /// Line, base rate, Year 1 and all later years.
    fn schedule(lines: &[(&str, &str, &str, &str)]) -> Schedule {
        let line = |(line, base, first, later): &(&str, &str, &str, &str)| {
            let mut years = vec![later.parse().unwrap(); YEARS];
            years[0] = first.parse().unwrap();
            (
                code(line),
                ScheduleLine {
                    base: percent(base),
                    years,
                },
            )
        };
        lines.iter().map(line).collect()
    }

    fn found(line: &str, mfn: &str, schedule: &Schedule, correlation: &[(&str, &str)]) -> (String, Found) {
        let correlation = correlation.iter().map(|(new, old)| (code(new), code(old))).collect();
        let join = join(code(line), Some(percent(mfn)), schedule, &correlation).unwrap();
        (join.cell.to_string(), join.found)
    }

    #[test]
    fn the_same_line_is_taken_as_it_is() {
        let schedule = schedule(&[("01012900", "10%", "9%", "8%"), ("01013000", "10%", "none", "none")]);
        let alone = found("01012900", "10%", &schedule, &[("010129", "010129")]);
        assert_eq!(alone, ("2022: 9%; 2023: 8%".to_owned(), Found::Direct { beside_others: false }));
        let merged = found("01012900", "10%", &schedule, &[("010129", "010129"), ("010129", "010130")]);
        assert_eq!(merged, ("2022: 9%; 2023: 8%".to_owned(), Found::Direct { beside_others: true }));
    }

    #[test]
    fn a_number_that_now_means_other_goods_is_not_taken() {
        let schedule = schedule(&[("70191900", "10%", "9%", "8%"), ("70193100", "5%", "0%", "0%")]);
        let correlation = [("701919", "701931")];
        assert_eq!(
            found("70191900", "5%", &schedule, &correlation),
            ("2022: 0% [B]".to_owned(), Found::Agreed)
        );
        // 7019.19.00 in the tariff of 2026: MFN 8 %, where the correlation leads to mats with a base rate of 5 %.
        assert_eq!(
            found("70191900", "8%", &schedule, &correlation),
            ("unknown".to_owned(), Found::Contradicted)
        );
    }

    #[test]
    fn lines_that_differ_give_a_range_in_the_years_they_differ() {
        let lines = schedule(&[("85171100", "10%", "0%", "0%"), ("85171200", "10%", "5%", "0%")]);
        let correlation = [("851713", "851711"), ("851713", "851712")];
        assert_eq!(
            found("85171300", "0%", &lines, &correlation),
            ("2022: 0%..5%; 2023: 0% [C]".to_owned(), Found::Differing)
        );
        let lines = schedule(&[("85171100", "10%", "none", "none"), ("85171200", "10%", "5%", "none")]);
        assert_eq!(
            found("85171300", "0%", &lines, &correlation),
            ("2022: 5%..none; 2023: none [C]".to_owned(), Found::Differing)
        );
    }

    #[test]
    fn no_line_is_unknown_and_not_free() {
        assert_eq!(found("98010010", "0%", &schedule(&[]), &[]), ("unknown".to_owned(), Found::Nothing));
    }
}
