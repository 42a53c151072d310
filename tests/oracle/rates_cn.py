#!/usr/bin/env python3
"""An independent check of data/tariffs/CN.csv against the official files it was made from. Reads them its own way.

    python3 -m venv target/oracle && target/oracle/bin/pip install xlrd==2.0.2
    target/oracle/bin/python tests/oracle/rates_cn.py SOURCES_DIR

SOURCES_DIR is laid out as data/sources.toml says. The files are not in the repository, so this is not part of the gates; run it after
every new import. Checked: every line is there and no other; every plain rate and every simple amount per unit; the presence or absence
of every agreement rate; units; every year of every RCEP rate, with its grade, by the rules in docs/data-sources.md. Texts of sliding
and compound duties are counted, not compared: they are few, and checked by eye in crates/tables/tests/china.rs.
"""

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

import xlrd

ROOT = Path(__file__).resolve().parents[2]
TAGS = {"acfta": "东盟", "china_cambodia": "柬埔寨", "china_singapore": "新加坡"}
FIELDS = {"mfn": "t1", "mfn_provisional": "t2", "general": "t3", "excise": "t5", "vat": "t6"}
PER = {"元/平方米": " CNY/m2", "元/千克": " CNY/kg", "元/升": " CNY/L"}
UNITS = {"千克": "kg", "克": "g", "克拉": "carat", "升": "L", "千升": "kL", "米": "m", "平方米": "m2", "双": "pair", "千瓦时": "kWh",
         "百个": "hundred", "套": "set", "副": "set"}  # every other word counts pieces
YEARS = range(2022, 2043)


def number(text):
    return Decimal(text).normalize()


def plain(text):
    """A percentage or an amount per unit in one form; None for anything longer."""
    if match := re.fullmatch(r"([\d.]+)%", text):
        return f"{number(match[1]):f}%"
    if match := re.fullmatch(r"([\d.]+)(\D+)", text):
        if match[2] in PER:
            return f"{number(match[1]):f}{PER[match[2]]}"
        if match[2] in PER.values():
            return f"{number(match[1]):f}{match[2]}"
    return None


def official_lines(sources):
    lines = {}
    for part in range(1, 5):
        for entry in json.loads((sources / f"cn-tariff-2026/p{part}.json").read_text(encoding="utf-8")):
            assert entry["code"] not in lines, entry["code"]
            lines[entry["code"]] = entry
    return lines


def schedule(sources):
    """By HS 2012 code of eight digits: the base rate, and the rate of each year in percent or None where there is no commitment."""
    sheet = xlrd.open_workbook(sources / "cn-rcep-schedule/recp-schedule-of-china-for-asean.xls").sheet_by_index(0)
    percent = lambda cell: None if cell == "U" else round(Decimal(repr(cell)) * 100, 4).normalize()
    rates = {}
    for position in range(sheet.nrows):
        code, _, base, *years = sheet.row_values(position)
        code = str(code).replace(".", "").strip()
        if not re.fullmatch(r"\d{8}", code) or base == "":
            continue
        values = [percent(cell) for cell in years[:21]]
        assert len(values) == 21 and rates.get(code, (None, values))[1] == values, code
        rates[code] = (percent(base) if not isinstance(base, str) else None, values)
    return rates


def correlation(sources):
    ancestors = defaultdict(set)
    with (sources / "concordance/hs2022_hs2012_correlation.csv").open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            ancestors[row["hs2022"]].add(row["hs2012"])
    return ancestors


def derived(code, mfn, rates, ancestors):
    """Grade and yearly rates of one line of eight digits; None if unknown."""
    old = ancestors.get(code[:6], set())
    if code in rates and code[:6] in old:
        return "A", [(rate, rate) for rate in rates[code][1]]
    candidates = [entry for old_code, entry in rates.items() if old_code[:6] in old]
    if not candidates:
        return None
    bases = [base for base, _ in candidates if base is not None]
    if mfn is not None and len(bases) == len(candidates) and mfn > max(bases):
        return None
    distinct = {tuple(years) for _, years in candidates}
    if len(distinct) == 1:
        return "B", [(rate, rate) for rate in candidates[0][1]]
    ends = []
    for year in zip(*distinct):
        known = [rate for rate in year if rate is not None]
        ends.append((min(known) if known else None, None if None in year else max(known)))
    return "C", ends


def told(cell):
    """The same from the cell of the table."""
    if cell == "unknown":
        return None
    match = re.fullmatch(r"(.*?)(?: \[([A-D])\])?", cell)
    steps = [step.split(": ", 1) for step in match[1].split("; ")]
    read = lambda word: None if word == "none" else Decimal(word.rstrip("%")).normalize()
    ends = []
    for year in YEARS:
        text = [rate for since, rate in steps if int(since) <= year][-1]
        least, most = text.split("..") if ".." in text else (text, text)
        ends.append((read(least), read(most)))
    return match[2] or "A", ends


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sources = Path(sys.argv[1])
    lines, rates, ancestors = official_lines(sources), schedule(sources), correlation(sources)
    with (ROOT / "data/tariffs/CN.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    compared, wrong = Counter(), []
    if sorted(lines) != [row["code"] for row in rows]:
        wrong.append("the codes are not those of the tariff")
    highest = defaultdict(list)
    for row in rows:
        if row["mfn"].endswith("%"):
            highest[row["code"][:8]].append(Decimal(row["mfn"][:-1]))
    expected_rcep = {code: derived(code, max(highest[code], default=None), rates, ancestors) for code in {row["code"][:8] for row in rows}}
    for row in rows:
        entry = lines.get(row["code"], defaultdict(str))

        def check(column, expected, found=None):
            compared[column] += 1
            if expected != (found if found is not None else row[column]):
                wrong.append(f"{row['code']} {column}: {row[column]!r} instead of {expected!r}")

        check("unit", UNITS.get(entry["u"], "piece"))
        for column, field in FIELDS.items():
            text = entry[field]
            if text == "":
                check(column, "none" if column == "mfn_provisional" else "unknown")
            elif plain(text):
                check(column, plain(text), plain(row[column]) or row[column])
            else:
                compared[f"{column}: longer texts, not compared"] += 1
                if plain(row[column]) or row[column] in ("none", "unknown"):
                    wrong.append(f"{row['code']} {column}: {row[column]!r} for {text!r}")
        for column, tag in TAGS.items():
            inside = re.search(f"<{tag}>(.*?)</{tag}>", entry["t4"])[1]
            check(column, f"{number(inside):f}%" if inside else "none")
        expected = expected_rcep[row["code"][:8]]
        compared["rcep, years"] += len(YEARS) if expected else 1
        if expected != told(row["rcep"]):
            wrong.append(f"{row['code']} rcep: {row['rcep']!r} instead of {expected!r}")
    grades = Counter(entry[0] if entry else "unknown" for entry in expected_rcep.values())
    for column, count in sorted(compared.items()):
        print(f"{count:8,} {column}")
    print(f"{len(rates):8,} lines of the RCEP schedule; grades by line of eight digits: {dict(sorted(grades.items()))}")
    print(*wrong[:40], sep="\n")
    sys.exit(f"{len(wrong)} differences" if wrong else 0)


main()
