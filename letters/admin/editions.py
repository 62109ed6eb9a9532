"""A year's edition: how far it is, its national report, and its hour."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from history.admin import RecordedAdmin
from letters import across, clock, dashboard, published, workflow
from letters.admin import (
    confirming,
    contradicting,
    deeds,
    explaining,
    pages,
    prerelease,
    scheduling,
    tables,
    withdrawing,
)
from letters.admin.access import PUBLISH, READ, SCHEDULE, UPLOAD
from letters.forms.explaining import EditionForm, copy_report
from letters.models import AnnualReview
from letters.moments import in_words as instant_in_words
from letters.standing import in_words
from letters.uploads import nobody_reads
from letters.what_changes import what_changes


@admin.register(AnnualReview)
class AnnualReviewAdmin(RecordedAdmin):
    form = EditionForm
    list_display = ["__str__", "hour"]
    change_form_template = "admin/letters/annualreview/change_form.html"

    def get_urls(self):
        return [
            path("<int:pk>/schedule/", scheduling.schedule, name="letters_annualreview_schedule"),
            path("<int:pk>/unschedule/", scheduling.unschedule, name="letters_annualreview_unschedule"),
            path("<int:pk>/withdraw/", withdrawing.withdraw, name="letters_annualreview_withdraw"),
            path("<int:pk>/confirm/", confirming.confirm, name="letters_annualreview_confirm"),
            path("<int:pk>/drop/", confirming.drop, name="letters_annualreview_drop"),
            path("<int:pk>/no-letter/", explaining.no_letter, name="letters_annualreview_no_letter"),
            path("<int:pk>/no-letter/<int:said>/", explaining.unsay, name="letters_annualreview_unsay"),
            path(
                "<int:pk>/contradicting/",
                contradicting.contradicting,
                name="letters_annualreview_contradicting",
            ),
            path("<int:pk>/tables/", tables.tables, name="letters_annualreview_tables"),
            path("<int:pk>/tables/<uuid:table_pk>/", tables.table, name="letters_annualreview_table"),
            path("<int:pk>/access/", prerelease.access, name="letters_annualreview_access"),
            path(
                "<int:pk>/access/<uuid:given>/withdraw/",
                prerelease.withdraw_access,
                name="letters_annualreview_access_withdraw",
            ),
            path(
                "<int:pk>/access/publish/",
                prerelease.publish_list,
                name="letters_annualreview_access_publish",
            ),
            path("<int:pk>/queries/", prerelease.queries, name="letters_annualreview_queries"),
            path("<int:pk>/queries/<int:query>/", prerelease.answer, name="letters_query_answer"),
            path("<int:pk>/report.pdf", pages.report_pdf, name="letters_annualreview_report"),
            *super().get_urls(),
        ]

    @admin.display(description="publication time")
    def hour(self, review: AnnualReview) -> str:
        return instant_in_words(review.publish_at) if review.publish_at else "not set"

    def get_fieldsets(self, request: HttpRequest, obj: AnnualReview | None = None) -> list[tuple[str, Any]]:
        report = [name for name in EditionForm.Meta.fields if name.startswith("national_report")]
        described = "Its PDF, its address elsewhere, or both. They are public once the edition is."
        year = [] if obj else [(None, {"fields": ["year_ending"]})]
        return [*year, ("National report", {"fields": report, "description": described})]

    def _writing(self, view: Any, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if self.has_change_permission(request) or self.has_add_permission(request):
            copy_report(request.FILES)
        return super()._writing(view, request, *args, **options)

    def save_model(self, request: HttpRequest, obj: AnnualReview, form: Any, change: bool) -> None:
        if change:
            workflow.save_report(obj, form.changed_data, request.user)
        else:
            obj.save()

    def log_change(self, request: HttpRequest, obj: AnnualReview, message: Any) -> None:
        """Nothing: the workflow has said in the history what was changed."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        review = self.get_object(request, object_id)
        context = _year(request, review) if review else {}
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))


def _waits(review: AnnualReview, now: datetime) -> bool:
    """Whether its hour is set and has yet to come."""
    return review.publish_at is not None and review.publish_at > now


def _year(request: HttpRequest, review: AnnualReview) -> dict[str, Any]:
    """What the page of a year says above its form."""
    now = clock.now()
    waiting = list(dashboard.waiting_for_an_act(review, now))
    proposals = {each.letter_id: each for each in workflow.all_waiting(review)}
    for letter in waiting:
        letter.in_words = in_words(letter)
        if settings.TWO_PEOPLE and letter.pk in proposals:
            letter.proposed = deeds.proposal_in_words(proposals[letter.pk])
    return {
        "title": str(review),
        "subtitle": None,
        "progress": dashboard.progress(review, now),
        "hour": dashboard.hour_in_words(review, now),
        "now": now,
        "without_edition": dashboard.without_edition(),
        "warnings": workflow.schedule_warnings(review, review.publish_at) if _waits(review, now) else [],
        "changes": what_changes(review) if _waits(review, now) else None,
        "open_queries": workflow.open_queries(review).count(),
        "may_look": workflow.with_access(review, now).count(),
        "to_confirm": workflow.waiting_corrections().filter(letter__review=review),
        "missing": dashboard.missing(review),
        "reasons": dashboard.reasons(review),
        "waiting_for_an_act": waiting,
        "contradicting": len(across.doubts(review.letters.all())),
        "nobody_reads": nobody_reads(),
        "publishing": "propose" if settings.TWO_PEOPLE else "publish-now",
        "proposal": (proposal := proposals.get(None)),
        "proposed_hour": instant_in_words(proposal.publish_at) if proposal else "",
        "may_schedule": request.user.has_perm(SCHEDULE),
        "may_publish": request.user.has_perm(PUBLISH),
        "may_read": request.user.has_perm(READ),
        "may_upload": request.user.has_perm(UPLOAD),
        "hour_has_come": bool(review.publish_at and review.publish_at <= now),
        "begun": published.has_begun(review, now),
    }
