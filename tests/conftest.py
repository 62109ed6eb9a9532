"""What every test stands on: a database of its own, private files of its own, and no stray clock."""

import gc
import os
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.transaction import atomic, set_rollback
from django.test import override_settings

from councils.loading import load_register
from history import guards
from letters.models import Letter
from tests import canaries, factories, installations

# Playwright's loop runs in the thread of the tests, which also talks to the database between two steps.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
KEPT_FIXTURES = {"kept_rows", "kept_server"}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_configure():
    """Passwords of tests guard nothing: hash them quickly; and look for static files only when they are asked for."""
    django_settings.WHITENOISE_AUTOREFRESH = True
    # Tests ask the API as often as they like, but for those of this limit.
    django_settings.API_REQUESTS_A_MINUTE = 0
    # The same cases in every run, however busy the machine: a test that fails has found something, not had bad luck.
    hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
    hypothesis.settings.load_profile("same")
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_finish():
    """What is loaded by now stays to the end: looking through it for garbage took a sixth of the time of the tests."""
    gc.freeze()
    gc.set_threshold(50_000)


def pytest_itemcollected(item):
    """Tests that look at their module's kept rows run in one process, which writes them once; else each would."""
    if KEPT_FIXTURES & set(getattr(item, "fixturenames", ())):
        item.add_marker(pytest.mark.xdist_group(item.nodeid.split("::")[0]))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """With ONLY_DATABASE=1, leave out what would do the same on every database."""
    items.sort(key=_empties_tables_at_its_end)
    if not os.environ.get("ONLY_DATABASE"):
        return
    kept, left_out = [], []
    for item in items:
        (kept if _depends_on_the_database(item) else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def _empties_tables_at_its_end(item):
    """Such tests come behind those that need what migrations wrote, such as the groups of staff."""
    marker = item.get_closest_marker("django_db")
    stays = marker and not marker.kwargs.get("transaction") and "kept_server" not in item.fixturenames
    return not (stays or "db" in item.fixturenames)


def _depends_on_the_database(item):
    """What a browser draws is made of answers that other tests ask of every database; one test walks the whole way."""
    if item.get_closest_marker("browser") and item.path.name != "test_whole_way.py":
        return False
    return _has_rows(item)


def _has_rows(item):
    uses = DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or uses)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, tmp_path_factory):
    """SQLite's test database is a file, which worker processes can open too; PostgreSQL's gets a name of its own."""
    test = django_settings.DATABASES["default"].setdefault("TEST", {})
    if "sqlite" in django_settings.DATABASES["default"]["ENGINE"]:
        test["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
    else:
        request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")


@pytest.fixture(scope="session", autouse=True)
def tests_may_forget():
    """Some tests end by emptying every table, which the history refuses to anybody."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def forget(operations, statements):
        guarded = any("history_line" in statement for statement in statements)
        if guarded:
            guards.remove(operations.connection)
        flush(operations, statements)
        if guarded:
            guards.install(operations.connection)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(BaseDatabaseOperations, "execute_sql_flush", forget)
        yield


@pytest.fixture(scope="module")
def kept_files(tmp_path_factory):
    """Where the uploaded letters of a module's kept rows lie."""
    return tmp_path_factory.mktemp("kept") / "private"


@pytest.fixture(scope="module")
def kept_rows(django_db_setup, django_db_blocker, kept_files):
    """What a module's own fixture of that scope writes after this one stays until the module's end.

    For tests that all look at the same rows: what each of them changes is undone after it, as ever.
    """
    with django_db_blocker.unblock(), override_settings(PRIVATE_FILES=kept_files, TWO_PEOPLE=False):
        transaction = atomic()
        transaction._from_testcase = (
            True  # as Django's own test case says, so that durable ones may open inside
        )
        with transaction:
            yield
            set_rollback(True)


@pytest.fixture(scope="module")
def register(kept_rows):
    """The whole register of councils, for all tests of a module."""
    return load_register()


@pytest.fixture(scope="module")
def kept_canary(kept_rows):
    """The letter under embargo whose every part is unique, for all tests of a module."""
    return canaries.letter()


@pytest.fixture
def canary(kept_canary, db):
    """That letter, for one test to change."""
    return Letter.objects.get(pk=kept_canary.pk)


@pytest.fixture(autouse=True)
def private_files(request, settings):
    """Uploaded letters of a test lie in its own folder, or in its module's."""
    if "kept_files" in request.fixturenames:
        return request.getfixturevalue("kept_files")
    # A folder for each of thousands of tests that have no rows takes longer than many of them do.
    own = _has_rows(request.node)
    settings.PRIVATE_FILES = (
        request.getfixturevalue("tmp_path") / "private" if own else request.getfixturevalue("kept_files")
    )
    return settings.PRIVATE_FILES


@pytest.fixture(autouse=True)
def one_person(settings):
    """One person walks through each test, but for those about the second one, who set this back."""
    settings.TWO_PEOPLE = False


@pytest.fixture
def whole(tmp_path):
    """All that an installation which the public sees must be told, with a database and files of its own."""
    return installations.whole(tmp_path)


@pytest.fixture
def staff():
    """One member of staff, who may do everything."""
    return factories.staff()


@pytest.fixture
def browser(client, staff):
    """Where this member of staff is signed in."""
    client.force_login(staff)
    return client


@pytest.fixture(scope="session")
def seed_letters():
    """The folder of two real letters, laid out as PDFs; it is not part of the repository."""
    if not SHARED.exists():
        pytest.skip("the real letters are not on this machine")
    return SHARED / "letters"
