"""What the banner on every page of the demonstration says."""

from . import progress as kept


def progress(request) -> dict:
    """`demonstration_progress`, with `done` and `of`, while letters are still being taken in; None afterwards."""
    found = kept.read()
    return {"demonstration_progress": None if found is None or found.is_complete else found}
