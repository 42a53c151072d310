//! The packed files the page fetches: what the folder `data/` holds, small and quick to read. Written at build time, read in the
//! browser and by the command line. The format is specified in `docs/pack-format.md`.
//!
//! A file is read whole or refused with a [`ReadError`] that says what is wrong with it; no bytes make it panic.

mod codes;
mod duties;
mod envelope;
mod files;
mod index;
mod rates;
mod unpack;
mod words;

pub use envelope::{FORMAT_VERSION, Kind, ReadError};
pub use files::{FileName, entry, published, searchable};
pub use index::{read_index, write_index};
pub use rates::{Rates, read_rates, write_rates};
pub use words::{
    Labels, LineLabels, Messages, messages_edition, numbered, placeholders, read_labels, read_line_labels, read_messages, write_labels,
    write_line_labels, write_messages,
};
