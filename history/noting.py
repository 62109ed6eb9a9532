"""Writing down what was changed beside the site: by an upgrade, or by hand in the database."""

from history.recording import add, in_writing, lines_between
from history.states import Row, rows_of
from history.verifying import told


@in_writing
def note_changes(why: str) -> int:
    """Write a line for each subject that is not as the history tells it; how many there were."""
    lines = lines_between(map(_as_told, told().items()), rows_of(), None, why)
    add(lines)
    return len(lines)


def _as_told(known: tuple[str, dict]) -> Row:
    """A row by the history's word. Whose part it was matters only where it is gone: then it stands for itself."""
    key, values = known
    label, _, rest = key.partition("|")
    return Row(key, values, label, rest[:40])
