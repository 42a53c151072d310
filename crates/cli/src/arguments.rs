//! What can be asked: subcommands and flags, parsed once into typed values. The answers are in a file per subcommand.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use duty::{Candidates, Currency, Economy, HsCode, NotADate, NumberError, Percent, Quantity, parse_date, parse_number};
use rust_decimal::Decimal;
use tables::Folder;
use time::{Date, OffsetDateTime};

use crate::failure::Failure;

/// Duties between China and ASEAN under every agreement, from the official tariffs.
#[derive(Parser)]
#[command(name = "cafta", version)]
pub(crate) struct Arguments {
    /// The folder of the tables.
    #[arg(long, value_name = "DIR", env = "CAFTA_DATA", default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data"), global = true)]
    data: PathBuf,
    #[command(subcommand)]
    question: Question,
}

#[derive(Subcommand)]
enum Question {
    /// What a shipment pays under every regime, and what the best of them saves.
    Quote(Box<Quote>),
    /// The whole tariff of an importer, one row a tariff line.
    Rates(Rates),
    /// Codes of the Harmonized System by words or digits.
    Search(Search),
    /// The lines under a code among which one has to choose, with their duties.
    Lines(Lines),
}

/// The flags of `cafta quote`.
#[derive(Args)]
pub(crate) struct Quote {
    /// Where the goods originate: CN or a member of ASEAN.
    #[arg(long, value_name = "ECONOMY")]
    pub(crate) from: Economy,
    /// Where they are imported.
    #[arg(long, value_name = "ECONOMY")]
    pub(crate) to: Economy,
    /// The tariff line, or a shorter code; several with commas between them while it is not certain which.
    #[arg(long, value_name = "CODES")]
    pub(crate) hs: Candidates,
    /// The customs value: 10000 or 10,000.50.
    #[arg(long, value_name = "AMOUNT", value_parser = amount, allow_hyphen_values = true)]
    pub(crate) value: String,
    /// The currency of the value; the importer's if not given.
    #[arg(long, value_name = "CURRENCY")]
    pub(crate) currency: Option<Currency>,
    /// Units of the importer's currency for one unit of the value's currency.
    #[arg(long, value_name = "NUMBER", value_parser = parse_number, allow_hyphen_values = true)]
    pub(crate) rate: Option<Decimal>,
    /// Freight to the border, if the value is without it; in the currency of the value.
    #[arg(long, value_name = "AMOUNT", value_parser = parse_number, allow_hyphen_values = true)]
    pub(crate) freight: Option<Decimal>,
    /// Insurance to the border, likewise.
    #[arg(long, value_name = "AMOUNT", value_parser = parse_number, allow_hyphen_values = true)]
    pub(crate) insurance: Option<Decimal>,
    /// The rate of VAT, GST or sales tax if it is not the one in the data: 7%.
    #[arg(long, value_name = "PERCENT")]
    pub(crate) vat: Option<Percent>,
    /// How much is shipped: 1000kg, 12.5L, 40piece, 40%vol. Once for each unit.
    #[arg(long, value_name = "QUANTITY", allow_hyphen_values = true)]
    pub(crate) quantity: Vec<Quantity>,
    /// The day of import, as 2026-11-22; today (UTC) if not given.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
    #[command(flatten)]
    pub(crate) cost: Option<CostFlags>,
    /// How many such shipments there are in a year.
    #[arg(long, value_name = "NUMBER", value_parser = parse_number, allow_hyphen_values = true, requires = "CostFlags")]
    pub(crate) shipments: Option<Decimal>,
    /// Every field of the answer as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// What claiming a preference costs; amounts are in the currency of the value. Any of them asks whether it is worth it.
#[derive(Args)]
pub(crate) struct CostFlags {
    /// The fee for the certificate, in the currency of the value.
    #[arg(long, value_name = "AMOUNT", value_parser = amount, allow_hyphen_values = true)]
    pub(crate) fee: Option<String>,
    /// Hours of work on papers and proof of origin.
    #[arg(long, value_name = "NUMBER", value_parser = parse_number, allow_hyphen_values = true, requires = "wage")]
    pub(crate) hours: Option<Decimal>,
    /// What an hour costs.
    #[arg(long, value_name = "AMOUNT", value_parser = amount, allow_hyphen_values = true, requires = "hours")]
    pub(crate) wage: Option<String>,
    /// Sending the papers.
    #[arg(long, value_name = "AMOUNT", value_parser = amount, allow_hyphen_values = true)]
    pub(crate) courier: Option<String>,
    /// What waiting for the certificate costs.
    #[arg(long, value_name = "AMOUNT", value_parser = amount, allow_hyphen_values = true)]
    pub(crate) delay: Option<String>,
}

/// The flags of `cafta rates`.
#[derive(Args)]
pub(crate) struct Rates {
    /// Whose tariff.
    #[arg(long, value_name = "ECONOMY")]
    pub(crate) to: Economy,
    /// Only what applies to goods of this origin.
    #[arg(long, value_name = "ECONOMY")]
    pub(crate) from: Option<Economy>,
    /// How the table is written.
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    pub(crate) format: Format,
    /// The day of import, as 2026-11-22; today (UTC) if not given.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
}

/// How a table is written.
#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    /// Comma-separated values with a header.
    Csv,
}

/// The flags of `cafta search`.
#[derive(Args)]
pub(crate) struct Search {
    /// Words, or the beginning of a code.
    #[arg(required_unless_present = "stdin", conflicts_with = "stdin")]
    pub(crate) query: Option<String>,
    /// Read one query a line from standard input; write it, a tab, and the subheadings that answer it, best first.
    #[arg(long, conflicts_with = "json")]
    pub(crate) stdin: bool,
    /// The language of the labels that are searched.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub(crate) lang: String,
    /// The most codes to list.
    #[arg(long, value_name = "NUMBER", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) limit: u16,
    /// The list as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

/// The flags of `cafta lines`.
#[derive(Args)]
pub(crate) struct Lines {
    /// The code: a heading, a subheading or a line.
    pub(crate) code: HsCode,
    /// Whose tariff.
    #[arg(long, value_name = "ECONOMY")]
    pub(crate) to: Economy,
    /// The language of the labels.
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    pub(crate) lang: String,
    /// The day of import, as 2026-11-22; today (UTC) if not given.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) on: Option<Date>,
}

/// The folder `data/` and where it is.
pub(crate) struct Data {
    pub(crate) root: PathBuf,
    pub(crate) folder: Folder,
}

impl Data {
    /// The tariff of an importer.
    pub(crate) fn schedule(&self, importer: Economy) -> Result<duty::Schedule, Failure> {
        crate::failure::schedule(&self.folder, &self.root, importer)
    }
}

impl Arguments {
    /// The text to print.
    pub(crate) fn answer(self) -> Result<String, Failure> {
        let root = self.data.canonicalize().unwrap_or(self.data);
        let data = Data {
            folder: Folder::new(&root),
            root,
        };
        match self.question {
            Question::Quote(quote) => quote.answer(&data),
            Question::Rates(rates) => rates.answer(&data),
            Question::Search(search) => search.answer(&data),
            Question::Lines(lines) => lines.answer(&data),
        }
    }
}

/// Reads the command line; help and version are printed and end the program here.
pub(crate) fn read() -> Result<Arguments, Failure> {
    Arguments::try_parse().map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => error.exit(),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Failure::Usage("say what you ask: quote, rates, search or lines; see cafta --help".to_owned())
        }
        _ => Failure::Usage(one_line(&error.to_string())),
    })
}

/// Clap writes a paragraph of what is wrong, then usage: the first is the message.
fn one_line(message: &str) -> String {
    let paragraph = message.split("\n\n").next().unwrap_or(message);
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    words.join(" ").trim_start_matches("error: ").to_owned()
}

/// The day asked for, or today.
pub(crate) fn day_or_today(on: Option<Date>) -> Date {
    on.unwrap_or_else(today)
}

#[expect(
    clippy::disallowed_methods,
    reason = "the command line is the edge where the date enters; this never runs in wasm"
)]
fn today() -> Date {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(seconds)
        .ok()
        .and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
        .unwrap_or(OffsetDateTime::UNIX_EPOCH)
        .date()
}

fn day(text: &str) -> Result<Date, NotADate> {
    parse_date(text)
}

/// The text of a number that can be read; the currency it is in is not known yet.
fn amount(text: &str) -> Result<String, NumberError> {
    parse_number(text).map(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn flags_do_not_contradict_each_other() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn a_message_of_the_parser_becomes_one_line() {
        let message =
            "error: the following required arguments were not provided:\n  --from <ECONOMY>\n  --to <ECONOMY>\n\nUsage: cafta quote\n";
        assert_eq!(
            one_line(message),
            "the following required arguments were not provided: --from <ECONOMY> --to <ECONOMY>"
        );
    }
}
