//! Which files a page was published with. The build names each by its content and writes the list into the page, from where programs in
//! workers get it: new data needs no new program.

use duty::Economy;

/// The logical name of a packed file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileName<'a> {
    /// The tariff of an importer.
    Rates(Economy),
    /// Labels of the Harmonized System in a language.
    Labels(&'a str),
    /// The search index of a language: its labels and the usual search words.
    Index(&'a str),
    /// Further search words of a language, as an index to be joined to that.
    Words(&'a str),
    /// Titles of the sections in a language, as labels: each by its first chapter.
    Sections(&'a str),
    /// Labels of the lines of a nomenclature, as [`Economy::nomenclature`] names it, in a language.
    LineLabels(&'a str, &'a str),
    /// The words of the interface in a language.
    Messages(&'a str),
}

impl FileName<'_> {
    /// As the build writes it: `rates.CN`, `lines.CN-en`. Put together by hand: the machinery of `format!` is larger wherever it is used.
    #[must_use]
    pub fn name(self) -> String {
        let (kind, of, language) = match self {
            Self::Rates(importer) => ("rates", importer.code(), None),
            Self::Labels(language) => ("labels", language, None),
            Self::Index(language) => ("index", language, None),
            Self::Words(language) => ("words", language, None),
            Self::Sections(language) => ("sections", language, None),
            Self::LineLabels(nomenclature, language) => ("lines", nomenclature, Some(language)),
            Self::Messages(language) => ("messages", language, None),
        };
        let mut name = kind.to_owned() + "." + of;
        if let Some(language) = language {
            name.push('-');
            name.push_str(language);
        }
        name
    }

    /// Its address in a list of published files, as seen from the page: `data/rates.CN.1a2b3c4d.pack`.
    #[must_use]
    pub fn address(self, files: &str) -> Option<String> {
        let name = self.name();
        let (kind, of) = name.split_once('.')?;
        let mut parts = published(files, kind)?.split('.').skip(1);
        let hash = parts.next()?;
        parts
            .any(|part| part == of)
            .then(|| "data/".to_owned() + &name + "." + hash + ".pack")
    }
}

/// The entry of that beginning in a list of published files, which lie a blank apart. Files of programs stand there by their names
/// (`finder-1a2b3c4d.js`), packed files by their kind, the hash that all of a kind share, and of what they are: `rates.1a2b3c4d.CN.VN`.
/// A hash for each file would be a third of the first page.
#[must_use]
#[inline(never)]
pub fn published<'a>(files: &'a str, beginning: &str) -> Option<&'a str> {
    files.split(' ').find(|entry| entry.starts_with(beginning))
}

/// The entry of packed files of one kind in such a list, as the build writes it.
#[must_use]
pub fn entry(kind: &str, hash: &str, of: &[&str]) -> String {
    [&[kind, hash], of].concat().join(".")
}

/// The languages that can be searched, in a list of published files.
pub fn searchable(files: &str) -> impl Iterator<Item = &str> {
    published(files, "index").unwrap_or_default().split('.').skip(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &str = "finder-0a1b2c3d.js index.00aa11bb.en.vi labels.22bb33cc.en lines.44dd55ee.AHTN-en.CN-en rates.1a2b3c4d.CN.VN";

    #[test]
    fn a_file_is_found_by_its_name() {
        assert_eq!(published(FILES, "finder-"), Some("finder-0a1b2c3d.js"));
        for (name, address) in [
            (FileName::Rates(Economy::China), "data/rates.CN.1a2b3c4d.pack"),
            (FileName::LineLabels("CN", "en"), "data/lines.CN-en.44dd55ee.pack"),
            (FileName::Labels("en"), "data/labels.en.22bb33cc.pack"),
        ] {
            assert_eq!(name.address(FILES).as_deref(), Some(address));
        }
    }

    #[test]
    fn what_was_not_published_is_not_found() {
        assert_eq!(FileName::Rates(Economy::Thailand).address(FILES), None);
        assert_eq!(FileName::LineLabels("CN", "zh").address(FILES), None);
        assert_eq!(FileName::Sections("en").address(FILES), None);
        assert_eq!(FileName::Labels("22bb33cc").address(FILES), None);
        assert_eq!(FileName::Index("en").address(""), None);
    }

    #[test]
    fn languages_with_an_index_are_known_from_the_list() {
        assert_eq!(searchable(FILES).collect::<Vec<_>>(), ["en", "vi"]);
        assert_eq!(searchable("").count(), 0);
    }

    #[test]
    fn what_the_build_writes_is_found() {
        let files = entry("rates", "1a2b3c4d", &["CN", "VN"]);
        assert_eq!(
            FileName::Rates(Economy::VietNam).address(&files).as_deref(),
            Some("data/rates.VN.1a2b3c4d.pack")
        );
    }
}
