//! The command `document`: the counts in docs/data-sources.md, made from data/ like those of the page about the data. Words between them are
//! written by hand and left alone.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use duty::{ColumnSurvey, Survey};

use crate::pack;
use crate::project::Project;

const START: &str = "<!-- counts: made by `cargo xtask document` -->\n";
const END: &str = "<!-- end of counts -->\n";

/// Writes the counts between the two marks.
pub(crate) fn write(project: &Project) -> Result<()> {
    let (path, _, new) = read(project)?;
    fs::write(&path, new).with_context(|| format!("cannot write {path:?}"))
}

/// Fails if the document holds other counts than data/ gives.
pub(crate) fn check(project: &Project) -> Result<()> {
    let (path, old, new) = read(project)?;
    ensure!(old == new, "{path:?} has old counts: run `cargo xtask document`");
    Ok(())
}

/// The document, as it is and as it should be.
fn read(project: &Project) -> Result<(PathBuf, String, String)> {
    let path = project.root().join("docs/data-sources.md");
    let old = fs::read_to_string(&path).with_context(|| format!("cannot read {path:?}"))?;
    let counts = counts(&pack::surveys(&project.data())?)?;
    let new = replaced(&old, &counts).with_context(|| format!("{path:?} lacks the marks around its counts"))?;
    Ok((path, old, new))
}

fn replaced(document: &str, counts: &str) -> Option<String> {
    let (before, rest) = document.split_once(START)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{START}{counts}{END}{after}"))
}

fn counts(surveys: &[Survey]) -> Result<String> {
    let mut text = String::from(
        "| importer | column | lines | free | % | by quantity | quota | range | `none` | excluded | prohibited | unknown | A | B | C | D |\n\
         |---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
    );
    for survey in surveys {
        for column in &survey.columns {
            write!(
                text,
                "| {} | `{}` | {} |",
                survey.importer,
                column.kind.key(),
                grouped(survey.lines)
            )?;
            for lines in numbers(column) {
                match lines {
                    0 => text.push_str(" |"),
                    _ => write!(text, " {} |", grouped(lines))?,
                }
            }
            text.push('\n');
        }
        for regime in &survey.missing {
            writeln!(text, "| {} | `{regime}` | no table at hand |||||||||||||", survey.importer)?;
        }
    }
    Ok(text)
}

fn numbers(column: &ColumnSurvey) -> impl Iterator<Item = usize> {
    let says = column.says.iter().map(|(_, lines)| *lines);
    says.chain(column.grades.iter().map(|(_, lines)| *lines))
}

/// `11,427`.
fn grouped(number: usize) -> String {
    match number / 1000 {
        0 => number.to_string(),
        thousands => format!("{},{:03}", grouped(thousands), number % 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_between_the_marks_is_replaced() {
        let document = format!("above\n{START}old\n{END}below\n");
        assert_eq!(
            replaced(&document, "new\n").as_deref(),
            Some(format!("above\n{START}new\n{END}below\n").as_str())
        );
        assert_eq!(replaced("no marks", "new"), None);
    }

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [0, 999, 1000, 12_030, 1_000_007].map(grouped),
            ["0", "999", "1,000", "12,030", "1,000,007"]
        );
    }
}
