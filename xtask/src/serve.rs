//! The command `serve`, and its small static server.
//!
//! It shows the finished site as a good static host would: compressed, cached by content, with the usual security headers.
//! It is for this machine only and knows nothing of the page; the Content-Security-Policy is in index.html.

use std::collections::HashMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use anyhow::{Context, Result, anyhow, ensure};
use clap::Args;
use sha2::{Digest, Sha256};

use crate::http::{self, Request, Response};
use crate::project::Project;
use crate::{build, compress, dist};

/// Switches off every browser feature that asks a visitor for something: the page needs none.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), \
    gyroscope=(), hid=(), idle-detection=(), local-fonts=(), magnetometer=(), microphone=(), midi=(), payment=(), \
    publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), xr-spatial-tracking=()";

#[derive(Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Serve dist/ as it is
    #[arg(long)]
    no_build: bool,
}

/// Builds unless told not to, and serves until interrupted.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    if !options.no_build {
        build::page(project)?;
    }
    let site = Site {
        folder: project.dist(),
        cache: Mutex::default(),
    };
    ensure!(
        site.folder.join("index.html").exists(),
        "no page in {:?}: run `cargo xtask serve` without --no-build",
        site.folder
    );

    // Before anybody asks: several browsers at once would each wait for the same files to be compressed.
    println!("compressing the files of the page (about 5 seconds) …");
    for file in dist::files(&site.folder)? {
        site.load(&site.folder.join(file))?;
    }

    let address = format!("127.0.0.1:{}", options.port);
    let listener = TcpListener::bind(&address)
        .map_err(|error| anyhow!("cannot listen on {address}: {error}; try --port {}", options.port.saturating_add(1)))?;
    println!("serving dist/ on http://{address}/ (stop with Ctrl-C)");
    http::serve(&listener, move |request| site.answer(request));
    Ok(())
}

struct Site {
    folder: PathBuf,
    cache: Mutex<HashMap<PathBuf, Arc<Content>>>,
}

/// A file as it goes over the wire.
struct Content {
    modified: SystemTime,
    tag: String,
    plain: Vec<u8>,
    /// Only where it is smaller.
    brotli: Option<Vec<u8>>,
}

/// What a request gets.
enum Answer {
    File(PathBuf, Arc<Content>),
    /// A folder's address without its slash: relative links would point to the wrong place.
    Moved(String),
    NotFound,
}

impl Site {
    fn answer(&self, request: &Request) -> Response {
        if !matches!(request.method.as_str(), "GET" | "HEAD") {
            return text(405, "only GET and HEAD", vec![("Allow", "GET, HEAD".to_owned())]);
        }
        match self.find(&request.target) {
            Ok(Answer::File(path, content)) => file(request, &path, &content),
            Ok(Answer::Moved(to)) => text(301, "moved", vec![("Location", to)]),
            Ok(Answer::NotFound) => text(404, "not found", Vec::new()),
            Err(error) => {
                eprintln!("error: {error:#}");
                text(500, "cannot read the file", Vec::new())
            }
        }
    }

    fn find(&self, url: &str) -> Result<Answer> {
        let address = url.split(['?', '#']).next().unwrap_or_default();
        let Some(relative) = relative_path(address) else {
            return Ok(Answer::NotFound);
        };
        let mut path = self.folder.join(relative);
        if path.is_dir() {
            if !address.ends_with('/') {
                return Ok(Answer::Moved(format!("{address}/")));
            }
            path.push("index.html");
        }
        if !path.is_file() {
            return Ok(Answer::NotFound);
        }
        let content = self.load(&path)?;
        Ok(Answer::File(path, content))
    }

    /// Reads and compresses a file once, and again when a new build has changed it.
    fn load(&self, path: &Path) -> Result<Arc<Content>> {
        let modified = fs::metadata(path)?.modified()?;
        let known = self.cache.lock().unwrap_or_else(PoisonError::into_inner).get(path).cloned();
        if let Some(content) = known.filter(|content| content.modified == modified) {
            return Ok(content);
        }
        let plain = fs::read(path).with_context(|| format!("cannot read {path:?}"))?;
        let brotli = if is_compressed_already(path) {
            None
        } else {
            Some(compress::brotli(&plain)?).filter(|small| small.len() < plain.len())
        };
        let tag = Sha256::digest(&plain).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let content = Arc::new(Content {
            modified,
            tag,
            plain,
            brotli,
        });
        self.cache
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(path.to_path_buf(), Arc::clone(&content));
        Ok(content)
    }
}

fn file(request: &Request, path: &Path, content: &Content) -> Response {
    let compressed = content
        .brotli
        .as_ref()
        .filter(|_| accepts_brotli(request.header("Accept-Encoding")));
    // The two forms of a file are different bytes, so they have different tags.
    let tag = format!("\"{}{}\"", content.tag, if compressed.is_some() { "-br" } else { "" });
    let mut headers = vec![
        ("ETag", tag.clone()),
        ("Cache-Control", cache_control(path).to_owned()),
        ("Content-Type", media_type(path).to_owned()),
    ];
    if content.brotli.is_some() {
        headers.push(("Vary", "Accept-Encoding".to_owned()));
    }
    if request.header("If-None-Match").split(',').any(|known| known.trim() == tag) {
        return secured(304, Vec::new(), headers);
    }
    if compressed.is_some() {
        headers.push(("Content-Encoding", "br".to_owned()));
    }
    secured(200, compressed.unwrap_or(&content.plain).clone(), headers)
}

fn text(status: u16, text: &str, mut headers: Vec<(&'static str, String)>) -> Response {
    headers.push(("Content-Type", "text/plain; charset=utf-8".to_owned()));
    secured(status, format!("{text}\n").into_bytes(), headers)
}

fn secured(status: u16, body: Vec<u8>, mut headers: Vec<(&'static str, String)>) -> Response {
    let security = [
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Permissions-Policy", PERMISSIONS),
    ];
    headers.extend(security.map(|(name, value)| (name, value.to_owned())));
    Response { status, headers, body }
}

/// The file an address names, below the site's folder. `None` for everything else, above all for a way out of the folder.
fn relative_path(address: &str) -> Option<PathBuf> {
    let relative = Path::new(address.strip_prefix('/')?);
    // Our names are plain ASCII, so an escaped address is none of them.
    let plain = address.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'%' | b'\\')) && !address.contains("//");
    let inside = relative.components().all(|component| matches!(component, Component::Normal(_)));
    (plain && inside).then(|| relative.to_path_buf())
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "xml" => "application/xml",
        _ => "application/octet-stream",
    }
}

fn is_compressed_already(path: &Path) -> bool {
    matches!(media_type(path), "image/png" | "image/webp" | "font/woff2")
}

fn cache_control(path: &Path) -> &'static str {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    if dist::is_named_by_content(name) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

fn accepts_brotli(accept_encoding: &str) -> bool {
    accept_encoding.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        name.trim() == "br" && !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{PERMISSIONS, accepts_brotli, cache_control, media_type, relative_path};

    #[test]
    fn other_hosts_switch_off_the_same_features() {
        for configuration in [include_str!("../../deploy/nginx.conf"), include_str!("../../deploy/Caddyfile")] {
            assert!(configuration.contains(&format!("\"{PERMISSIONS}\"")), "{configuration}");
        }
    }

    #[test]
    fn finds_files_inside_the_site() {
        assert_eq!(relative_path("/").as_deref(), Some(Path::new("")));
        assert_eq!(
            relative_path("/data/rates.CN.1a2b3c4d.pack").as_deref(),
            Some(Path::new("data/rates.CN.1a2b3c4d.pack"))
        );
        assert_eq!(relative_path("/embed/").as_deref(), Some(Path::new("embed/")));
    }

    #[test]
    fn there_is_no_way_out_of_the_site() {
        for address in [
            "/../Cargo.toml",
            "/data/../../Cargo.toml",
            "/..",
            "//etc/passwd",
            "/%2e%2e/Cargo.toml",
            "/..\\Cargo.toml",
            "index.html",
            "",
        ] {
            assert_eq!(relative_path(address), None, "{address}");
        }
    }

    #[test]
    fn names_the_media_type() {
        assert_eq!(
            media_type(Path::new("cafta-calculator-4e8e4ae2cf9a1ea4_bg.wasm")),
            "application/wasm"
        );
        assert_eq!(media_type(Path::new("data/rates.CN.1a2b3c4d.pack")), "application/octet-stream");
        assert_eq!(media_type(Path::new("site.webmanifest")), "application/manifest+json");
    }

    #[test]
    fn keeps_for_ever_only_what_is_named_by_its_content() {
        assert_eq!(
            cache_control(Path::new("data/rates.CN.1a2b3c4d.pack")),
            "public, max-age=31536000, immutable"
        );
        assert_eq!(cache_control(Path::new("index.html")), "no-cache");
        assert_eq!(cache_control(Path::new("embed.js")), "no-cache");
    }

    #[test]
    fn compresses_only_for_clients_that_ask() {
        assert!(accepts_brotli("gzip, deflate, br, zstd"));
        assert!(accepts_brotli("br;q=0.9"));
        assert!(!accepts_brotli("gzip, br;q=0"));
        assert!(!accepts_brotli(""));
        assert!(!accepts_brotli("brotli"));
    }
}
