"""What goes along with the figures of a release: a Data Package that describes every column, and words to read."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localtime

from letters.measures import FAMILIES, MEASURES
from letters.releasing import Made
from public.figures import full_day
from public.releases import changes, changes_of_cases, credits
from public.releases.tables import BY_NAME, TABLES, Table
from public.tidy.as_csv import SEPARATOR
from public.tidy.columns import Column, Several

PACKAGE, README = "datapackage.json", "README.txt"
# The kinds of file in which a list is one; in cells of the others its parts are joined.
_WITH_LISTS = {"json", "parquet"}
_CHANGES = {changes.NAME: changes.CHANGES, changes_of_cases.NAME: changes_of_cases.CHANGES}


def title(number: int) -> str:
    return f"Your council's performance: all published data, release {number}"


def about(*tables: Table) -> list[str]:
    """What the tables are, in lines that are the same for all releases."""
    return [
        *(f"{table.title}: {table.about}" for table in tables),
        "Text that a spreadsheet would run begins with an apostrophe in CSV and XLSX. Where a cell holds several words,"
        " semicolons part them in CSV, XLSX and SQLite.",
        *credits.lines(),
    ]


def write_readme(folder: Path, number: int, made_at, changed: Iterable[str]) -> None:
    """Write in plain words what a release is, what changed in it, and what its columns and measures mean."""
    parts = [
        [title(number), f"Made on {full_day(made_at)}. It never changes: what was corrected since is told at"
         f" {settings.SITE_ADDRESS}/corrections"],
        about(*TABLES),
        ["What changed", *changed],
        *([f"Columns of {table.title.lower()}", *map(_line, table.columns)] for table in TABLES),
        *([f"Columns of {name}", *map(_line, columns)] for name, columns in _CHANGES.items()),
        ["Measures, and where their series break", *_measures()],
    ]  # fmt: skip
    text = "\n\n".join("\n".join(part) for part in parts)
    (folder / README).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _line(column: Column) -> str:
    kind = "list of words" if isinstance(column, Several) else column.type.value
    marks = ", ".join(filter(None, [kind, column.unit, "ours" if column.ours else ""]))
    return f"{column.name} ({marks}): {column.description}"


def _measures() -> list[str]:
    told = [(f"{slug}: {each.name} ({each.unit}).", each) for slug, each in MEASURES.items()]
    told += [(f"{prefix}:…: {each.name} ({each.unit}).", each) for prefix, each in FAMILIES.items()]
    return [" ".join([name, each.meaning, *(mark.note for mark in each.breaks)]) for name, each in told]


def write_package(folder: Path, number: int, made_at, files: Sequence[Made]) -> None:
    """The description of the files by the Data Package standard (Frictionless, version 1)."""
    package = {
        "profile": "data-package",
        "name": "your-councils-performance",
        "title": title(number),
        "description": " ".join(about(*TABLES)),
        "version": f"{number}.0.0",
        # The day alone, in London: what is made again on it is the same to the byte.
        "created": f"{localtime(made_at):%Y-%m-%d}T00:00:00Z",
        "homepage": f"{settings.SITE_ADDRESS}/data/{number}",
        "licenses": _licences(),
        "sources": [{"title": f"{what}: {line}", "path": path} for what, path, line in credits.CREDITS],
        "resources": [_resource(made) for made in files],
    }
    text = json.dumps(package, ensure_ascii=False, indent=1)
    (folder / PACKAGE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _licences() -> list[dict[str, str]]:
    terms = f"{settings.SITE_ADDRESS}/data-sources"
    return [
        {"name": "other-attribution", "title": credits.TERMS, "path": terms},
        {
            "name": "OGL-UK-3.0",
            "title": "Codes and regions: Open Government Licence v3.0",
            "path": credits.OGL,
        },
        {"name": "CC-BY-4.0", "title": "Names and kinds of authorities: CC BY 4.0", "path": credits.CC_BY},
    ]


def _resource(made: Made) -> dict:
    name, _, ending = made.name.rpartition(".")
    told = {
        "name": f"{name}-{ending}".lower(),
        "path": made.name,
        "format": ending,
        "mediatype": made.content_type.partition(";")[0],
        # Frictionless, which validates such packages, does not count the bytes of JSON and misses them then;
        **({} if ending == "json" else {"bytes": made.size}),
        # and of Parquet it takes lists and empty cells for faults, so it is told of a file, which has the types.
        **({"type": "file"} if ending == "parquet" else {}),
        "hash": f"sha256:{made.sha256}",
    }
    table = BY_NAME.get(name)
    columns, key = (table.columns, table.key) if table else (_CHANGES.get(made.name, ()), ())
    if not columns:
        return told
    return told | {
        "profile": "tabular-data-resource" if ending in {"csv", "json"} else "data-resource",
        **({"encoding": "utf-8"} if ending in {"csv", "json"} else {}),
        # The first sheet of a workbook has no rows: it says what the others are.
        **({"dialect": {"excel": {"sheet": table.title}}} if table and ending == "xlsx" else {}),
        "schema": {
            "fields": [_field(column, ending) for column in columns],
            "missingValues": [""],
            **({"primaryKey": list(key)} if key else {}),
        },
    }


def _field(column: Column, ending: str) -> dict:
    told = {
        "name": column.name,
        "title": column.title,
        "type": column.type.value,
        "description": column.description,
        "ours": column.ours,
    }
    told |= {"unit": column.unit} if column.unit else {}
    if isinstance(column, Several) and ending not in _WITH_LISTS:
        # The cell of a list of one empty word is empty, so none is required.
        return told | {"separator": SEPARATOR}
    if isinstance(column, Several):
        told["type"] = "array"
    return told if column.may_be_null else told | {"constraints": {"required": True}}
