//! Runs the program as a person would. Not a test itself.

use std::process::{Command, Output};

/// The program with its own data folder.
pub(crate) fn cafta(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cafta"))
        .env_remove("CAFTA_DATA")
        .args(arguments)
        .output()
        .unwrap()
}

/// What it prints when it succeeds.
pub(crate) fn answer(arguments: &[&str]) -> String {
    let output = cafta(arguments);
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// Its exit code and its only line of complaint when it does not.
pub(crate) fn complaint(arguments: &[&str]) -> (i32, String) {
    let output = cafta(arguments);
    assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{arguments:?}");
    let message = String::from_utf8(output.stderr).unwrap();
    assert_eq!(message.lines().count(), 1, "{message}");
    let message = message.trim_end().strip_prefix("cafta: ").unwrap().to_owned();
    (output.status.code().unwrap(), message)
}
