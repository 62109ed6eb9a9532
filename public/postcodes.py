"""What to answer to a postcode: the councils of its area and who does what, or why there are none."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from councils.kinds import CouncilKind
from councils.models import Council, PostcodeList
from councils.postcodes.places import Place, find_place
from councils.postcodes.typed import written
from public.postcode_areas import Elsewhere, elsewhere

# Of gov.uk, "Understand how your council works".
_COUNTY = (
    "adult social care, children’s services, schools and special educational needs, highways, transport, libraries, "
    "waste sites and trading standards"
)
_DISTRICT = (
    "bins and recycling, council tax, housing and homelessness, benefits, planning applications, environmental health "
    "and licensing"
)
_BOTH = (
    "council services, among them bins, council tax, housing, planning, highways, schools, children’s services and "
    "adult social care"
)


@dataclass(frozen=True)
class Duty:
    """A council of the area, and what it does there."""

    council: Council
    does: str


@dataclass(frozen=True)
class Answer:
    """What there is to say of a postcode. `councils` has several in two-tier areas, and where it is split."""

    postcode: str
    councils: list[Duty]
    is_split: bool = False
    last_used: str = ""
    elsewhere: Elsewhere | None = None

    @property
    def is_shared(self) -> bool:
        """Whether two tiers share the work."""
        kinds = {duty.council.kind for duty in self.councils}
        return CouncilKind.COUNTY in kinds and len(kinds) > 1


def answer(code: str, postcodes: PostcodeList, today: date) -> Answer:
    place = find_place(code, postcodes, today)
    if place is None:
        return Answer(_unbroken(code), [], elsewhere=elsewhere(code))
    last_used = date_format(place.ended, "F Y") if place.ended else ""
    return Answer(_unbroken(code), _duties(place), len(place.local) > 1, last_used)


def _unbroken(code: str) -> str:
    """The postcode on one line, however narrow."""
    return written(code).replace(" ", "\u00a0")


def _duties(place: Place) -> list[Duty]:
    local = [
        Duty(council, _DISTRICT if council.county in place.counties else _BOTH) for council in place.local
    ]
    return [*local, *(Duty(council, _COUNTY) for council in place.counties)]
