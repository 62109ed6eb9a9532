"""What is asked of whoever corrects a figure of a public letter."""

from django import forms

from letters.forms.deeds import SeenForm


class CorrectForm(SeenForm):
    reason = forms.CharField(
        label="Reason, for the record",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Only staff read it: who found the mistake, and how it came about.",
        error_messages={"required": "Give the reason."},
    )
    note = forms.CharField(
        label="Note, for everyone",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stands beside the figure and under Corrections, such as “We had copied the rate wrongly.”",
        error_messages={"required": "Write a note for everyone to read."},
    )
