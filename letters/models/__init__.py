"""What the councils were told: a year's edition, its letters, and their figures."""

from letters.tables.models import TableFigure, TableImport

from .copies import CleanCopy
from .corrections import Correction
from .editions import FIRST_YEAR, AnnualReview, NoLetter
from .letters import Letter, LetterPage, State, Upload
from .prerelease import PreRelease, PreReleaseView, Query
from .releases import DataRelease, ReleaseFile
from .search import LetterWords
from .standstill import Standstill
from .statistics import Statistic
from .two_people import Part, Proposal

__all__ = [
    "FIRST_YEAR",
    "AnnualReview",
    "CleanCopy",
    "Correction",
    "DataRelease",
    "Letter",
    "LetterPage",
    "LetterWords",
    "NoLetter",
    "Part",
    "PreRelease",
    "PreReleaseView",
    "Proposal",
    "Query",
    "ReleaseFile",
    "Standstill",
    "State",
    "Statistic",
    "TableFigure",
    "TableImport",
    "Upload",
]
