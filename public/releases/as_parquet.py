"""A table as Parquet, each column in its own type and with its description in the schema."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from public.releases.tables import Table
from public.tidy.columns import Several, Type

_AT_ONCE = 10_000
_READ = {Type.DATE: date.fromisoformat, Type.INSTANT: datetime.fromisoformat, Type.NUMBER: float}


class NoPyarrow(Exception):
    """What writes Parquet is not installed."""


def require_pyarrow() -> None:
    """Raises NoPyarrow, before anything was made."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise NoPyarrow(
            "Parquet files are written by pyarrow, which is not installed. Run scripts/setup --release, or install"
            " requirements-release.txt, and begin again. Nothing was made."
        ) from error


def write(path: Path, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([_field(pyarrow, column) for column in table.columns])
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        for batch in _batches(rows):
            arrays = {column.name: [_value(column, row) for row in batch] for column in table.columns}
            file.write_table(pyarrow.table(arrays, schema=schema))


def _field(pyarrow, column):
    types = {
        Type.TEXT: pyarrow.string(),
        Type.WHOLE: pyarrow.int64(),
        Type.NUMBER: pyarrow.float64(),
        Type.DATE: pyarrow.date32(),
        Type.INSTANT: pyarrow.timestamp("us", "UTC"),
    }
    kind = pyarrow.list_(pyarrow.string()) if isinstance(column, Several) else types[column.type]
    return pyarrow.field(column.name, kind, column.may_be_null, {"description": column.description})


def _value(column, row: dict[str, Any]) -> Any:
    value = row[column.name]
    return value if value is None or column.type not in _READ else _READ[column.type](value)


def _batches(rows: Iterable[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    rows = iter(rows)
    while batch := list(islice(rows, _AT_ONCE)):
        yield batch
