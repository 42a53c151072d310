//! Turns data/ and locales/ into the packed files of the page. Putting their names into index.html is in `html`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use duty::{ColumnKind, Economy, Regime, Schedule, Survey, check_pair};
use lookup::{Entry, Parts};
use sha2::{Digest, Sha256};
use tables::Folder;

/// One file of packed data.
pub(crate) struct PackedFile {
    /// The name the page asks for, such as `rates.CN`.
    pub(crate) name: String,
    /// The file's name, with a hash of its content: `rates.CN.1a2b3c4d.pack`.
    pub(crate) file: String,
    /// Its size, uncompressed.
    pub(crate) bytes: usize,
}

/// Packs everything in `data` and the messages in `locales` beside it into the folder `into`.
pub(crate) fn write_all(data: &Path, into: &Path) -> Result<Vec<PackedFile>> {
    fs::create_dir_all(into)?;
    let mut packed = Vec::new();
    let mut write = |name: String, bytes: Vec<u8>| -> Result<()> {
        let file = format!("{name}.{}.pack", hash(&bytes));
        fs::write(into.join(&file), &bytes).with_context(|| format!("writing {file}"))?;
        packed.push(PackedFile {
            name,
            file,
            bytes: bytes.len(),
        });
        Ok(())
    };
    let folder = Folder::new(data);
    for importer in importers(data) {
        let schedule = folder.schedule(importer)?;
        let edition = format!(
            "{}-{}",
            year_of(&schedule)?,
            hash(&fs::read(data.join("tariffs").join(format!("{importer}.csv")))?)
        );
        write(format!("rates.{importer}"), pack::write_rates(&edition, &schedule.merged())?)?;
    }
    for nomenclature in importers(data).filter_map(Economy::nomenclature).collect::<BTreeSet<_>>() {
        for language in folder.line_languages(nomenclature)? {
            let labels = folder.line_labels(nomenclature, &language)?;
            let entries: Vec<_> = labels.iter().map(|line| (line.code, line.label.as_str(), line.inferred)).collect();
            write(
                format!("lines.{nomenclature}.{language}"),
                pack::write_line_labels("HS 2022", &entries)?,
            )?;
        }
    }
    for language in folder.languages()? {
        let labels = folder.labels(&language)?;
        write(
            format!("labels.{language}"),
            pack::write_labels("HS 2022", labels.iter().map(|label| (label.code, label.label.as_str())))?,
        )?;
        let usual = labels.iter().map(|label| Entry {
            code: label.code,
            label: &label.label,
            keywords: &label.keywords,
        });
        write(format!("index.{language}"), pack::write_index("HS 2022", &Parts::of(usual))?)?;
        let further = folder.further_words(&language)?;
        if !further.is_empty() {
            let further = further.iter().map(|(code, keywords)| Entry {
                code: *code,
                label: "",
                keywords,
            });
            write(format!("words.{language}"), pack::write_index("HS 2022", &Parts::of(further))?)?;
        }
    }
    for language in folder.section_languages()? {
        let sections = folder.sections(&language)?;
        write(
            format!("sections.{language}"),
            pack::write_labels("HS 2022", sections.iter().map(|(code, title)| (*code, title.as_str())))?,
        )?;
    }
    let locales = data.with_file_name("locales");
    let english = messages(&locales.join("en.toml"))?;
    let edition = pack::messages_edition(english.keys().map(String::as_str));
    for entry in fs::read_dir(&locales).with_context(|| format!("reading {}", locales.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            continue;
        }
        let language = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let texts = messages(&path)?.into_iter().map(|(key, text)| match english.get(&key) {
            Some(english) => pack::numbered(english, &text),
            None => text,
        });
        write(
            format!("messages.{language}"),
            pack::write_messages(&edition, &texts.collect::<Vec<_>>())?,
        )?;
    }
    packed.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(packed)
}

fn messages(path: &Path) -> Result<BTreeMap<String, String>> {
    toml::from_str(&fs::read_to_string(path)?).with_context(|| format!("reading {}", path.display()))
}

/// What is known of all tariffs in `data`.
pub(crate) fn surveys(data: &Path) -> Result<Vec<Survey>> {
    let folder = Folder::new(data);
    importers(data).map(|importer| survey(&folder.schedule(importer)?)).collect()
}

/// What is known of a tariff, in the year of its MFN rates. China treats all of ASEAN alike, so that any origin there stands for the others.
fn survey(schedule: &Schedule) -> Result<Survey> {
    let importer = schedule.importer();
    let origin = Economy::ALL.into_iter().find(|origin| check_pair(*origin, importer).is_ok());
    Ok(Survey::of(schedule, origin.context("nobody exports there")?, year_of(schedule)?))
}

/// The year of its MFN rates.
fn year_of(schedule: &Schedule) -> Result<i32> {
    let mfn = schedule
        .column(ColumnKind::Duty(Regime::Mfn))
        .and_then(|column| column.sources.first());
    Ok(mfn.context("a tariff without a source of its MFN rates")?.year)
}

/// The economies whose tariff is in data/tariffs.
fn importers(data: &Path) -> impl Iterator<Item = Economy> {
    let tariffs = data.join("tariffs");
    Economy::ALL
        .into_iter()
        .filter(move |importer| tariffs.join(format!("{importer}.csv")).is_file())
}

/// Eight hexadecimal digits: enough to tell one edition of a file from the next.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}
