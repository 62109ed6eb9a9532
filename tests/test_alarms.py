"""Each alarm of deploy/prometheus/rules.yaml is provoked: it is silent on a sound site, and heard when it should be."""

import operator
import re
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
import yaml
from django.core.management import call_command
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from letters import clock, workflow
from letters.models import Letter, State
from operating import metrics
from operating.models import LastRun
from tests import factories
from tests.operators import measured

pytestmark = pytest.mark.django_db

RULES = yaml.safe_load(
    (Path(__file__).resolve().parent.parent / "deploy" / "prometheus" / "rules.yaml").read_text()
)["groups"][0]["rules"]
# What is not measured by the site itself: whether it can be asked at all (tests/test_server.py), and its certificate.
FROM_OUTSIDE = {"SiteDown", "CertificateExpires"}

_EXPRESSION = re.compile(
    r"(?P<age>time\(\) - )?(?:(?P<how>abs|(?P<over>delta))\()?(?P<name>ombudsman_\w+)"
    r'(?:\{\w+="(?P<label>\w+)"\})?(?(over)\[1d\])(?(how)\)) (?P<sign>[<>]|==) (?P<limit>\d+)'
)
_HOW = {None: lambda now, before: now, "abs": lambda now, before: abs(now), "delta": operator.sub}
_SIGNS = {"<": operator.lt, ">": operator.gt, "==": operator.eq}


def is_heard(rule, found, yesterday) -> bool:
    """Whether an expression of the few forms that the rules keep to is true of any measurement."""
    asked = _EXPRESSION.fullmatch(rule["expr"])
    assert asked, f"{rule['expr']} is of another form"
    values = [
        time.time() - value if asked["age"] else _HOW[asked["how"]](value, yesterday.get(key, 0))
        for key, value in found.items()
        if key[0] == asked["name"] and (not asked["label"] or asked["label"] in key[1:])
    ]
    assert values, f"nothing is measured for {rule['alert']}"
    return any(_SIGNS[asked["sign"]](value, float(asked["limit"])) for value in values)


def heard(client, yesterday=None) -> set[str]:
    """The alarms that ring; without measurements of the day before, that was a site where nothing had happened."""
    rules = [rule for rule in RULES if rule["alert"] not in FROM_OUTSIDE]
    found = measured(client)
    return {rule["alert"] for rule in rules if is_heard(rule, found, yesterday or {})}


@pytest.fixture(autouse=True)
def sound(db):
    """A site whose regular work was done an hour ago."""
    for command in metrics.REGULAR:
        LastRun.objects.create(name=command, ended_at=clock.now() - timedelta(hours=1), succeeded=True)


def some_letters(number=1, **values):
    staff = factories.staff()
    for _ in range(number):
        letter = workflow.receive(factories.pdf_bytes(), "a.pdf", staff)
        Letter.objects.filter(pk=letter.pk).update(**values)


def ago(**units):
    return clock.now() - timedelta(**units)


def no_storage(settings, **_):
    settings.PRIVATE_FILES = settings.DATA_DIR / "nowhere" / "private"


def a_failed_task(**_):
    DBTaskResult.objects.create(
        status=TaskResultStatus.FAILED,
        task_path="letters.tasks.read_letter",
        args_kwargs={"args": [], "kwargs": {}},
        exception_class_path="builtins.ValueError",
        traceback="",
    )


def a_full_disk(monkeypatch, **_):
    usage = SimpleNamespace(free=10**9, total=10**12)
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)


def last(command, **values):
    LastRun.objects.filter(name=command).update(**values)


PROVOKED = {
    "PartDown": no_storage,
    "LettersWait": lambda **_: some_letters(queued_at=ago(minutes=11)),
    "ScansWait": lambda **_: some_letters(queued_at=ago(hours=4), awaits_ocr=True),
    "LeasesExpire": lambda **_: some_letters(state=State.READING, lease_until=ago(seconds=1)),
    "ReadingsBrokenOff": lambda **_: some_letters(6, state=State.READ, attempts=2),
    "LettersUnreadable": lambda **_: some_letters(21, state=State.UNREADABLE),
    "TasksFail": a_failed_task,
    "DiskFills": a_full_disk,
    "NoBackup": lambda **_: last("backup", ended_at=ago(hours=31)),
    "NoIntegrityCheck": lambda **_: last("check_integrity", ended_at=ago(hours=31)),
    "RegularWorkFailed": lambda **_: last("backup", succeeded=False),
}


def test_a_sound_site_is_silent(client):
    assert heard(client) == set()


@pytest.mark.parametrize("alarm", PROVOKED)
def test_t85_each_alarm_is_heard_when_what_it_warns_of_is_brought_about(client, settings, monkeypatch, alarm):
    PROVOKED[alarm](settings=settings, monkeypatch=monkeypatch)
    assert heard(client) == {alarm}


def test_readings_that_were_broken_off_long_ago_are_silent(client):
    PROVOKED["ReadingsBrokenOff"]()
    assert heard(client, yesterday=measured(client)) == set()


def test_a_failed_task_rings_until_it_is_pruned_whichever_queue_it_was_in(client):
    a_failed_task()
    DBTaskResult.objects.update(queue_name="scans", backend_name="default", finished_at=ago(minutes=1))
    call_command("prune_db_task_results", "--queue-name", "*", verbosity=0)
    assert heard(client) == {"TasksFail"}
    call_command("prune_db_task_results", "--queue-name", "*", "--failed-min-age-days", "0", verbosity=0)
    assert heard(client) == set()


def test_t85_a_clock_that_drifts_is_heard(client):
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=1.5)):
        assert heard(client) == {"ClockDrifts"}


def test_t85_a_backup_that_never_was_is_heard(client):
    LastRun.objects.filter(name="backup").delete()
    assert "NoBackup" in heard(client)


def test_each_alarm_is_provoked():
    assert {rule["alert"] for rule in RULES} == {*PROVOKED, *FROM_OUTSIDE, "ClockDrifts"}
