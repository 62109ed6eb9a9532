"""The child that makes one PDF: a pack as JSON comes in, a PDF/UA-1 goes out. It knows nothing of the site.

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
    pdf = typst.compile(
        Path(__file__).with_name("pack.typ"),
        format="pdf",
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
        sys_inputs={"pack": sys.stdin.read()},
        # The document carries the day on which it was made; a clock would make every copy another file.
        timestamp=0,
    )
    sys.stdout.buffer.write(pdf)


if __name__ == "__main__":
    main()
