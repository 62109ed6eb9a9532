"""What is asked before publication: who gets access to what and until when; and queries with their answers."""

from datetime import datetime

from django import forms
from django.utils.timezone import localtime

from letters.forms.scheduling import instant
from letters.models import AnnualReview, Letter, State
from letters.workflow.prerelease import Person

# The admin's own width of fields for words.
WIDE = {"class": "vTextField"}


def _moment(label: str) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        help_text="As clocks in England show it.",
        error_messages={"required": "Give day and time.", "invalid": "Give it like this: 29/07/2020 09:30."},
    )


def _letters(review: AnnualReview, *states: State):
    chosen = Letter.objects.filter(review=review, state__in=states, council__isnull=False)
    return chosen.select_related("council", "review").order_by("council__name")


class AccessForm(forms.Form):
    name = forms.CharField(max_length=100, widget=forms.TextInput(WIDE))
    role = forms.CharField(max_length=100, widget=forms.TextInput(WIDE))
    organisation = forms.CharField(max_length=100, widget=forms.TextInput(WIDE))
    email = forms.EmailField(
        label="E-mail address",
        help_text="For the record; it is never published.",
        widget=forms.EmailInput(WIDE),
    )
    letters = forms.ModelMultipleChoiceField(
        Letter.objects.none(),
        widget=forms.SelectMultiple(attrs={"size": 10}),
        help_text="Approved letters of this edition. Hold Control, on a Mac Command, to choose more than one.",
        error_messages={"required": "Choose at least one letter."},
    )
    opens_at = _moment("From")
    closes_at = _moment("To")

    def __init__(self, data, review: AnnualReview, now: datetime):
        hour = review.publish_at and localtime(review.publish_at)
        super().__init__(data, initial={"opens_at": localtime(now), "closes_at": hour})
        self.fields["letters"].queryset = _letters(review, State.APPROVED)

    def _instant(self, name: str) -> datetime:
        return instant(self.cleaned_data[name].replace(tzinfo=None))

    def clean_opens_at(self) -> datetime:
        return self._instant("opens_at")

    def clean_closes_at(self) -> datetime:
        return self._instant("closes_at")

    def person(self) -> Person:
        return Person(*(self.cleaned_data[name] for name in ("name", "role", "organisation", "email")))


class QueryForm(forms.Form):
    letter = forms.ModelChoiceField(
        Letter.objects.none(), empty_label="Choose", error_messages={"required": "Choose the letter."}
    )
    asker = forms.CharField(
        label="Who asks",
        max_length=200,
        widget=forms.TextInput(WIDE),
        help_text="Name, post and council.",
        error_messages={"required": "Say who asks."},
    )
    text = forms.CharField(
        label="What they ask",
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        error_messages={"required": "Say what they ask."},
    )

    def __init__(self, data, review: AnnualReview):
        super().__init__(data)
        self.fields["letter"].queryset = _letters(review, State.READ, State.UNREADABLE, State.APPROVED)


class AnswerForm(forms.Form):
    answer = forms.CharField(
        max_length=2000,
        widget=forms.Textarea({"rows": 3, "class": "vLargeTextField"}),
        error_messages={"required": "Write the answer."},
    )
    led_to_change = forms.TypedChoiceField(
        label="Did it lead to a change?",
        choices=[
            ("", "Choose"),
            ("no", "No, nothing was changed"),
            ("yes", "Yes, the letter or its figures"),
        ],
        coerce=lambda said: said == "yes",
        error_messages={"required": "Say whether it led to a change."},
    )

    def __init__(self, data, pk: int):
        super().__init__(data, auto_id=f"id_{pk}_%s")
