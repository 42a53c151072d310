//! Turns data/ and locales/ into the packed files of the page. Putting their names into index.html is in `html`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use duty::{Economy, Schedule, Survey, check_pair};
use lookup::{Entry, Parts};
use sha2::{Digest, Sha256};
use tables::{Folder, short_hash};

use crate::locales::Locales;

/// One file of packed data.
pub(crate) struct PackedFile {
    /// The name the page asks for, such as `rates.CN`.
    pub(crate) name: String,
    /// The hash of all files of its kind.
    pub(crate) hash: String,
    /// The file's name, with that hash: `rates.CN.1a2b3c4d.pack`.
    pub(crate) file: String,
    /// Its size, uncompressed.
    pub(crate) bytes: usize,
}

/// Packs everything in `data` and the messages in `locales` beside it into the folder `into`.
pub(crate) fn write_all(data: &Path, into: &Path) -> Result<Vec<PackedFile>> {
    let mut contents: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut write = |name: String, bytes: Vec<u8>| {
        contents.insert(name, bytes);
    };
    let folder = Folder::new(data);
    let locales = Locales::new(data.with_file_name("locales"));
    let languages = locales.languages()?;
    for importer in importers(data) {
        let schedule = folder.schedule(importer)?;
        let edition = folder.edition(&schedule)?;
        write(format!("rates.{importer}"), pack::write_rates(&edition, &schedule.merged())?);
    }
    for nomenclature in importers(data).filter_map(Economy::nomenclature).collect::<BTreeSet<_>>() {
        let spoken = folder.line_languages(nomenclature)?;
        for language in &languages {
            let (from, mark) = in_language(&spoken, language);
            let labels = folder.line_labels(nomenclature, from)?;
            let entries: Vec<_> = labels.iter().map(|line| (line.code, line.label.as_str(), line.inferred)).collect();
            write(
                format!("lines.{nomenclature}-{language}"),
                pack::write_line_labels("HS 2022", mark, &entries)?,
            );
        }
    }
    let spoken = folder.languages()?;
    for language in &languages {
        let (from, mark) = in_language(&spoken, language);
        let labels = folder.labels(from)?;
        let entries = labels.iter().map(|label| (label.code, label.label.as_str()));
        write(format!("labels.{language}"), pack::write_labels("HS 2022", mark, entries)?);
    }
    for language in &spoken {
        let labels = folder.labels(language)?;
        let usual = labels.iter().map(|label| Entry {
            code: label.code,
            label: &label.label,
            keywords: &label.keywords,
        });
        write(format!("index.{language}"), pack::write_index("HS 2022", &Parts::of(usual))?);
        let further = folder.further_words(language)?;
        if !further.is_empty() {
            let further = further.iter().map(|(code, keywords)| Entry {
                code: *code,
                label: "",
                keywords,
            });
            write(format!("words.{language}"), pack::write_index("HS 2022", &Parts::of(further))?);
        }
    }
    let spoken = folder.section_languages()?;
    for language in &languages {
        let (from, mark) = in_language(&spoken, language);
        let sections = folder.sections(from)?;
        let entries = sections.iter().map(|(code, title)| (*code, title.as_str()));
        write(format!("sections.{language}"), pack::write_labels("HS 2022", mark, entries)?);
    }
    let english = locales.texts("en")?;
    let edition = pack::messages_edition(english.keys().map(String::as_str));
    for language in &languages {
        let texts = locales.texts(language)?;
        let texts = texts.into_iter().map(|(key, text)| match english.get(&key) {
            Some(english) => pack::numbered(english, &text),
            None => text,
        });
        write(
            format!("messages.{language}"),
            pack::write_messages(&edition, &texts.collect::<Vec<_>>())?,
        );
    }
    save(into, contents)
}

/// Writes the files of a kind under one hash over all of them; `pack::published` says why.
fn save(into: &Path, contents: BTreeMap<String, Vec<u8>>) -> Result<Vec<PackedFile>> {
    fs::create_dir_all(into)?;
    let mut kinds: BTreeMap<&str, Vec<u8>> = BTreeMap::new();
    for (name, bytes) in &contents {
        kinds.entry(kind_of(name)).or_default().extend(Sha256::digest(bytes));
    }
    let save = |(name, bytes): (&String, &Vec<u8>)| {
        let digests = kinds.get(kind_of(name)).map(Vec::as_slice).unwrap_or_default();
        let hash = short_hash(digests);
        let file = format!("{name}.{hash}.pack");
        fs::write(into.join(&file), bytes).with_context(|| format!("writing {file}"))?;
        Ok(PackedFile {
            name: name.clone(),
            hash,
            file,
            bytes: bytes.len(),
        })
    };
    contents.iter().map(save).collect()
}

/// What is before the first point: `rates` of `rates.CN`.
fn kind_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The list of packed files as the page has it: an entry for each kind.
pub(crate) fn entries(packed: &[PackedFile]) -> Vec<String> {
    let kinds = packed.chunk_by(|one, other| kind_of(&one.name) == kind_of(&other.name));
    let entry = |files: &[PackedFile]| {
        let first = files.first()?;
        let of = files.iter().filter_map(|file| Some(file.name.split_once('.')?.1));
        Some(::pack::entry(kind_of(&first.name), &first.hash, &of.collect::<Vec<_>>()))
    };
    kinds.filter_map(entry).collect()
}

/// The language in which something is there for a page in `language`, of those it is `spoken` in, and what marks it if that is another.
fn in_language<'a>(spoken: &[String], language: &'a str) -> (&'a str, &'static str) {
    if spoken.iter().any(|other| other == language) {
        (language, "")
    } else {
        ("en", " (EN)")
    }
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
    let year = tables::year_of(schedule).context("a tariff without a source of its MFN rates")?;
    Ok(Survey::of(schedule, origin.context("nobody exports there")?, year))
}

/// The economies whose tariff is in data/tariffs.
fn importers(data: &Path) -> impl Iterator<Item = Economy> {
    let tariffs = data.join("tariffs");
    Economy::ALL
        .into_iter()
        .filter(move |importer| tariffs.join(format!("{importer}.csv")).is_file())
}
