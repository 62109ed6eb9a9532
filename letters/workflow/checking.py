"""What stands before an edition's hour besides the hour itself: what has to be mended first, and what is still open."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from letters.models import AnnualReview, Letter, State
from letters.workflow.copying import why_no_copy

_FILES_AT_ONCE = 8


@dataclass(frozen=True)
class Obstacle:
    """What keeps an edition from being scheduled: a letter, and what to do about it."""

    letter: Letter
    message: str


def obstacles(review: AnnualReview) -> list[Obstacle]:
    """What would be wrong in public, of the letters that the edition's hour will publish."""
    approved = review.letters.filter(state=State.APPROVED, held_back=False, publish_at=None)
    letters = list(approved.select_related("council", "review", "clean_copy"))
    # In a bucket each file is a request: one by one, hundreds would take longer than those wait who want to write.
    with ThreadPoolExecutor(_FILES_AT_ONCE) as pool:
        files = list(pool.map(_file, letters))
    found = []
    for letter, message in zip(letters, files, strict=True):
        found += [Obstacle(letter, each) for each in (message, why_no_copy(letter)) if each]
    return found


def _file(letter: Letter) -> str:
    try:
        size = letter.file.size
    except FileNotFoundError:
        return "Its PDF is missing. Ask whoever runs the site to restore it, or withdraw the letter."
    except OSError:
        return "Its PDF cannot be read just now. Try again; if it stays so, tell whoever runs the site."
    if size != letter.size:
        return "Its PDF is not the one that was uploaded. Withdraw the letter and upload it again."
    return ""


def of_another_time(review: AnnualReview) -> list[str]:
    """Of approved letters to bodies that the year did not know: an abolished council may still have figures."""
    approved = review.letters.filter(state=State.APPROVED, held_back=False).select_related("council")
    last_day = date(review.year_ending, 3, 31)
    return [
        f"{letter.council} did not exist in {review.years}, but has a letter. If it is another council's, take the"
        " approval back and choose the right one."
        for letter in approved
        if letter.council and not letter.council.existed_in_year_of(last_day)
    ]
