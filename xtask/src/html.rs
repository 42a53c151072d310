//! Completes the built index.html: the names of the packed files and of the programs in workers, and the Content-Security-Policy.
//!
//! It works on text and knows no files. The policy is a `<meta>`, so that any static host delivers it; `frame-ancestors` cannot stand in one
//! and is not wanted: the page may be embedded anywhere.

use std::cell::RefCell;

use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use lol_html::html_content::ContentType;
use lol_html::{RewriteStrSettings, element, rewrite_str, text};
use sha2::{Digest, Sha256};

use crate::pack::{self, PackedFile};

/// Puts both right behind `<meta charset>`: ahead of everything the policy is about. `workers` are the scripts beside the packed files.
/// Not at a comment, because Trunk's minifier removes all comments before this runs.
pub(crate) fn complete(html: &str, packed: &[PackedFile], workers: &[String]) -> Result<String> {
    ensure!(
        !html.contains("http-equiv=\"Content-Security-Policy\""),
        "index.html already has a policy: build the page again with `trunk build`"
    );
    // One style and one hash instead of one for each sheet.
    let html = &html.replace("</style><style>", "");
    let policy = policy(html)?;
    let mut metas = format!(r#"<meta http-equiv="Content-Security-Policy" content="{policy}">"#);
    let files = [workers, &pack::entries(packed)].concat();
    metas.push_str(&format!(r#"<meta name="files" content="{}">"#, files.join(" ")));

    let mut inserted = 0;
    let completed = rewrite_str(
        html,
        RewriteStrSettings::new().append_element_content_handler(element!("meta[charset]", |meta| {
            meta.after(&metas, ContentType::Html);
            inserted += 1;
            Ok(())
        })),
    )
    .context("cannot read the built index.html")?;
    ensure!(
        inserted == 1,
        "index.html needs exactly one <meta charset=\"utf-8\">, as the first thing in <head>; found {inserted}"
    );
    Ok(completed)
}

/// The page with the script `file` in place of the one Trunk wrote, and of what announces parts of that: index.html itself says when those
/// are fetched.
pub(crate) fn with_script(html: &str, file: &str) -> Result<String> {
    let mut replaced = 0;
    let script = format!(r#"<script type="module" src="./{file}"></script>"#);
    let html = rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_element_content_handler(element!("link[rel=modulepreload], link[rel=preload]", |link| {
                link.remove();
                Ok(())
            }))
            .append_element_content_handler(element!("script[type=module]", |old| {
                old.replace(&script, ContentType::Html);
                replaced += 1;
                Ok(())
            })),
    )
    .context("cannot read the built index.html")?;
    ensure!(replaced == 1, "index.html needs exactly one module from Trunk; found {replaced}");
    Ok(html)
}

/// A page without a program: the policy allows its styles and nothing else.
pub(crate) fn still(html: &str) -> Result<String> {
    with_policy(html, "")
}

/// A page of its own that shows the calculator in a frame: the policy allows the script in it, that of the frame, and the frame.
pub(crate) fn with_frame(html: &str) -> Result<String> {
    let scripts = hashes(html, "script:not([src])")?;
    with_policy(html, &format!("script-src 'self'{scripts}; frame-src 'self'; "))
}

fn with_policy(html: &str, allowed: &str) -> Result<String> {
    let styles = hashes(html, "style")?;
    let policy = format!("default-src 'none'; {allowed}style-src{styles}; img-src data:; base-uri 'none'; form-action 'none'");
    let meta = format!(r#"<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">"#);
    Ok(html.replacen(r#"<meta charset="utf-8">"#, &meta, 1))
}

/// Nothing but our own files, and the inline scripts and styles that are in `html` now.
fn policy(html: &str) -> Result<String> {
    let scripts = hashes(html, "script:not([src])")?;
    let styles = hashes(html, "style")?;
    Ok([
        "default-src 'none'".to_owned(),
        format!("script-src 'self' 'wasm-unsafe-eval'{scripts}"),
        format!("style-src 'self'{styles}"),
        "img-src 'self' data:".to_owned(),
        "connect-src 'self'".to_owned(),
        "worker-src 'self'".to_owned(),
        "manifest-src 'self'".to_owned(),
        "font-src 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "form-action 'none'".to_owned(),
        // The policy of that name is in src/start.js.
        "require-trusted-types-for 'script'".to_owned(),
        "trusted-types default".to_owned(),
    ]
    .join("; "))
}

/// The source expressions that allow the inline elements matching `selector`, each with a space in front.
fn hashes(html: &str, selector: &str) -> Result<String> {
    let contents = RefCell::new(Vec::<String>::new());
    rewrite_str(
        html,
        RewriteStrSettings::new()
            .append_element_content_handler(element!(selector, |_| {
                contents.borrow_mut().push(String::new());
                Ok(())
            }))
            .append_element_content_handler(text!(selector, |chunk| {
                if let Some(content) = contents.borrow_mut().last_mut() {
                    content.push_str(chunk.as_str());
                }
                Ok(())
            })),
    )
    .context("cannot read the built index.html")?;
    let sources = contents.into_inner().into_iter().filter(|content| !content.is_empty());
    Ok(sources
        .map(|content| format!(" 'sha256-{}'", STANDARD.encode(Sha256::digest(content))))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::{complete, policy, still, with_frame, with_script};
    use crate::pack::PackedFile;

    fn packed(name: &str, hash: &str) -> PackedFile {
        PackedFile {
            name: name.to_owned(),
            hash: hash.to_owned(),
            file: format!("{name}.{hash}.pack"),
            bytes: 1,
        }
    }

    #[test]
    fn hashes_each_inline_script_as_a_browser_does() {
        // The hash of "alert('Hello, world.');" is the example of the CSP specification, section 2.3.1.
        let html =
            "<script>alert('Hello, world.');</script><script src=embed.js></script><script type=module>let a = 1 < 2 && '</b>';</script>";
        let policy = policy(html).unwrap();
        assert!(policy.contains("'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"), "{policy}");
        assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
    }

    #[test]
    fn allows_an_inline_style_only_where_there_is_one() {
        assert!(policy("<p>no style</p>").unwrap().contains("style-src 'self';"));
        assert!(policy("<style>p{color:red}</style>").unwrap().contains("style-src 'self' 'sha256-"));
    }

    #[test]
    fn a_page_of_its_own_is_allowed_no_more_than_it_has() {
        let html = r#"<meta charset="utf-8"><style>p{}</style><script src="embed.js"></script><script>go()</script>"#;
        let framing = with_frame(html).unwrap();
        assert!(framing.contains("default-src 'none'; script-src 'self' 'sha256-"), "{framing}");
        assert!(framing.contains("; frame-src 'self'; style-src 'sha256-"), "{framing}");
        let still = still(html).unwrap();
        assert!(still.contains("default-src 'none'; style-src 'sha256-"), "{still}");
        assert!(!still.contains("script-src") && !still.contains("frame-src"), "{still}");
    }

    #[test]
    fn inserts_the_policy_before_anything_it_is_about() {
        let html =
            r#"<!doctype html><meta charset=utf-8><link rel=modulepreload href=./a.js><script type=module>start()</script><h1>Duty</h1>"#;
        let files = [
            packed("labels.en", "00aa11bb"),
            packed("rates.CN", "1a2b3c4d"),
            packed("rates.VN", "1a2b3c4d"),
        ];
        let page = complete(html, &files, &["finder-0a1b2c3d.js".to_owned()]).unwrap();
        let position = |part: &str| page.find(part).unwrap_or_else(|| panic!("no {part} in {page}"));
        assert!(position("charset") < position("Content-Security-Policy"));
        assert!(position("Content-Security-Policy") < position("<link"));
        let list = r#"<meta name="files" content="finder-0a1b2c3d.js labels.00aa11bb.en rates.1a2b3c4d.CN.VN">"#;
        assert!(page.contains(list), "{page}");
        assert!(page.ends_with("<script type=module>start()</script><h1>Duty</h1>"));
    }

    #[test]
    fn loads_one_script_in_place_of_the_module_of_trunk() {
        let html = "<script>first()</script><script type=module>import a from './a.js';</script><link rel=modulepreload href=a.js><link as=fetch rel=preload href=a.wasm><p>";
        let page = with_script(html, "page.js").unwrap();
        assert_eq!(
            page,
            "<script>first()</script><script type=\"module\" src=\"./page.js\"></script><p>"
        );
        assert!(with_script("<p>", "page.js").is_err());
    }

    #[test]
    fn refuses_a_page_without_the_place_or_already_completed() {
        assert!(complete("<!doctype html><title>Duty</title>", &[], &[]).is_err());
        let once = complete("<meta charset=utf-8>", &[], &[]).unwrap();
        assert!(complete(&once, &[], &[]).is_err());
    }
}
