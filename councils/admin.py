"""The register in the admin: bodies with their names and days, and who took over from whom."""

from collections.abc import Iterator
from datetime import timedelta

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from caches.purging import purge_after_commit
from history.admin import RecordedAdmin
from history.recording import recorded

from .models import Alias, Council, Origin, Succession
from .shared_names import shared_names


class ExistingFilter(admin.SimpleListFilter):
    title = "whether it exists"
    parameter_name = "existing"

    def lookups(self, request, model_admin):
        return [("yes", "Today"), ("no", "Closed"), ("later", "Not yet")]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "yes":
                return queryset.open_on(today)
            case "no":
                return queryset.filter(last_day__lt=today)
            case "later":
                return queryset.filter(first_day__gt=today)


class AliasInline(admin.TabularInline):
    model = Alias
    fields = ["text"]
    extra = 1


class SuccessionInline(admin.StackedInline):
    model = Succession
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("predecessor", "successor")


class SuccessorFormSet(forms.BaseInlineFormSet):
    def clean(self):
        """What the database would refuse, and Django looks at in single rows only."""
        super().clean()
        codes = [
            row.cleaned_data["successor_gss"]
            for row in self.forms
            if row.is_valid() and row.cleaned_data and not self._should_delete_form(row)
            if not row.cleaned_data["successor"]
        ]
        if len(codes) != len(set(codes)):
            raise ValidationError("Two successors have the same GSS code: remove one of them.")


class SuccessorInline(SuccessionInline):
    formset = SuccessorFormSet
    fk_name = "predecessor"
    verbose_name = "successor"
    fields = [("day", "how"), "successor", ("successor_gss", "successor_name")]
    autocomplete_fields = ["successor"]


class PredecessorInline(SuccessionInline):
    fk_name = "successor"
    verbose_name = "predecessor"
    fields = [("day", "how"), "predecessor"]
    autocomplete_fields = ["predecessor"]


@admin.register(Council)
class CouncilAdmin(RecordedAdmin):
    list_display = ["name", "kind", "region", "last_day", "gss", "origin"]
    list_filter = ["kind", "region", ExistingFilter, "origin"]
    search_fields = ["name", "short_name", "slug", "aliases__text", "gss", "newer_gss", "former_gss"]
    search_help_text = "By name, other name, address or GSS code."
    autocomplete_fields = ["county"]
    inlines = [AliasInline, SuccessorInline, PredecessorInline]
    fieldsets = [
        (None, {"fields": ["name", "short_name", "slug", "kind"]}),
        ("Days", {"fields": ["first_day", "last_day"]}),
        ("Place", {"fields": ["region", "county", "latitude", "longitude"]}),
        ("Codes", {"fields": ["gss", "newer_gss", "former_gss"]}),
        (
            "Who keeps it",
            {
                "fields": ["origin"],
                "description": "A body that you enter or change here is kept by staff: updates of the register "
                "leave it, its successors and its other names as they are. You may add other names and "
                "successors to a body without that.",
            },
        ),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else ["origin"]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["name"]}

    def has_delete_permission(self, request, obj=None):
        """The next update of the register would bring back what its files name."""
        kept_by_the_files = obj is not None and obj.origin == Origin.REGISTER
        return not kept_by_the_files and super().has_delete_permission(request, obj)

    def save_model(self, request, obj, form, change):
        if form.has_changed() and "origin" not in form.changed_data:
            self._hand_to_staff(request, obj)
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        super().delete_model(request, obj)
        purge_after_commit()

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        purge_after_commit()

    def save_formset(self, request, form, formset, change):
        formset.save()
        changed = [row for row, _ in formset.changed_objects]
        for row in [*changed, *formset.deleted_objects]:
            if row.origin == Origin.REGISTER:
                body = row.council if isinstance(row, Alias) else row.predecessor
                self._keep_by_staff(request, body, form.instance)
        for row in changed:
            row.origin = Origin.STAFF
            row.save()

    def _keep_by_staff(self, request, body: Council, shown: Council) -> None:
        """Hand over a body whose parts were changed; if it is not the one on the page, that is a deed of its own."""
        if body == shown:
            self._hand_to_staff(request, body)
            body.save()
            return
        with recorded(request.user, body, f"Kept by staff, since its place beside {shown} was changed."):
            self._hand_to_staff(request, body)
            body.save()

    def _hand_to_staff(self, request, council: Council) -> None:
        if council.origin == Origin.REGISTER:
            council.origin = Origin.STAFF
            messages.info(
                request, f"{council} is kept by staff from now on: updates of the register leave it as it is."
            )

    def _warn_of_days(self, request, body: Council) -> None:
        """A succession by itself ends nothing and begins nothing: the days of the two bodies do."""
        concerned = [body, *(each.predecessor for each in body.predecessions.select_related("predecessor"))]
        said = [
            doubt
            for council in concerned
            for each in council.successions.select_related("successor")
            for doubt in _doubts_of_days(council, each)
        ]
        # Once each, however many successors a body has.
        for doubt in dict.fromkeys(said):
            messages.warning(request, doubt)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        self._warn_of_days(request, form.instance)
        purge_after_commit()
        for name, councils, in_the_same_year in shared_names():
            if in_the_same_year and form.instance in councils:
                others = ", ".join(str(council) for council in councils if council != form.instance)
                messages.warning(
                    request,
                    f"“{name}” is also what {others} can be called: a letter that says no more than that will "
                    "wait for you to choose.",
                )


def _doubts_of_days(body: Council, succession: Succession) -> Iterator[str]:
    day, successor = date_format(succession.day, "j F Y"), succession.successor
    if body.last_day is None:
        yield f"{body} has a successor from {day} but no last day: give it one, or it goes on in every list."
    elif body.last_day != succession.day - timedelta(days=1):
        ended = date_format(body.last_day, "j F Y")
        yield f"{body} ended on {ended}, but was taken over from on {day}: is that right?"
    if successor and successor.first_day not in {None, succession.day}:
        begins = date_format(successor.first_day, "j F Y")
        yield f"{successor} begins on {begins}, but takes over from {body} on {day}: is that right?"
