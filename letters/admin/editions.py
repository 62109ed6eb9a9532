"""A year's edition: how far it is, its national report, and its hour."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import path

from letters import clock, dashboard, published
from letters.admin import pages, scheduling
from letters.admin.access import PUBLISH, SCHEDULE, UPLOAD
from letters.models import AnnualReview
from letters.standing import in_words
from letters.uploads import nobody_reads
from letters.workflow.publishing import in_words as instant_in_words


class EditionForm(forms.ModelForm):
    class Meta:
        model = AnnualReview
        fields = ["year_ending", "national_report"]
        # The usual widget links to the file's address, and private files have none.
        widgets = {"national_report": forms.FileInput(attrs={"accept": ".pdf,application/pdf"})}

    def clean_national_report(self):
        report = self.cleaned_data["national_report"]
        if report and "national_report" in self.changed_data:
            start = report.read(1024)
            report.seek(0)
            if b"%PDF-" not in start:
                raise forms.ValidationError("This is not a PDF. Upload the report as a PDF.")
        return report


@admin.register(AnnualReview)
class AnnualReviewAdmin(admin.ModelAdmin):
    form = EditionForm
    list_display = ["__str__", "hour"]
    change_form_template = "admin/letters/annualreview/change_form.html"

    def get_urls(self):
        return [
            path("<int:pk>/schedule/", scheduling.schedule, name="letters_annualreview_schedule"),
            path("<int:pk>/unschedule/", scheduling.unschedule, name="letters_annualreview_unschedule"),
            path("<int:pk>/report.pdf", pages.report_pdf, name="letters_annualreview_report"),
            *super().get_urls(),
        ]

    @admin.display(description="publication time")
    def hour(self, review: AnnualReview) -> str:
        return instant_in_words(review.publish_at) if review.publish_at else "not set"

    def get_fields(self, request: HttpRequest, obj: AnnualReview | None = None) -> list[str]:
        return ["national_report"] if obj else ["year_ending", "national_report"]

    def save_model(self, request: HttpRequest, obj: AnnualReview, form: Any, change: bool) -> None:
        # What is not on the form is left alone: meanwhile a publisher may have moved the hour.
        obj.save(update_fields=form.changed_data if change else None)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        review = self.get_object(request, object_id)
        context = _year(request, review) if review else {}
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, context | (extra_context or {}))


def _year(request: HttpRequest, review: AnnualReview) -> dict[str, Any]:
    """What the page of a year says above its form."""
    now = clock.now()
    waiting = list(dashboard.waiting_for_an_act(review, now))
    for letter in waiting:
        letter.in_words = in_words(letter)
    return {
        "title": str(review),
        "subtitle": None,
        "progress": dashboard.progress(review, now),
        "hour": dashboard.hour_in_words(review, now),
        "missing": dashboard.missing(review),
        "waiting_for_an_act": waiting,
        "nobody_reads": nobody_reads(),
        "may_schedule": request.user.has_perm(SCHEDULE),
        "may_publish": request.user.has_perm(PUBLISH),
        "may_upload": request.user.has_perm(UPLOAD),
        "hour_has_come": bool(review.publish_at and review.publish_at <= now),
        "begun": published.has_begun(review, now),
    }
