"""What letters say against one another: worked out anew at each look, never stored, so never out of date.

A letter is held against the others of its kind and year, which all print the same averages, against what the same
council was told in the years before, and against the Ombudsman's yearly tables where they have been imported. Some
of it is an error, which a person corrects or approves with a reason; some is a question (`QUESTIONS`), which a person
need only have seen.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import QuerySet

from letters.across import averages, last_year, repeats, restated, stated, tabled, tables
from letters.extraction.types import READ_BY_OCR, Problem
from letters.models import Letter, State

QUESTIONS = frozenset({last_year.CODE, restated.CODE, READ_BY_OCR})

Doubts = dict[UUID, list[Problem]]


def doubts(letters: QuerySet[Letter]) -> Doubts:
    """What speaks against the figures of these letters; nothing for a letter that agrees. At most five queries."""
    figures = stated.of(letters)
    printed = stated.averages({figure.year for figure in figures})
    before = stated.before(figures)
    in_tables = tabled.of(letters)
    found: Doubts = defaultdict(list)
    for figure in figures:
        found[figure.letter] += averages.differing(figure, printed)
        found[figure.letter] += tables.differing(figure, in_tables.get(figure.key, {}))
        found[figure.letter] += last_year.jumps(figure, before.get((figure.council, figure.year - 1), {}))
    for letter, problem in restated.otherwise(figures, repeats.by(letters), before):
        found[letter].append(problem)
    return {letter: problems for letter, problems in found.items() if problems}


def of_one(letter: Letter) -> list[Problem]:
    """What speaks against one letter; nothing where its council or year is not known, or it does not stand."""
    if letter.council_id is None or letter.review_id is None:
        return []
    return doubts(Letter.objects.filter(pk=letter.pk)).get(letter.pk, [])


def doubted(letters: QuerySet[Letter]) -> Collection[UUID]:
    """Those of the letters to be reviewed that something speaks against."""
    return doubts(letters.filter(state=State.READ)).keys()


def errors(problems: Iterable[Problem]) -> list[Problem]:
    """The problems that are more than questions."""
    return [problem for problem in problems if problem.code not in QUESTIONS]


def key(problem: Problem) -> str:
    """What names a problem of a letter, whatever its numbers are."""
    return f"{problem.code}:{problem.measure or ''}:{problem.field or ''}"
