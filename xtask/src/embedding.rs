//! What other sites embed: the page for a frame, the script that makes the frame, the page that makes snippets, and a description for oEmbed.
//! Made from the built index.html, `public/` and `style/embed.css`; docs/embedding.md says how to use it.

use std::env;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use duty::Economy;
use lol_html::{RewriteStrSettings, element, rewrite_str};
use serde_json::json;
use tables::short_hash;

use crate::locales::Locales;
use crate::minify::{minified, with_texts};
use crate::pack::PackedFile;
use crate::project::Project;
use crate::{about, html};

/// The address the site will be published at, such as `https://duty.example.org/calculator/`. Without it nothing is written that needs one.
const SITE: &str = "CAFTA_SITE";

/// How large a frame sites get that ask by oEmbed and say nothing of their own.
const OEMBED_SIZE: (u32, u32) = (800, 800);

/// Writes what stands beside index.html, and returns the built `index` with the way to the description for oEmbed, if there is one.
pub(crate) fn write(project: &Project, page: &Path, index: &str, packed: &[PackedFile], others: &[String]) -> Result<String> {
    let write = |file: &str, text: &str| fs::write(page.join(file), text).with_context(|| format!("cannot write {file}"));
    let small = |source: &str| inline(project, source);

    let framed = framed(
        index,
        &small("style/embed.css")?,
        &with_texts(project, &small("public/frame.js")?, "WHOLE", &["foot_whole"])?,
        &edition(page, packed)?,
    )?;
    write("embed.html", &html::complete(&framed, packed, others)?)?;
    write("embed.js", &small("public/embed.js")?)?;
    write("embed-builder.html", &builder(project)?)?;

    let Some(site) = site()? else { return Ok(index.to_owned()) };
    write("oembed.json", &oembed(&site))?;
    linked(index, &site)
}

/// The built page for a frame: its own styles behind the others, and its script, which needs them, before anything is drawn. Search engines
/// are to find the page itself.
fn framed(index: &str, styles: &str, script: &str, edition: &str) -> Result<String> {
    let (before, after) = index
        .rsplit_once("</style>")
        .context("index.html has no styles: those of the frame go behind them")?;
    let html = format!(
        "{before}\n{styles}</style><meta name=\"robots\" content=\"noindex\">\
         <meta name=\"edition\" content=\"{edition}\"><script>{script}</script>{after}"
    );
    changed(&html, "html", |root| Ok(root.set_attribute("class", "embedded")?))
}

/// The page with the way to its description for oEmbed.
fn linked(index: &str, site: &str) -> Result<String> {
    let link =
        format!("<link rel=\"alternate\" type=\"application/json+oembed\" href=\"{site}oembed.json\" title=\"CAFTA duty calculator\">");
    changed(index, "title", |title| {
        title.after(&link, lol_html::html_content::ContentType::Html);
        Ok(())
    })
}

/// The page after a change to the one element there has to be.
fn changed(page: &str, selector: &str, change: impl Fn(&mut lol_html::html_content::Element) -> Result<()>) -> Result<String> {
    let mut found = 0;
    let changed = rewrite_str(
        page,
        RewriteStrSettings::new().append_element_content_handler(element!(selector, |element| {
            found += 1;
            Ok(change(element)?)
        })),
    )
    .context("cannot read the built index.html")?;
    ensure!(found == 1, "index.html needs exactly one <{selector}>; found {found}");
    Ok(changed)
}

/// The edition of the data: the newest year of a tariff, and a hash of the editions of all.
fn edition(page: &Path, packed: &[PackedFile]) -> Result<String> {
    let mut editions = Vec::new();
    for PackedFile { file, .. } in packed.iter().filter(|packed| packed.name.starts_with("rates.")) {
        let bytes = fs::read(page.join("data").join(file)).with_context(|| format!("cannot read {file}"))?;
        editions.push(::pack::read_rates(&bytes)?.edition);
    }
    let years = editions.iter().filter_map(|edition| edition.split_once('-')).map(|(year, _)| year);
    let newest = years.max().context("no rate table has an edition")?;
    Ok(format!("{newest}-{}", short_hash(editions.concat().as_bytes())))
}

/// A script or a style, small, to stand inside HTML.
fn inline(project: &Project, source: &str) -> Result<String> {
    let text = minified(project, source)?;
    let ends = ["</script", "</style"].into_iter().find(|end| text.contains(end));
    ensure!(ends.is_none(), "{source} cannot stand inside HTML: it ends its own element");
    Ok(text)
}

/// The page that makes snippets, with the countries and languages there are.
fn builder(project: &Project) -> Result<String> {
    let read = |source: &str| fs::read_to_string(project.root().join(source)).with_context(|| format!("cannot read {source}"));
    let locales = Locales::new(project.root().join("locales"));
    let english = locales.texts("en")?;
    let mut economies = Vec::new();
    for economy in Economy::ALL {
        let name = english.get(&format!("economy_{}", economy.code().to_lowercase()));
        let name = name.with_context(|| format!("locales/en.toml has no name for {economy}"))?;
        economies.push((about::escape(name), economy.code().to_owned()));
    }
    economies.sort();
    let names = locales.everywhere("language_name")?.into_iter();
    let languages: Vec<_> = names.map(|(language, name)| (about::escape(&name), language)).collect();
    let options = |pairs: &[(String, String)]| -> String {
        let option = |(name, code): &(String, String)| format!("<option value=\"{code}\">{name}</option>");
        pairs.iter().map(option).collect()
    };
    let styles = ["style/tokens.css", "style/base.css", "public/builder/builder.css"];
    let styles: String = styles.into_iter().map(|source| inline(project, source)).collect::<Result<_>>()?;
    let filled = [
        ("<!-- economies -->", options(&economies)),
        ("<!-- languages -->", options(&languages)),
        ("/* styles */", styles),
        ("/* script */", inline(project, "public/builder/builder.js")?),
    ];
    let mut page = read("public/builder/builder.html")?;
    for (place, content) in filled {
        ensure!(page.contains(place), "public/builder/builder.html has no {place}");
        page = page.replace(place, &content);
    }
    html::with_frame(&page)
}

/// The address in the environment, if there is one.
fn site() -> Result<Option<String>> {
    let site = env::var(SITE).unwrap_or_default();
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-._~:/".contains(character);
    ensure!(
        site.is_empty() || (site.starts_with("https://") && site.ends_with('/') && site.chars().all(is_plain)),
        "{SITE} is {site:?}: it has to be an address like https://duty.example.org/calculator/"
    );
    Ok(Some(site).filter(|site| !site.is_empty()))
}

/// The description of the calculator as oEmbed has it. One file for all addresses: a static host cannot answer for each.
fn oembed(site: &str) -> String {
    let (width, height) = OEMBED_SIZE;
    let frame = format!(
        "<iframe src=\"{site}embed.html\" title=\"CAFTA duty calculator\" width=\"{width}\" height=\"{height}\" style=\"border:0;max-width:100%\" \
         loading=\"lazy\" referrerpolicy=\"no-referrer\"></iframe>"
    );
    let description = json!({
        "version": "1.0",
        "type": "rich",
        "title": "CAFTA duty calculator",
        "provider_name": "CAFTA duty calculator",
        "provider_url": site,
        "html": frame,
        "width": width,
        "height": height,
    });
    format!("{description:#}\n")
}

#[cfg(test)]
mod tests {
    use super::{framed, linked, oembed};

    const INDEX: &str =
        "<!doctype html><html lang=en><meta charset=utf-8><title>Duty</title><style>p{}</style><script>go()</script><body></body></html>";

    #[test]
    fn the_page_for_a_frame_is_marked_and_has_its_script_behind_the_styles() {
        let page = framed(INDEX, "b{}", "look()", "2026-00aa11bb").unwrap();
        assert!(page.starts_with("<!doctype html><html lang=en class=\"embedded\">"), "{page}");
        assert!(page.contains("<style>p{}\nb{}</style>"), "{page}");
        assert!(
            page.contains("<meta name=\"edition\" content=\"2026-00aa11bb\"><script>look()</script>"),
            "{page}"
        );
        assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"), "{page}");
        assert!(framed("<html></html>", "", "", "").is_err());
    }

    #[test]
    fn a_published_page_leads_to_its_description() {
        let page = linked(INDEX, "https://duty.example.org/").unwrap();
        assert!(
            page.contains("</title><link rel=\"alternate\" type=\"application/json+oembed\""),
            "{page}"
        );
        assert!(page.contains("href=\"https://duty.example.org/oembed.json\""), "{page}");
    }

    #[test]
    fn the_description_is_what_oembed_asks_for() {
        let description: serde_json::Value = serde_json::from_str(&oembed("https://duty.example.org/")).unwrap();
        assert_eq!(description["version"], "1.0");
        assert_eq!(description["type"], "rich");
        assert!(description["width"].is_u64() && description["height"].is_u64());
        let html = description["html"].as_str().unwrap();
        assert!(html.starts_with("<iframe src=\"https://duty.example.org/embed.html\""), "{html}");
    }
}
