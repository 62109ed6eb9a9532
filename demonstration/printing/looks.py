"""How a letter's tables may look, whichever program prints them."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Look:
    """`rules`: lines around every cell, between rows only, or none. `down`: the headings stand in the first column.

    `turned` headings run upwards. `size` is that of the tables' print, in points.
    """

    rules: Literal["all", "rows", "none"] = "all"
    align: Literal["left", "center", "right"] = "center"
    down: bool = False
    turned: bool = False
    landscape: bool = True
    size: float = 8
    breaks: bool = False
