#!/usr/bin/env python3
"""An independent calculation of what goods of ASEAN pay in China, to hold the engine against.

Reads data/tariffs/CN.csv and data/agreements/*.toml with its own parser and writes tests/oracle/assess_cn.csv: about 1,500 shipments,
always the same ones. Written from docs/cli.md, docs/data-sources.md and the grammar of duties, not from the engine. Not part of the build:
crates/tables/tests/oracle.rs compares the engine with the committed file.

    python3 tests/oracle/assess_cn.py          writes the file
    python3 tests/oracle/assess_cn.py --check  says whether the committed file is what would be written

Python 3.11 or later, standard library only. The rules, one sentence each:

1.  MFN is paid without a certificate; where the year has a provisional rate, that one is paid in its place.
2.  An agreement applies if the importer grants and the origin benefits, both since that day or earlier, and the line has a rate in it.
3.  The zero rate for least developed countries has no column: all lines, except those outside a tariff quota.
4.  A percentage is taken of the customs value; an amount per unit of the quantity in that unit; an amount of 0 asks for no quantity.
5.  A sliding duty takes the first step whose bound the price of one unit does not exceed (`<=`) or stays below (`<`), else the last;
    if every bound is 0, that is the last at any price, and no quantity is asked for.
6.  A range stays a range; an end that is `none` is what is paid without a certificate, be it the higher or the lower end. No range of an
    agreement reaches above what is paid without a certificate, unless it begins there: nobody need claim it.
7.  The best regime has the lowest duty, ranges counting with their upper end; of those the one that may be lower; of equals the one
    without a certificate, then the first. There is none while a duty that could be lower is not known: a quantity is not stated, or
    the MFN rate is unknown.
8.  Value added tax is taken of value and unrounded duty. Duty and tax are each rounded once, to 0.01, halves up.
9.  The saving is what is paid without a certificate less what the best pays, of rounded amounts; of ranges, the ends crosswise.
"""

import csv
import io
import sys
import tomllib
import zlib
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = Path(__file__).with_suffix(".csv")
AGREEMENTS = ["acfta", "rcep", "china_cambodia", "china_singapore", "least_developed"]
REGIMES = ["mfn", "mfn_provisional", *AGREEMENTS]
ORIGINS = ["BN", "ID", "KH", "LA", "MM", "MY", "PH", "SG", "TH", "TL", "VN"]
WORDS = {"none": "no_concession", "excluded": "excluded", "prohibited": "prohibited", "unknown": "unknown"}
TODAY = "2026-11-22"
DATES = [TODAY] * 12 + ["2027-03-01", "2030-06-30", "2026-01-01", "2025-12-31", "2024-11-30", "2022-06-01", "2022-01-01", "2021-12-31"]
VALUES = ["10000", "1234.56", "0.01", "99999.99", "7.3", "123456789.12", "0.25", "1000.05", "33.33", "2500000", "0.5", "654321.987"]
QUANTITIES = ["1000", "12.5", "0.75", "1", "133.3333", "86400", "7", "3333.3"]


class NeedsQuantity(Exception):
    """A duty depends on a quantity that is not stated."""


# --- the grammar of duties -------------------------------------------------------------------------------------------------------


def split_outside_brackets(text, separator):
    parts, depth, start, at = [], 0, 0, 0
    while at < len(text):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if depth == 0 and text.startswith(separator, at):
            parts.append(text[start:at])
            at += len(separator)
            start = at
        else:
            at += 1
    return [*parts, text[start:]]


def amount_of(duty, value, quantities):
    """What a duty comes to, straight from its text."""
    terms = split_outside_brackets(duty, " + ")
    if len(terms) > 1:
        return sum((amount_of(term, value, quantities) for term in terms), Decimal(0))
    for word, choose in (("max(", max), ("min(", min)):
        if duty.startswith(word):
            return choose(amount_of(part, value, quantities) for part in split_outside_brackets(duty[4:-1], ", "))
    if duty.startswith("tiers("):
        head, body = duty[6:-1].split(": ", 1)
        unit = head.split("/")[1]
        steps = [step.split(": ", 1) for step in split_outside_brackets(body, "; ")]
        if value > 0 and all(Decimal(bound.lstrip("<=")) == 0 for bound, _ in steps[:-1]):
            return amount_of(steps[-1][1], value, quantities)
        if unit not in quantities:
            raise NeedsQuantity(unit)
        quantity = quantities[unit]
        for bound, then in steps:
            if bound == "else":
                return amount_of(then, value, quantities)
            limit = Decimal(bound.lstrip("<=")) * quantity
            if value < limit or (bound.startswith("<=") and value == limit):
                return amount_of(then, value, quantities)
        raise ValueError(duty)
    if duty.endswith("%"):
        return value * Decimal(duty[:-1]) / 100
    number, per = duty.split(" ")
    currency, unit = per.split("/")
    assert currency == "CNY", duty
    if Decimal(number) == 0:
        return Decimal(0)
    if unit not in quantities:
        raise NeedsQuantity(unit)
    return Decimal(number) * quantities[unit]


def rate_in_year(cell, year):
    """The part of a cell that holds in a year, without the grade."""
    text = cell.split(" [")[0]
    if not (text[:4].isdigit() and text[4:6] == ": "):
        return text
    found = "none"
    for step in split_outside_brackets(text, "; "):
        since, rate = step.split(": ", 1)
        if int(since) <= year:
            found = rate
    return found


# --- one shipment ----------------------------------------------------------------------------------------------------------------


def closed(agreement, origin, date):
    """Why an agreement is not open to goods of an origin on a day; None if it is."""
    grants = [m for m in agreement["member"] if m["economy"] == "CN" and m["role"] in ("party", "grantor")]
    benefits = [m for m in agreement["member"] if m["economy"] == origin and m["role"] in ("party", "beneficiary")]
    if not grants or not benefits:
        return "not_a_member"
    return "not_yet" if date < max(grants[0]["since"], benefits[0]["since"]) else None


def assess(row, agreements, origin, value, quantities, date):
    """Per regime a refusal, `quantity UNIT`, or the two ends of the unrounded duty."""
    year = int(date[:4])
    duties = {}
    for regime in REGIMES:
        agreement = agreements.get(regime)
        refusal = closed(agreement, origin, date) if agreement else None
        blanket = (agreement or {}).get("blanket")
        rate = blanket["rate"] if blanket else rate_in_year(row[regime], year)
        if refusal:
            pass
        elif blanket and row["quota"] == "out" and not blanket["outside_quota"]:
            refusal = "outside_quota"
        elif regime == "mfn_provisional" and rate == "none":
            refusal = "no_provisional_rate"
        elif regime == "mfn" and rate_in_year(row["mfn_provisional"], year) != "none":
            refusal = "replaced_by_provisional"
        else:
            refusal = WORDS.get(rate)
        if refusal:
            duties[regime] = refusal
            continue
        try:
            if ".." in rate:
                least, most = rate.split("..")
                base = duties["mfn"] if isinstance(duties["mfn"], tuple) else duties["mfn_provisional"]
                if most == "none" and not isinstance(base, tuple):
                    duties[regime] = "baseline"
                    continue
                ends_of_range = [amount_of(least, value, quantities), base[1] if most == "none" else amount_of(most, value, quantities)]
                lowest, highest = min(ends_of_range), max(ends_of_range)
                if most != "none" and isinstance(base, tuple) and ends_of_range[0] < base[1]:
                    highest = min(highest, base[1])
                duties[regime] = (lowest, highest)
            else:
                duty = amount_of(rate, value, quantities)
                duties[regime] = (duty, duty)
        except NeedsQuantity as unit:
            duties[regime] = f"quantity {unit}"
    return duties


def is_open_question(duty):
    return isinstance(duty, str) and (duty.startswith("quantity ") or duty == "baseline")


def fen(amount):
    return amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def ends(pair):
    return f"{pair[0]:f}" if pair[0] == pair[1] else f"{pair[0]:f}~{pair[1]:f}"


def answer(row, agreements, origin, value, quantities, date):
    duties = assess(row, agreements, origin, value, quantities, date)
    baseline = next((r for r in ("mfn", "mfn_provisional") if isinstance(duties[r], tuple) or is_open_question(duties[r])), None)
    known = [r for r in REGIMES if isinstance(duties[r], tuple)]
    best = min(known, key=lambda r: (duties[r][1], duties[r][0], r != baseline, REGIMES.index(r)), default=None)
    open_questions = baseline is None or any(is_open_question(d) for d in duties.values())
    if best is not None and open_questions and duties[best][1] > 0:
        best = None
    vat = None if row["vat"] == "unknown" else Decimal(row["vat"].rstrip("%")) / 100
    paid = {}
    for regime in known:
        duty = duties[regime]
        paid[regime] = (tuple(map(fen, duty)), None if vat is None else tuple(fen((value + d) * vat) for d in duty))
    result = {r: ends(paid[r][0]) if r in paid else duties[r] for r in REGIMES}
    result["baseline"], result["best"] = baseline or "", best or ""
    for name, regime in (("baseline_vat", baseline), ("best_vat", best)):
        tax = paid[regime][1] if regime in paid else None
        result[name] = ends(tax) if tax else ""
    savings = [None, None, None]
    if baseline in paid and best in paid:
        (duty, tax), (other_duty, other_tax) = paid[baseline], paid[best]
        nothing = baseline == best
        savings[0] = (Decimal("0.00"),) * 2 if nothing else (duty[0] - other_duty[1], duty[1] - other_duty[0])
        if vat is not None:
            savings[1] = (Decimal("0.00"),) * 2 if nothing else (tax[0] - other_tax[1], tax[1] - other_tax[0])
        savings[2] = tuple(map(sum, zip(*(s for s in savings[:2] if s))))
    for name, saving in zip(("saving_duty", "saving_vat", "saving_total"), savings):
        result[name] = ends(saving) if saving else ""
    return result


# --- which shipments -------------------------------------------------------------------------------------------------------------


def is_plain(cell):
    return cell in WORDS or (cell.endswith("%") and cell.replace(".", "").rstrip("%").isdigit())


def pick(choices, *seed):
    """The same choice on every machine and in every year."""
    return choices[zlib.crc32("/".join(map(str, seed)).encode()) % len(choices)]


def units_of(row):
    units = []
    for column in ("mfn", "mfn_provisional"):
        for piece in row[column].replace("(", " ").replace(":", " ").split():
            if piece.startswith("CNY/") and piece[4:] not in units:
                units.append(piece[4:].rstrip(";)"))
    return units


def shipments(rows):
    for position, row in enumerate(rows):
        code, units = row["code"], units_of(row)
        if units:
            # Everything that is not a plain percentage: without the quantity, then several prices, among them the bounds of sliding duties.
            yield row, pick(ORIGINS, code, 0), "10000", {}, TODAY
            for turn in range(6):
                value, quantity = pick(VALUES, code, "v", turn), pick(QUANTITIES, code, "q", turn)
                yield row, pick(ORIGINS, code, turn), value, {units[0]: quantity}, pick(DATES, code, "d", turn)
            for bound in ("7.5", "9"):
                for more in ("-0.01", "0", "0.01"):
                    if "tiers(CNY/kg" in row["mfn_provisional"]:
                        value = Decimal(bound) * 1000 + Decimal(more)
                        yield row, pick(["TH", "VN", "KH"], code, bound, more), f"{value:f}", {"kg": "1000"}, TODAY
        elif row["quota"] or "unknown" in row.values():
            for turn in range(4):
                origin = ["VN", "KH", "TL", pick(ORIGINS, code)][turn]
                yield row, origin, pick(VALUES, code, turn), {}, TODAY if turn < 3 else pick(DATES, code)
        elif ".." in rate_in_year(row["rcep"], 2026) and position % 4 == 0:
            yield row, pick(ORIGINS, code), pick(VALUES, code), {}, pick(DATES, code, "d")
        elif row["mfn_provisional"] != "none" and position % 8 == 0:
            yield row, pick(ORIGINS, code), pick(VALUES, code), {}, pick(DATES, code, "d")
        elif position % 20 == 7:
            yield row, pick(ORIGINS, code), pick(VALUES, code), {row["unit"]: "100"}, pick(DATES, code, "d")


def table():
    with (ROOT / "data/tariffs/CN.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    agreements = {}
    for key in AGREEMENTS:
        agreements[key] = tomllib.loads((ROOT / f"data/agreements/{key}.toml").read_text(encoding="utf-8"))
    for row in rows:
        assert all(is_plain(row[key]) for key in ("acfta", "china_cambodia", "china_singapore", "vat")), row["code"]
    asked = ["code", "origin", "value", "quantity", "date"]
    answered = [*REGIMES, "baseline", "best", "baseline_vat", "best_vat", "saving_duty", "saving_vat", "saving_total"]
    text = io.StringIO()
    writer = csv.DictWriter(text, asked + answered, lineterminator="\n")
    writer.writeheader()
    for row, origin, value, quantities, date in shipments(rows):
        stated = " ".join(f"{amount}{unit}" for unit, amount in quantities.items())
        question = dict(zip(asked, (row["code"], origin, value, stated, date)))
        amounts = {unit: Decimal(amount) for unit, amount in quantities.items()}
        writer.writerow(question | answer(row, agreements, origin, Decimal(value), amounts, date))
    return text.getvalue()


def main():
    with localcontext() as context:
        context.prec = 60
        text = table()
    if sys.argv[1:] == ["--check"]:
        if TARGET.read_bytes() != text.encode():
            sys.exit(f"{TARGET.name} is not what the tables give; run {Path(__file__).name} again")
    elif sys.argv[1:]:
        sys.exit(__doc__)
    else:
        TARGET.write_bytes(text.encode())
        print(f"{text.count(chr(10)) - 1} shipments in {TARGET.name}")


main()
