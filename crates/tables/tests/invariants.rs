//! What must hold for every line of China's tariff and every origin, whatever the rates: no answer contradicts itself or prices a refusal.
//! Not whether a rate is right: that is for `china.rs`, the scenarios and the oracle.
#![cfg(test)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use duty::{
    Assessment, ColumnKind, Due, Economy, HsCode, Line, Quantities, Quantity, QuotaSide, Rank, Refusal, Regime, RegimeOption, Schedule,
    Span, Standing, Treatment, Unit, assess, assess_all,
};

const TODAY: &str = "2026-11-22";

fn origins() -> impl Iterator<Item = Economy> {
    Economy::ALL.into_iter().filter(|economy| economy.is_asean())
}

/// A different amount of each unit, so that one cannot stand in for another unseen.
fn all_quantities() -> Quantities {
    let quantity = |(position, unit): (usize, &Unit)| Quantity::parse(&format!("{}.5", 100 + position), *unit).unwrap();
    Unit::ALL.iter().enumerate().map(quantity).collect()
}

/// One pass over 132,330 answers: in a debug build each costs some fifty microseconds, so the checks share it instead of sampling.
#[test]
fn every_line_from_every_origin_has_an_answer_that_does_not_contradict_itself() {
    let schedule = support::china();
    let mut answers = 0;
    for origin in origins() {
        for line in schedule.lines() {
            let shipment = support::shipment(origin, line.code(), "10000", all_quantities(), TODAY);
            let answer = &assess(&schedule, &shipment).unwrap();
            the_best_is_the_lowest_lawful_duty_and_refusals_have_no_price(line, origin, answer);
            words_that_are_not_a_rate_never_become_one(line, origin, answer);
            a_provisional_rate_replaces_mfn_and_one_of_the_two_is_the_baseline(line, origin, answer);
            the_saving_is_the_baseline_less_the_best_and_bills_add_up(line, origin, answer);
            regimes_are_open_to_their_members_only_and_quotas_bound_the_zero_rate(line, origin, answer);
            answers += 1;
        }
    }
    assert_eq!(answers, 12_030 * 11);
}

fn lawful(option: &RegimeOption) -> Option<Span> {
    match &option.standing {
        Standing::Lawful { due, .. } => due.span(),
        Standing::Refused(_) => None,
    }
}

fn refusal(assessment: &Assessment, regime: Regime) -> Option<Refusal> {
    match assessment.option(regime).unwrap().standing {
        Standing::Refused(refusal) => Some(refusal),
        Standing::Lawful { .. } => None,
    }
}

#[test]
fn the_schedule_has_every_line() {
    let schedule = support::china();
    let mut lines: Vec<HsCode> = schedule.lines().map(|line| line.code()).collect();
    assert_eq!(lines.len(), 12_030);
    lines.iter_mut().for_each(|code| *code = code.truncated(8));
    lines.dedup();
    // The number the Customs Tariff Commission gives for 2026; chapter 98 is a list of its own.
    assert_eq!(lines.iter().filter(|code| code.truncated(2).to_string() != "98").count(), 8_972);
}

fn the_best_is_the_lowest_lawful_duty_and_refusals_have_no_price(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    let place = || format!("{} from {origin}", line.code());
    assert_eq!(assessment.options.len(), Regime::ALL.len(), "{}", place());
    assert!(
        assessment
            .options
            .iter()
            .zip(Regime::ALL)
            .all(|(option, regime)| option.regime == *regime)
    );
    assert!(assessment.missing_units().is_empty(), "{}: every quantity is stated", place());
    let best = assessment.best.map(|best| lawful(assessment.option(best).unwrap()).unwrap());
    for option in &assessment.options {
        if let Some(duty) = lawful(option) {
            assert!(duty.least <= duty.most, "{}", place());
            assert!(
                best.is_none_or(|best| best.most <= duty.most),
                "{}: {} is lower",
                place(),
                option.regime
            );
            assert_eq!(
                option.rank() == Some(Rank::Best),
                assessment.best == Some(option.regime),
                "{}",
                place()
            );
        } else {
            assert!(option.bill().is_none() && assessment.best != Some(option.regime), "{}", place());
        }
    }
}

fn words_that_are_not_a_rate_never_become_one(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    for option in &assessment.options {
        let no_rate = matches!(
            option.treatment,
            Treatment::NoConcession | Treatment::Excluded | Treatment::Unknown | Treatment::Prohibited
        );
        let refused = matches!(option.standing, Standing::Refused(_));
        assert!(refused || !no_rate, "{} from {origin}: {}", line.code(), option.regime);
        if let Standing::Lawful { due: Due::Exact(_), .. } = &option.standing {
            assert!(matches!(option.treatment, Treatment::Duty(_)), "{} from {origin}", line.code());
        }
    }
}

fn a_provisional_rate_replaces_mfn_and_one_of_the_two_is_the_baseline(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    let place = || format!("{} from {origin}", line.code());
    let provisional = assessment.option(Regime::MfnProvisional).unwrap();
    if provisional.treatment == Treatment::NoConcession {
        assert_eq!(
            refusal(assessment, Regime::MfnProvisional),
            Some(Refusal::NoProvisionalRate),
            "{}",
            place()
        );
        let unknown = assessment.option(Regime::Mfn).unwrap().treatment == Treatment::Unknown;
        assert_eq!(assessment.baseline, (!unknown).then_some(Regime::Mfn), "{}", place());
    } else {
        assert_eq!(
            refusal(assessment, Regime::Mfn),
            Some(Refusal::ReplacedByProvisional),
            "{}",
            place()
        );
        assert_eq!(assessment.baseline, Some(Regime::MfnProvisional), "{}", place());
    }
}

fn the_saving_is_the_baseline_less_the_best_and_bills_add_up(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    let place = || format!("{} from {origin}", line.code());
    for bill in assessment.options.iter().filter_map(RegimeOption::bill) {
        let none = Span::exactly(Default::default());
        let vat = bill.vat.unwrap_or(none);
        for (duty, vat, total) in [
            (bill.duty.least, vat.least, bill.total.least),
            (bill.duty.most, vat.most, bill.total.most),
        ] {
            assert_eq!(duty + vat, total, "{}", place());
            assert!(duty.scale() == 2 && total.scale() == 2, "{}: {duty}, {total}", place());
        }
    }
    let known = assessment.baseline.is_some() && assessment.best.is_some();
    assert_eq!(assessment.saving.is_some(), known, "{}", place());
    let Some(saving) = assessment.saving else { return };
    let (baseline, best) = (assessment.baseline_bill().unwrap(), assessment.best_bill().unwrap());
    for (saved, before, after) in [(saving.duty, baseline.duty, best.duty), (saving.total, baseline.total, best.total)] {
        assert!(saved.least.is_zero() || saved.least.is_sign_positive(), "{}: {saved:?}", place());
        if assessment.baseline != assessment.best {
            assert_eq!(saved.least, before.least - after.most, "{}", place());
            assert_eq!(saved.most, before.most - after.least, "{}", place());
        } else {
            assert!(saved.most.is_zero(), "{}", place());
        }
    }
    let vat = saving.vat.map_or(saving.duty.most, |vat| saving.duty.most + vat.most);
    assert_eq!(vat, saving.total.most, "{}", place());
}

fn regimes_are_open_to_their_members_only_and_quotas_bound_the_zero_rate(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    for option in &assessment.options {
        let place = || format!("{} from {origin} under {}", line.code(), option.regime);
        let member = members(option.regime).contains(&origin.code());
        if !option.regime.is_mfn() {
            let outsider = refusal(assessment, option.regime) == Some(Refusal::NotAMember(origin));
            assert_eq!(outsider, !member, "{}", place());
        }
        if option.regime == Regime::LeastDeveloped && member {
            let refused = refusal(assessment, option.regime) == Some(Refusal::OutsideQuota);
            assert_eq!(refused, line.quota() == Some(QuotaSide::Outside), "{}", place());
        }
    }
}

/// Whose goods the research notes find to benefit; China grants all of these.
fn members(regime: Regime) -> &'static [&'static str] {
    match regime {
        Regime::Mfn | Regime::MfnProvisional => &[],
        Regime::Acfta | Regime::Rcep => &["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "VN"],
        Regime::ChinaCambodia => &["KH"],
        Regime::ChinaSingapore => &["SG"],
        Regime::LeastDeveloped => &["KH", "LA", "MM", "TL"],
    }
}

#[test]
fn agreements_have_the_members_and_days_of_the_research_notes() {
    let agreements = support::folder().agreements().unwrap();
    assert_eq!(agreements.len(), 5);
    for agreement in &agreements {
        let found: Vec<&str> = origins()
            .filter(|origin| agreement.beneficiary(*origin).is_some())
            .map(Economy::code)
            .collect();
        assert_eq!(found, members(agreement.regime), "{}", agreement.regime);
        assert!(agreement.grantor(Economy::China).is_some(), "{}", agreement.regime);
        assert!(agreement.members.iter().all(|member| !member.source.is_empty()) && !agreement.proof.is_empty());
    }
    let rcep = agreements.iter().find(|agreement| agreement.regime == Regime::Rcep).unwrap();
    let since = |economy: Economy| rcep.beneficiary(economy).unwrap().since.to_string();
    for origin in origins().filter(|origin| *origin != Economy::TimorLeste) {
        let expected = match origin {
            Economy::Myanmar => "2022-05-01",
            Economy::Malaysia => "2022-03-18",
            Economy::Indonesia => "2023-01-02",
            Economy::Philippines => "2023-06-02",
            _ => "2022-01-01",
        };
        assert_eq!(since(origin), expected, "{origin}");
    }
}

#[test]
fn every_column_has_a_source_and_every_preference_an_agreement() {
    let schedule = support::china();
    for column in schedule.columns() {
        let [source] = column.sources.as_slice() else {
            panic!("{} has one source", column.kind.key())
        };
        for text in [&source.title, &source.edition, &source.found, &source.nomenclature] {
            assert!(!text.is_empty(), "{}", column.kind.key());
        }
    }
    for regime in Regime::ALL.iter().copied() {
        let column = schedule.column(ColumnKind::Duty(regime)).is_some();
        let agreement = schedule.agreement(regime);
        assert_eq!(agreement.is_some(), !regime.is_mfn(), "{regime}");
        let blanket = agreement.is_some_and(|agreement| agreement.blanket.is_some());
        assert!(column != blanket, "{regime} has its rates either in a column or in one sentence");
    }
}

/// On how many of the 12,030 lines each regime is the best: a change in the data or the law shows here first. Counted with the oracle too.
#[test]
fn the_best_regime_is_distributed_as_known() {
    let schedule = support::china();
    let best = |origin: Economy| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for line in schedule.lines() {
            let shipment = support::shipment(origin, line.code(), "10000", all_quantities(), TODAY);
            let best = assess(&schedule, &shipment).unwrap().best;
            *counts.entry(best.map_or("unknown", Regime::key)).or_default() += 1;
        }
        counts.into_iter().collect::<Vec<_>>()
    };
    assert_eq!(
        best(Economy::Thailand),
        [
            ("acfta", 9_319),
            ("mfn", 1_989),
            ("mfn_provisional", 697),
            ("rcep", 24),
            ("unknown", 1)
        ]
    );
    assert_eq!(
        best(Economy::Singapore),
        [
            ("acfta", 9_319),
            ("mfn", 1_989),
            ("mfn_provisional", 697),
            ("rcep", 24),
            ("unknown", 1)
        ]
    );
    assert_eq!(
        best(Economy::Cambodia),
        [
            ("acfta", 9_171),
            ("china_cambodia", 208),
            ("least_developed", 321),
            ("mfn", 1_667),
            ("mfn_provisional", 660),
            ("rcep", 2),
            ("unknown", 1)
        ]
    );
    assert_eq!(
        best(Economy::TimorLeste),
        [("least_developed", 9_671), ("mfn", 1_698), ("mfn_provisional", 660), ("unknown", 1)]
    );
}

/// The rates of ACFTA, and on how many lines each is lower than what goods of Thailand pay without a Form E.
#[test]
fn acfta_is_distributed_as_in_the_tariff() {
    let schedule = support::china();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in schedule.lines() {
        let shipment = support::shipment(Economy::Thailand, line.code(), "10000", all_quantities(), TODAY);
        let assessment = assess(&schedule, &shipment).unwrap();
        let option = assessment.option(Regime::Acfta).unwrap();
        let count = counts.entry(option.treatment.to_string()).or_default();
        count.0 += 1;
        let baseline = assessment.baseline.and_then(|regime| lawful(assessment.option(regime).unwrap()));
        if let (Some(duty), Some(baseline)) = (lawful(option), baseline) {
            count.1 += usize::from(duty.most < baseline.most);
        }
    }
    let counts: Vec<(&str, (usize, usize))> = counts.iter().map(|(text, count)| (text.as_str(), *count)).collect();
    assert_eq!(
        counts,
        [
            ("0%", (11_269, 9_142)),
            ("40%", (2, 0)),
            ("5%", (291, 160)),
            ("50%", (36, 22)),
            ("9%", (2, 0)),
            ("none", (430, 0))
        ]
    );
}

/// Every year of the schedules, before and after them, on every fiftieth line: the arithmetic is the same on all.
#[test]
fn every_year_has_an_answer() {
    let schedule = support::china();
    for year in [1900, 2004, 2005, 2021].into_iter().chain(2022..=2043).chain([9999]) {
        for (position, line) in schedule.lines().enumerate().step_by(50) {
            let origin = origins().nth(position / 50 % 11).unwrap();
            let day = format!("{year}-06-30");
            let shipment = support::shipment(origin, line.code(), "10000", all_quantities(), &day);
            let assessment = assess(&schedule, &shipment).unwrap();
            let rcep = assessment.option(Regime::Rcep).unwrap();
            assert!(year >= 2022 || lawful(rcep).is_none(), "{} in {year}", line.code());
        }
    }
}

/// No rate of RCEP rises from one year to the next.
#[test]
fn rcep_never_rises() {
    let schedule = support::china();
    let upper = |line: Line<'_>, year: i32| match line.cell(ColumnKind::Duty(Regime::Rcep)).unwrap().in_year(year) {
        Treatment::Duty(duty::DutyExpression::AdValorem(percent)) => Some((*percent, *percent)),
        Treatment::Range { least, most: Some(most) } => Some((*least, *most)),
        _ => None,
    };
    for line in schedule.lines() {
        for year in 2022..2043 {
            if let (Some(one), Some(next)) = (upper(line, year), upper(line, year + 1)) {
                assert!(next.0 <= one.0 && next.1 <= one.1, "{} in {year}", line.code());
            }
        }
    }
}

/// A code of six digits leaves choices that hold every line below it exactly once.
#[test]
fn choices_hold_every_line_once() {
    let schedule = support::china();
    let subheadings: BTreeSet<HsCode> = schedule.lines().map(|line| line.code().subheading()).collect();
    let mut lines = 0;
    for subheading in subheadings {
        let choices = schedule.choices(subheading);
        let mut next = schedule.positions_under(subheading).start;
        for choice in &choices {
            assert_eq!(choice.lines.start, next, "{subheading}");
            next = choice.lines.end;
            lines += choice.lines.len();
        }
        assert_eq!(assessed(&schedule, subheading), choices.len(), "{subheading}");
    }
    assert_eq!(lines, 12_030);
}

fn assessed(schedule: &Schedule, code: HsCode) -> usize {
    let shipment = support::shipment(Economy::Thailand, code, "10000", all_quantities(), TODAY);
    assess_all(schedule, &shipment).unwrap().cases.len()
}
