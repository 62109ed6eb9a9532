"""What the environment makes of the settings: production refuses what is missing, with what to set."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from ombudsman import caches, databases, environment, production
from operating.backup.databases import environment_of
from tests.installations import KEY, run

ROOT = Path(__file__).resolve().parent.parent


def test_production_settings_pass_djangos_check_for_deployment_without_a_warning(whole):
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **whole)
    output, _ = process.communicate()
    assert process.returncode == 0, output
    assert "WARNINGS" not in output


def test_production_does_not_start_until_all_is_said_and_says_all_that_is_missing_at_once(tmp_path):
    process = run("manage.py", "check", SITE_ADDRESS="https://council-letters.example")
    output, _ = process.communicate()
    assert process.returncode != 0
    assert "Traceback" not in output
    for name in ["ALLOWED_HOSTS", "BEHIND_PROXY", "SECRET_KEY", "DATABASE_URL", "DATA_DIR"]:
        assert f"\n  * {name} " in output


@pytest.mark.parametrize(
    ("address", "said"),
    [("", "no such table"), ("postgresql://nobody@127.0.0.1:1/nothing", "onnection")],
    ids=["without tables", "that does not run"],
)
def test_a_command_on_a_database_that_is_not_there_says_what_to_do(tmp_path, address, said):
    known = {"DATA_DIR": str(tmp_path), "DATABASE_URL": address, "DATABASE_POOL": "0"}
    process = run("manage.py", "check_integrity", **known)
    output, _ = process.communicate()
    assert process.returncode != 0
    assert (said in output, "manage.py migrate was run" in output, "Traceback" in output) == (
        True,
        True,
        False,
    )


def test_nothing_is_refused_that_is_whole(whole):
    assert production.refusals(whole, debug=False) == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"SITE_ADDRESS": "http://council-letters.example"}, "SITE_ADDRESS does not begin with https://"),
        ({"SITE_ADDRESS": "https://council-letters.example/figures"}, "Give it without a path"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS=council-letters.example"),
        ({"ALLOWED_HOSTS": "www.council-letters.example"}, "Set ALLOWED_HOSTS=council-letters.example"),
        ({"ALLOWED_HOSTS": "council-letters.example,*"}, "ALLOWED_HOSTS lets every name in"),
        ({"BEHIND_PROXY": ""}, "BEHIND_PROXY is not set"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is one that could be guessed"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY is one that could be guessed"),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "SECRET_KEY is one that could be guessed"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "depends on where the site is started"),
        ({"DATABASE_URL": "sqlite://"}, "gone when it stops"),
        ({"DATABASE_URL": "sqlite://:memory:"}, "gone when it stops"),
        ({"DATA_DIR": ""}, "DATA_DIR is not set"),
        ({"DATA_DIR": "var"}, "Give the whole path"),
        ({"DATA_DIR": "/nowhere/at/all"}, "there is no such folder"),
    ],
)
def test_each_thing_that_production_needs_is_refused_by_itself_when_it_is_not_right(whole, changed, words):
    reasons = production.refusals(whole | changed, debug=False)
    assert len(reasons) == 1
    assert words in reasons[0]


def test_production_refuses_debug(whole):
    (reason,) = production.refusals(whole, debug=True)
    assert "Set DEBUG=0" in reason


@pytest.mark.parametrize(
    ("address", "demonstration", "expected"),
    [
        ("https://council-letters.example", False, True),
        ("http://council-letters.example", False, True),
        ("http://192.0.2.7:8000", False, True),
        ("https://council-letters.example", True, False),
        ("http://localhost:8000", False, False),
        ("http://site.localhost:8000", False, False),
        ("http://127.0.0.1:8000", False, False),
        ("http://[::1]:8000", False, False),
    ],
)
def test_production_is_a_site_for_others_that_is_no_demonstration(address, demonstration, expected):
    assert production.is_for(address, demonstration) is expected


def test_processes_that_start_together_share_one_key_that_only_its_owner_reads(tmp_path):
    show = "from django.conf import settings; print(settings.SECRET_KEY)"
    processes = [run("-c", show, DATA_DIR=str(tmp_path)) for _ in range(4)]
    keys = {process.communicate()[0] for process in processes}
    assert len(keys) == 1
    assert len(keys.pop().strip()) >= 50
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("read", "value", "words"),
    [
        (environment.switch, "maybe", "NAME is 'maybe': say 1 or 0."),
        (lambda name: environment.number(name, 1), "ten", "NAME is 'ten': say a whole number"),
        (lambda name: environment.number(name, 1), "-1", "NAME is '-1': say a whole number"),
        (lambda name: environment.number(name, 1), "٣", "NAME is '٣': say a whole number"),
        (lambda name: environment.number(name, 1), "9" * 5000, "say a whole number"),
        (
            lambda name: environment.number(name, 1, least=1),
            "0",
            "NAME is '0': say a whole number, 1 or more.",
        ),
        (environment.addresses, "127.0.0.1:8081", "NAME has '127.0.0.1:8081': give addresses"),
        (environment.addresses, "http://", "NAME has 'http://': give addresses"),
        (environment.addresses, "http://localhost:purge", "NAME has 'http://localhost:purge'"),
        (lambda name: environment.site_address(name, ""), "http://[::1", "NAME is no address"),
        (lambda name: environment.site_address(name, ""), "https://a.example:b", "NAME is no address"),
        (lambda name: environment.site_address(name, ""), "https://me:pw@a.example", "NAME is no address"),
        (lambda name: environment.folder(name, ROOT), "/dev/null/data", "no such folder can be made"),
        (lambda name: environment.networks(name, ""), "10.0.0.1/8", "NAME: 10.0.0.1/8 has host bits set"),
        (lambda name: environment.networks(name, ""), "here", "NAME: 'here' does not appear to be"),
    ],
)
def test_a_variable_that_is_not_what_it_should_be_is_refused(monkeypatch, read, value, words):
    monkeypatch.setenv("NAME", value)
    with pytest.raises(ImproperlyConfigured) as refused:
        read("NAME")
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "address",
    [
        "db.example/name",
        "mysql://me:hunter2@host/name",
        "postgresql://me:hunter#2@host/name",
        "postgresql://h:p/n",
    ],
)
def test_a_database_of_another_kind_is_refused_without_telling_its_password(address, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="no address of a database of this site") as refused:
        databases.database(address, tmp_path)
    assert "hunter" not in str(refused.value)


@pytest.mark.parametrize(
    "address", ["http://host", "host:6379", "redis://me:hunter#2@host/0", "redis://h:p/0"]
)
def test_a_cache_of_another_kind_is_refused_without_telling_its_password(address):
    with pytest.raises(ImproperlyConfigured, match="no address of a Redis") as refused:
        caches.cache(address)
    assert "hunter" not in str(refused.value)
    assert caches.cache("redis://:a%23b@host:6379/0")["LOCATION"] == "redis://:a%23b@host:6379/0"


def test_an_empty_variable_is_one_that_was_left_out(monkeypatch, tmp_path):
    """In a file of settings it is a line without a value. A folder without a name would be the one of the moment."""
    monkeypatch.setenv("NAME", "")
    assert environment.folder("NAME", tmp_path) == tmp_path
    assert environment.number("NAME", 2, least=1) == 2
    folder = tmp_path / "a #1 & 50% folder?"
    assert databases.database("", folder)["NAME"] == str(folder / "db.sqlite3")


def test_postgresqls_own_programs_are_told_whom_to_trust():
    params = {"dbname": "name", "password": "hunter2", "sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    known = environment_of(params)
    named = {"PGDATABASE": "name", "PGPASSWORD": "hunter2", "PGSSLMODE": "verify-full"}
    assert known | named | {"PGSSLROOTCERT": "/etc/ca.pem"} == known


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    monkeypatch.setenv("NAME_FILE", str(file))
    assert environment.secret("NAME") == KEY
    file.unlink()
    with pytest.raises(ImproperlyConfigured, match=r"NAME_FILE is .*key, which cannot be read"):
        environment.secret("NAME")


def test_postgresql_has_a_pool_and_breaks_off_long_statements_where_that_is_asked_for(monkeypatch, tmp_path):
    address = "postgresql://user@host/name?sslmode=require"
    options = databases.database(address, tmp_path)["OPTIONS"]
    assert options == {
        "sslmode": "require",
        "connect_timeout": 5,
        "prepare_threshold": 0,
        "options": "",
        "pool": {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 5},
    }
    monkeypatch.setenv("DATABASE_STATEMENT_SECONDS", "15")
    monkeypatch.setenv("DATABASE_POOL", "0")
    limited = databases.database(address, tmp_path)
    assert "-c statement_timeout=15000 " in limited["OPTIONS"]["options"]
    assert "pool" not in limited["OPTIONS"]
    assert limited["CONN_MAX_AGE"] == 60
