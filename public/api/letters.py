"""What councils were told: the letters that count, and the words of each."""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils.timezone import localdate
from rest_framework.response import Response

from councils import codes
from councils.models import Council
from letters import published
from public.addresses import full
from public.api import filters, operations
from public.api.answering import ReadOnly
from public.api.formats import Json
from public.api.listing import Key, Listing, Row
from public.api.problems import GONE, Refused
from public.tidy import rows as figures
from public.tidy.columns import Column, Type, as_of_figures, text, whole


class LetterFilters(filters.Filters):
    council = filters.council("council__slug")
    council_kind = filters.kind("council__kind")
    region = filters.region("council__region")
    year_ending = filters.year_ending("review__year_ending")
    from_year = filters.from_year("review__year_ending")
    to_year = filters.to_year("review__year_ending")


class Letters(Listing):
    table, one = "letters", "Letter"
    about = (
        "The letters that count: one for each authority and year. A letter that was replaced or withdrawn is not among"
        " them. Ordered by year and council. The words of a letter stand at its own address."
    )
    filterset = LetterFilters
    columns = (
        *as_of_figures(
            "council", "council_name", "gss_code_now", "council_kind", "region", "year_ending", "year"
        ),
        *as_of_figures("letter_date", "published_at"),
        Column(
            "corrected",
            "Corrected",
            Type.DATE,
            "The day on which one of its figures was last put right here. Null if none ever was.",
            ours=True,
        ),
        *as_of_figures("letter"),
        text("pdf", "PDF", "The permanent address of the letter's file."),
        text(
            "pdf_sha256",
            "SHA-256 of the PDF",
            "The digest of that file's bytes, in hexadecimal digits.",
            True,
        ),
        whole("pdf_bytes", "Size of the PDF", "In bytes.", True),
        whole("pages", "Pages", "How many pages it has.", True),
        text("details", "Details", "The address of the letter in this API, with its words."),
    )

    example = {
        "council": "wellingborough-borough-council",
        "council_name": "Wellingborough Borough Council",
        "gss_code_now": "E07000156",
        "council_kind": "district",
        "region": "East Midlands",
        "year_ending": 2020,
        "year": "2019–20",
        "letter_date": "2020-07-22",
        "published_at": "2020-07-28T23:00:00Z",
        "corrected": None,
        "letter": "http://localhost:8000/your-councils-performance/wellingborough-borough-council/annualletters/2020",
        "pdf": "http://localhost:8000/your-councils-performance/wellingborough-borough-council/annualletters/2020.pdf",
        "pdf_sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "pdf_bytes": 97012,
        "pages": 3,
        "details": "http://localhost:8000/api/v1/letters/wellingborough-borough-council/2020",
    }

    def rows_after(self, place: Key | None, given: dict[str, str], most: int) -> Iterator[Row]:
        letters = filters.filtered(self.filterset, given, letters_told(self.now))
        if place is not None:
            letters = letters.exclude(review__year_ending=place[0], council__slug=place[1])
        for part in in_parts(letters, given, place or (0, ""), most, self.now):
            for letter in part[:most]:
                most -= 1
                yield row_of(letter)
            if not most:
                return

    def key_of(self, row: Row) -> Key:
        return (row["year_ending"], row["council"])


# Of how many councils letters are looked for at once, at most.
_MOST_AT_ONCE = 2000


def in_parts(
    letters: QuerySet, given: dict[str, str], place: tuple[int, str], at_once: int, now: Any
) -> Iterator[QuerySet]:
    """The letters from a place on, by year and council: so many at a time at most, those at the place among them.

    Councils are taken along the index of their addresses and letters by council and year, so each part costs the same
    however many there are; in one query over all, PostgreSQL sorts them all. Where the councils are few, a part is of
    several years.
    """
    councils = (
        Council.objects.filter(**_asked(_OF_COUNCILS, given)).order_by("slug").values_list("pk", "slug")
    )
    from_there = (
        published.editions(now).filter(**_asked(_OF_EDITIONS, given)).filter(year_ending__gte=place[0])
    )
    editions = list(from_there.order_by("year_ending"))
    all_of_them = list(councils[: at_once + 1])
    if len(all_of_them) > at_once:
        yield from _of_many(letters, editions, councils, place, at_once)
        return
    behind = letters.filter(Q(review__year_ending__gt=place[0]) | Q(council__slug__gte=place[1]))
    years = at_once // max(1, len(all_of_them))
    for at in range(0, len(editions), years):
        of_years = behind.filter(
            review__in=editions[at : at + years], council__in=[key for key, _ in all_of_them]
        )
        yield of_years.order_by("review__year_ending", "council__slug")


def _of_many(
    letters: QuerySet, editions: list[Any], councils: QuerySet, place: tuple[int, str], at_once: int
) -> Iterator[QuerySet]:
    """Of each year a part for so many councils, and for more while that was not enough: few may have letters."""
    for edition in editions:
        rest = councils.filter(slug__gte=place[1]) if edition.year_ending == place[0] else councils
        while found := list(rest[:at_once]):
            of_them = letters.filter(review=edition, council__in=[key for key, _ in found])
            yield of_them.order_by("council__slug")
            rest = councils.filter(slug__gt=found[-1][1])
            at_once = min(4 * at_once, _MOST_AT_ONCE)


# Where the filters that `LetterFilters` has looked at stand in the rows of councils and of editions.
_OF_COUNCILS = {"council": "slug", "council_kind": "kind", "region": "region"}
_OF_EDITIONS = {"year_ending": "year_ending", "from_year": "year_ending__gte", "to_year": "year_ending__lte"}


def _asked(names: dict[str, str], given: dict[str, str]) -> dict[str, str]:
    return {lookup: given[name] for name, lookup in names.items() if name in given}


def letters_told(now: Any) -> QuerySet:
    corrected = published.corrections(now).filter(letter=OuterRef("pk")).values("confirmed_at")[:1]
    return published.letters(now).annotate(corrected_at=Subquery(corrected))


def row_of(letter: Any) -> Row:
    """A letter that came through the door: its facts and its addresses, without its words."""
    council, year, copy = letter.council, letter.review.year_ending, published.clean_copy(letter)
    parts = (council.slug, year)
    return {
        "council": council.slug,
        "council_name": council.name,
        "gss_code_now": codes.code_now(council.gss, council.newer_gss),
        "council_kind": council.kind,
        "region": council.region or None,
        "year_ending": year,
        "year": letter.review.years,
        "letter_date": letter.letter_date,
        "published_at": figures.instant(letter.published_at),
        "corrected": letter.corrected_at and localdate(letter.corrected_at),
        "letter": full("letter", *parts),
        "pdf": full("pdf", *parts),
        "pdf_sha256": copy.sha256 if copy else None,
        "pdf_bytes": copy.size if copy else None,
        "pages": letter.page_count,
        "details": full("api-letter", *parts),
    }


class OneLetter(ReadOnly):
    """A letter with its words, page by page, and the letters that it replaced."""

    renderer_classes = (Json,)

    @classmethod
    def described(cls) -> operations.Schema:
        path = [operations.COUNCIL, operations.YEAR_ENDING]
        summary = "One letter, with its words and the letters that it replaced"
        return operations.of_one("letter", summary, path, "LetterWithWords", _EXAMPLE, GONE)

    def get(self, request, council: str, year_ending: int, **parts: Any) -> Response:
        filters.asked(filters.Filters, request.GET, paged=False)
        letter = letters_told(self.now).filter(council__slug=council, review__year_ending=year_ending).first()
        if letter is None:
            raise self._withdrawn(council, year_ending)
        pages = published.pages(self.now).filter(letter=letter).order_by("number")
        replaced = published.replaced(self.now).filter(council=letter.council, review=letter.review)
        return Response(
            row_of(letter)
            | {
                "text": [{"page": page.number, "blocks": page.blocks} for page in pages],
                "replaced": [_replaced(each, council, year_ending) for each in replaced.order_by("number")],
            }
        )

    def _withdrawn(self, slug: str, year: int) -> Exception:
        of_it = published.withdrawn(self.now).filter(council__slug=slug, review__year_ending=year)
        letter = of_it.order_by("number", "withdrawn_at").last()
        return Http404() if letter is None else Refused(GONE, note=letter.withdrawal_note)


_TEXT: operations.Schema = {
    "type": "array",
    "description": "The letter's own words, page by page, in reading order. A scanned page has no blocks.",
    "items": {
        "type": "object",
        "properties": {
            "page": {"type": "integer", "description": "Counted from 1."},
            "blocks": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "kind": {"type": "string", "description": "heading, paragraph, list, table or line."},
                        "rows": {
                            "type": "array",
                            "description": "Lines, items, or rows of a table, each with its cells.",
                            "items": {"type": "array", "items": {"type": "string"}},
                        },
                    },
                    "required": ["kind", "rows"],
                },
            },
        },
        "required": ["page", "blocks"],
    },
}
_REPLACED: operations.Schema = {
    "type": "array",
    "description": "Earlier letters for the year that were public until this one, or one between, replaced them.",
    "items": {
        "type": "object",
        "properties": {
            "replaced_at": {"type": "string", "format": "date-time"},
            "why": {"type": "string"},
            "page": {"type": "string", "format": "uri", "description": "The page of the letter as it was."},
        },
        "required": ["replaced_at", "why", "page"],
    },
}
_EXAMPLE = Letters.example | {
    "text": [{"page": 1, "blocks": [{"kind": "heading", "rows": [["Annual Review letter 2020"]]}]}],
    "replaced": [],
}


def with_words() -> operations.Schema:
    """The schema of a letter at its own address."""
    row = operations.of_columns(Letters.columns, "A letter with its words.")
    row["properties"] |= {"text": _TEXT, "replaced": _REPLACED}
    row["required"] += ["text", "replaced"]
    return row


def _replaced(letter: Any, slug: str, year: int) -> dict[str, Any]:
    return {
        "replaced_at": figures.instant(letter.replaced_at),
        "why": letter.why_replaced,
        "page": full("replaced-letter", slug, year, letter.number),
    }
