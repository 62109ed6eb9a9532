"""Reads every value of a release as its Data Package says (Table Schema, version 1), and tells what is not so."""

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

import openpyxl
from pyarrow import parquet

from tests.releases import content

_NAME = re.compile(r"[-a-z0-9._/]+")
_DATE, _INSTANT = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
# What a value of each type is: written in text, where the file knows no such type, or as the file's own.
_WRITTEN = {
    "string": lambda text: True,
    "integer": re.compile(r"-?\d+").fullmatch,
    "number": re.compile(r"-?\d+(\.\d+)?(e-?\d+)?").fullmatch,
    "date": lambda text: _DATE.fullmatch(text) and date.fromisoformat(text),
    "datetime": lambda text: _INSTANT.fullmatch(text) and datetime.fromisoformat(text),
    "array": lambda text: False,
}
_OWN = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "date": (date,),
    "datetime": (datetime,),
    "array": (list,),
}


def misdescribed(number: int) -> list[str]:
    """What a release's description says of itself that is not so; all its tables are read, of every kind of file."""
    package = json.loads(content(number, "datapackage.json"))
    resources = package["resources"]
    names = [each["name"] for each in (package, *resources)]
    wrong = [f"the name {name}" for name in names if not _NAME.fullmatch(name)]
    assert len({*names}) == len(names)
    assert sum("schema" in each for each in resources) == 22
    return [*wrong, *(fault for each in resources if "schema" in each for fault in _of_table(number, each))]


def _of_table(number: int, resource: dict[str, Any]) -> Iterator[str]:
    fields, missing = resource["schema"]["fields"], resource["schema"]["missingValues"]
    for row in _READ[resource["format"]](content(number, resource["path"]), resource):
        assert [*row] == [field["name"] for field in fields]
        for field in fields:
            value = row[field["name"]]
            if not _is_so(field, None if isinstance(value, str) and value in missing else value):
                yield f"{resource['path']}: {field['name']} is no {field['type']}: {value!r}"


def _is_so(field: dict[str, Any], value: Any) -> bool:
    if value is None:
        return not field.get("constraints", {}).get("required")
    if isinstance(value, str):
        return bool(_WRITTEN[field["type"]](value))
    return isinstance(value, _OWN[field["type"]])


def _of_sqlite(file: bytes, resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    table = resource["path"].partition(".")[0]
    database = sqlite3.connect(":memory:")
    database.deserialize(file)
    database.row_factory = sqlite3.Row
    return map(dict, database.execute(f"SELECT * FROM {table}"))


def _of_xlsx(file: bytes, resource: dict[str, Any]) -> Iterator[dict[str, Any]]:
    sheet = openpyxl.load_workbook(BytesIO(file))[resource["dialect"]["excel"]["sheet"]]
    head, *rows = sheet.iter_rows(values_only=True)
    return (dict(zip(head, row, strict=True)) for row in rows)


_READ = {
    "csv": lambda file, _: csv.DictReader(StringIO(file.decode(), newline="")),
    "json": lambda file, _: json.loads(file),
    "parquet": lambda file, _: parquet.read_table(BytesIO(file)).to_pylist(),
    "sqlite": _of_sqlite,
    "xlsx": _of_xlsx,
}
