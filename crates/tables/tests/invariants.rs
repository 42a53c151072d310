//! What must hold for every line of every tariff and every origin, whatever the rates: no answer contradicts itself or prices a refusal.
//! Not whether a rate is right: that is for `china.rs`, `asean.rs`, the scenarios and the oracle.
#![cfg(test)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use duty::{
    Assessment, Cell, ColumnKind, Currency, Due, DutyExpression, Economy, Exchange, HsCode, Line, Quantities, Quantity, QuotaSide, Rank,
    Refusal, Regime, RegimeOption, Schedule, Shipment, Span, Standing, TaxRate, Treatment, Unit, assess, assess_all, parse_number,
};

const TODAY: &str = "2026-11-22";

fn members() -> impl Iterator<Item = Economy> {
    Economy::ALL.into_iter().filter(|economy| economy.is_asean())
}

/// Whose goods an importer receives here.
fn origins(importer: Economy) -> Vec<Economy> {
    match importer {
        Economy::China => members().collect(),
        _ => vec![Economy::China],
    }
}

fn china() -> Schedule {
    support::schedule(Economy::China)
}

/// A different amount of each unit, so that one cannot stand in for another unseen.
fn all_quantities() -> Quantities {
    let quantity = |(position, unit): (usize, &Unit)| Quantity::parse(&format!("{}.5", 100 + position), *unit).unwrap();
    Unit::ALL.iter().enumerate().map(quantity).collect()
}

/// A shipment that leaves nothing to ask for.
fn shipment(importer: Economy, origin: Economy, code: HsCode, on: &str) -> Shipment {
    let shipment = support::shipment(importer, origin, code, "10000", all_quantities(), on);
    let dollar = Exchange {
        currency: Currency::USD,
        rate: parse_number("4010").unwrap(),
    };
    match importer {
        Economy::TimorLeste => shipment,
        _ => shipment.with_exchange(dollar),
    }
}

#[test]
fn every_line_of_china_from_every_origin_has_an_answer_that_does_not_contradict_itself() {
    let schedule = china();
    let answers: usize = members()
        .map(|origin| consistent_answers(&schedule, origin).values().sum::<usize>())
        .sum();
    assert_eq!(answers, 12_030 * 11);
}

/// With how often each regime is the best for goods of China: a change in the data or the law shows here first. Counted with the oracle too.
#[test]
fn every_line_of_asean_has_an_answer_that_does_not_contradict_itself() {
    let mut counted = String::new();
    for importer in members() {
        let best = consistent_answers(&support::schedule(importer), Economy::China);
        let counts: Vec<String> = best.iter().map(|(regime, count)| format!("{count} {regime}")).collect();
        counted += &format!("{importer} {}\n", counts.join(", "));
    }
    assert_eq!(counted, BEST_IN_ASEAN);
}

const BEST_IN_ASEAN: &str = "\
BN 455 acfta, 10571 mfn, 309 rcep, 92 unknown\n\
ID 9112 acfta, 1482 mfn, 958 unknown\n\
KH 9485 acfta, 1639 mfn, 287 rcep\n\
LA 10619 acfta, 601 mfn, 31 rcep, 163 unknown\n\
MM 10816 acfta, 725 mfn, 349 unknown\n\
MY 4793 acfta, 6565 mfn, 76 rcep\n\
PH 9003 acfta, 1650 mfn, 833 unknown\n\
SG 8 acfta, 11411 mfn\n\
TH 7716 acfta, 3926 mfn, 358 rcep, 326 unknown\n\
TL 5612 mfn\n\
VN 7137 acfta, 4868 mfn, 36 rcep, 264 unknown\n\
";

/// One pass over all lines: in a debug build each answer costs some fifty microseconds, so the checks share it instead of sampling.
/// Counts the best regimes.
fn consistent_answers(schedule: &Schedule, origin: Economy) -> BTreeMap<&'static str, usize> {
    let mut best: BTreeMap<&str, usize> = BTreeMap::new();
    for line in schedule.lines() {
        let answer = &assess(schedule, &shipment(schedule.importer(), origin, line.code(), TODAY)).unwrap();
        the_best_is_the_lowest_lawful_duty_and_refusals_have_no_price(line, origin, answer);
        words_that_are_not_a_rate_never_become_one(line, origin, answer);
        mfn_or_the_provisional_rate_in_its_place_is_the_baseline(line, origin, answer);
        no_range_costs_more_than_going_without_a_certificate(line, origin, answer);
        the_saving_is_the_baseline_less_the_best_and_bills_add_up(line, origin, answer);
        regimes_are_open_to_their_members_only_and_quotas_bound_the_zero_rate(schedule, line, origin, answer);
        *best.entry(answer.best.map_or("unknown", Regime::key)).or_default() += 1;
    }
    best
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
    let schedule = china();
    let mut lines: Vec<HsCode> = schedule.lines().map(|line| line.code()).collect();
    assert_eq!(lines.len(), 12_030);
    lines.iter_mut().for_each(|code| *code = code.truncated(8));
    lines.dedup();
    // The number the Customs Tariff Commission gives for 2026; chapter 98 is a list of its own.
    assert_eq!(lines.iter().filter(|code| code.truncated(2).to_string() != "98").count(), 8_972);
}

fn the_best_is_the_lowest_lawful_duty_and_refusals_have_no_price(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    let place = || format!("{} from {origin}", line.code());
    assert!(assessment.options.is_sorted_by_key(|option| option.regime), "{}", place());
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
        match (&option.standing, &option.treatment) {
            (Standing::Refused(_), _) | (Standing::Lawful { due: Due::Exact(_), .. }, Treatment::Duty(_)) => {}
            // What is known only as a range, or depends on a quota, is never said to cost nothing.
            (Standing::Lawful { .. }, _) => {
                let nothing = option.bill().is_some_and(|bill| bill.duty.most.is_zero());
                assert!(!nothing, "{} from {origin}: {}", line.code(), option.regime);
            }
        }
    }
}

fn mfn_or_the_provisional_rate_in_its_place_is_the_baseline(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    let place = || format!("{} from {origin}", line.code());
    let mfn = assessment.option(Regime::Mfn).unwrap();
    let provisional = assessment.option(Regime::MfnProvisional);
    if provisional.is_some_and(|option| option.treatment != Treatment::NoConcession) {
        let replaced = Some(Refusal::ReplacedByProvisional);
        assert_eq!(refusal(assessment, Regime::Mfn), replaced, "{}", place());
        assert_eq!(assessment.baseline, Some(Regime::MfnProvisional), "{}", place());
        return;
    }
    if provisional.is_some() {
        let none = Some(Refusal::NoProvisionalRate);
        assert_eq!(refusal(assessment, Regime::MfnProvisional), none, "{}", place());
    }
    let is_rate = !matches!(mfn.treatment, Treatment::Unknown | Treatment::Prohibited);
    assert_eq!(assessment.baseline, is_rate.then_some(Regime::Mfn), "{}", place());
}

fn no_range_costs_more_than_going_without_a_certificate(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    let Some(without) = assessment.baseline_bill().map(|bill| bill.duty) else {
        return;
    };
    let ranges = assessment
        .options
        .iter()
        .filter(|option| matches!(option.treatment, Treatment::Range { .. }));
    for duty in ranges.filter_map(|option| Some(option.bill()?.duty)) {
        let begins_there = duty.least >= without.most;
        assert!(
            duty.most <= without.most || begins_there,
            "{} from {origin}: {duty:?}, {without:?}",
            line.code()
        );
    }
}

fn the_saving_is_the_baseline_less_the_best_and_bills_add_up(line: Line<'_>, origin: Economy, assessment: &Assessment) {
    let place = || format!("{} from {origin}", line.code());
    let nothing = Span::exactly(Default::default());
    for bill in assessment.options.iter().filter_map(RegimeOption::bill) {
        assert!(adds_up(bill.duty, [bill.excise, bill.vat], bill.total), "{}: {bill:?}", place());
        let digits = assessment.currency.minor_digits();
        assert!(
            bill.duty.least.scale() == digits && bill.total.most.scale() == digits,
            "{}: {bill:?}",
            place()
        );
    }
    let known = assessment.baseline.is_some() && assessment.best.is_some();
    assert_eq!(assessment.saving.is_some(), known, "{}", place());
    let Some(saving) = assessment.saving else { return };
    assert!(
        adds_up(saving.duty, [saving.excise, saving.vat], saving.total),
        "{}: {saving:?}",
        place()
    );
    let (baseline, best) = (assessment.baseline_bill().unwrap(), assessment.best_bill().unwrap());
    let crosswise = |before: Span, after: Span| Span {
        least: (before.least - after.most).max(nothing.least),
        most: (before.most - after.least).max(nothing.most),
    };
    if assessment.baseline == assessment.best {
        assert!(saving.total.most.is_zero(), "{}", place());
        return;
    }
    assert_eq!(saving.duty, crosswise(baseline.duty, best.duty), "{}", place());
    let is_open = |tax: &TaxRate| matches!(tax.treatment, Treatment::Range { .. } | Treatment::Duty(DutyExpression::Tiers(_)));
    let is_open = is_open(&assessment.excise) || is_open(&assessment.vat);
    let excise = (baseline.excise, best.excise, saving.excise);
    for tax in [excise, (baseline.vat, best.vat, saving.vat)] {
        let (Some(before), Some(after), Some(saved)) = tax else { continue };
        let widest = crosswise(before, after);
        if is_open {
            // One rate of a range, and one reading of a price, holds for both: less is open about the saving than about either.
            assert!(saved.least >= widest.least && saved.most <= widest.most, "{}: {saved:?}", place());
        } else {
            assert_eq!(saved, widest, "{}", place());
        }
    }
}

fn adds_up(duty: Span, taxes: [Option<Span>; 2], total: Span) -> bool {
    let taxes = || taxes.iter().flatten();
    let least = taxes().fold(duty.least, |sum, tax| sum + tax.least);
    let most = taxes().fold(duty.most, |sum, tax| sum + tax.most);
    total.least == least && total.most == most && !duty.least.is_sign_negative()
}

fn regimes_are_open_to_their_members_only_and_quotas_bound_the_zero_rate(
    schedule: &Schedule,
    line: Line<'_>,
    origin: Economy,
    assessment: &Assessment,
) {
    let importer = schedule.importer();
    for option in &assessment.options {
        let place = || format!("{} from {origin} under {}", line.code(), option.regime);
        let refusal = refusal(assessment, option.regime);
        // One side is always China, which is a member of all.
        let asean = if importer == Economy::China { origin } else { importer };
        let member = members_of(option.regime).contains(&asean.code());
        if !option.regime.is_mfn() && refusal != Some(Refusal::Prohibited) {
            assert_eq!(refusal == Some(Refusal::NotAMember(asean)), !member, "{}", place());
        }
        if option.regime == Regime::LeastDeveloped && member {
            let refused = refusal == Some(Refusal::OutsideQuota);
            assert_eq!(refused, line.quota() == Some(QuotaSide::Outside), "{}", place());
        }
        let cell = line.cell(ColumnKind::Duty(option.regime));
        let named = cell.is_some_and(|cell| cell.refused_to().contains(&origin));
        assert_eq!(named, refusal == Some(Refusal::Excluded), "{}", place());
    }
}

/// Whose goods the research notes find to benefit; China grants all of these.
fn members_of(regime: Regime) -> &'static [&'static str] {
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
        let found: Vec<&str> = members()
            .filter(|origin| agreement.beneficiary(*origin).is_some())
            .map(Economy::code)
            .collect();
        assert_eq!(found, members_of(agreement.regime), "{}", agreement.regime);
        assert!(agreement.grantor(Economy::China).is_some(), "{}", agreement.regime);
        assert!(agreement.members.iter().all(|member| !member.source.is_empty()) && !agreement.proof.is_empty());
    }
    let rcep = agreements.iter().find(|agreement| agreement.regime == Regime::Rcep).unwrap();
    let since = |economy: Economy| rcep.beneficiary(economy).unwrap().since.to_string();
    for origin in members().filter(|origin| *origin != Economy::TimorLeste) {
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
fn every_cell_of_every_tariff_has_a_source_and_every_preference_an_agreement() {
    for importer in Economy::ALL {
        let schedule = support::schedule(importer);
        for column in schedule.columns() {
            let place = || format!("{importer} {}", column.kind.key());
            assert!(!column.cells.is_empty(), "{}", place());
            for cell in &column.cells {
                let source = column.source(cell).unwrap();
                for text in [&source.title, &source.edition, &source.found, &source.nomenclature] {
                    assert!(!text.is_empty(), "{}: {cell}", place());
                }
            }
            if let ColumnKind::Duty(regime) = column.kind {
                assert!(regime.is_mfn() || schedule.grants(regime), "{}", place());
            }
        }
    }
}

/// A word has no digit in it, a range both its ends, and only a duty that is free reads as one.
#[test]
fn no_cell_of_any_tariff_prints_as_nothing_to_pay_unless_it_is() {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for importer in Economy::ALL {
        for column in support::schedule(importer).columns() {
            let origins = origins(importer);
            for cell in &column.cells {
                assert_eq!(
                    cell.to_string().parse::<Cell>().as_ref(),
                    Ok(cell),
                    "{importer} {}",
                    column.kind.key()
                );
                let years = cell.steps().map(|(year, _)| year.max(2026));
                for treatment in years.flat_map(|year| origins.iter().map(move |origin| cell.treatment(*origin, year))) {
                    let text = treatment.to_string();
                    let is_free = matches!(treatment, Treatment::Duty(duty) if duty.is_free());
                    let reads_free = text.parse::<DutyExpression>().is_ok_and(|duty| duty.is_free());
                    assert_eq!(reads_free, is_free, "{importer} {cell}: {text}");
                    match treatment {
                        Treatment::Duty(_) => {}
                        Treatment::Range { .. } => assert!(text.contains(".."), "{importer} {cell}: {text}"),
                        Treatment::Quota { .. } => assert!(text.contains("in: ") && text.contains("out: "), "{importer} {cell}: {text}"),
                        _ => {
                            assert!(!text.contains(|letter: char| letter.is_ascii_digit()), "{importer} {cell}: {text}");
                            *words.entry(text).or_default() += 1;
                        }
                    }
                }
            }
        }
    }
    assert_eq!(words.keys().collect::<Vec<_>>(), ["excluded", "none", "prohibited", "unknown"]);
}

#[test]
fn the_rates_of_china_are_in_a_column_or_in_one_sentence() {
    let schedule = china();
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
    let schedule = china();
    let best = |origin: Economy| {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for line in schedule.lines() {
            let best = assess(&schedule, &shipment(Economy::China, origin, line.code(), TODAY))
                .unwrap()
                .best;
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
    let schedule = china();
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in schedule.lines() {
        let assessment = assess(&schedule, &shipment(Economy::China, Economy::Thailand, line.code(), TODAY)).unwrap();
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

/// Every year of the schedules, before and after them, on every fiftieth line of each tariff: the arithmetic is the same on all.
#[test]
fn every_year_has_an_answer() {
    for importer in Economy::ALL {
        let schedule = support::schedule(importer);
        for year in [1900, 2004, 2005, 2021].into_iter().chain(2022..=2043).chain([9999]) {
            for (position, line) in schedule.lines().enumerate().step_by(50) {
                let origins = origins(importer);
                let origin = origins[position / 50 % origins.len()];
                let shipment = shipment(importer, origin, line.code(), &format!("{year}-06-30"));
                let assessment = assess(&schedule, &shipment).unwrap();
                let rcep = assessment.option(Regime::Rcep).unwrap();
                assert!(year >= 2022 || lawful(rcep).is_none(), "{importer} {} in {year}", line.code());
            }
        }
    }
}

/// No rate of RCEP rises from one year to the next.
#[test]
fn rcep_never_rises() {
    let schedule = china();
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
    let schedule = china();
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
    assess_all(schedule, &shipment(Economy::China, Economy::Thailand, code, TODAY))
        .unwrap()
        .cases
        .len()
}
