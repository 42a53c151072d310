//! The tariffs whose rows are their lines, each with all its rates: Brunei Darussalam, Cambodia, Indonesia, Lao PDR, Myanmar, Singapore.

use duty::{Cell, Currency, DutyExpression, Economy, Grade, Treatment};
use tables::Tariff;

use super::draft::Draft;
use super::wording::{Reading, unit};
use super::{applied, ceilings, kcs, stated, workbook};
use crate::official::Official;
use crate::source_table::Field;

pub(crate) fn brunei(official: &Official<'_>) -> anyhow::Result<Tariff> {
    with_rcep(official, Economy::Brunei)
}

pub(crate) fn laos(official: &Official<'_>) -> anyhow::Result<Tariff> {
    with_rcep(official, Economy::Laos)
}

/// A tariff with MFN rates and one RCEP schedule for all Parties.
fn with_rcep(official: &Official<'_>, importer: Economy) -> anyhow::Result<Tariff> {
    let reading = Reading::of(importer.currency());
    let acfta = applied(official, importer)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta", "rcep"]);
    for (code, [mfn, rcep]) in kcs::lines(&workbook(official, importer)?, [kcs::MFN, kcs::RCEP])? {
        let code = code.parse()?;
        draft.add(
            code,
            None,
            [stated(reading.rate(&mfn)?), acfta.cell(code)?, stated(reading.rate(&rcep)?)],
        )?;
    }
    draft.finish()
}

/// Its RCEP rates are one of six schedules, Korea's: they are not those of China.
pub(crate) fn indonesia(official: &Official<'_>) -> anyhow::Result<Tariff> {
    const MFN: &str = "기본세율 Import Duty";
    let importer = Economy::Indonesia;
    let reading = Reading::of(importer.currency());
    let acfta = applied(official, importer)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta"]);
    for (code, [mfn]) in kcs::lines(&workbook(official, importer)?, [MFN])? {
        let code = code.parse()?;
        draft.add(code, None, [stated(reading.rate(&mfn)?), acfta.cell(code)?])?;
    }
    draft.finish()
}

pub(crate) fn cambodia(official: &Official<'_>) -> anyhow::Result<Tariff> {
    const SPECIAL_TAX: &str = "특별세";
    const VAT: &str = "부가세";
    let importer = Economy::Cambodia;
    // Its customs reckons specific duties in dollars of the United States.
    let reading = Reading::of(Currency::USD);
    let acfta = ceilings(official, importer)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta", "rcep", "excise", "vat"]);
    let titles = [kcs::UNIT, kcs::MFN, kcs::RCEP, SPECIAL_TAX, VAT];
    for (code, [units, mfn, rcep, special_tax, vat]) in kcs::lines(&workbook(official, importer)?, titles)? {
        let code = code.parse()?;
        let mfn = reading.rate(&mfn)?;
        let acfta = acfta.cell(code, &mfn);
        let [rcep, special_tax, vat] = [reading.rate(&rcep)?, reading.rate(&special_tax)?, reading.rate(&vat)?].map(stated);
        draft.add(code, units.read(unit)?, [stated(mfn), acfta, rcep, special_tax, vat])?;
    }
    draft.finish()
}

/// Lines of ten digits; a line of eight stands only above its parts.
pub(crate) fn myanmar(official: &Official<'_>) -> anyhow::Result<Tariff> {
    let importer = Economy::Myanmar;
    let reading = Reading::of(importer.currency());
    let acfta = applied(official, importer)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta"]);
    for (code, [units, mfn]) in kcs::undivided(&workbook(official, importer)?, [kcs::UNIT, kcs::MFN])? {
        let code = code.parse()?;
        draft.add(code, units.read(unit)?, [stated(reading.rate(&mfn)?), acfta.cell(code)?])?;
    }
    draft.finish()
}

/// Singapore binds every line at 0 % under RCEP, so that the workbook has no column for it.
pub(crate) fn singapore(official: &Official<'_>) -> anyhow::Result<Tariff> {
    const EXCISE: &str = "소비세율";
    let importer = Economy::Singapore;
    let reading = Reading::of(importer.currency());
    let acfta = applied(official, importer)?;
    let mut draft = Draft::new(importer, ["mfn", "acfta", "rcep", "excise"]);
    let titles = [kcs::UNIT, kcs::MFN, EXCISE];
    for (code, [units, mfn, excise]) in kcs::lines(&workbook(official, importer)?, titles)? {
        let code = code.parse()?;
        let rcep = Cell::constant(Treatment::Duty(DutyExpression::FREE), Grade::B);
        let excise = stated(singapore_excise(reading, &excise)?);
        draft.add(
            code,
            units.read(unit)?,
            [stated(reading.rate(&mfn)?), acfta.cell(code)?, rcep, excise],
        )?;
    }
    draft.finish()
}

/// No text means no excise. A duty on a part of the goods only, or on each gram begun, has no place in the duty grammar.
fn singapore_excise(reading: Reading, field: &Field) -> anyhow::Result<Treatment> {
    const ON_A_PART: [&str; 4] = [
        "$0.491 For every gram or part thereof of each stick of cigarette",
        "$2.00 Per DAL of dutiable diesel fuel",
        "$2.00 Per DAL of diesel fuel conforming to the standard for sulphur for such diesel fuel specified in Part I of the Eighth \
         Schedule to the Environmental Protection and Management (Vehicular Emissions) Regulations (Cap. 94A, Rg 6)",
        "$2.00 Per DAL of diesel fuel conforming to the standard for sulphur for automotive diesel fuel specified in Part I of the Eighth \
         Schedule to the Environmental Protection and Management (Vehicular Emissions) Regulations (as if such diesel fuel were automotive \
         diesel fuel)",
    ];
    field.read(|text| match text {
        "" => Some(Treatment::Duty(DutyExpression::FREE)),
        text if ON_A_PART.contains(&text) => Some(Treatment::Unknown),
        text => reading.treatment(text),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source_table::tests::record;

    #[test]
    fn singapore_excise_has_a_closed_list_of_texts_without_a_duty() {
        let read = |text: &str| {
            let record = record("22030011", [text]);
            singapore_excise(Reading::of(Currency::SGD), &record.fields[0]).map(|treatment| treatment.to_string())
        };
        assert_eq!(read("").unwrap(), "0%");
        assert_eq!(read("$60.00 Per Litre of Alcohol").unwrap(), "60 SGD/Lalc");
        assert_eq!(read("$2.00 Per DAL of dutiable diesel fuel").unwrap(), "unknown");
        assert!(read("$3.00 Per DAL of dutiable diesel fuel").is_err());
    }
}
