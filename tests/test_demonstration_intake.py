"""The demonstration's way into the site: its plan, its users, its intake and what it tells of its progress."""

from collections import Counter
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command

from councils.loading import load_register
from councils.models import Council
from demonstration import context, intake, people, plan, progress
from demonstration.facts import NONE_DUE
from demonstration.management.commands.make_demonstration import Command
from demonstration.printing import print_letter
from demonstration.progress import Progress
from demonstration.published import OXFORDSHIRE_2025, PUBLISHED
from history.models import Line
from letters import clock, published, workflow
from letters.extraction.types import SCAN, Unreadable
from letters.models import AnnualReview, Letter, State
from public.comparison import average_of
from public.fisher import fisher
from public.funnel import limits
from public.signs import ENOUGH_LETTERS, LEVEL, TAIL
from tests import factories
from tests.readings import read_here

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_data(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.fixture
def read_at_once(settings, monkeypatch):
    """Letters are read as they are received, as if a worker were always free."""
    monkeypatch.setattr(intake, "PATIENCE", 5)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def two_councils():
    factories.council("Wellingborough Borough Council", last_day=date(2021, 3, 31))
    factories.council("Oxfordshire County Council", kind="county")
    factories.council("Melton Borough Council", first_day=date(2030, 4, 1))


@pytest.fixture
def one_year(monkeypatch):
    """Only the letters of 2021 are planned."""
    monkeypatch.setattr(plan, "YEARS", (2021,))


def run() -> str:
    said = []

    def say(line: str) -> None:
        assert "Nothing has been read" not in line
        said.append(line)

    intake.Intake(people.reviewer(), say).run()
    return "\n".join(said)


def planned() -> list[plan.Planned]:
    return [letter for year in plan.YEARS for letter in plan.letters_of(year)]


def test_every_council_but_one_has_a_letter_for_the_last_year_and_a_dozen_have_six():
    load_register()
    letters = planned()
    assert len({letter.name for letter in letters}) == len(letters)
    sound = [letter.facts for letter in letters if letter.sound]
    assert sum(facts.year_ending == 2025 for facts in sound) == 326
    assert list(Counter(facts.council for facts in sound).values()).count(6) >= 12
    years = {facts.year_ending for facts in sound if facts.council == "Wellingborough Borough Council"}
    assert years == {2007, 2010, 2016, 2018, 2020, 2021}
    years = {facts.year_ending for facts in sound if facts.council == "North Northamptonshire Council"}
    assert years == {2022, 2023, 2024, 2025}


def test_letters_show_what_became_of_councils_and_one_council_meets_every_rule_for_signs():
    load_register()
    years = {}
    for letter in planned():
        years.setdefault(letter.facts.council, {})[letter.facts.year_ending] = letter.facts
    for successor in ("North Northamptonshire Council", "Buckinghamshire Council"):
        council = Council.objects.with_lineage().get(name=successor)
        last = council.first_day.year
        for each in council.predecessions.all():
            assert last in years[each.predecessor.name]
    now, before = years["Cornwall Council"][2025], years["Cornwall Council"][2024]
    assert now.compliance.percent < 100
    for year, facts in ((2024, before), (2025, now)):
        unitary = [
            (each[year].upheld.numerator, each[year].upheld.denominator)
            for name, each in years.items()
            if year in each and each[year].upheld and Council.objects.filter(name=name, kind="unitary")
        ]
        assert len(unitary) >= ENOUGH_LETTERS
        average = average_of(unitary)
        upheld = facts.upheld
        assert upheld.numerator > limits(upheld.denominator, average.exactly, TAIL).highest
    both = (now.remedies, before.remedies)
    assert fisher(*(number for each in both for number in (each.numerator, each.denominator))) < LEVEL


def test_published_figures_are_used_where_there_are_any_and_the_rest_is_made_up():
    load_register()
    real = [letter.facts for letter in planned() if letter.facts.real]
    assert sorted(facts.council for facts in real) == sorted(facts.council for facts in PUBLISHED)


def test_letters_are_printed_in_every_way():
    load_register()
    ways = {(letter.program, letter.layout, letter.addressee) for letter in plan.letters_of(2025)}
    assert len(ways) == 8


def test_faulty_letters_concern_nobody_who_has_a_sound_one_for_that_year():
    load_register()
    for year in plan.YEARS:
        letters = plan.letters_of(year)
        faulty = {letter.facts.council for letter in letters if not letter.sound}
        assert not faulty & {letter.facts.council for letter in letters if letter.sound}


def test_the_scan_shows_a_letter_and_has_no_text():
    [scan] = [letter for letter in plan.letters_of(2024) if letter.scan]
    assert scan.pdf() == scan.pdf()
    with pytest.raises(Unreadable) as refused:
        read_here(scan.pdf())
    assert refused.value.code == SCAN


def test_the_staff_user_keeps_a_password_that_only_this_machine_knows(own_data):
    user, password = people.staff_user()
    assert user.is_staff
    assert user.is_superuser
    assert authenticate(username="demo", password=password) == user
    assert (own_data / "demonstration-password").stat().st_mode & 0o777 == 0o600
    assert people.staff_user() == (user, password)


def test_a_password_changed_since_is_not_told_and_not_changed_back():
    user, password = people.staff_user()
    user.set_password("chosen by whoever looks")
    user.save()
    assert people.staff_user() == (user, None)
    assert authenticate(username="demo", password="chosen by whoever looks")
    assert not authenticate(username="demo", password=password)


def test_a_lost_password_is_made_anew(own_data):
    _, lost = people.staff_user()
    (own_data / "demonstration-password").unlink()
    user, password = people.staff_user()
    assert password != lost
    assert authenticate(username="demo", password=password) == user


def test_nobody_signs_in_as_the_reviewer():
    reviewer = people.reviewer()
    assert not reviewer.is_staff
    assert not reviewer.has_usable_password()
    assert people.reviewer() == reviewer


def test_announcing_makes_the_user_and_nothing_else():
    output = StringIO()
    call_command(Command(), announce_only=True, stdout=output)
    assert people.staff_user()[1] in output.getvalue()
    assert not Letter.objects.exists()


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        (None, None),
        (Progress(0, 9), Progress(0, 9)),
        (Progress(4, 9), Progress(4, 9)),
        (Progress(9, 9), None),
    ],
)
def test_pages_know_how_far_it_is_until_it_is_done(kept, shown):
    if kept:
        progress.write(kept)
    assert context.banner(None)["demonstration_progress"] == shown


def test_pages_name_the_letters_whose_figures_are_real():
    assert context.banner(None)["demonstration_real"] == [
        "Wellingborough 2019–20",
        "Buckinghamshire 2023–24",
        "Oxfordshire 2024–25",
        "Isle of Wight 2024–25",
    ]


def test_sound_letters_become_public_and_faulty_ones_wait(two_councils, read_at_once, monkeypatch):
    monkeypatch.setenv("PATH", "")  # without tesseract, the scan waits for a person too
    run()
    public = published.letters(clock.now())
    assert {(letter.council.short_name, letter.review.year_ending) for letter in public} == {
        *(("Wellingborough Borough Council", year) for year in (2007, 2010, 2016, 2018, 2020, 2021)),
        *(("Oxfordshire County Council", year) for year in range(2020, 2026)),
    }
    waiting = set(workflow.queue().values_list("original_name", flat=True))
    assert waiting == {letter.name for letter in plan.letters_of(2024) if not letter.sound}
    assert all(workflow.open_problems(letter) for letter in workflow.queue())
    assert "tesseract" in Letter.objects.get(original_name="harborough-scan.pdf").unreadable_reason
    assert not AnnualReview.objects.filter(year_ending__gt=2025).exists()
    assert progress.read() == Progress(16, 16)
    stated = {statistic["measure"] for statistic in OXFORDSHIRE_2025.expected()["statistics"]}
    oxfordshire = published.statistics(clock.now()).filter(letter__review__year_ending=2025)
    assert {figure.measure for figure in oxfordshire} == stated


def test_it_says_why_a_council_has_no_letter_and_where_the_review_is(two_councils, read_at_once, monkeypatch):
    monkeypatch.setattr(plan, "YEARS", (2025,))
    scilly = factories.council("Council of the Isles of Scilly", kind="unitary")
    run()
    [said] = published.no_letters(clock.now())
    assert (said.council, said.review.year_ending) == (scilly, 2025)
    assert said.reason == "Too few complaints about it were decided for a letter."
    assert published.editions(clock.now()).get().national_report_link == intake.NATIONAL_REPORTS
    lines = Line.objects.count()
    run()
    assert Line.objects.count() == lines


def test_a_second_run_changes_nothing(two_councils, read_at_once, one_year):
    run()
    before = list(Letter.objects.order_by("pk").values()), Line.objects.count()
    assert "left in the queue" not in run()
    assert (list(Letter.objects.order_by("pk").values()), Line.objects.count()) == before


def test_a_run_that_was_broken_off_is_taken_up(two_councils, read_at_once, one_year):
    letter = plan.letters_of(2021)[0]
    workflow.receive(letter.pdf(), letter.name, people.reviewer(), factories.edition(2021))
    run()
    assert Letter.objects.count() == 2
    assert published.letters(clock.now()).filter(review__year_ending=2021).count() == 2


def test_a_letter_that_staff_withdrew_does_not_come_back(two_councils, read_at_once, one_year):
    run()
    letter = Letter.objects.get(original_name="oxfordshire-county-council-2021.pdf")
    workflow.withdraw(letter, people.reviewer(), "Withdrawn to see what happens.")
    run()
    assert [letter.state for letter in Letter.objects.filter(original_name=letter.original_name)] == [
        State.WITHDRAWN
    ]


def test_a_letter_read_otherwise_than_printed_is_left_to_a_person(two_councils, read_at_once, one_year):
    letter = next(letter for letter in plan.letters_of(2021) if "oxfordshire" in letter.name)
    other = replace(letter.facts, compliance=NONE_DUE, year_ending=2021)
    workflow.receive(print_letter(other), letter.name, people.reviewer(), factories.edition(2021))
    said = run()
    assert "oxfordshire-county-council-2021.pdf is left in the queue: compliance was read as" in said
    assert Letter.objects.get(original_name=letter.name).state == State.READ
    assert published.letters(clock.now()).filter(review__year_ending=2021).count() == 1


def test_a_figure_is_corrected_a_letter_replaced_and_one_withdrawn_with_notes_that_say_made_up(
    read_at_once, one_year, client
):
    for slug in ("leeds-city-council", "city-of-york-council", "cheltenham-borough-council"):
        name = {"city-of-york-council": "City of York Council"}.get(slug, slug.replace("-", " ").title())
        factories.council(name, slug=slug, kind="district" if "borough" in slug else "unitary")
    run()
    run()
    now = clock.now()
    [corrected] = published.corrections(now)
    [replaced] = published.replaced(now)
    [withdrawn] = published.withdrawn(now)
    assert corrected.letter.council.name == "Leeds City Council"
    assert replaced.council.name == "City of York Council"
    assert withdrawn.council.name == "Cheltenham Borough Council"
    for note in (corrected.note, replaced.why_replaced, withdrawn.withdrawal_note):
        assert note.startswith("Made up")
    page = client.get("/corrections").content.decode()
    assert page.count("Made up") == 3
    [upheld] = published.statistics(now).filter(letter=corrected.letter, measure="upheld")
    [planned_of_it] = [each for each in planned() if each.name == "leeds-city-council-2021.pdf"]
    assert upheld.average == planned_of_it.facts.upheld.average
