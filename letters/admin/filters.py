"""How the list of letters can be narrowed."""

from django.contrib.admin import SimpleListFilter

from councils.models import Council
from letters.standing import Standing


class StandingFilter(SimpleListFilter):
    """Where letters stand, judged by the clock."""

    title = "where it stands"
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return Standing.choices

    def queryset(self, request, queryset):
        return queryset.filter(standing=self.value()) if self.value() in Standing.values else queryset


class CouncilFilter(SimpleListFilter):
    """One council, come from a link: a list of all would be longer than the page."""

    title = "council"
    parameter_name = "council"

    def lookups(self, request, model_admin):
        slug = request.GET.get(self.parameter_name)
        if not slug:
            return []
        chosen = Council.objects.filter(slug=slug).first()
        return [(slug, chosen.name if chosen else slug)]

    def queryset(self, request, queryset):
        return queryset.filter(council__slug=self.value()) if self.value() else queryset
