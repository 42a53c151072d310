//! The packed files: which there are, fetching them, checking them, keeping them. What is in them is read by the crate `pack`.

mod cache;
mod files;

pub use cache::{Cache, Load, Loaded, Loading};
pub(crate) use files::files;
pub use files::{LoadError, fetch};
