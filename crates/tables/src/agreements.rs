//! `data/agreements/<regime>.toml`: who grants which rates to whom, since when, and how that is known. Not the rates of the lines.

use std::fs;
use std::path::Path;
use std::str::FromStr;

use duty::{Agreement, Blanket, Economy, Evidence, Membership, Regime, Role, Treatment};
use serde::Deserialize;
use time::{Date, Month};

use crate::Folder;
use crate::error::{TablesError, by_key};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    regime: String,
    proof: String,
    source: String,
    member: Vec<MemberText>,
    blanket: Option<BlanketText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MemberText {
    economy: String,
    role: String,
    since: String,
    evidence: String,
    source: String,
    #[serde(default)]
    status_to_confirm: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BlanketText {
    rate: String,
    outside_quota: bool,
}

impl Folder {
    /// All agreements, from `agreements/`, in the order of [`Regime::ALL`].
    ///
    /// # Errors
    /// [`TablesError`] if a file is missing for a regime other than MFN, or a text in it is not one of its words.
    pub fn agreements(&self) -> Result<Vec<Agreement>, TablesError> {
        let regimes = Regime::ALL.iter().copied().filter(|regime| !regime.is_mfn());
        regimes.map(|regime| self.agreement(regime)).collect()
    }

    fn agreement(&self, regime: Regime) -> Result<Agreement, TablesError> {
        let path = self.root.join(format!("agreements/{regime}.toml"));
        let text = fs::read_to_string(&path).map_err(|error| TablesError::reading(&path, error))?;
        let file: File = toml::from_str(&text).map_err(|error| TablesError::form(&path, error))?;
        if file.regime != regime.key() {
            return Err(TablesError::text(&path, "regime", &file.regime, "the name of the file is expected"));
        }
        let members = file.member.into_iter().map(|member| member.read(&path)).collect::<Result<_, _>>()?;
        let blanket = file.blanket.map(|blanket| blanket.read(&path)).transpose()?;
        Ok(Agreement {
            regime,
            proof: file.proof,
            source: file.source,
            members,
            blanket,
        })
    }
}

impl MemberText {
    fn read(self, path: &Path) -> Result<Membership, TablesError> {
        let wrong =
            |key: &str, text: &str, expected: &str| TablesError::text(path, format!("member {}, {key}", self.economy), text, expected);
        Ok(Membership {
            economy: Economy::from_str(&self.economy).map_err(|error| TablesError::text(path, "member", &self.economy, error))?,
            role: by_key(&Role::ALL, Role::key, &self.role)
                .ok_or_else(|| wrong("role", &self.role, "party, grantor or beneficiary is expected"))?,
            since: date(&self.since).ok_or_else(|| wrong("since", &self.since, "a date such as 2022-01-01 is expected"))?,
            evidence: by_key(&Evidence::ALL, Evidence::key, &self.evidence)
                .ok_or_else(|| wrong("evidence", &self.evidence, "read, derived, secondary or unconfirmed is expected"))?,
            source: self.source,
            status_to_confirm: self.status_to_confirm,
        })
    }
}

impl BlanketText {
    fn read(self, path: &Path) -> Result<Blanket, TablesError> {
        let treatment: Treatment = self
            .rate
            .parse()
            .map_err(|error| TablesError::text(path, "blanket, rate", &self.rate, error))?;
        Ok(Blanket {
            treatment,
            outside_quota: self.outside_quota,
        })
    }
}

/// `2022-01-01`.
fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || (year.len(), month.len(), day.len()) != (4, 2, 2) {
        return None;
    }
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"
        regime = "least_developed"
        proof = "certificate of origin"
        source = "notice"
        [[member]]
        economy = "CN"
        role = "grantor"
        since = "2024-12-01"
        evidence = "read"
        source = "notice"
        [blanket]
        rate = "0%"
        outside_quota = false
    "#;

    fn read(name: &str, text: &str) -> Result<Agreement, TablesError> {
        let root = std::env::temp_dir().join(format!("tables-agreements-{}-{name}", std::process::id()));
        fs::create_dir_all(root.join("agreements")).unwrap();
        fs::write(root.join("agreements/least_developed.toml"), text).unwrap();
        Folder::new(root).agreement(Regime::LeastDeveloped)
    }

    #[test]
    fn an_agreement_is_read() {
        let agreement = read("good", GOOD).unwrap();
        let china = agreement.grantor(Economy::China).unwrap();
        assert_eq!(
            (china.since.to_string().as_str(), china.evidence, china.status_to_confirm),
            ("2024-12-01", Evidence::Read, false)
        );
        assert!(!agreement.blanket.unwrap().outside_quota);
    }

    #[test]
    fn each_wrong_word_is_named() {
        for (right, wrong, message) in [
            ("least_developed", "rcep", "regime: \"rcep\""),
            ("CN", "US", "member: \"US\""),
            ("grantor", "giver", "member CN, role: \"giver\""),
            ("2024-12-01", "2024-13-01", "member CN, since: \"2024-13-01\""),
            ("2024-12-01", "2024-12-1", "member CN, since: \"2024-12-1\""),
            ("\"read\"", "\"seen\"", "member CN, evidence: \"seen\""),
            ("0%", "free", "blanket, rate: \"free\""),
        ] {
            let error = read("words", &GOOD.replace(right, wrong)).unwrap_err().to_string();
            assert!(error.contains(message), "{error}");
        }
    }
}
