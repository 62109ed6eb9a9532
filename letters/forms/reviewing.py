"""The fields of the review screen: the letter's own, and for each figure the numbers that letters state of it."""

from collections.abc import Iterator
from dataclasses import fields as fields_of
from datetime import date

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.forms.boundfield import BoundField

from councils.models import Council
from letters.extraction.types import NUMBERS
from letters.forms.deeds import SeenForm
from letters.measures import FAMILIES, MEASURES, WITH_AVERAGES, Family, Measure, stated_in
from letters.models import AnnualReview, Letter, Statistic
from letters.wording import as_printed
from letters.workflow.reviewing import Details, Numbers


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
        if statistic and statistic.to_compare:
            self.fields["compared"] = forms.BooleanField(label="Compared with the page", required=False)

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
        return [(self[name], sources.get(name)) for name in self.fields if name in NUMBERS]


def _names(measure: Measure, statistic: Statistic | None) -> list[str]:
    """The fields that letters state of this figure, and any other that this letter was read to state."""
    usual = {"average"} if measure.slug in WITH_AVERAGES else set()
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
            for measure in _measures(letter, statistics)
        ]
        self.anew = [form for family in _families(letter) for form in _anew(family, self.figures, data)]

    def is_valid(self) -> bool:
        valid = [form.is_valid() for form in (self.letter, *self.figures, *self.anew)]
        return all(valid) and self._has_each_heading_once()

    def _has_each_heading_once(self) -> bool:
        """Whether no heading was entered that another row has already; else each such row says so."""
        slugs = {form.measure.slug for form in self.figures}
        for form in self.anew:
            if form.slug in slugs:
                form.add_error("heading", "This heading has a row already.")
            slugs |= {form.slug} - {""}
        return not any(form.errors for form in self.anew)

    def numbers(self) -> dict[str, Numbers]:
        entered = {form.slug: Numbers(value=form.cleaned_data["value"]) for form in self.anew if form.slug}
        return {form.measure.slug: form.numbers() for form in self.figures} | entered

    def marked(self) -> Iterator[tuple[str, str]]:
        """What is wrong, and the id of the field where; what concerns the letter as a whole has no place."""
        for part in (self.letter, *self.figures, *self.anew):
            about = f"{part.measure.name}: " if isinstance(part, FigureForm) else ""
            for name, errors in part.errors.items():
                if name != NON_FIELD_ERRORS:
                    yield part[name].auto_id, f"{about}{part[name].label}: {errors[0]}"
                elif part is not self.letter:
                    yield part["none_due" if about else "heading"].auto_id, f"{about}{errors[0]}"

    def has_errors(self) -> bool:
        return bool(self.letter.errors) or any(form.errors for form in (*self.figures, *self.anew))


class NewFigureForm(forms.Form):
    """A figure of a table under a heading that the form does not have: the heading as printed, and the number."""

    heading = forms.CharField(label="Another heading", required=False, max_length=90)

    def __init__(self, family: Family, number: int, data=None):
        super().__init__(data, prefix=f"{family.prefix}-anew-{number}")
        self.family = family
        self.fields["value"] = _number("value", "Figure")

    @property
    def slug(self) -> str:
        """The measure that was entered; empty where the row was left empty."""
        return self.family.slug_of(self.cleaned_data.get("heading", "")) if self.is_valid() else ""

    def clean(self) -> dict:
        cleaned = super().clean()
        heading, value = cleaned.get("heading", ""), cleaned.get("value")
        if bool(heading) != (value is not None):
            raise forms.ValidationError("Give both the heading and its number, or neither.")
        if heading and not self.family.slug_of(heading):
            raise forms.ValidationError("Give the heading as the letter prints it, in words.")
        return cleaned


def _anew(family: Family, figures: list[FigureForm], data) -> list[NewFigureForm]:
    """Empty rows for headings that a letter has besides: many where its headings are not known beforehand."""
    rows = len(family.of(form.measure.slug for form in figures))
    return [NewFigureForm(family, number, data) for number in range(2 if rows > 2 else 12)]


def _families(letter: Letter) -> list[Family]:
    """The tables that letters of the year have."""
    year = letter.review.year_ending if letter.review else None
    return [each for each in FAMILIES.values() if year and each.first_year <= year <= each.last_year]


def _measures(letter: Letter, statistics: dict[str, Statistic]) -> list[Measure]:
    """The figures of the form: those of the year, and whatever else the letter was read to state."""
    single = [each for each in MEASURES.values() if each.slug in statistics or each in _stated(letter)]
    tables = []
    for family in FAMILIES.values():
        read = family.of(statistics)
        usual = family.usual(letter.review.year_ending) if letter.review else []
        missing = [each for each in usual if each.slug not in read]
        tables += [*(family.under(slug) for slug in read), *missing]
    return single + tables


def _stated(letter: Letter) -> list[Measure]:
    return stated_in(letter.review.year_ending) if letter.review else list(MEASURES.values())
