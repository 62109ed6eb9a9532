"""Searching the letters: what is found, in which order, and that nothing typed is syntax."""

from datetime import UTC, timedelta
from datetime import datetime as DateTime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import Council
from letters import published, workflow
from letters.models import Letter, LetterWords
from letters.search import index
from tests import factories

pytestmark = pytest.mark.django_db

HOUR = DateTime(2020, 7, 29, 8, 30, tzinfo=UTC)

# Council, year, and the paragraphs of its pages, parted by |.
LETTERS = [
    (
        "Alpha Council",
        2020,
        "Annual review letter|We upheld complaints about housing benefit and found fault.",
    ),
    ("Alpha Council", 2019, "Annual review letter|Complaint handling: your council’s staff were prompt."),
    (
        "Beta Council",
        2020,
        "Annual review letter. Handling of 4,711 complaints.|100% of a complaint|Zyx complaint",
    ),
    ("Gamma Council", 2020, "Annual review letter|Café O’Neill <b>bold</b> & c_d e\\f $5 AND near the end"),
]


def blocks(words):
    return [factories.page(number, ("paragraph", each)) for number, each in enumerate(words.split("|"), 1)]


@pytest.fixture(scope="module")
def kept_letters(kept_rows):
    staff = factories.staff()
    with time_machine.travel(HOUR, tick=False):
        for name, year, words in LETTERS:
            kind = "county" if name.startswith("Beta") else "district"
            council = factories.council(name, kind=kind)
            factories.public_letter(factories.edition(year), staff, council, pages=blocks(words))
        for year in (2019, 2020):
            workflow.schedule(factories.edition(year), HOUR, staff, acknowledged=True)
    return staff


@pytest.fixture(autouse=True)
def site(kept_letters, db):
    with time_machine.travel(HOUR + timedelta(days=1), tick=False):
        yield


def search(client, words, **more):
    return client.get("/letters", {"q": words, **more})


def found(response):
    """Council, year and page of each hit, in order."""
    answer = response.context.get("answer")
    hits = answer.hits if answer else []
    return [(hit.letter.name[0], hit.letter.year, hit.page) for hit in hits]


def hits(client, words, **more):
    response = search(client, words, **more)
    assert response.status_code == 200
    return found(response)


def marked(response):
    answer = response.context["answer"]
    return [[piece.text for piece in hit.pieces if piece.marked] for hit in answer.hits]


FINDS = {
    "housing": [("A", 2020, 2)],
    "HOUSING benefits": [("A", 2020, 2)],
    '"housing benefit"': [("A", 2020, 2)],
    '"benefit housing"': [],
    "benefit housing": [("A", 2020, 2)],
    "councils": [("A", 2019, 2)],
    "staffs": [("A", 2019, 2)],
    "cafe": [("G", 2020, 2)],
    "CAFÉ oneill": [("G", 2020, 2)],
    "4711": [("B", 2020, 1)],
    "4,711": [("B", 2020, 1)],
    "711": [],
    "100%": [("B", 2020, 2)],
    "%": [("B", 2020, 2)],
    "_": [("G", 2020, 2)],
    "c_d": [("G", 2020, 2)],
    "c d": [("G", 2020, 2)],
    "&": [("G", 2020, 2)],
    "complaint & handling": [],
    "housing | benefit": [],
    "hous*": [],
    "housing*": [],
    "-housing": [("A", 2020, 2)],
    "NOT housing": [],
    "housing OR zyx": [],
    "NEAR(housing benefit)": [],
    "near AND end": [("G", 2020, 2)],
    "words:housing": [],
    "housing:": [("A", 2020, 2)],
    "'housing' ; --": [("A", 2020, 2)],
    "!housing": [("A", 2020, 2)],
    "\\": [("G", 2020, 2)],
    '"housing': [("A", 2020, 2)],
    "“complaint handling”": [("A", 2019, 2)],
    "ligature ﬁnd": [],
    "ﬁnd": [],
    "letter alpha": [],
    # No phrase reaches over the end of a page.
    '"letter we upheld"': [],
    "letter upheld": [("A", 2020, 1)],
}


@pytest.mark.parametrize("words", FINDS)
def test_what_is_found(client, words):
    assert hits(client, words) == FINDS[words]


def test_words_are_marked_as_they_stand_in_the_letter(client):
    assert marked(search(client, '"housing benefit" FAULT')) == [["housing benefit", "fault"]]
    assert marked(search(client, "cafe")) == [["Café"]]
    assert marked(search(client, "100%")) == [["100%"]]
    assert b"about <mark>housing benefit</mark> and" in search(client, '"housing benefit"').content


def test_markup_in_a_letter_stays_words(client):
    page = search(client, "bold").content
    assert b"&lt;b&gt;<mark>bold</mark>&lt;/b&gt;" in page
    assert b"<b>bold" not in page


def test_those_that_say_it_most_come_first_where_they_are_few(client):
    assert hits(client, "complaint") == [("B", 2020, 1), ("A", 2019, 2), ("A", 2020, 2)]
    assert hits(client, "complaint", order="newest") == [("A", 2020, 2), ("B", 2020, 1), ("A", 2019, 2)]


def test_narrowed_to_council_kind_and_year(client):
    assert hits(client, "complaint", council="alpha-council") == [("A", 2019, 2), ("A", 2020, 2)]
    assert hits(client, "complaint", council="Alpha") == [("A", 2019, 2), ("A", 2020, 2)]
    assert hits(client, "complaint", council="alpha-council", year="2019") == [("A", 2019, 2)]
    assert hits(client, "complaint", year="2019") == [("A", 2019, 2)]
    assert hits(client, "complaint", kind="county") == [("B", 2020, 1)]
    assert hits(client, "complaint", kind="metropolitan") == hits(client, "complaint", year="2012") == []


@pytest.mark.parametrize("order", ["newest", "best"])
def test_letters_are_paged_without_losing_or_repeating_any(client, order, monkeypatch):
    monkeypatch.setattr("public.searching.answer.AT_ONCE", 1)
    seen, address = [], f"/letters?q=letter&order={order}"
    while address:
        response = client.get(address)
        seen += found(response)
        address = response.context["further"]
    assert sorted(seen) == [("A", 2019, 1), ("A", 2020, 1), ("B", 2020, 1), ("G", 2020, 1)]
    assert order == "best" or [year for _, year, _ in seen] == [2020, 2020, 2020, 2019]


def test_many_are_not_weighed_and_the_page_says_so(client, monkeypatch):
    monkeypatch.setattr("public.searching.answer.FEW", 3)
    response = search(client, "letter", order="best")
    assert [hit[:2] for hit in found(response)] == [("A", 2020), ("B", 2020), ("G", 2020), ("A", 2019)]
    assert b"More than 60 letters say this" in response.content


def test_a_letter_that_went_between_two_pages_leads_to_the_start(client, monkeypatch):
    monkeypatch.setattr("public.searching.answer.AT_ONCE", 1)
    assert hits(client, "complaint", after="gamma-council/2020") == hits(client, "complaint")
    assert hits(client, "complaint", after="gamma-council/2020", order="newest") == [("A", 2019, 2)]


WRONG = {
    "nothing": ({"q": ""}, 400, "Enter at least one word"),
    "no word": ({"q": "?!"}, 400, "Enter at least one word"),
    "too many words": ({"q": "a b c d e f g h i j k l m n o p q r s t u"}, 400, "at most 20"),
    "a long text": ({"q": "%" * 10_000}, 400, "at most 200 characters"),
    "no such council": (
        {"q": "fault", "council": "nowhere at all"},
        400,
        "No council here has a name like that",
    ),
    "several councils": ({"q": "fault", "council": "council"}, 400, "Choose which council"),
    "a NUL for a council": ({"q": "fault", "council": "\0"}, 400, "Enter the name of a council"),
    "no such kind": ({"q": "fault", "kind": "x"}, 404, "that there is not"),
    "no such order": ({"q": "fault", "order": "x"}, 404, "that there is not"),
    "no such year": ({"q": "fault", "year": "٢٠٢٠"}, 404, "No letters are published"),
    "no such place": ({"q": "fault", "after": "x"}, 404, "that there is not"),
    "no such letter": ({"q": "fault", "after": "nowhere/2020"}, 404, "No council has this address"),
}


@pytest.mark.parametrize("asked", WRONG)
def test_t58_t59_what_cannot_be_asked_is_answered_in_words(client, asked):
    parameters, status, words = WRONG[asked]
    response = client.get("/letters", parameters)
    assert response.status_code == status
    assert words in response.content.decode()


def test_a_council_that_cannot_be_told_leaves_all_else_as_it_was_chosen(client):
    for name in ("Northtown Council", "Northville Council"):
        factories.council(name)
    response = search(client, "fault", council="north", kind="unitary", year="2020", order="newest")
    page = response.content.decode()
    assert response.status_code == 400
    for chosen in ('value="unitary" selected', 'value="2020" selected'):
        assert chosen in page
    assert (
        'href="/letters?q=fault&amp;council=northtown-council&amp;kind=unitary&amp;year=2020&amp;order=newest"'
        in page
    )


ODD = [
    "\0",
    "a\0b",
    "\ud800",
    "\u202e",
    "😀",
    "'",
    '"',
    '""""',
    "(((",
    "a" * 200,
    "1e400",
    "NEAR/2",
    "^a",
    "{a b}:c",
    "$$",
    "\\'",
    "\uff9e",
]


@pytest.mark.parametrize("words", ODD, ids=ascii)
def test_t58_t59_nothing_typed_is_an_error_of_ours(client, words):
    address = "/letters?q=" + "".join(f"%{byte:02x}" for byte in words.encode(errors="surrogatepass"))
    assert client.get(address).status_code in {200, 400}
    assert client.get(address + "&council=" + address[11:]).status_code in {200, 400, 404}


@pytest.mark.parametrize("order", ["newest", "best"])
def test_a_search_takes_few_queries(client, django_assert_max_num_queries, order):
    # PostgreSQL is told, four times more, how long it may take: in a test within a transaction of its own.
    with django_assert_max_num_queries(8 if connection.vendor == "sqlite" else 12):
        search(client, "letter", order=order, council="alpha-council")


def test_a_search_that_takes_too_long_is_broken_off(client, monkeypatch):
    """PostgreSQL alone may take long; what it says then is answered in words on both."""
    if connection.vendor == "postgresql":
        monkeypatch.setattr(
            index, "_WALK", {"postgresql": "SELECT 1 FROM pg_sleep(9) WHERE %s <> '' AND %s > %s LIMIT %s"}
        )
        monkeypatch.setattr(index, "_PATIENCE", 0.1)
        response = search(client, "fault")
        assert response.status_code == 503
        assert "takes too long" in response.content.decode()
        monkeypatch.undo()
    assert hits(client, "housing") == [("A", 2020, 2)]


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="FTS5 has but one way")
@pytest.mark.parametrize(
    ("word", "way"), [("rare5", "letters_search"), ("usual", "letters_letterwords_pkey")]
)
def test_a_rare_word_is_looked_up_and_not_looked_for_in_every_letter(word, way):
    made = """INSERT INTO letters_letterwords (id, letter_id, words)
        SELECT number, gen_random_uuid(), 'usual rare' || number FROM generate_series(1, 2000) AS number"""
    with connection.cursor() as cursor:
        cursor.execute(made)
        cursor.execute("ANALYZE letters_letterwords")
        with index._patiently():
            cursor.execute(f"EXPLAIN {index._WALK['postgresql']}", [f"'{word}'", 1 << 62, 0, 71])
            assert f" {way} " in str(cursor.fetchall())
        cursor.execute("DELETE FROM letters_letterwords WHERE id <= 2000")


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite plans within microseconds")
def test_what_counts_is_planned_once_for_a_connection():
    planned = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%letters_annualreview%'"
    assert published.years(HOUR) == published.years(HOUR) == [2020, 2019]
    with connection.cursor() as cursor:
        cursor.execute(planned)
        assert cursor.fetchone() == (1,)


def test_t87_withdrawn_and_replaced_letters_are_found_no_more(client, kept_letters):
    letter = Letter.objects.get(council__name="Alpha Council", review__year_ending=2020)
    workflow.withdraw(letter, kept_letters, "It was sent by mistake.")
    assert not LetterWords.objects.filter(letter=letter).exists()
    council = letter.council
    newer = factories.approved_letter(
        letter.review, kept_letters, council, "The first was wrong.", pages=blocks("Housing again")
    )
    assert hits(client, "housing") == []
    workflow.publish_now(newer, kept_letters)
    assert hits(client, "housing") == [("A", 2020, 1)]
    with time_machine.travel(HOUR + timedelta(days=2), tick=False):
        newest = factories.approved_letter(
            letter.review, kept_letters, council, "Again.", pages=blocks("Other")
        )
        workflow.publish_now(newest, kept_letters)
        assert hits(client, "housing") == []


@pytest.mark.parametrize(
    ("of_one_that_waits", "of_none"),
    [
        ({"words": "zyxwold"}, {"words": "qqxwold"}),
        ({"words": "zyxwold", "council": "delta-council"}, {"words": "qqxwold", "council": "delta-council"}),
        ({"words": "fault", "council": "delta-council"}, {"words": "fault", "council": "omega-council"}),
        ({"words": "zyxwold", "council": "alpha-council", "year": 2020, "order": "newest"},
         {"words": "qqxwold", "council": "alpha-council", "year": 2020, "order": "newest"}),
    ],
)  # fmt: skip
def test_t57b_of_a_letter_that_waits_as_much_is_asked_as_of_none(
    client, kept_letters, of_one_that_waits, of_none
):
    """Else the time of an answer would tell of a late letter, or of a newer one, and word by word what it says."""
    review, alpha = factories.edition(2020), Council.objects.get(slug="alpha-council")
    delta, _ = factories.council("Delta Council"), factories.council("Omega Council")
    for council, reason in ((delta, ""), (alpha, "The first was wrong.")):
        factories.approved_letter(review, kept_letters, council, reason, pages=blocks("Zyxwold|fault"))
    search(client, "fault")  # once, for what is put together once
    asked = []
    for question in (of_one_that_waits, of_none):
        with CaptureQueriesContext(connection) as queries:
            assert "Zyxwold" not in search(client, **question).content.decode()
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_words_told_anew_are_found(client):
    letter = Letter.objects.get(council__name="Gamma Council")
    workflow.keep_pages(letter, blocks("Entirely|different"))
    assert (hits(client, "entirely different"), hits(client, "cafe")) == ([("G", 2020, 1)], [])


def test_an_approval_taken_back_takes_its_words_along(kept_letters):
    letter = factories.approved_letter(factories.edition(2021), kept_letters, pages=blocks("Soon"))
    assert LetterWords.objects.filter(letter=letter).exists()
    workflow.take_back(letter, kept_letters)
    assert not LetterWords.objects.filter(letter=letter).exists()
