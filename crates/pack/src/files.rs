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
    /// As the build writes it: `rates.CN`. Put together by hand: the machinery of `format!` is larger wherever it is used.
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
            name.push('.');
            name.push_str(language);
        }
        name
    }

    /// Its address in a list of published files, as seen from the page.
    #[must_use]
    pub fn address(self, files: &str) -> Option<&str> {
        published(files, &(self.name() + "."))
    }
}

/// The file of that beginning in a list of published files, which lie a blank apart: `rates.CN.` finds `data/rates.CN.1a2b3c4d.pack`.
#[must_use]
#[inline(never)]
pub fn published<'a>(files: &'a str, beginning: &str) -> Option<&'a str> {
    let is_it = |file: &&str| file.strip_prefix("data/").unwrap_or(file).starts_with(beginning);
    files.split(' ').find(is_it)
}

/// The languages that can be searched, in a list of published files.
pub fn searchable(files: &str) -> impl Iterator<Item = &str> {
    let names = files.split(' ').filter_map(|file| file.strip_prefix("data/index."));
    names.filter_map(|name| name.split('.').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILES: &str = "finder-0a1b2c3d.js data/rates.CN.1a2b3c4d.pack data/lines.CN.en.22bb33cc.pack data/labels.en.00aa11bb.pack \
        data/sections.en.33cc44dd.pack";

    #[test]
    fn a_file_is_found_by_its_name() {
        assert_eq!(published(FILES, "finder-"), Some("finder-0a1b2c3d.js"));
        assert_eq!(FileName::Rates(Economy::China).address(FILES), Some("data/rates.CN.1a2b3c4d.pack"));
        assert_eq!(
            FileName::LineLabels("CN", "en").address(FILES),
            Some("data/lines.CN.en.22bb33cc.pack")
        );
        assert_eq!(FileName::Labels("en").address(FILES), Some("data/labels.en.00aa11bb.pack"));
        assert_eq!(FileName::Sections("en").address(FILES), Some("data/sections.en.33cc44dd.pack"));
    }

    #[test]
    fn what_was_not_published_is_not_found() {
        assert_eq!(FileName::Rates(Economy::Thailand).address(FILES), None);
        assert_eq!(FileName::LineLabels("CN", "zh").address(FILES), None);
        assert_eq!(FileName::Index("en").address(""), None);
    }

    #[test]
    fn languages_with_an_index_are_known_from_the_list() {
        let files = "data/index.en.00aa11bb.pack data/labels.en.1 data/labels.th.2 data/index.vi.3";
        assert_eq!(searchable(files).collect::<Vec<_>>(), ["en", "vi"]);
        assert_eq!(searchable("").count(), 0);
    }
}
