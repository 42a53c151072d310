//! The JSON of `cafta quote` has the shape that `docs/quote.schema.json` promises. A check of the few keywords that schema uses, not of all
//! there are: another one is a failure.

use std::collections::BTreeSet;
use std::fs;

use crate::quote::{DURIAN, from_china, json};
use duty::{Economy, Regime, Unit};
use serde_json::{Value, json};

fn schema() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/quote.schema.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A schema and what of it has been seen.
struct Check {
    schema: Value,
    /// Keys that had a value, by where the schema speaks of them.
    seen: BTreeSet<String>,
    problems: Vec<String>,
}

impl Check {
    fn new() -> Self {
        Self {
            schema: schema(),
            seen: BTreeSet::new(),
            problems: Vec::new(),
        }
    }

    fn answer(&mut self, answer: &Value) {
        self.value("", answer, "answer");
    }

    /// Checks a value, found at `at`, against the schema at `pointer`.
    fn value(&mut self, pointer: &str, value: &Value, at: &str) {
        let schema = self.schema.pointer(pointer).unwrap().clone();
        for (keyword, rule) in schema.as_object().unwrap() {
            match keyword.as_str() {
                "$ref" => self.value(rule.as_str().unwrap().strip_prefix('#').unwrap(), value, at),
                "anyOf" => self.any_of(pointer, rule, value, at),
                "type" => self.demand(is_of_type(rule, value), at, || format!("{value} is not of type {rule}")),
                "enum" => {
                    let is_listed = rule.as_array().unwrap().contains(value);
                    self.demand(is_listed, at, || format!("{value} is none of {rule}"));
                }
                "required" => {
                    for key in rule.as_array().unwrap() {
                        self.demand(value.get(key.as_str().unwrap()).is_some(), at, || format!("{key} is missing"));
                    }
                }
                "properties" => self.properties(pointer, rule, value, at),
                "items" => {
                    for (position, item) in value.as_array().into_iter().flatten().enumerate() {
                        self.value(&format!("{pointer}/items"), item, &format!("{at}[{position}]"));
                    }
                }
                // Checked with the properties.
                "additionalProperties" => assert_eq!(rule, false, "{pointer}"),
                "format" => assert_eq!(rule, "date", "{pointer}"),
                "$schema" | "$defs" | "title" | "description" => {}
                other => panic!("{pointer}: the keyword {other} is not checked"),
            }
        }
    }

    fn any_of(&mut self, pointer: &str, rule: &Value, value: &Value, at: &str) {
        let count = self.problems.len();
        for position in 0..rule.as_array().unwrap().len() {
            self.problems.truncate(count);
            self.value(&format!("{pointer}/anyOf/{position}"), value, at);
            if self.problems.len() == count {
                return;
            }
        }
        self.problems.truncate(count);
        self.problems.push(format!("{at}: {value} is none of {rule}"));
    }

    fn properties(&mut self, pointer: &str, rule: &Value, value: &Value, at: &str) {
        for (key, member) in value.as_object().into_iter().flatten() {
            let known = rule.get(key).is_some();
            self.demand(known, at, || format!("{key} is not in the schema"));
            if known {
                let property = format!("{pointer}/properties/{key}");
                self.value(&property, member, &format!("{at}.{key}"));
                if !member.is_null() {
                    self.seen.insert(property);
                }
            }
        }
    }

    fn demand(&mut self, holds: bool, at: &str, problem: impl FnOnce() -> String) {
        if !holds {
            self.problems.push(format!("{at}: {}", problem()));
        }
    }
}

fn is_of_type(rule: &Value, value: &Value) -> bool {
    let name = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
    };
    match rule {
        Value::Array(names) => names.iter().any(|other| other == name),
        rule => rule == name,
    }
}

/// Every place below `pointer` where the schema speaks of a key.
fn properties(schema: &Value, pointer: &str, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(members) => {
            for (key, member) in members {
                let inner = format!("{pointer}/{key}");
                if pointer.ends_with("/properties") {
                    found.insert(inner.clone());
                }
                properties(member, &inner, found);
            }
        }
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                properties(item, &format!("{pointer}/{position}"), found);
            }
        }
        _ => {}
    }
}

fn with<'a>(question: &[&'a str], further: &[&'a str]) -> Value {
    json(&[question, further].concat())
}

/// Durian of Thailand with another origin, code and value.
fn into_china<'a>(origin: &'a str, code: &'a str, value: &'a str) -> Vec<&'a str> {
    let mut question: Vec<&str> = DURIAN.to_vec();
    (question[2], question[6], question[8]) = (origin, code, value);
    question
}

/// Settled and not, with what is missing, in another currency, by quantity, with excise, ranges, doubts and every further flag.
fn answers() -> Vec<Value> {
    let mut before_rcep = into_china("ID", "0810600000", "10000");
    before_rcep[10] = "2022-06-01";
    vec![
        json(&DURIAN),
        with(
            &DURIAN,
            &[
                "--freight",
                "900",
                "--insurance",
                "100",
                "--currency",
                "USD",
                "--rate",
                "7.1",
                "--fee",
                "40",
                "--shipments",
                "12",
            ],
        ),
        with(&into_china("KH", "100630", "10000"), &["--fee", "200"]),
        json(&into_china("TH", "081060,081090", "10000")),
        json(&into_china("TH", "0207142200", "10000")),
        with(&into_china("SG", "2208300000", "100000"), &["--quantity", "1000L"]),
        with(&into_china("VN", "5402339000", "100000"), &["--fee", "700"]),
        with(&into_china("TH", "4001100000", "100000"), &["--quantity", "10000kg"]),
        json(&before_rcep),
        with(&from_china("ID", "37069090", "20000000"), &["--quantity", "100min"]),
        with(&from_china("VN", "24021000", "10000000"), &["--fee", "5450000"]),
        with(
            &from_china("KH", "27101212", "10000"),
            &["--quantity", "10000L", "--currency", "USD", "--rate", "4000"],
        ),
        with(&from_china("KH", "27101212", "10000"), &["--quantity", "10000L"]),
        json(&from_china("LA", "12079100", "10000")),
        json(&from_china("TH", "87043211", "10000")),
        json(&from_china("TH", "851713", "10000")),
        json(&from_china("MY", "0207110000", "10000")),
        json(&from_china("SG", "66032000", "10000")),
    ]
}

#[test]
fn answers_have_the_shape_the_schema_promises_and_nothing_more() {
    let mut check = Check::new();
    for answer in answers() {
        check.answer(&answer);
    }
    assert_eq!(check.problems, [""; 0]);
    let mut promised = BTreeSet::new();
    properties(&check.schema, "", &mut promised);
    let never: Vec<&String> = promised.difference(&check.seen).collect();
    assert!(never.is_empty(), "promised, and in no answer: {never:?}");
}

#[test]
fn the_check_finds_what_is_wrong() {
    let answer = json(&DURIAN);
    for (pointer, wrong) in [
        ("/settled", json!("yes")),
        ("/value/amount", json!(10000)),
        ("/saving/least", Value::Null),
        ("/cases/0/best", json!("free")),
        ("/cases/0/options/0/bill", json!({})),
        ("/outlook/0", json!({ "date": "2026-11-22", "rcep": "0%" })),
        ("/quantities", json!([{ "amount": "1", "unit": "kg", "more": true }])),
    ] {
        let mut changed = answer.clone();
        *changed.pointer_mut(pointer).unwrap() = wrong;
        let mut check = Check::new();
        check.answer(&changed);
        assert!(!check.problems.is_empty(), "{pointer}");
    }
}

#[test]
fn the_schema_lists_what_the_engine_knows() {
    let schema = schema();
    let listed = |name: &str| -> BTreeSet<String> {
        let values = schema["$defs"][name]["enum"].as_array().unwrap();
        values.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
    };
    let known = |names: Vec<&str>| -> BTreeSet<String> { names.into_iter().map(str::to_owned).collect() };
    assert_eq!(listed("economy"), known(Economy::ALL.into_iter().map(Economy::code).collect()));
    assert_eq!(listed("unit"), known(Unit::ALL.iter().map(|unit| unit.code()).collect()));
    assert_eq!(listed("regime"), known(Regime::ALL.iter().map(|regime| regime.key()).collect()));
}

#[test]
fn no_object_of_the_schema_is_open() {
    fn open(schema: &Value, at: &str, found: &mut Vec<String>) {
        for (key, member) in schema.as_object().into_iter().flatten() {
            open(member, &format!("{at}/{key}"), found);
        }
        for (position, item) in schema.as_array().into_iter().flatten().enumerate() {
            open(item, &format!("{at}/{position}"), found);
        }
        let is_object = schema["type"] == "object" && schema["properties"].is_object();
        if is_object && schema["additionalProperties"] != false {
            found.push(at.to_owned());
        }
    }
    let mut found = Vec::new();
    open(&schema(), "", &mut found);
    assert_eq!(found, [""; 0]);
}
