"""What was decided, as it was imported."""

from .categories import Category
from .decisions import Decision, Kind, Outcome, Party
from .imports import CaseImport, Holds, ImportedFile
from .improvements import ServiceImprovement
from .reports import PublicReport, ReportFile, Response
from .tallies import Tally

__all__ = [
    "CaseImport",
    "Category",
    "Decision",
    "Holds",
    "ImportedFile",
    "Kind",
    "Outcome",
    "Party",
    "PublicReport",
    "ReportFile",
    "Response",
    "ServiceImprovement",
    "Tally",
]
