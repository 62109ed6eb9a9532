"""Importing a yearly table by the command."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from letters.tables.models import TableImport
from tests import factories
from tests.yearly_tables.importing import HEAD, kept

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path, zyx):
    path = tmp_path / "tables.csv"
    path.write_text(f"{HEAD}\nZyxwold,1,2,33%\n")
    return path


def test_the_command_shows_the_same_and_imports_only_when_told(file, staff, zyx):
    factories.edition()
    out = StringIO()
    call_command("import_tables", "2020", str(file), stdout=out)
    assert "new: Zyxwold Borough Council: Complaints upheld: rate 33%" in out.getvalue()
    assert "Nothing was imported." in out.getvalue()
    assert not TableImport.objects.exists()
    call_command("import_tables", "2020", str(file), apply=True, by="staff", stdout=out)
    assert kept(zyx)["upheld", "percent"] == 33
    assert TableImport.objects.get().confirmed_by == staff


@pytest.mark.parametrize(
    ("year", "options", "why"),
    [
        ("1999", {}, "no edition"),
        ("2020", {"apply": True}, "Say who imports it"),
        ("2020", {"apply": True, "by": "nobody"}, "no user nobody"),
    ],
)
def test_the_command_refuses(file, year, options, why):
    factories.edition()
    with pytest.raises(CommandError, match=why):
        call_command("import_tables", year, str(file), **options)
    assert not TableImport.objects.exists()


def test_the_command_refuses_what_is_no_table(tmp_path):
    factories.edition()
    (tmp_path / "x.csv").write_bytes(b"%PDF-")
    for name in ("x.csv", "missing.csv"):
        with pytest.raises(CommandError):
            call_command("import_tables", "2020", str(tmp_path / name))
