from django.db import migrations

from staff.granting import grant

SEEN = ["cases.view_caseimport", "cases.view_decision", "cases.view_publicreport", "cases.view_category"]

GRANTED = {
    # Brings in files of decisions, reports and improvements, to be looked at.
    "uploader": [*SEEN, "cases.add_caseimport"],
    # Imports them, puts PDFs to reports, takes decisions down.
    "publisher": [
        *SEEN,
        "cases.confirm_caseimport",
        "cases.withhold_decision",
        "cases.change_publicreport",
        "cases.change_category",
    ],
    "auditor": [*SEEN, "cases.view_serviceimprovement"],
}


def give(apps, schema_editor):
    grant(apps, GRANTED)


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0004_passkeys"),
        ("cases", "0002_search_words_of_decisions"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
