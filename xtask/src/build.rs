//! Building the page with Trunk. Installing Trunk is in `tools`, filling in index.html in `html`.

use anyhow::Result;

use crate::command;
use crate::project::Project;
use crate::tools;

/// What makes the program smaller than Cargo's stable options can: the standard library is built with it, for size and without the words
/// of panics nobody reads in a browser. 14 % fewer bytes over the wire; docs/decisions/0003-standard-library-for-size.md weighs it.
/// These are unstable options of a stable compiler; `trunk build` by hand works without them, only larger.
pub(crate) const FOR_SIZE: [(&str, &str); 6] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    ("CARGO_UNSTABLE_PANIC_IMMEDIATE_ABORT", "true"),
    ("CARGO_PROFILE_RELEASE_PANIC", "immediate-abort"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none",
    ),
];

/// Installs what the build needs and builds the release page into `dist/`.
pub(crate) fn page(project: &Project) -> Result<()> {
    tools::for_the_page(project)?;
    println!("building the page into dist/ (about two minutes the first time) …");
    let mut trunk = command::with(project, "trunk", ["build", "--release"])?;
    command::run(trunk.envs(FOR_SIZE))
}
