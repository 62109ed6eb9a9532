"""What staff fill in to write a page."""

from django import forms
from django.core.exceptions import ValidationError

from guidance.checks import problems, written_anchors
from guidance.markdown import INVISIBLE
from guidance.models import LONGEST_SUMMARY, LONGEST_TITLE, Page
from guidance.shipped import SHIPPED

_INCOMPLETE = (
    "This page was incomplete, so nothing was done. Open it again; copy first what you want to keep."
)


class SeenForm(forms.Form):
    """The newest version that was on the page, so that nothing is done on a stale one."""

    seen = forms.RegexField(
        r"^[0-9]{1,9}\Z",
        widget=forms.HiddenInput,
        error_messages={"required": _INCOMPLETE, "invalid": _INCOMPLETE},
    )

    def clean_seen(self) -> int:
        return int(self.cleaned_data["seen"])


class TextForm(SeenForm):
    title = forms.CharField(
        max_length=LONGEST_TITLE,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        error_messages={"required": "Give the page a title."},
    )
    text = forms.CharField(
        widget=forms.Textarea(
            attrs={"rows": 30, "class": "vLargeTextField", "aria-describedby": "how-to-write"}
        ),
        error_messages={"required": "Write the text."},
    )
    summary = forms.CharField(
        label="What you changed",
        max_length=LONGEST_SUMMARY,
        widget=forms.TextInput(attrs={"class": "vLargeTextField"}),
        help_text="For your colleagues; the public does not see it.",
        error_messages={"required": "Say in a few words what you changed."},
    )

    def __init__(self, *args, slug: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        shipped = SHIPPED.get(slug)
        self._needed = written_anchors(shipped.text) if shipped else frozenset()

    def clean_title(self) -> str:
        title = self.cleaned_data["title"]
        if INVISIBLE.search(title):
            raise ValidationError("The title has a character that nobody can see: type it again.")
        return title

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if found := problems(text, self._needed):
            raise ValidationError([ValidationError(each) for each in found])
        return "\n".join(text.splitlines()).strip() + "\n"


class NewPageForm(TextForm):
    slug = forms.CharField(
        label="Address",
        max_length=60,
        validators=Page._meta.get_field("slug").validators,
        help_text="The part behind /guidance/, such as signs-to-look-into. It cannot be changed later.",
    )
    field_order = ["slug", "title", "text", "summary"]

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in SHIPPED or Page.objects.filter(slug=slug).exists():
            raise ValidationError("There is a page at this address already. Open it from the list of pages.")
        return slug
