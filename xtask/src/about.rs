//! The page about the data: what each tariff is, how old, how sure, and what is missing. Made from data/ at build time, one file a language,
//! without any program: it opens at once, prints, and search engines can read it. The same counts are in docs/data-sources.md.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use duty::{ColumnKind, ColumnSurvey, Economy, Evidence, NationalTax, Regime, Saying, Survey, Tax};
use tables::Folder;

use crate::html;
use crate::locales::{Locales, Texts};
use crate::pack;
use crate::project::Project;

const STYLES: [&str; 3] = ["style/tokens.css", "style/base.css", "style/about.css"];

/// Writes `about.<language>.html` for every language into the folder of the built page.
pub(crate) fn write(project: &Project, page: &Path) -> Result<()> {
    let surveys = pack::surveys(&project.data())?;
    let folder = Folder::new(project.data());
    let styles = STYLES
        .iter()
        .map(|style| read(&project.root().join(style)))
        .collect::<Result<String>>()?;
    for (language, words) in languages(project)? {
        let body = Writer {
            words: &words,
            folder: &folder,
        }
        .page(&surveys)?;
        let title = words.get("title")?;
        let html = format!(
            "<!doctype html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, \
             initial-scale=1\"><title>{title}</title><link rel=\"icon\" href=\"data:,\"><style>{styles}</style></head><body>{body}</body></html>\n"
        );
        let path = page.join(format!("about.{language}.html"));
        fs::write(&path, html::still(&html)?).with_context(|| format!("cannot write {path:?}"))?;
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {path:?}"))
}

/// The words of each language: those of the calculator, and on top of them those of this page.
fn languages(project: &Project) -> Result<BTreeMap<String, Words>> {
    let folder = project.root().join("locales");
    let (calculator, about) = (Locales::new(&folder), Locales::new(folder.join("about")));
    let mut languages = BTreeMap::new();
    for language in about.languages()? {
        let mut words = calculator.texts(&language)?;
        words.extend(about.texts(&language)?);
        languages.insert(language, Words(words));
    }
    Ok(languages)
}

/// The words of one language, ready to stand in HTML.
struct Words(Texts);

impl Words {
    fn get(&self, key: &str) -> Result<String> {
        let text = self.0.get(key).with_context(|| format!("locales: no text {key}"))?;
        Ok(escape(text))
    }

    /// A text with its placeholders filled.
    fn filled(&self, key: &str, values: &[(&str, &str)]) -> Result<String> {
        let mut text = self.get(key)?;
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), &escape(value));
        }
        Ok(text)
    }

    fn economy(&self, economy: Economy) -> Result<String> {
        self.get(&format!("economy_{}", economy.code().to_lowercase()))
    }

    fn regime(&self, regime: Regime) -> Result<String> {
        self.get(&format!("regime_{regime}"))
    }
}

/// A text as it may stand in HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

struct Writer<'a> {
    words: &'a Words,
    folder: &'a Folder,
}

impl Writer<'_> {
    fn page(&self, surveys: &[Survey]) -> Result<String> {
        let words = self.words;
        let mut page = format!(
            "<div class=\"page\"><header><p class=\"brand\"><a href=\"./\">{}</a></p></header><main class=\"about\"><h1>{}</h1><p>{}</p><p>{}</p>\
             <h2>{}</h2><dl>",
            words.get("back")?,
            words.get("title")?,
            words.get("lead")?,
            words.get("promise")?,
            words.get("grades_title")?
        );
        for grade in ["A", "B", "C", "D"] {
            let meaning = words.get(&format!("grade_{}", grade.to_lowercase()))?;
            write!(page, "<dt>{grade}</dt><dd>{meaning}</dd>")?;
        }
        write!(page, "</dl><h2>{}</h2><ul class=\"places\">", words.get("tariffs_title")?)?;
        for survey in surveys {
            write!(
                page,
                "<li><a href=\"#{0}\">{1}</a></li>",
                survey.importer,
                words.economy(survey.importer)?
            )?;
        }
        page.push_str("</ul>");
        for survey in surveys {
            page.push_str(&self.tariff(survey)?);
        }
        write!(
            page,
            "<h2>{}</h2><p>{}</p></main></div>",
            words.get("error_title")?,
            words.get("error_text")?
        )?;
        Ok(page)
    }

    fn tariff(&self, survey: &Survey) -> Result<String> {
        let words = self.words;
        let origin = match survey.importer {
            Economy::China => words.get("origin_asean")?,
            _ => words.economy(Economy::China)?,
        };
        let lines = words.filled("lines", &[("count", &survey.lines.to_string()), ("origin", &origin)])?;
        let mut section = format!(
            "<section id=\"{}\"><h3>{}</h3><p>{lines}</p><div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table><thead><tr>",
            survey.importer,
            words.economy(survey.importer)?,
            words.economy(survey.importer)?,
        );
        for key in ["rate", "free", "duty", "range", "none", "excluded", "unknown"] {
            write!(section, "<th scope=\"col\">{}</th>", words.get(&format!("column_{key}"))?)?;
        }
        section.push_str(
            "<th scope=\"col\">A</th><th scope=\"col\">B</th><th scope=\"col\">C</th><th scope=\"col\">D</th></tr></thead><tbody>",
        );
        for column in &survey.columns {
            section.push_str(&self.column(survey, column)?);
        }
        section.push_str("</tbody></table></div>");
        section.push_str(&self.sources(survey)?);
        section.push_str(&self.gaps(survey, &origin)?);
        section.push_str("</section>");
        Ok(section)
    }

    fn name(&self, importer: Economy, kind: ColumnKind) -> Result<String> {
        match kind {
            ColumnKind::Duty(regime) => self.words.regime(regime),
            ColumnKind::Tax(tax) => {
                let taxes = self.folder.taxes(importer)?;
                let national = taxes.iter().find(|national| national.tax == tax);
                self.words.get(&national.map_or_else(|| format!("tax_{}", tax.key()), tax_key))
            }
        }
    }

    fn column(&self, survey: &Survey, column: &ColumnSurvey) -> Result<String> {
        let lines = |wanted: &[Saying]| -> usize {
            let of = column.says.iter().filter(|(saying, _)| wanted.contains(saying));
            of.map(|(_, lines)| *lines).sum()
        };
        let counts = [
            lines(&[Saying::Free]),
            lines(&[Saying::Percentage, Saying::ByQuantity]),
            lines(&[Saying::Range, Saying::Quota]),
            lines(&[Saying::NoConcession]),
            lines(&[Saying::Excluded]),
            lines(&[Saying::Unknown]),
        ];
        let grades = column.grades.iter().map(|(_, lines)| *lines);
        let mut row = format!("<tr><th scope=\"row\">{}", self.name(survey.importer, column.kind)?);
        let prohibited = lines(&[Saying::Prohibited]);
        if prohibited > 0 {
            let note = self.words.filled("prohibited", &[("count", &prohibited.to_string())])?;
            write!(row, " <span class=\"small\">{note}</span>")?;
        }
        row.push_str("</th>");
        for count in counts.into_iter().chain(grades) {
            match count {
                0 => row.push_str("<td>–</td>"),
                _ => write!(row, "<td>{count}</td>")?,
            }
        }
        row.push_str("</tr>");
        Ok(row)
    }

    /// Each source once, with the columns that rest on it.
    fn sources(&self, survey: &Survey) -> Result<String> {
        let mut entries: Vec<(String, Vec<String>)> = Vec::new();
        for column in &survey.columns {
            for source in &column.sources {
                let text = self.words.filled(
                    "source",
                    &[
                        ("title", &source.title),
                        ("edition", &source.edition),
                        ("nomenclature", &source.nomenclature),
                        ("found", &source.found),
                    ],
                )?;
                let name = self.name(survey.importer, column.kind)?;
                match entries.iter_mut().find(|(other, _)| *other == text) {
                    Some((_, names)) => names.push(name),
                    None => entries.push((text, vec![name])),
                }
            }
        }
        let mut list = String::from("<ul class=\"sources\">");
        for (text, names) in entries {
            write!(list, "<li><strong>{}</strong>: {text}</li>", names.join(", "))?;
        }
        for national in self.folder.taxes(survey.importer)? {
            if national.tax == Tax::Vat {
                write!(list, "<li>{}</li>", self.tax(&national)?)?;
            }
        }
        list.push_str("</ul>");
        Ok(list)
    }

    fn tax(&self, national: &NationalTax) -> Result<String> {
        let tax = self.words.get(&tax_key(national))?;
        let mut text = match &national.standard {
            Some(rate) => {
                let rate = rate.to_string().replace("..", "–");
                self.words
                    .filled("tax_standard", &[("tax", &tax), ("rate", &rate), ("source", &national.source)])?
            }
            None => self.words.filled("tax_lines", &[("tax", &tax)])?,
        };
        if national.status_to_confirm || national.evidence == Evidence::Unconfirmed {
            write!(text, " {}", self.words.get("confirm")?)?;
        }
        Ok(text)
    }

    fn gaps(&self, survey: &Survey, origin: &str) -> Result<String> {
        let words = self.words;
        let country = words.economy(survey.importer)?;
        let year = survey
            .columns
            .first()
            .and_then(|column| column.sources.first())
            .map(|source| source.year);
        let mut gaps = Vec::new();
        for regime in &survey.missing {
            let values = [
                ("regime", words.regime(*regime)?),
                ("country", country.clone()),
                ("origin", origin.to_owned()),
            ];
            gaps.push(words.filled("gap_regime", &values.each_ref().map(|(key, value)| (*key, value.as_str())))?);
        }
        if survey.importer == Economy::TimorLeste {
            gaps.push(words.filled("no_party", &[("country", &country)])?);
        }
        for column in &survey.columns {
            let regime = self.name(survey.importer, column.kind)?;
            let unknown = column
                .says
                .iter()
                .find(|(saying, _)| *saying == Saying::Unknown)
                .map_or(0, |(_, lines)| *lines);
            if unknown > 0 {
                let values = [
                    ("regime", regime.as_str()),
                    ("count", &unknown.to_string()),
                    ("lines", &survey.lines.to_string()),
                ];
                gaps.push(words.filled("gap_unknown", &values)?);
            }
            let older = column.sources.iter().find(|source| Some(source.year) < year && source.year != 2022);
            if let Some(source) = older {
                gaps.push(words.filled("gap_year", &[("regime", &regime), ("year", &source.year.to_string())])?);
            }
        }
        if gaps.is_empty() {
            gaps.push(words.get("gaps_none")?);
        }
        let items: String = gaps.iter().map(|gap| format!("<li>{gap}</li>")).collect();
        Ok(format!("<h4>{}</h4><ul>{items}</ul>", words.get("gaps_title")?))
    }
}

fn tax_key(national: &NationalTax) -> String {
    format!("tax_{}", national.name.key().trim_end_matches("_tax"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_every_text_and_the_same_placeholders() {
        let languages = languages(&Project::locate().unwrap()).unwrap();
        let english = &languages["en"];
        let placeholders = |text: &str| {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| Some(rest.split_once('}')?.0.to_owned()))
                .collect();
            names.sort();
            names
        };
        for (language, words) in &languages {
            assert!(words.0.keys().eq(english.0.keys()), "{language}");
            for (key, text) in &words.0 {
                assert_eq!(placeholders(text), placeholders(&english.0[key]), "{language} {key}");
            }
        }
    }

    #[test]
    fn what_sources_say_cannot_become_markup() {
        let words = Words([("source".to_owned(), "From {title}".to_owned())].into());
        assert_eq!(
            words.filled("source", &[("title", "<b>\"A&B\"</b>")]).unwrap(),
            "From &lt;b&gt;&quot;A&amp;B&quot;&lt;/b&gt;"
        );
    }
}
