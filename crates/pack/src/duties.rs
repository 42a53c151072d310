//! Duties and cells in packed files: as tagged numbers, because a reader of the text grammar would be three kilobytes of the first program.

use duty::{Cell, Currency, DutyExpression, Economy, Grade, PerUnit, Percent, Tier, Tiers, Treatment, Unit};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::unpack::{Unpack, Unpacker, unpack_fields};

/// A decimal: its digits, and how many of them stand behind the point.
#[derive(Clone, Copy, Serialize)]
pub(crate) struct Number(i64, u8);

#[derive(Serialize)]
pub(crate) struct PerUnitBody {
    amount: Number,
    currency: String,
    unit: u8,
}

#[derive(Serialize)]
pub(crate) enum DutyBody {
    AdValorem(Number),
    Specific(PerUnitBody),
    Sum(Vec<Self>),
    Highest(Vec<Self>),
    Lowest(Vec<Self>),
    Tiers(TiersBody),
}

#[derive(Serialize)]
pub(crate) struct TiersBody {
    currency: String,
    unit: u8,
    steps: Vec<TierBody>,
    otherwise: Box<DutyBody>,
}

#[derive(Serialize)]
pub(crate) struct TierBody {
    bound: Number,
    inclusive: bool,
    duty: DutyBody,
}

/// What a [`Treatment`] is written as.
#[derive(Serialize)]
pub(crate) enum TreatmentBody {
    Duty(DutyBody),
    Range(Number, Option<Number>),
    Quota(DutyBody, DutyBody),
    NoConcession,
    Excluded,
    Unknown,
    Prohibited,
}

/// What a [`Cell`] is written as.
#[derive(Serialize)]
pub(crate) struct CellBody {
    grade: u8,
    year: Option<i32>,
    except: Vec<u8>,
    steps: StepsBody,
}

#[derive(Serialize)]
enum StepsBody {
    Constant(TreatmentBody),
    /// From the first year on, one for each.
    Staged(i32, Vec<StepBody>),
}

/// Reductions in equal steps repeat themselves, which takes a third less when compressed than the rates they lead to.
#[derive(Serialize)]
enum StepBody {
    Same,
    By(Number),
    To(TreatmentBody),
}

/// Deeper than the duty grammar nests.
const DEEPEST: u8 = 8;

/// The position of one of a few things, which is what stands for it in a file.
pub(crate) fn position<T: PartialEq>(all: &[T], one: T) -> u8 {
    let position = all.iter().position(|other| *other == one);
    position.and_then(|position| u8::try_from(position).ok()).unwrap_or(u8::MAX)
}

impl From<Decimal> for Number {
    /// The grammar takes no number of more digits than fit.
    fn from(number: Decimal) -> Self {
        let mantissa = i64::try_from(number.mantissa()).unwrap_or(i64::MAX);
        Self(mantissa, u8::try_from(number.scale()).unwrap_or(u8::MAX))
    }
}

impl From<&PerUnit> for PerUnitBody {
    fn from(rate: &PerUnit) -> Self {
        Self {
            amount: rate.amount.into(),
            currency: rate.currency.to_string(),
            unit: position(Unit::ALL, rate.unit),
        }
    }
}

impl From<&DutyExpression> for DutyBody {
    fn from(duty: &DutyExpression) -> Self {
        let all = |terms: &[DutyExpression]| terms.iter().map(Self::from).collect();
        match duty {
            DutyExpression::AdValorem(rate) => Self::AdValorem(rate.number().into()),
            DutyExpression::Specific(rate) => Self::Specific(rate.into()),
            DutyExpression::Sum(terms) => Self::Sum(all(terms)),
            DutyExpression::Highest(terms) => Self::Highest(all(terms)),
            DutyExpression::Lowest(terms) => Self::Lowest(all(terms)),
            DutyExpression::Tiers(tiers) => Self::Tiers(TiersBody {
                currency: tiers.currency.to_string(),
                unit: position(Unit::ALL, tiers.unit),
                steps: tiers.steps.iter().map(TierBody::from).collect(),
                otherwise: Box::new(Self::from(&*tiers.otherwise)),
            }),
        }
    }
}

impl From<&Tier> for TierBody {
    fn from(tier: &Tier) -> Self {
        Self {
            bound: tier.bound.into(),
            inclusive: tier.inclusive,
            duty: DutyBody::from(&tier.duty),
        }
    }
}

impl From<&Treatment> for TreatmentBody {
    fn from(treatment: &Treatment) -> Self {
        match treatment {
            Treatment::Duty(duty) => Self::Duty(duty.into()),
            Treatment::Range { least, most } => Self::Range(least.number().into(), most.map(|most| most.number().into())),
            Treatment::Quota { inside, outside } => Self::Quota(inside.into(), outside.into()),
            Treatment::NoConcession => Self::NoConcession,
            Treatment::Excluded => Self::Excluded,
            Treatment::Unknown => Self::Unknown,
            Treatment::Prohibited => Self::Prohibited,
        }
    }
}

impl From<&Cell> for CellBody {
    fn from(cell: &Cell) -> Self {
        Self {
            grade: position(&Grade::ALL, cell.grade()),
            year: cell.year(),
            except: cell.refused_to().iter().map(|economy| position(&Economy::ALL, *economy)).collect(),
            steps: StepsBody::from(cell),
        }
    }
}

impl From<&Cell> for StepsBody {
    fn from(cell: &Cell) -> Self {
        let first = cell.steps().next().filter(|_| cell.is_staged()).map(|(year, _)| year);
        let Some(first) = first else {
            return Self::Constant(cell.in_year(0).into());
        };
        let mut steps = Vec::new();
        let mut before = None;
        for (year, treatment) in cell.steps() {
            let years = usize::try_from(year - first).unwrap_or_default();
            steps.resize_with(years.max(steps.len()), || StepBody::Same);
            let rate = plain_rate(treatment);
            steps.push(match (before, rate) {
                (Some(before), Some(rate)) => StepBody::By(Number::from(rate - before)),
                _ => StepBody::To(treatment.into()),
            });
            before = rate;
        }
        Self::Staged(first, steps)
    }
}

fn plain_rate(treatment: &Treatment) -> Option<Decimal> {
    match treatment {
        Treatment::Duty(DutyExpression::AdValorem(rate)) => Some(rate.number()),
        _ => None,
    }
}

/// Reads one of a few things by its position.
#[inline(never)]
pub(crate) fn one_of<T: Copy>(all: &[T], otherwise: T, from: &mut Unpacker<'_>) -> T {
    all.get(usize::from(u8::unpack(from))).copied().unwrap_or_else(|| {
        from.fail();
        otherwise
    })
}

macro_rules! unpack_position {
    ($what:ty, $all:expr, $otherwise:expr) => {
        impl $crate::unpack::Unpack for $what {
            fn unpack(from: &mut $crate::unpack::Unpacker<'_>) -> Self {
                $crate::duties::one_of($all, $otherwise, from)
            }
        }
    };
}
pub(crate) use unpack_position;

impl Unpack for Decimal {
    #[inline(never)]
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let (mantissa, scale) = (i64::unpack(from), u8::unpack(from));
        Self::try_from_i128_with_scale(mantissa.into(), scale.into()).unwrap_or_else(|_| {
            from.fail();
            Self::ZERO
        })
    }
}

impl Unpack for Percent {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        Self::from_number(Unpack::unpack(from))
    }
}

unpack_position!(Unit, Self::ALL, Self::Kilogram);
unpack_position!(Grade, &Self::ALL, Self::D);

impl Unpack for Currency {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.text().parse().unwrap_or_else(|_| {
            from.fail();
            Self::CNY
        })
    }
}

unpack_fields!(PerUnit { amount, currency, unit });

unpack_fields!(Tiers {
    currency,
    unit,
    steps,
    otherwise
});

unpack_fields!(Tier { bound, inclusive, duty });

impl Unpack for Box<DutyExpression> {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        Self::new(Unpack::unpack(from))
    }
}

impl Unpack for DutyExpression {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        from.within(DEEPEST, Self::AdValorem(Percent::ZERO), |from| {
            Some(match u8::unpack(from) {
                0 => Self::AdValorem(Unpack::unpack(from)),
                1 => Self::Specific(Unpack::unpack(from)),
                2 => Self::Sum(Unpack::unpack(from)),
                3 => Self::Highest(Unpack::unpack(from)),
                4 => Self::Lowest(Unpack::unpack(from)),
                5 => Self::Tiers(Unpack::unpack(from)),
                _ => return None,
            })
        })
    }
}

impl Unpack for Treatment {
    #[inline(never)]
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        match u8::unpack(from) {
            0 => Self::Duty(Unpack::unpack(from)),
            1 => {
                let (least, most) = Unpack::unpack(from);
                Self::Range { least, most }
            }
            2 => {
                let (inside, outside) = Unpack::unpack(from);
                Self::Quota { inside, outside }
            }
            3 => Self::NoConcession,
            4 => Self::Excluded,
            5 => Self::Unknown,
            6 => Self::Prohibited,
            _ => {
                from.fail();
                Self::Unknown
            }
        }
    }
}

/// A year of a cell as it is read.
enum Step {
    Same,
    By(Decimal),
    To(Treatment),
}

impl Unpack for Step {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        match u8::unpack(from) {
            0 => Self::Same,
            1 => Self::By(Unpack::unpack(from)),
            _ => Self::To(Unpack::unpack(from)),
        }
    }
}

fn staged(first: i32, years: Vec<Step>, grade: Grade) -> Option<Cell> {
    let mut steps: Vec<(i32, Treatment)> = Vec::new();
    // Years of four digits, as in the grammar.
    for (year, step) in (first..10_000).zip(years) {
        let treatment = match step {
            Step::Same => continue,
            Step::To(treatment) => treatment,
            Step::By(change) => {
                let before = steps.last().and_then(|(_, treatment)| plain_rate(treatment))?;
                let rate = before.checked_add(change)?.normalize();
                Treatment::Duty(DutyExpression::AdValorem(Percent::from_number(rate)))
            }
        };
        steps.push((year, treatment));
    }
    Cell::staged(steps, grade).ok()
}

impl Unpack for Cell {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let grade = Unpack::unpack(from);
        let (year, except): (Option<i32>, Vec<Economy>) = Unpack::unpack(from);
        let cell = if bool::unpack(from) {
            let (first, years) = Unpack::unpack(from);
            staged(first, years, grade)
        } else {
            Some(Self::constant(Unpack::unpack(from), grade))
        };
        let cell = cell.unwrap_or_else(|| {
            from.fail();
            Self::constant(Treatment::Unknown, grade)
        });
        let cell = cell.except(except);
        match year {
            Some(year) => cell.of_year(year),
            None => cell,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unpack::unpack;
    use proptest::prelude::*;

    #[test]
    fn every_form_of_the_grammar_round_trips() {
        for text in [
            "0%",
            "7.2% [B]",
            "21 CNY/m2",
            "5% + 0.65 CNY/kg [C]",
            "max(5%, 3.75 CNY/kg)",
            "min(max(13.8%, 0.13 THB/kg), 0.08 THB/kg)",
            "tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)",
            "tiers(CNY/piece: <10000: 0%; <=20000: 10% + 0 CNY/m2; else: 20%)",
            "0%..5%",
            "0%..none [C]",
            "quota(in: 1%; out: 65%)",
            "none",
            "excluded",
            "unknown",
            "prohibited",
            "5% except CN ID [A 2025]",
            "2022: 8%; 2023: 7.2%; 2026: 0%; 2027: none; 2028: 0%..5%; 2029: 5.5% [B]",
            "2022: 8% except KH",
        ] {
            let cell: Cell = text.parse().unwrap();
            let bytes = postcard::to_allocvec(&CellBody::from(&cell)).unwrap();
            assert_eq!(unpack::<Cell>(&bytes).map(|read| read.to_string()).as_deref(), Some(text));
        }
    }

    #[test]
    fn what_nests_too_deep_is_refused() {
        // Sums of one sum each, as deep as there are bytes: none may exhaust the stack.
        let bytes = [[2, 1]; 100_000].concat();
        assert_eq!(unpack::<DutyExpression>(&bytes), None);
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>, small in prop::collection::vec(0_u8..8, 0..40)) {
            let _ = unpack::<Cell>(&bytes);
            let _ = unpack::<Cell>(&small);
        }
    }
}
