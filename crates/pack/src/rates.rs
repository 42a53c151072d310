//! The tariff of one importer in a packed file. Each distinct cell lies there once.

use duty::{
    Agreement, Blanket, Cell, Column, ColumnKind, Economy, Evidence, Membership, NationalTax, QuotaSide, Regime, Role, Schedule,
    ScheduleParts, Source, Tax, TaxName, Unit, WithItself, parse_date, print_date,
};
use serde::Serialize;
use time::Date;

use crate::codes::{Codes, LineCodes};
use crate::duties::{CellBody, TreatmentBody, position, unpack_position};
use crate::envelope::{Kind, ReadError, open, seal};
use crate::unpack::{Unpack, Unpacker, unpack_fields, unpack_text};

/// A tariff and the edition it was packed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rates {
    /// The tariff.
    pub schedule: Schedule,
    /// The edition of the data, for links that must say what they rest on.
    pub edition: String,
}

#[derive(Serialize)]
struct RatesBody {
    importer: u8,
    sources: Vec<SourceBody>,
    codes: LineCodes,
    units: Vec<u8>,
    quota_codes: Codes,
    quota_outside: Vec<bool>,
    columns: Vec<ColumnBody>,
    agreements: Vec<AgreementBody>,
    taxes: Vec<TaxBody>,
}

/// The same as it is read: at once into what the domain has.
struct ReadBody {
    importer: Economy,
    sources: Vec<Source>,
    codes: LineCodes,
    units: Vec<u8>,
    quota_codes: Codes,
    quota_outside: Vec<bool>,
    columns: Vec<ReadColumn>,
    agreements: Vec<Agreement>,
    taxes: Vec<NationalTax>,
}

unpack_fields!(ReadBody {
    importer,
    sources,
    codes,
    units,
    quota_codes,
    quota_outside,
    columns,
    agreements,
    taxes
});

#[derive(Serialize)]
struct ColumnBody {
    kind: u8,
    /// Positions in the list of sources of the file.
    sources: Vec<u8>,
    cells: Vec<CellBody>,
    index: Vec<u16>,
}

struct ReadColumn {
    kind: ColumnKind,
    sources: Vec<u8>,
    cells: Vec<Cell>,
    index: Vec<u16>,
}

unpack_fields!(ReadColumn {
    kind,
    sources,
    cells,
    index
});

#[derive(Serialize, PartialEq)]
struct SourceBody {
    title: String,
    edition: String,
    year: i32,
    found: String,
    nomenclature: String,
}

unpack_fields!(Source {
    title,
    edition,
    year,
    found,
    nomenclature
});

#[derive(Serialize)]
struct AgreementBody {
    regime: u8,
    proof: String,
    source: String,
    members: Vec<MembershipBody>,
    blanket: Option<(TreatmentBody, bool)>,
}

unpack_fields!(Agreement {
    regime,
    proof,
    source,
    members,
    blanket
});

#[derive(Serialize)]
struct TaxBody {
    tax: u8,
    name: u8,
    standard: Option<TreatmentBody>,
    evidence: u8,
    source: String,
    status_to_confirm: bool,
    /// Evidence and source.
    with_itself: Option<(u8, String)>,
}

unpack_fields!(NationalTax {
    tax,
    name,
    standard,
    evidence,
    source,
    status_to_confirm,
    with_itself
});

unpack_fields!(WithItself { evidence, source });

#[derive(Serialize)]
struct MembershipBody {
    economy: u8,
    role: u8,
    since: String,
    evidence: u8,
    source: String,
    status_to_confirm: bool,
}

unpack_fields!(Membership {
    economy,
    role,
    since,
    evidence,
    source,
    status_to_confirm
});

unpack_text!(Date, Date::MIN, |text| parse_date(text).ok());
unpack_position!(Economy, &Economy::ALL, Economy::China);
unpack_position!(Regime, Regime::ALL, Regime::Mfn);
unpack_position!(Role, &Role::ALL, Role::Party);
unpack_position!(Evidence, &Evidence::ALL, Evidence::Unconfirmed);
unpack_position!(Tax, &Tax::ALL, Tax::Vat);
unpack_position!(TaxName, &TaxName::ALL, TaxName::Excise);
unpack_position!(ColumnKind, &COLUMN_KINDS, ColumnKind::Tax(Tax::Vat));

/// What a column may be of, in the order of their positions.
const COLUMN_KINDS: [ColumnKind; 9] = [
    ColumnKind::Duty(Regime::Mfn),
    ColumnKind::Duty(Regime::MfnProvisional),
    ColumnKind::Duty(Regime::Acfta),
    ColumnKind::Duty(Regime::Rcep),
    ColumnKind::Duty(Regime::ChinaCambodia),
    ColumnKind::Duty(Regime::ChinaSingapore),
    ColumnKind::Duty(Regime::LeastDeveloped),
    ColumnKind::Tax(Tax::Excise),
    ColumnKind::Tax(Tax::Vat),
];

impl Unpack for Blanket {
    fn unpack(from: &mut Unpacker<'_>) -> Self {
        let (treatment, outside_quota) = Unpack::unpack(from);
        Self { treatment, outside_quota }
    }
}

/// Stands for a line whose tariff names no unit.
const NO_UNIT: u8 = u8::MAX;

/// Packs a tariff.
///
/// # Errors
/// [`ReadError::Malformed`] if it cannot be written.
pub fn write_rates(edition: &str, schedule: &Schedule) -> Result<Vec<u8>, ReadError> {
    let parts = schedule.parts();
    let (quota_codes, sides): (Vec<_>, Vec<_>) = parts.quotas.iter().copied().unzip();
    let mut sources = Vec::new();
    let body = RatesBody {
        importer: position(&Economy::ALL, parts.importer),
        codes: LineCodes::write(&parts.codes)?,
        units: parts
            .units
            .iter()
            .map(|unit| unit.map_or(NO_UNIT, |unit| position(Unit::ALL, unit)))
            .collect(),
        quota_codes: Codes::write(&quota_codes),
        quota_outside: sides.iter().map(|side| *side == QuotaSide::Outside).collect(),
        columns: parts
            .columns
            .iter()
            .map(|column| ColumnBody::write(column, &mut sources))
            .collect::<Result<_, _>>()?,
        sources,
        agreements: parts.agreements.iter().map(AgreementBody::write).collect(),
        taxes: parts.taxes.iter().map(TaxBody::write).collect(),
    };
    seal(Kind::Rates, edition, &body)
}

/// Reads a tariff and checks that its parts fit together.
///
/// # Errors
/// [`ReadError`].
pub fn read_rates(bytes: &[u8]) -> Result<Rates, ReadError> {
    let (edition, body): (String, ReadBody) = open(Kind::Rates, bytes)?;
    let unit = |position: &u8| match Unit::ALL.get(usize::from(*position)) {
        None if *position == NO_UNIT => Ok(None),
        None => Err(ReadError::Malformed("an unknown unit")),
        known => Ok(known.copied()),
    };
    let sides = body
        .quota_outside
        .iter()
        .map(|outside| if *outside { QuotaSide::Outside } else { QuotaSide::Inside });
    let parts = ScheduleParts {
        importer: body.importer,
        codes: body.codes.read()?,
        units: body.units.iter().map(unit).collect::<Result<_, _>>()?,
        quotas: body.quota_codes.read()?.into_iter().zip(sides).collect(),
        columns: body
            .columns
            .into_iter()
            .map(|column| column.with(&body.sources))
            .collect::<Result<_, _>>()?,
        agreements: body.agreements,
        taxes: body.taxes,
    };
    Ok(Rates {
        schedule: Schedule::new(parts).map_err(|_| ReadError::Malformed("parts that do not fit together"))?,
        edition,
    })
}

impl ColumnBody {
    fn write(column: &Column, sources: &mut Vec<SourceBody>) -> Result<Self, ReadError> {
        Ok(Self {
            kind: position(&COLUMN_KINDS, column.kind),
            sources: column
                .sources
                .iter()
                .map(|source| position_of(source, sources))
                .collect::<Result<_, _>>()?,
            cells: column.cells.iter().map(CellBody::from).collect(),
            index: column.index.clone(),
        })
    }
}

impl ReadColumn {
    fn with(self, sources: &[Source]) -> Result<Column, ReadError> {
        let source = |position: &u8| sources.get(usize::from(*position)).cloned();
        let sources = self.sources.iter().map(source).collect::<Option<_>>();
        Ok(Column {
            kind: self.kind,
            sources: sources.ok_or(ReadError::Malformed("an unknown source"))?,
            cells: self.cells,
            index: self.index,
        })
    }
}

/// The position of a source in the list of a file, at its end if it is new there: columns that share a source point at the same one.
fn position_of(source: &Source, sources: &mut Vec<SourceBody>) -> Result<u8, ReadError> {
    let body = SourceBody::write(source);
    let known = sources.iter().position(|other| *other == body);
    let position = known.unwrap_or_else(|| {
        sources.push(body);
        sources.len() - 1
    });
    u8::try_from(position).map_err(|_| ReadError::Malformed("more sources than a file can hold"))
}

impl SourceBody {
    fn write(source: &Source) -> Self {
        let Source {
            title,
            edition,
            year,
            found,
            nomenclature,
        } = source.clone();
        Self {
            title,
            edition,
            year,
            found,
            nomenclature,
        }
    }
}

impl AgreementBody {
    fn write(agreement: &Agreement) -> Self {
        Self {
            regime: position(Regime::ALL, agreement.regime),
            proof: agreement.proof.clone(),
            source: agreement.source.clone(),
            members: agreement.members.iter().map(MembershipBody::write).collect(),
            blanket: agreement
                .blanket
                .as_ref()
                .map(|blanket| ((&blanket.treatment).into(), blanket.outside_quota)),
        }
    }
}

impl TaxBody {
    fn write(national: &NationalTax) -> Self {
        Self {
            tax: position(&Tax::ALL, national.tax),
            name: position(&TaxName::ALL, national.name),
            standard: national.standard.as_ref().map(TreatmentBody::from),
            evidence: position(&Evidence::ALL, national.evidence),
            source: national.source.clone(),
            status_to_confirm: national.status_to_confirm,
            with_itself: national
                .with_itself
                .as_ref()
                .map(|with_itself| (position(&Evidence::ALL, with_itself.evidence), with_itself.source.clone())),
        }
    }
}

impl MembershipBody {
    fn write(member: &Membership) -> Self {
        Self {
            economy: position(&Economy::ALL, member.economy),
            role: position(&Role::ALL, member.role),
            since: print_date(member.since),
            evidence: position(&Evidence::ALL, member.evidence),
            source: member.source.clone(),
            status_to_confirm: member.status_to_confirm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::envelope::checksum;
    use proptest::prelude::*;

    fn schedule() -> Schedule {
        let code = |text: &str| text.parse().unwrap();
        let source = Source {
            title: "Tariff".into(),
            edition: "2026".into(),
            year: 2026,
            found: "here".into(),
            nomenclature: "HS 2022".into(),
        };
        let older = Source {
            year: 2025,
            ..source.clone()
        };
        let column = |key: &str, cells: &[&str], index: &[u16]| Column {
            kind: ColumnKind::from_key(key).unwrap(),
            sources: vec![source.clone(), older.clone()],
            cells: cells.iter().map(|cell| cell.parse().unwrap()).collect(),
            index: index.to_vec(),
        };
        let member = |economy, role| Membership {
            economy,
            role,
            since: parse_date("2005-07-01").unwrap(),
            evidence: Evidence::Read,
            source: "s".into(),
            status_to_confirm: false,
        };
        Schedule::new(ScheduleParts {
            importer: Economy::China,
            codes: vec![code("0810600000"), code("1006302001"), code("1006302090"), code("40012100")],
            units: vec![Some(Unit::Kilogram); 4],
            quotas: vec![(code("1006302001"), QuotaSide::Inside), (code("1006302090"), QuotaSide::Outside)],
            columns: vec![
                column("mfn", &["20%", "1% [A 2025]", "65% except CN ID"], &[0, 1, 2, 0]),
                column(
                    "mfn_provisional",
                    &["none", "tiers(CNY/kg: <=7.5: 20%; else: 1.5 CNY/kg)"],
                    &[0, 0, 0, 1],
                ),
                column(
                    "rcep",
                    &[
                        "2022: 8%; 2023: 7.2%; 2026: 0%; 2027: none; 2028: 0%..5%; 2029: 5.5% [B]",
                        "0%..none [C]",
                        "unknown",
                    ],
                    &[0, 1, 1, 2],
                ),
                column("vat", &["9%"], &[0, 0, 0, 0]),
            ],
            agreements: vec![
                Agreement {
                    regime: Regime::Acfta,
                    proof: "Form E".into(),
                    source: "s".into(),
                    members: vec![member(Economy::China, Role::Party)],
                    blanket: None,
                },
                Agreement {
                    regime: Regime::LeastDeveloped,
                    proof: "c".into(),
                    source: "s".into(),
                    members: vec![member(Economy::China, Role::Grantor)],
                    blanket: Some(Blanket {
                        treatment: "0%".parse().unwrap(),
                        outside_quota: false,
                    }),
                },
            ],
            taxes: vec![NationalTax {
                tax: Tax::Vat,
                name: TaxName::GoodsAndServicesTax,
                standard: Some("9%".parse().unwrap()),
                evidence: Evidence::Secondary,
                source: "s".into(),
                status_to_confirm: true,
                with_itself: Some(WithItself {
                    evidence: Evidence::Unconfirmed,
                    source: "g".into(),
                }),
            }],
        })
        .unwrap()
    }

    #[test]
    fn a_tariff_round_trips_and_always_packs_the_same() {
        let bytes = write_rates("2026-11", &schedule()).unwrap();
        let rates = read_rates(&bytes).unwrap();
        assert_eq!(rates.schedule, schedule());
        assert_eq!(rates.edition, "2026-11");
        assert_eq!(write_rates("2026-11", &rates.schedule).unwrap(), bytes);
    }

    #[test]
    fn a_line_without_a_unit_stays_without() {
        let mut parts = schedule().parts().clone();
        parts.units[1] = None;
        let schedule = Schedule::new(parts).unwrap();
        assert_eq!(read_rates(&write_rates("2026", &schedule).unwrap()).unwrap().schedule, schedule);
    }

    /// A file of format version 4 as it was first published. If this fails, the format changed: raise `FORMAT_VERSION` and add a file.
    #[test]
    fn the_first_published_file_still_reads() {
        let published = include_bytes!("../tests/golden/rates-v4.pack");
        assert_eq!(read_rates(published).unwrap().schedule, schedule());
    }

    proptest! {
        #[test]
        fn no_damage_panics(cut in 0_usize..600, position in 0_usize..600, change in any::<u8>()) {
            let mut bytes = write_rates("2026", &schedule()).unwrap();
            bytes.truncate(cut.max(30));
            let length = bytes.len();
            bytes[position % length] ^= change;
            // A right checksum over wrong bytes reaches the checks behind it.
            let sum = checksum().checksum(&bytes[18..]).to_le_bytes();
            let body_length = u32::try_from(length - 18).unwrap().to_le_bytes();
            bytes[10..14].copy_from_slice(&sum);
            bytes[14..18].copy_from_slice(&body_length);
            let _ = read_rates(&bytes);
        }
    }
}
