"""The child that sets one document: a layout and data as JSON come in, a PDF/UA-1 or a PNG goes out.

It knows nothing of the site.

Run as a program of its own, so that whatever goes wrong ends with it: `printing` gives it next to no environment and
little time.
"""

import resource
import sys
from pathlib import Path

import typst

_CPU_SECONDS = 10
_MEMORY = 2 * 1024**3


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    layout, form = sys.argv[1:]
    # A PNG has two pixels to the point.
    options = {"pdf_standards": ["ua-1"]} if form == "pdf" else {"ppi": 144.0}
    made = typst.compile(
        Path(layout),
        format=form,
        ignore_system_fonts=True,
        sys_inputs={"data": sys.stdin.read()},
        **options,
        # The document carries the day on which it was made; a clock would make every copy another file.
        timestamp=0,
    )
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
