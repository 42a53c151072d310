//! Which lines are for goods inside a tariff quota and which for goods outside it. The tariff file does not say: the lines only differ in rate.

use anyhow::bail;
use duty::{HsCode, Percent, QuotaSide};

use crate::percent;
use crate::tariff::Line;

/// Headings under a tariff quota in 2026: wheat, maize, rice and their flour, meal and grain; sugar; fertiliser; wool; cotton.
const HEADINGS: [&str; 15] = [
    "1001", "1005", "1006", "1101", "1102", "1103", "1104", "1701", "3102", "3105", "5101", "5103", "5105", "5201", "5203",
];

/// The side of each line under one eight-digit code. Lines of one name and different rates are the two sides of a quota, and the lowest
/// rate is the one inside.
pub(crate) fn sides(siblings: &[Line]) -> anyhow::Result<Vec<Option<QuotaSide>>> {
    if !are_two_sides(siblings) {
        return Ok(siblings.iter().map(|_| None).collect());
    }
    let code = siblings.first().map(|line| line.code.truncated(8));
    if !code.is_some_and(|code| HEADINGS.contains(&code.truncated(4).to_string().as_str())) {
        bail!("{code:?}: its lines have one name and different MFN rates, but the heading is under no tariff quota known here");
    }
    let lowest = siblings.iter().filter_map(mfn).min();
    let sides = siblings.iter().map(|line| {
        if mfn(line) == lowest {
            QuotaSide::Inside
        } else {
            QuotaSide::Outside
        }
    });
    let sides: Vec<Option<QuotaSide>> = sides.map(Some).collect();
    match sides.iter().filter(|side| **side == Some(QuotaSide::Inside)).count() {
        1 => Ok(sides),
        count => bail!(
            "{}: {count} lines could be the one inside the quota",
            code.map_or_else(String::new, |code: HsCode| code.to_string())
        ),
    }
}

fn are_two_sides(siblings: &[Line]) -> bool {
    let Some((first, others)) = siblings.split_first() else {
        return false;
    };
    others.iter().all(|line| line.name == first.name) && others.iter().any(|line| line.mfn != first.mfn)
}

fn mfn(line: &Line) -> Option<Percent> {
    percent(&line.mfn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tariff::tests::line;

    #[test]
    fn the_lowest_rate_is_inside_and_a_line_without_rate_outside() {
        let cotton = [
            line("5201000001", "未梳的棉花", "1%"),
            line("5201000080", "未梳的棉花", ""),
            line("5201000090", "未梳的棉花", "40%"),
        ];
        assert_eq!(
            sides(&cotton).unwrap(),
            [Some(QuotaSide::Inside), Some(QuotaSide::Outside), Some(QuotaSide::Outside)]
        );
    }

    #[test]
    fn lines_of_different_names_or_one_rate_are_no_quota() {
        let horses = [line("0101210010", "濒危野马", "0%"), line("0101210090", "其他马", "10%")];
        assert_eq!(sides(&horses).unwrap(), [None, None]);
        let rice = [line("1006302001", "精米", "1%"), line("1006302090", "精米", "1%")];
        assert_eq!(sides(&rice).unwrap(), [None, None]);
    }

    #[test]
    fn an_unknown_heading_and_a_tie_stop() {
        assert!(
            sides(&[line("0810600010", "榴莲", "1%"), line("0810600090", "榴莲", "20%")])
                .unwrap_err()
                .to_string()
                .contains("no tariff quota")
        );
        let tie = [
            line("1006302001", "精米", "1%"),
            line("1006302002", "精米", "1%"),
            line("1006302090", "精米", "65%"),
        ];
        assert!(sides(&tie).unwrap_err().to_string().contains("2 lines could be"));
    }
}
