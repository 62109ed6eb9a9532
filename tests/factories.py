"""Rows for tests, made the way the product makes them: by the workflow where there is one."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from hashlib import sha256
from importlib import import_module
from itertools import count
from pkgutil import iter_modules

from django.apps import apps
from django.contrib.auth.models import Group, User
from django.core.files.base import ContentFile
from django.utils.text import slugify

from councils.models import Council
from letters import clock, workflow
from letters.extraction.prose import Block, Page
from letters.extraction.types import Figure, Reading, Recipient, Source
from letters.models import AnnualReview, CleanCopy, Letter, Part, State, Statistic
from letters.workflow import indexing, two_people
from letters.workflow import reading as written
from staff import migrations as staff_migrations
from staff.granting import grant

PASSWORD = "correct horse battery staple"

_numbers = count(1)
_STAFF_MIGRATIONS = sorted(
    f"{staff_migrations.__name__}.{module.name}" for module in iter_modules(staff_migrations.__path__)
)


def council(name: str = "", aliases: Iterable[str] = (), **values) -> Council:
    """A council of the register, a district unless `kind` says otherwise; `aliases` are its other names."""
    name = name or f"Example {next(_numbers)} District Council"
    values = {"slug": slugify(name), "short_name": name, "kind": "district"} | values
    row = Council.objects.get_or_create(name=name, defaults=values)[0]
    for text in aliases:
        row.aliases.get_or_create(text=text)
    return row


def staff(username: str = "staff", **values) -> User:
    """A member of staff who may do everything."""
    return User.objects.create_superuser(username, password=PASSWORD, **values)


def member(role: str, username: str = "", **values) -> User:
    """A member of staff with one role and no more."""
    user = User.objects.create_user(username or role, password=PASSWORD, is_staff=True, **values)
    user.groups.add(_group(role))
    return user


def _group(role: str) -> Group:
    """The role as the migrations made it; made again where a test that commits has emptied the database."""
    if not Group.objects.filter(name=role).exists():
        for name in _STAFF_MIGRATIONS:
            grant(apps, getattr(import_module(name), "GRANTED", {}))
    return Group.objects.get(name=role)


def edition(year_ending: int = 2020) -> AnnualReview:
    """A year's edition, not scheduled."""
    return AnnualReview.objects.get_or_create(year_ending=year_ending)[0]


def forget(letters: Iterable[Letter]) -> None:
    """As if these letters had never been."""
    for letter in letters:
        Part.objects.filter(letter=letter).delete()
        letter.delete()


def pdf_bytes() -> bytes:
    """The start of a PDF, different each time: enough to be received, too little to be read."""
    return b"%%PDF-1.7\n%% letter %d\n%%%%EOF\n" % next(_numbers)


def figure(measure: str = "upheld", year_ending: int = 2020, **values) -> Figure:
    """A figure as the reader proposes it; 2 of 2 upheld unless told otherwise."""
    defaults = {
        "percent": Decimal(100),
        "value": None,
        "numerator": 2,
        "denominator": 2,
        "average": Decimal(45),
        "base_label": "detailed investigations",
        "period_start": date(year_ending - 1, 4, 1),
        "period_end": date(year_ending, 3, 31),
        "readers_agree": True,
        "sources": (
            Source("percent", 3, (0.1, 0.2, 0.5, 0.25), "100% of complaints we investigated were upheld."),
        ),
    }
    return Figure(measure=measure, **(defaults | values))


def two_figures(year_ending: int, count: int = 2) -> list[Figure]:
    """So many of two were upheld, and nothing is stated of compliance but its name."""
    nothing = dict.fromkeys(("percent", "numerator", "denominator", "average"))
    return [
        figure(year_ending=year_ending, numerator=count, percent=Decimal(50 * count)),
        figure("compliance", year_ending, base_label="", **nothing),
    ]


def reading(year_ending: int = 2020, figures=None, problems=(), **values) -> Reading:
    """What the reader makes of a letter."""
    defaults = {
        "authority": "Example Council",
        "letter_date": date(year_ending, 7, 22),
        "publication_date": date(year_ending, 7, 29),
        "recipient": Recipient("Ms Example", "Chief Executive"),
        "page_count": 3,
    }
    statistics = (figure(year_ending=year_ending),) if figures is None else tuple(figures)
    return Reading(
        year_ending=year_ending, statistics=statistics, problems=tuple(problems), **(defaults | values)
    )


def page(number: int = 1, *blocks: tuple[str, ...]) -> Page:
    """A page as it is told; each block is its kind with its rows, the cells of a row parted by bars."""
    told = (Block(kind, tuple(tuple(row.split("|")) for row in rows)) for kind, *rows in blocks)
    return Page(number, 595.0, 842.0, tuple(told))


SOME_PAGES = (
    page(1, ("heading", "Annual Review letter 2020"), ("paragraph", "Ms Example", "Example Council")),
    page(
        2,
        ("paragraph", "Words of the letter."),
        ("list", "One thing", "Another"),
        (
            "table",
            "Adult Care Services|Benefits and Tax|Corporate and Other Services|Housing|Total",
            "1|2|3|4|10",
        ),
        ("line", "A line of a page that could not be put in order."),
    ),
    page(3, ("paragraph", "100% of complaints we investigated were upheld.")),
)


def letter(
    review: AnnualReview | None = None,
    by: User | None = None,
    state: str = State.READ,
    council: Council | None = None,
    pages: Iterable[Page] = (),
    pdf: bytes = b"",
    **values,
) -> Letter:
    """A letter brought to `state` by the workflow; `values` go to its reading."""
    review = review or edition()
    row = workflow.receive(pdf or pdf_bytes(), "letter.pdf", by or User.objects.first() or staff(), review)
    if state == State.RECEIVED:
        return row
    _, token = workflow.claim_for_reading(str(row.pk))
    # Bytes like these cannot be cleaned; what tests look at is that the copy is shown and not the original.
    with row.file.open("rb") as file:
        workflow.keep_copy(row, workflow.Copied(file.read() + b"% clean\n"))
    if state == State.UNREADABLE:
        workflow.finish_unreadable(row, token, "It could not be read.")
    elif state == State.READ:
        whose = council or globals()["council"]()
        workflow.finish_reading(
            row,
            token,
            reading(review.year_ending, **values),
            whose,
            values.get("problems", ()),
            pages=tuple(pages),
        )
    row.refresh_from_db()
    return row


def approved_letter(
    review: AnnualReview | None = None,
    by: User | None = None,
    council: Council | None = None,
    replacement_reason: str = "",
    **values,
) -> Letter:
    """A letter that a reviewer has approved."""
    row = letter(review, by, State.READ, council, **values)
    workflow.approve(row, row.received_by, reason="As printed.", replacement_reason=replacement_reason)
    return row


def public_letter(
    review: AnnualReview | None = None,
    by: User | None = None,
    council: Council | None = None,
    pages: Iterable[Page] = (),
    **values,
) -> Letter:
    """What `approved_letter` makes, but for the history: for tests of what the public sees of many letters.

    It writes the rows as the workflow leaves them at the end, in a tenth of the time; that they are the same is a
    test of its own (tests/test_factories.py).
    """
    review, by = review or edition(), by or User.objects.first() or staff()
    now, content = clock.now(), pdf_bytes()
    read = reading(review.year_ending, **values)
    row = Letter(
        review=review,
        original_name="letter.pdf",
        sha256=sha256(content).hexdigest(),
        size=len(content),
        attempts=1,
        revision=3,
        **dict.fromkeys(("received_at", "queued_at", "read_at", "approved_at"), now),
        **dict.fromkeys(("received_by", "approved_by"), by),
        approval_reason="As printed.",
    )
    for name, value in written._as_read(row, read, council or globals()["council"](), read.problems).items():
        setattr(row, name, value)
    row.state = State.APPROVED
    row.file.save("letter.pdf", ContentFile(content), save=False)
    row.save(force_insert=True)
    Statistic.objects.bulk_create(written._proposal(row, figure) for figure in read.statistics)
    written._write_pages(row, list(pages))
    indexing.index(row)
    _clean(row, content + b"% clean\n", now)
    Part.objects.create(letter=row, by=by, of=Part.Of.APPROVED, alone=not two_people.asked_for())
    return row


def _clean(row: Letter, content: bytes, now) -> None:
    copy = CleanCopy(letter=row, made_at=now, sha256=sha256(content).hexdigest(), size=len(content))
    copy.file.save("copy.pdf", ContentFile(content), save=False)
    copy.save(force_insert=True)


def reviewed(letter: Letter, by: User) -> Letter:
    """The letter with another addressee, and half of its complaints upheld, as `by` entered it."""
    details = workflow.reviewing.Details(
        letter.council, letter.review, "Mr Zyx", "", letter.letter_date, letter.promised_date
    )
    upheld = workflow.reviewing.Numbers(percent=50, numerator=1, denominator=2)
    workflow.save_review(letter, by, details, {"upheld": upheld})
    return letter
