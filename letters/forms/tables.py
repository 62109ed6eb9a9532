"""What is asked when a yearly table is uploaded."""

from django import forms
from django.core.exceptions import ValidationError

from letters.tables.opening import MAX_BYTES


class TableForm(forms.Form):
    file = forms.FileField(
        label="Table",
        allow_empty_file=True,
        error_messages={"required": "Choose a CSV or XLSX file."},
        help_text="CSV or XLSX, as the Ombudsman publishes it.",
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(
                f"The file is larger than {MAX_BYTES // 1024 // 1024} MB, which no yearly table is."
            )
        return file
