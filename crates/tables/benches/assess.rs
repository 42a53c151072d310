//! How fast the engine is: assessments per second on one core, on China's real tariff. `cargo bench --profile native --package tables`.
//! Not how long the page takes: reading, drawing and typing are elsewhere.

use std::hint::black_box;
use std::time::{Duration, Instant};

use duty::{Currency, Economy, Money, Quantities, Quantity, Schedule, Shipment, Unit, assess, parse_date};
use tables::Folder;

const ROUNDS: usize = 7;

fn main() {
    let folder = Folder::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"));
    let all = match folder.schedule(Economy::China) {
        Ok(schedule) => shipments(&schedule).map(|shipments| (schedule, shipments)),
        Err(error) => {
            eprintln!("{error}");
            None
        }
    };
    let Some((schedule, shipments)) = all else { std::process::exit(1) };
    let by_quantity: Vec<Shipment> = shipments
        .iter()
        .filter(|shipment| needs_quantity(&schedule, shipment))
        .cloned()
        .collect();
    measure("every line from every origin", &schedule, &shipments);
    measure("lines with a duty by quantity", &schedule, &by_quantity);
}

/// Every line of the tariff, from every member of ASEAN in turn, with the quantities customs asks for.
fn shipments(schedule: &Schedule) -> Option<Vec<Shipment>> {
    let value = Money::parse("10000", Currency::CNY).ok()?;
    let on = parse_date("2026-11-22").ok()?;
    let stated = [Unit::Kilogram, Unit::SquareMetre].map(|unit| Quantity::parse("1000", unit).ok());
    let quantities: Quantities = stated.into_iter().flatten().collect();
    let origins = || Economy::ALL.into_iter().filter(|economy| economy.is_asean());
    let shipments = schedule.lines().flat_map(|line| {
        let quantities = &quantities;
        origins().map(move |origin| Shipment::new(Economy::China, origin, line.code(), value, quantities.clone(), on).ok())
    });
    shipments.collect()
}

fn needs_quantity(schedule: &Schedule, shipment: &Shipment) -> bool {
    assess(schedule, shipment).is_ok_and(|assessment| !assessment.units.is_empty())
}

/// The fastest of some rounds: what the machine did beside it is not the engine's doing.
#[allow(clippy::disallowed_methods, clippy::float_arithmetic)] // A native program that measures time.
fn measure(what: &str, schedule: &Schedule, shipments: &[Shipment]) {
    let repeats = 100_000_usize.div_ceil(shipments.len().max(1));
    let mut fastest = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        for shipment in (0..repeats).flat_map(|_| shipments) {
            let _ = black_box(assess(schedule, black_box(shipment)));
        }
        fastest = fastest.min(start.elapsed());
    }
    let count = repeats * shipments.len();
    println!(
        "{:.0} assessments per second ({what}; {count} in {fastest:.2?})",
        count as f64 / fastest.as_secs_f64()
    );
}
