"""What a page showed of a row, so that a page opened before somebody else changed it undoes nothing of that."""

from collections.abc import Collection, Iterable
from hashlib import sha256
from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import cached_property

from history.states import State, canonical

FIELD = "shown"


def digest_of(state: State, subject: Model, fields: Iterable[str], parts: Collection[type[Model]]) -> str:
    """What a form shows of a row whose state is this: the row's own `fields`, and its `parts` as they are."""
    own, others = subject._meta.label_lower, {part._meta.label_lower for part in parts}
    names, shown = set(fields), {}
    for key, values in state.items():
        label = key.partition("|")[0]
        if label == own:
            shown[key] = {name: value for name, value in values.items() if name in names}
        elif label in others:
            shown[key] = values
    return sha256(canonical(shown).encode()).hexdigest()


class _AsShown(forms.ModelForm):
    """Refused where it would change a row that is not what the page showed any more."""

    digest: str
    refusal: str
    has_parts: bool

    @cached_property
    def changed_data(self) -> list[str]:
        return [name for name in super().changed_data if name != FIELD]

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] | None = super().clean()
        changes = self.has_parts or bool(self.changed_data)
        if changes and self.data.get(self.add_prefix(FIELD)) != self.digest:
            self.add_error(None, self.refusal)
        return cleaned


def as_shown(
    form: type[forms.ModelForm], digest: str, refusal: str, has_parts: bool
) -> type[forms.ModelForm]:
    """The form with a hidden field that says what its page showed; it refuses changes where `digest` is another now.

    Sent twice, as by a second click, it changes nothing the second time, and is not refused; but one with parts is.
    """
    field = forms.CharField(required=False, widget=forms.HiddenInput, initial=digest)
    made = {FIELD: field, "digest": digest, "refusal": refusal, "has_parts": has_parts}
    return type(form)(form.__name__, (_AsShown, form), {"__module__": __name__} | made)
