"""What is asked when something is done with one letter."""

from django import forms


class SeenForm(forms.Form):
    """The revision that was on the page, so that a stale page changes nothing."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class WithdrawForm(SeenForm):
    note = forms.CharField(
        label="Why it is withdrawn",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Say why the letter is withdrawn."},
    )
