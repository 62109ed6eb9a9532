from django.conf import settings
from django.db import migrations

from staff.granting import grant

LETTERS_SEEN = ["letters.view_letter", "letters.view_annualreview"]
REGISTER_SEEN = ["councils.view_council", "councils.view_alias", "councils.view_succession"]

GRANTED = {
    # Brings letters in, and yearly tables to check them against.
    "uploader": [*LETTERS_SEEN, "letters.add_letter"],
    # Looks at figures, enters what was not read, approves; keeps the register of councils; drafts guidance.
    "reviewer": [
        *LETTERS_SEEN,
        "letters.approve_letter",
        *REGISTER_SEEN,
        "councils.add_council",
        "councils.change_council",
        "councils.add_alias",
        "councils.change_alias",
        "councils.delete_alias",
        "councils.add_succession",
        "councils.change_succession",
        "councils.delete_succession",
        "guidance.view_page",
        "guidance.add_page",
        "guidance.change_page",
    ],
    # Makes public, holds back, withdraws.
    "publisher": [
        *LETTERS_SEEN,
        "letters.publish_letter",
        "letters.schedule_annualreview",
        "letters.add_annualreview",
        "letters.change_annualreview",
        "guidance.view_page",
        "guidance.change_page",
        "guidance.publish_page",
    ],
    # Sees everything and changes nothing.
    "auditor": [
        *LETTERS_SEEN,
        *REGISTER_SEEN,
        "letters.view_statistic",
        "letters.view_noletter",
        "letters.view_upload",
        "letters.view_correction",
        "letters.view_prerelease",
        "letters.view_query",
        "letters.view_tableimport",
        "letters.view_tablefigure",
        "guidance.view_page",
        "guidance.view_version",
        "auth.view_user",
        "auth.view_group",
        "history.view_line",
    ],
}


def make_roles(apps, schema_editor):
    grant(apps, GRANTED)


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("councils", "0002_postcodes"),
        ("guidance", "0001_pages_and_their_versions"),
        ("history", "0002_guards"),
        ("letters", "0009_before_publication"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [migrations.RunPython(make_roles, migrations.RunPython.noop)]
