//! `cafta`: the calculator on the command line. Reads the folder `data/`, asks the engine and prints; no duty is computed here.

mod arguments;
mod failure;
mod further;
mod lines;
mod names;
mod partners;
mod quote;
mod rates;
mod report;
mod search;
mod table;
mod terms;

use std::io::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let answer = arguments::read().and_then(|arguments| arguments.answer());
    match answer {
        Ok(text) => print(&text),
        Err(failure) => {
            // Nobody is left to tell if standard error is closed too.
            let _ = writeln!(io::stderr(), "cafta: {failure}");
            failure.exit_code()
        }
    }
}

/// The whole answer at once: an error later on cannot leave half a table behind.
fn print(text: &str) -> ExitCode {
    let mut output = io::stdout().lock();
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        // `cafta rates … | head` has read enough.
        _ => ExitCode::SUCCESS,
    }
}
