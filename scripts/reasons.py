"""Write beside each pinned package why it is there: the reason from the .in file, or what needs it."""

import re
import sys
from pathlib import Path

PACKAGE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==\S+")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def reasons(path: Path) -> dict[str, str]:
    """The text behind "#" on each requirement line of a .in file, and of those it includes."""
    found: dict[str, str] = {}
    for line in path.read_text().splitlines():
        if line.startswith("-r "):
            found |= reasons(path.with_name(line.removeprefix("-r ").strip()))
        elif match := PACKAGE.match(line):
            found[canonical(match["name"])] = line.partition("#")[2].strip()
    return found


def annotate(text: str, why: dict[str, str]) -> str:
    """Put each reason above its pin; pins without one keep the resolver's "via" note."""
    lines = []
    for line in text.splitlines():
        match = PACKAGE.match(line)
        if match and (reason := why.get(canonical(match["name"]))):
            lines.append(f"# {reason}")
        lines.append(line)
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    target = Path(f"{sys.argv[1]}.txt")
    target.write_text(annotate(target.read_text(), reasons(Path(f"{sys.argv[1]}.in"))))
