//! The ten workbooks in which the Korea Customs Service compiled the tariffs of ASEAN: which rows are lines. Not what their cells mean.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use anyhow::bail;

use crate::official::OfficialFile;
use crate::source_table::{Field, Record, workbook};

/// The column with the tariff code.
const CODE: &str = "세번";
/// The column with the English name, the only one filled in rows above the lines.
pub(crate) const NAME: &str = "영문품명";
/// MFN.
pub(crate) const MFN: &str = "기본세율";
/// The statistical unit.
pub(crate) const UNIT: &str = "단위";
/// The RCEP rate, where one schedule stands for all Parties.
pub(crate) const RCEP: &str = "RCEP";
/// A national line has at least as many digits.
const NATIONAL_DIGITS: usize = 7;

/// The rows of national lines by their codes, with the columns of these titles; lines that are split stand there with their parts.
pub(crate) fn lines<const N: usize>(file: &OfficialFile, titles: [&str; N]) -> anyhow::Result<BTreeMap<String, [Field; N]>> {
    let mut lines = BTreeMap::new();
    for Record { key, fields } in workbook(file, CODE, titles)? {
        let code = key.text().to_owned();
        if !code.bytes().all(|byte| byte.is_ascii_digit()) {
            bail!(key.wrong("is not a code"));
        }
        if code.len() < NATIONAL_DIGITS {
            match values(titles, &fields).find(|field| !field.is_blank()) {
                Some(field) => bail!(field.wrong("stands in a row above the lines")),
                None => continue,
            }
        }
        if lines.insert(code, fields).is_some() {
            bail!(key.wrong("comes twice"));
        }
    }
    Ok(lines)
}

/// The same without the lines that are split and have nothing of their own: their parts stand for them.
pub(crate) fn undivided<const N: usize>(file: &OfficialFile, titles: [&str; N]) -> anyhow::Result<BTreeMap<String, [Field; N]>> {
    let mut lines = lines(file, titles)?;
    let with_parts: Vec<String> = lines
        .keys()
        .zip(lines.keys().skip(1))
        .filter(|(code, next)| next.starts_with(code.as_str()))
        .map(|(code, _)| code.clone())
        .collect();
    for code in with_parts {
        if let Entry::Occupied(line) = lines.entry(code)
            && values(titles, line.get()).all(Field::is_blank)
        {
            line.remove();
        }
    }
    Ok(lines)
}

/// The fields that hold figures, not names.
fn values<'a, const N: usize>(titles: [&'a str; N], fields: &'a [Field; N]) -> impl Iterator<Item = &'a Field> {
    titles
        .into_iter()
        .zip(fields)
        .filter(|(title, _)| *title != NAME)
        .map(|(_, field)| field)
}
