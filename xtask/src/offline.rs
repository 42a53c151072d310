//! What makes the page installable and lets it open without a network: the manifest, its icons, and the service worker with the list of all
//! files of this version. What is kept when, and how a new version takes over, is in public/sw.js and public/offline.mjs.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use tables::short_hash;

use crate::dist;
use crate::minify::{minified, with_texts};
use crate::project::Project;

/// Files that go beside index.html as they are. Their names stay the same from version to version, because they stand in index.html or in the
/// manifest.
const COPIED: [&str; 5] = [
    "icon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable-512.png",
    "manifest.webmanifest",
];

/// The page's end of the service worker; src/start.js asks for it by this name.
const PAGE_END: &str = "offline.mjs";

/// The service worker. Not in its own list: the browser keeps it.
const WORKER: &str = "sw.js";

/// Adds what is above to a page that is complete otherwise.
pub(crate) fn complete(project: &Project, page: &Path) -> Result<()> {
    let public = project.root().join("public");
    for name in COPIED {
        fs::copy(public.join(name), page.join(name)).with_context(|| format!("cannot copy public/{name}"))?;
    }
    let script = minified(project, &format!("public/{PAGE_END}"))?;
    let script = with_texts(project, &script, "OFFERS", &["update_ready", "update_now"])?;
    fs::write(page.join(PAGE_END), script).with_context(|| format!("cannot write {PAGE_END}"))?;
    let mut files = Vec::new();
    for file in dist::files(page)? {
        let content = fs::read(page.join(&file)).with_context(|| format!("cannot read {file:?}"))?;
        files.push((file.to_string_lossy().into_owned(), content));
    }
    let path = public.join(WORKER);
    let source = fs::read_to_string(&path).with_context(|| format!("cannot read {path:?}"))?;
    let worker = worker(&source, &files)?;
    fs::write(page.join(WORKER), worker).with_context(|| format!("cannot write {WORKER}"))
}

/// The service worker with the list filled in, and the version, which is the hash of the list.
fn worker(source: &str, files: &[(String, Vec<u8>)]) -> Result<String> {
    for place in [r#"new Map("FILES")"#, "VERSION`"] {
        ensure!(source.matches(place).count() == 1, "public/{WORKER} needs {place} exactly once");
    }
    let listed = files.iter().filter(|(name, _)| name != WORKER);
    let listed = listed.map(|(name, content)| {
        // Some hosts send whoever asks for index.html to the folder.
        let name = if name == "index.html" { "./" } else { name };
        (name, STANDARD.encode(Sha256::digest(content)))
    });
    let list = serde_json::to_string(&listed.collect::<Vec<_>>())?;
    Ok(source
        .replace(r#""FILES""#, &list)
        .replace("VERSION`", &format!("{}`", short_hash(list.as_bytes()))))
}

#[cfg(test)]
mod tests {
    use super::worker;

    const SOURCE: &str = include_str!("../../public/sw.js");

    fn files(page: &str) -> Vec<(String, Vec<u8>)> {
        [("data/rates.CN.1a2b3c4d.pack", "0%"), ("index.html", page), ("sw.js", "old")]
            .map(|(name, content)| (name.to_owned(), content.as_bytes().to_vec()))
            .into()
    }

    #[test]
    fn lists_every_file_but_itself_with_its_hash() {
        let worker = worker(SOURCE, &files("<p>")).unwrap();
        // `printf '0%%' | openssl dgst -sha256 -binary | base64`
        let list = r#"new Map([["data/rates.CN.1a2b3c4d.pack","2ahHoaeatEglu/jlcgvKdx1T0TRNhxv5vhVnOCoCJxg="],["./","M/J5lGcXcoeikmB4ChB6yY6mPdYWX2f8wNdHZ9CoIJA="]])"#;
        assert!(worker.contains(list), "{worker}");
        assert!(!worker.contains("FILES\""), "{worker}");
    }

    #[test]
    fn another_content_is_another_version() {
        let version = |page| {
            let worker = worker(SOURCE, &files(page)).unwrap();
            worker.lines().find(|line| line.starts_with("const CACHE")).unwrap().to_owned()
        };
        assert_eq!(version("<p>"), version("<p>"));
        assert_ne!(version("<p>"), version("<h1>"));
        assert!(!version("<p>").contains("VERSION"));
    }

    #[test]
    fn refuses_a_worker_without_the_places() {
        assert!(worker("const FILES = [];", &[]).is_err());
    }
}
