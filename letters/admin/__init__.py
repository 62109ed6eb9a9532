"""What staff see of the letters, in Django's own admin: upload, queue, review, the year."""

from django.contrib import admin

from letters.admin.editions import AnnualReviewAdmin
from letters.admin.letters import LetterAdmin

__all__ = ["AnnualReviewAdmin", "LetterAdmin"]

admin.site.site_header = "Your council’s performance"
admin.site.site_title = "Staff, your council’s performance"
admin.site.index_title = "This year’s letters"
