"""One row of everything that has an address, and the path of each pattern of the URL configuration."""

import re
from datetime import timedelta

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.test import override_settings
from django_tasks_db.models import DBTaskResult

from cases.models import CaseImport, Category, Decision, PublicReport
from guidance import editing
from history.models import Line
from letters import clock, uploads, workflow
from letters.models import Letter, State
from letters.workflow.prerelease import Person
from letters.workflow.reviewing import Numbers
from tests import cases, factories

OF_CASES = (CaseImport, Category, Decision, PublicReport)


def made():
    """One row of everything that has an address, and a letter in each of its states."""
    by, now = factories.staff("somebody"), clock.now()
    past, coming = factories.edition(2019), factories.edition(2020)
    ours = factories.council("Example Council")
    letters = {
        "received": factories.letter(coming, by, State.RECEIVED),
        "unreadable": factories.letter(coming, by, State.UNREADABLE),
        "read": factories.letter(coming, by),
        "approved": factories.approved_letter(coming, by),
        "held back": factories.approved_letter(coming, by),
        "withdrawn": factories.letter(coming, by),
        "public": factories.approved_letter(past, by, ours, pages=factories.SOME_PAGES),
    }
    workflow.hold_back(letters["held back"], by)
    workflow.withdraw(letters["withdrawn"], by, "A mistake.")
    workflow.schedule(past, now, by, acknowledged=True)
    letters["late"] = factories.approved_letter(past, by)
    for letter in letters.values():
        letter.refresh_from_db()
    workflow.schedule(coming, now + timedelta(days=300), by, acknowledged=True)
    given, token = workflow.give_access(
        coming,
        by,
        Person("Ms Example", "Officer", "Example Council", "officer@example.org"),
        [letters["approved"]],
        opens_at=now,
        closes_at=now + timedelta(days=1),
    )
    cases.one_of_each("Example Council", "2025-06-14", now)
    content = b"Authority,Upheld\nSomewhere,1\n"
    return {
        "by": by,
        "letters": letters,
        "letter": letters["read"],
        "edition": coming,
        "council": ours,
        "given": given,
        "token": token,
        "query": workflow.enter_query(letters["approved"], by, "Ms Example", "Is it so?"),
        "reason": workflow.say_no_letter(coming, factories.council(), "It is small.", by),
        "table": workflow.receive_table(coming, content, "table.csv", by),
        "corrections": propose_correction(letters["public"], by),
        "upload": uploads.take_in([], by),
        "page": editing.save_draft("about", 0, by, title="About", text="Words.", summary="First."),
    }


def propose_correction(letter, by):
    with override_settings(TWO_PEOPLE=True):
        return workflow.correct(
            letter, by, "upheld", Numbers(percent=100), reason="Misread.", note="Misread."
        )


def path_of(pattern: str, world) -> str:
    """A path that meets the pattern; a part that is not known here is a KeyError, and wants a value of its own."""
    app_and_model = "/".join(pattern.split("/")[1:3])
    rows = {
        "auth/group": Group.objects.get(name="auditor"),
        "auth/user": world["by"],
        "django_tasks_database/dbtaskresult": DBTaskResult.objects.first(),
        "councils/council": world["council"],
        "letters/annualreview": world["edition"],
        "letters/letter": world[
            next((part for part in ("upload", "corrections") if part in pattern), "letter")
        ],
        "history/line": Line.objects.first(),
        "guidance/page": world["page"].page,
        **{f"cases/{model._meta.model_name}": model.objects.order_by("pk").last() for model in OF_CASES},
    }
    deeds = {"corrections": "confirm", "publishing": "hold-back", "reviewing": "take-back", "do": "publish"}
    of_staff = {
        **dict.fromkeys(["path:object_id", "uuid:pk", "int:pk", "id", "slug:slug"], app_and_model),
        "path:content_type_id": ContentType.objects.get_for_model(Letter).pk,
        "int:said": world["reason"].pk,
        "int:user": world["by"].pk,
        "int:passkey": 1,
        "uuid:given": world["given"].pk,
        "int:query": world["query"].pk,
        "uuid:table_pk": world["table"].pk,
        "int:number": 1,
        "slug:deed": next((deed for part, deed in deeds.items() if f"/{part}/" in pattern), ""),
    }
    of_all = {
        "council:slug": "example-council",
        "year:year": 2019,
        "number:number": 1,
        "release:number": 1,
        "file:name": "figures.csv",
        "token:token": world["token"],
        "council:category": "housing",
        "council:part": "allocations",
        "reference:reference": "25-000-001",
        "council:council": "example-council",
        "year:year_ending": 2019,
        "measure:measure": "upheld",
        "path:path": "nothing",
    }

    def value(match) -> str:
        name = match[1]
        found = (of_staff if pattern.startswith("admin/") else of_all)[name]
        return str(rows[found].pk if found == app_and_model and found in rows else found)

    if "(?P<app_label>" in pattern:
        return "/admin/letters/"
    if "(?P<" in pattern:
        return ENDS[pattern]
    return f"/{re.sub('<([^>]+)>', value, pattern)}"


# What a regular expression of the URL configuration stands for.
ENDS = {
    r"^(?P<path>.+)$": "/no/such/page",
    r"admin/(?P<url>.*)$": "/admin/no/such/page",
}
