"""The upload form: many files at once, and the edition they are for."""

from django import forms

from letters.models import AnnualReview


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files, at least one; what is in them is judged file by file, later."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        files = [file for file in data or [] if file]
        if not files:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return files


class UploadForm(forms.Form):
    files = ManyFilesField(
        label="Letters",
        allow_empty_file=True,
        error_messages={"required": "Choose at least one PDF or ZIP."},
        help_text="PDFs, or ZIP archives of them; as many at once as you like.",
        widget=ManyFilesInput(attrs={"accept": ".pdf,.zip,application/pdf,application/zip"}),
    )
    review = forms.ModelChoiceField(
        AnnualReview.objects.all(),
        label="Edition",
        required=False,
        empty_label="As each letter says",
        help_text="If you choose one, a letter about another year is put before a person.",
    )
