"""What is asked when something is done with one letter."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class SeenForm(forms.Form):
    """The revision that was on the page, so that a stale page changes nothing; and the proposal that waited then."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    proposal = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ToldForm(forms.Form):
    """Whether the page spoke of what is public: then everyone reads what is written, and else nobody."""

    public = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_public(self) -> bool:
        return bool(self.cleaned_data["public"] == "yes")


class WithdrawEditionForm(ToldForm):
    """The year is typed, so that nobody withdraws hundreds of letters by a slip."""

    note = forms.CharField(
        label="Why it is withdrawn",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why the edition is withdrawn."},
    )
    year = forms.IntegerField(label="To make sure, type the year in which its period ends")

    def __init__(self, *args: Any, year_ending: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._year_ending = year_ending

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year != self._year_ending:
            raise ValidationError(f"Nothing was withdrawn. This is the edition of {self._year_ending}.")
        return year


class WithdrawForm(ToldForm, SeenForm):
    note = forms.CharField(
        label="Why it is withdrawn",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why the letter is withdrawn."},
    )
