//! The project's own labels, from the folder they are written in to `data/labels`. Changes no word of them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, bail, ensure};
use duty::HsCode;

/// Labels by code: each with the texts of the columns asked for.
type Labels = BTreeMap<HsCode, Vec<String>>;

/// Copies the labels of the Harmonized System, of China's lines and of those of ASEAN's common nomenclature (AHTN).
pub(crate) fn copy(source: &Path, target: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(target.join("lines")).with_context(|| format!("cannot make {}", target.display()))?;
    for language in ["en", "zh"] {
        let columns = ["code", language, &format!("keywords_{language}")];
        let labels = read(&source.join("hs2022.en-zh.tsv"), &columns)?;
        write(&target.join(format!("{language}.tsv")), &["code", "label", "keywords"], &labels)?;
    }
    for language in ["id", "th", "vi"] {
        let columns = ["code", "label", "keywords"];
        let labels = read(&source.join(format!("hs2022.{language}.tsv")), &columns)?;
        write(&target.join(format!("{language}.tsv")), &columns, &labels)?;
    }
    // Lines for which the folder of labels has none yet; written by hand in data/, so a new run keeps them.
    let columns = ["code", "en", "zh"];
    let mut lines = read(&source.join("cn-lines.en-zh.tsv"), &columns)?;
    for (code, texts) in read(&target.join("lines/CN.additions.tsv"), &columns)? {
        ensure!(
            lines.insert(code, texts).is_none(),
            "lines/CN.additions.tsv: {code} now has a label in cn-lines.en-zh.tsv: remove it here"
        );
    }
    write(&target.join("lines/CN.tsv"), &columns, &lines)?;
    let columns = ["code", "en"];
    write(
        &target.join("lines/AHTN.tsv"),
        &columns,
        &read(&source.join("ahtn-lines.en.tsv"), &columns)?,
    )?;
    let inferred = read_text(&source.join("cn-lines.inferred.txt"))?;
    write_text(&target.join("lines/CN.inferred.txt"), &inferred)
}

/// The columns of a table, the code first; texts are neither quoted nor escaped.
fn read(path: &Path, columns: &[&str]) -> anyhow::Result<Labels> {
    let text = read_text(path)?;
    let mut rows = text.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let header = rows.next().with_context(|| format!("{} is empty", path.display()))?;
    let position = |column: &&str| {
        header
            .iter()
            .position(|name| name == column)
            .with_context(|| format!("{}: no column {column:?}", path.display()))
    };
    let positions: Vec<usize> = columns.iter().map(position).collect::<anyhow::Result<_>>()?;
    let mut labels = Labels::new();
    for (row, fields) in rows.enumerate() {
        let place = || format!("{}, row {}", path.display(), row + 2);
        ensure!(
            fields.len() == header.len(),
            "{}: {} columns instead of {}",
            place(),
            fields.len(),
            header.len()
        );
        let texts: Vec<String> = positions
            .iter()
            .filter_map(|position| fields.get(*position))
            .map(|text| (*text).to_owned())
            .collect();
        let Some(code) = texts.first() else { bail!("{}: no code", place()) };
        let code: HsCode = code.parse().with_context(place)?;
        ensure!(labels.insert(code, texts).is_none(), "{}: the code {code} comes twice", place());
    }
    Ok(labels)
}

fn write(path: &Path, columns: &[&str], labels: &Labels) -> anyhow::Result<()> {
    let mut text = columns.join("\t") + "\n";
    for texts in labels.values() {
        text.push_str(&texts.join("\t"));
        text.push('\n');
    }
    write_text(path, &text)
}

fn read_text(path: &Path) -> anyhow::Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

fn write_text(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folders(name: &str, additions: &str) -> (std::path::PathBuf, std::path::PathBuf) {
        let root = std::env::temp_dir().join(format!("ingest-labels-{}-{name}", std::process::id()));
        let (source, target) = (root.join("source"), root.join("target"));
        fs::create_dir_all(&source).unwrap();
        fs::create_dir_all(target.join("lines")).unwrap();
        fs::write(
            source.join("hs2022.en-zh.tsv"),
            "code\ten\tzh\tkeywords_en\tkeywords_zh\n01\tAnimals\t动物\tlivestock\t牲畜\n",
        )
        .unwrap();
        for language in ["id", "th", "vi"] {
            fs::write(
                source.join(format!("hs2022.{language}.tsv")),
                "code\tlabel\tkeywords\n01\tSatwa\tternak\n",
            )
            .unwrap();
        }
        fs::write(source.join("cn-lines.en-zh.tsv"), "code\ten\tzh\n70112090\tOther\t其他\n").unwrap();
        fs::write(source.join("ahtn-lines.en.tsv"), "code\ten\n01013010\tPure-bred\n").unwrap();
        fs::write(source.join("cn-lines.inferred.txt"), "# none\n").unwrap();
        fs::write(target.join("lines/CN.additions.tsv"), additions).unwrap();
        (source, target)
    }

    #[test]
    fn additions_take_their_place_among_the_lines() {
        let (source, target) = folders("merge", "code\ten\tzh\n70112010\tFunnels\t锥体\n");
        copy(&source, &target).unwrap();
        assert_eq!(
            fs::read_to_string(target.join("zh.tsv")).unwrap(),
            "code\tlabel\tkeywords\n01\t动物\t牲畜\n"
        );
        assert_eq!(
            fs::read_to_string(target.join("vi.tsv")).unwrap(),
            "code\tlabel\tkeywords\n01\tSatwa\tternak\n"
        );
        assert_eq!(
            fs::read_to_string(target.join("lines/CN.tsv")).unwrap(),
            "code\ten\tzh\n70112010\tFunnels\t锥体\n70112090\tOther\t其他\n"
        );
        assert_eq!(
            fs::read_to_string(target.join("lines/AHTN.tsv")).unwrap(),
            "code\ten\n01013010\tPure-bred\n"
        );
    }

    #[test]
    fn an_addition_that_is_no_longer_needed_stops() {
        let (source, target) = folders("twice", "code\ten\tzh\n70112090\tOther\t其他\n");
        assert!(copy(&source, &target).unwrap_err().to_string().contains("70112090 now has a label"));
    }
}
