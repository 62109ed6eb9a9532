"""The hour of an edition, as people in England write it."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from .deeds import SeenForm


class ScheduleForm(forms.Form):
    day = forms.DateField(
        label="Day",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": "Give the day.", "invalid": "Give the day like this: 29/07/2020."},
    )
    time = forms.TimeField(
        label="Time",
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"required": "Give the time.", "invalid": "Give the time like this: 09:30."},
        help_text="As clocks in England show it.",
    )

    def clean(self) -> dict:
        """Add `publish_at`, the one instant that this day and time name in England."""
        cleaned = super().clean()
        if "day" in cleaned and "time" in cleaned:
            cleaned["publish_at"] = instant(datetime.combine(cleaned["day"], cleaned["time"]))
        return cleaned


class LaterForm(ScheduleForm, SeenForm):
    """An hour of its own for a letter that comes after its edition's."""


def instant(wall: datetime) -> datetime:
    """The instant at which clocks in England show `wall`; refuses what they show twice, or never."""
    zone = timezone.get_default_timezone()
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return first
    hour = wall.replace(minute=0, second=0, microsecond=0)
    day = date_format(wall, "j F Y")
    if first.utcoffset() > second.utcoffset():
        raise ValidationError(
            f"{wall:%H:%M} comes twice on {day}, since the clocks go back an hour. "
            f"Choose a time before {hour:%H:%M} or from {hour + timedelta(hours=1):%H:%M}."
        )
    raise ValidationError(
        f"{wall:%H:%M} does not exist on {day}, since the clocks go forward an hour. "
        f"Choose a time before {hour:%H:%M} or from {hour + timedelta(hours=1):%H:%M}."
    )
