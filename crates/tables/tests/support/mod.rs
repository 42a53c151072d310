//! What the tests of the engine on the real tariffs have in common: schedules, and shipments between China and ASEAN.

use std::path::PathBuf;

use duty::{Economy, HsCode, Money, Quantities, Schedule, Shipment, parse_date};
use tables::Folder;

pub(crate) fn folder() -> Folder {
    Folder::new(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data")))
}

pub(crate) fn schedule(importer: Economy) -> Schedule {
    folder().schedule(importer).unwrap()
}

/// Goods of `origin` on the way to `importer`, worth `value` in its currency.
pub(crate) fn shipment(importer: Economy, origin: Economy, code: HsCode, value: &str, quantities: Quantities, on: &str) -> Shipment {
    let value = Money::parse(value, importer.currency()).unwrap();
    Shipment::new(importer, origin, code, value, quantities, parse_date(on).unwrap()).unwrap()
}
