"""All tables of the API, in the order in which it tells them."""

from public.api import letters
from public.api.councils import Councils, Successions
from public.api.decisions import Decisions, with_text
from public.api.editions import Editions
from public.api.letters import Letters
from public.api.listing import Listing
from public.api.measures import Measures
from public.api.operations import Schema
from public.api.public_reports import PublicReports
from public.api.service_improvements import ServiceImprovements
from public.api.statistics import Statistics

TABLES: tuple[type[Listing], ...] = (
    Statistics, Letters, Councils, Successions, Editions, Measures, Decisions, PublicReports, ServiceImprovements
)  # fmt: skip
COMPONENTS: dict[str, Schema] = {
    name: schema for table in TABLES for name, schema in table.components().items()
} | {"LetterWithWords": letters.with_words(), "DecisionWithText": with_text()}
