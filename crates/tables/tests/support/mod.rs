//! What the tests of the engine on the real tariff have in common: China's schedule and a shipment to it.

use std::path::PathBuf;

use duty::{Currency, Economy, HsCode, Money, Quantities, Schedule, Shipment, parse_date};
use tables::Folder;

pub(crate) fn folder() -> Folder {
    Folder::new(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data")))
}

pub(crate) fn china() -> Schedule {
    folder().schedule(Economy::China).unwrap()
}

/// Goods of `origin` on the way to China, worth `value` yuan.
pub(crate) fn shipment(origin: Economy, code: HsCode, value: &str, quantities: Quantities, on: &str) -> Shipment {
    let value = Money::parse(value, Currency::CNY).unwrap();
    Shipment::new(Economy::China, origin, code, value, quantities, parse_date(on).unwrap()).unwrap()
}
