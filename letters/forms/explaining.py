"""What is asked of an edition besides its letters: the national report, and why a council has no letter."""

from django import forms
from django.core.exceptions import ValidationError

from letters import dashboard, workflow
from letters.clean_pdfs import clean_pdf
from letters.models import AnnualReview, NoLetter


class EditionForm(forms.ModelForm):
    national_report_link = forms.URLField(
        label=AnnualReview._meta.get_field("national_report_link").verbose_name.capitalize(),
        help_text=AnnualReview._meta.get_field("national_report_link").help_text,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"size": 70}),
    )

    class Meta:
        model = AnnualReview
        fields = [
            "year_ending",
            "national_report",
            "national_report_title",
            "national_report_date",
            "national_report_link",
        ]
        widgets = {
            # The usual widget links to the file's address, and private files have none.
            "national_report": forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
            "national_report_title": forms.TextInput(attrs={"size": 70}),
            "national_report_date": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        }

    def clean_national_report(self):
        report = self.cleaned_data["national_report"]
        if not report or "national_report" not in self.changed_data:
            return report
        if isinstance(report.copy, ValidationError):
            raise report.copy
        workflow.take_report(self.instance, report.copy)
        return self.instance.national_report


def copy_report(files) -> None:
    """Make the clean copy of a report among uploaded files, or find why there is none, for the form to say.

    Before the form's own transaction: it takes seconds, in which nobody else could write.
    """
    for report in files.getlist("national_report"):
        try:
            report.copy = clean_pdf(report)
        except ValidationError as refused:
            report.copy = refused


class NoLetterForm(forms.Form):
    """Asks why bodies without a letter have none: the same reason for all that are ticked, the expected ones first."""

    councils = forms.TypedMultipleChoiceField(
        label="Who has no letter",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Tick who has no letter.",
            "invalid_choice": "One of them has a letter by now, or did not exist in the year. Nothing was said.",
        },
    )
    reason = forms.CharField(
        label="Why",
        max_length=NoLetter._meta.get_field("reason").max_length,
        widget=forms.TextInput(attrs={"size": 70}),
        help_text="A sentence for everyone to read, such as “The Ombudsman decided no complaints about it.”",
        error_messages={"required": "Say why there is no letter."},
    )

    def __init__(self, data, review: AnnualReview, **options):
        super().__init__(data, **options)
        expected = list(dashboard.missing(review))
        others = [council for council in dashboard.without_letter(review) if council not in expected]
        by_key = {str(council.pk): council for council in expected + others}
        self.fields["councils"].choices = [(key, council.name) for key, council in by_key.items()]
        self.fields["councils"].coerce = by_key.get
        boxes = self["councils"].subwidgets
        self.expected, self.others = boxes[: len(expected)], boxes[len(expected) :]
