"""A body's page in the admin, as a browser fills it in and sends it back."""

from django.urls import reverse

from councils.models import Council


def inline(prefix: str, rows=(), initial: int = 0) -> dict[str, str]:
    """An inline's part of the form, as a browser sends it."""
    sent = {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(initial)}
    for number, row in enumerate(rows):
        sent |= {f"{prefix}-{number}-{name}": str(value) for name, value in row.items()}
    return sent


def as_shown(browser, body: Council, **changed) -> dict[str, str]:
    """What a browser would send back of the body's page, with the fields of `changed` typed over."""
    context = browser.get(address(body)).context
    sets = [each.formset for each in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    for formset in sets:
        forms += [formset.management_form, *formset.initial_forms]
    fields = [field for form in forms for field in form]
    return {
        field.html_name: field.field.widget.format_value(field.value()) or "" for field in fields
    } | changed


def address(body: Council) -> str:
    return reverse("admin:councils_council_change", args=[body.pk])
