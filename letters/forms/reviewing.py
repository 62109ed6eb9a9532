"""The fields of the review screen: the letter's own, and for each figure the numbers that letters state of it."""

from dataclasses import fields as fields_of
from datetime import date

from django import forms
from django.forms.boundfield import BoundField

from councils.models import Council
from letters.forms.deeds import SeenForm
from letters.measures import MEASURES, OVERVIEW, Measure, stated_in
from letters.models import AnnualReview, Letter, Statistic
from letters.wording import as_printed
from letters.workflow.reviewing import NUMBERS, Details, Numbers


def _day(label: str) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label,
        required=False,
        widget=widget,
        error_messages={"invalid": "Give the date like this: 29/07/2020."},
    )


def _reason(label: str) -> forms.CharField:
    return forms.CharField(
        label=label, required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class LetterForm(SeenForm):
    """What concerns the letter itself, and what a reviewer says about it."""

    council = forms.ModelChoiceField(Council.objects.all(), required=False, empty_label="Not chosen")
    review = forms.ModelChoiceField(
        AnnualReview.objects.all(), label="Edition", required=False, empty_label="Not chosen"
    )
    recipient_name = forms.CharField(label="Addressee", required=False, max_length=200)
    recipient_post = forms.CharField(label="Post", required=False, max_length=200)
    letter_date = _day("Date of the letter")
    promised_date = _day("Promises publication on")
    reason = _reason("Why it is right all the same")
    replacement_reason = _reason("Why it replaces the earlier letter")
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, letter: Letter, data=None, seen: str = ""):
        initial = {name: getattr(letter, name) for name in [*_details(), "revision"]}
        super().__init__(data, initial=initial | {"seen": seen})
        self.fields["council"].choices = _councils(letter)

    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in _details()})


def _details() -> list[str]:
    return [field.name for field in fields_of(Details)]


def _councils(letter: Letter) -> list:
    """The register, those that existed in the letter's year first; each closed one with its last day."""
    register = Council.objects.only("name", "first_day", "last_day")
    if letter.review is None:
        return [("", "Not chosen"), *((council.pk, _named(council)) for council in register)]
    day = date(letter.review.year_ending, 3, 31)
    groups: dict[bool, list] = {True: [], False: []}
    for council in register:
        groups[council.existed_in_year_of(day)].append((council.pk, _named(council)))
    years = letter.review.years
    return [
        ("", "Not chosen"),
        (f"Existed in {years}", groups[True]),
        (f"Did not exist in {years}", groups[False]),
    ]


def _named(council: Council) -> str:
    return f"{council.name} (to {council.last_day:%d/%m/%Y})" if council.last_day else council.name


class FigureForm(forms.Form):
    """The numbers of one figure. An empty field is what the letter does not state, never 0."""

    def __init__(self, measure: Measure, statistic: Statistic | None, data=None):
        super().__init__(data, prefix=measure.slug, initial=_printed(statistic))
        self.measure, self.statistic = measure, statistic
        for name in _names(measure, statistic):
            self.fields[name] = _number(name, _label(name, measure, statistic))
        if measure.slug == "compliance":
            self.fields["none_due"] = forms.BooleanField(
                label="The letter says that no recommendations were due", required=False
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        if cleaned.get("none_due") and any(cleaned.get(name) is not None for name in NUMBERS):
            raise forms.ValidationError("Either no recommendations were due, or give the figures: not both.")
        return cleaned

    def numbers(self) -> Numbers:
        return Numbers(**self.cleaned_data)

    def numbered(self) -> list[tuple[BoundField, dict | None]]:
        """Each field for a number, with the place on the page where it was read."""
        sources = {source["field"]: source for source in (self.statistic.sources if self.statistic else ())}
        return [(self[name], sources.get(name)) for name in self.fields if name != "none_due"]


def _names(measure: Measure, statistic: Statistic | None) -> list[str]:
    """The fields that letters state of this figure, and any other that this letter was read to state."""
    usual = {"average"} if measure.slug not in OVERVIEW else set()
    if measure.form == "rate":
        usual |= {"percent", "denominator"} | ({"numerator"} if measure.count_label else set())
    else:
        usual.add("value")
    return [name for name in NUMBERS if name in usual or getattr(statistic, name, None) is not None]


def _label(name: str, measure: Measure, statistic: Statistic | None) -> str:
    base = statistic.base_label if statistic else ""
    return {
        "percent": "Rate, in per cent",
        "value": "Figure",
        "numerator": f"Count: {measure.count_label or 'how many'}",
        "denominator": f"Base: {base or measure.base_label or 'out of'}",
        "average": "Average of similar authorities",
    }[name]


def _number(name: str, label: str) -> forms.Field:
    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 8})
    if name in {"numerator", "denominator"}:
        return forms.IntegerField(
            label=label,
            required=False,
            min_value=0,
            max_value=10_000_000,
            widget=widget,
            error_messages={"invalid": "Give a whole number, such as 2."},
        )
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=100 if name == "percent" else 10_000_000 if name == "value" else 999_999,
        decimal_places=2,
        widget=widget,
        error_messages={"invalid": "Give a number, such as 45 or 7.5."},
    )


def _printed(statistic: Statistic | None) -> dict:
    if statistic is None:
        return {}
    numbers = {name: as_printed(getattr(statistic, name)) for name in NUMBERS}
    return numbers | {"none_due": statistic.none_due}


class ReviewForm:
    """The whole screen as one form: the letter's fields, then each figure's. `seen` names the problems it shows."""

    def __init__(self, letter: Letter, data=None, seen: str = ""):
        statistics = {statistic.measure: statistic for statistic in letter.statistics.all()}
        self.letter = LetterForm(letter, data, seen)
        self.figures = [
            FigureForm(measure, statistics.get(measure.slug), data)
            for measure in MEASURES.values()
            if measure.slug in statistics or measure in _stated(letter)
        ]

    def is_valid(self) -> bool:
        return all([self.letter.is_valid(), *(form.is_valid() for form in self.figures)])

    def numbers(self) -> dict[str, Numbers]:
        return {form.measure.slug: form.numbers() for form in self.figures}

    def has_errors(self) -> bool:
        return bool(self.letter.errors) or any(form.errors for form in self.figures)


def _stated(letter: Letter) -> list[Measure]:
    return stated_in(letter.review.year_ending) if letter.review else list(MEASURES.values())
