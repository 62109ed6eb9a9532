"""What staff see of decisions, in Django's own admin: files that were brought in, decisions, reports, categories."""

from cases.admin.decisions import CategoryAdmin, DecisionAdmin, PublicReportAdmin
from cases.admin.imports import CaseImportAdmin

__all__ = ["CaseImportAdmin", "CategoryAdmin", "DecisionAdmin", "PublicReportAdmin"]
