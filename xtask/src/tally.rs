//! Counting what passed and what failed. It runs no test.

use std::fmt;
use std::ops::AddAssign;
use std::process::ExitCode;

/// How many checks passed and failed; prints as the last line of `test` and `ci`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Tally {
    pub(crate) const PASS: Self = Self { passed: 1, failed: 0 };
    pub(crate) const FAIL: Self = Self { passed: 0, failed: 1 };

    /// Reads a "test result:" line of a Rust test program; any other line is `None`.
    pub(crate) fn from_cargo_line(line: &str) -> Option<Self> {
        let counts = line.trim_start().strip_prefix("test result:")?.split_once(". ")?.1;
        let mut tally = Self::default();
        for part in counts.split(';') {
            match part.trim().split_once(' ') {
                Some((count, "passed")) => tally.passed = count.parse().ok()?,
                Some((count, "failed")) => tally.failed = count.parse().ok()?,
                _ => {}
            }
        }
        Some(tally)
    }

    /// Reads the JSON report of Playwright. A flaky test is a failed one.
    pub(crate) fn from_playwright_report(report: &str) -> anyhow::Result<Self> {
        #[derive(serde::Deserialize)]
        struct Report {
            stats: Stats,
            errors: Vec<serde_json::Value>,
        }
        #[derive(serde::Deserialize)]
        struct Stats {
            expected: u64,
            unexpected: u64,
            flaky: u64,
        }
        let Report { stats, errors } = serde_json::from_str(report)?;
        // Errors outside any test, such as a spec that does not load or a server that does not start.
        let outside = u64::try_from(errors.len())?;
        Ok(Self {
            passed: stats.expected,
            failed: stats.unexpected + stats.flaky + outside,
        })
    }

    /// Tells a failure without another message: the count is the last line.
    pub(crate) fn exit_code(self) -> ExitCode {
        if self.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }

    /// Makes a failure visible that no test has counted, such as a test program that does not compile.
    pub(crate) fn or_failed(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn counts_the_result_lines_of_cargo() {
        let good = "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        let bad = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(Tally::from_cargo_line(good), Some(Tally { passed: 12, failed: 0 }));
        assert_eq!(Tally::from_cargo_line(bad), Some(Tally { passed: 3, failed: 2 }));
        assert_eq!(Tally::from_cargo_line("test duty::parses ... ok"), None);
    }

    #[test]
    fn counts_flaky_tests_and_errors_outside_tests_as_failed() {
        let report =
            r#"{"config":{},"suites":[],"errors":[{"message":"no server"}],"stats":{"expected":7,"unexpected":1,"flaky":2,"skipped":3}}"#;
        assert_eq!(Tally::from_playwright_report(report).unwrap(), Tally { passed: 7, failed: 4 });
    }

    #[test]
    fn a_failure_that_no_test_counted_still_counts() {
        assert_eq!(Tally::default().or_failed(false), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally { passed: 3, failed: 2 }.or_failed(false), Tally { passed: 3, failed: 2 });
        assert_eq!(Tally::PASS.or_failed(true), Tally::PASS);
    }

    #[test]
    fn prints_one_plain_line() {
        assert_eq!(Tally { passed: 41, failed: 1 }.to_string(), "41 passed, 1 failed");
    }
}
