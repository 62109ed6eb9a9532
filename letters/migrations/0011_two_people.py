import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def by_one_person_until_now(apps, schema_editor):
    """What was scheduled, published and approved so far took one person."""
    letter, part = apps.get_model("letters", "Letter"), apps.get_model("letters", "Part")
    apps.get_model("letters", "AnnualReview").objects.exclude(publish_at=None).update(by_one_person=True)
    letter.objects.exclude(publish_at=None).update(published_by_one_person=True)
    approved = letter.objects.filter(state="approved").values_list("pk", "approved_by_id")
    part.objects.bulk_create(part(letter_id=pk, by_id=by, of="approved", alone=True) for pk, by in approved)


class Migration(migrations.Migration):
    dependencies = [
        ("councils", "0002_postcodes"),
        ("letters", "0010_standstill"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Part",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "of",
                    models.CharField(
                        choices=[("entered", "entered figures"), ("approved", "approved")], max_length=8
                    ),
                ),
                ("alone", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("publish_at", models.DateTimeField(help_text="the hour proposed for an edition", null=True)),
                (
                    "revision",
                    models.PositiveIntegerField(help_text="of the letter, as it was looked at", null=True),
                ),
                ("proposed_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("dropped_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-proposed_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="annualreview",
            name="by_one_person",
            field=models.BooleanField(
                default=False,
                editable=False,
                help_text="It was scheduled while two people were not asked for.",
            ),
        ),
        migrations.AddField(
            model_name="annualreview",
            name="proposed_by",
            field=models.ForeignKey(
                editable=False,
                help_text="who proposed the time, which another person confirmed by scheduling it",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="publication_proposed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="published_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="letter",
            name="published_by_one_person",
            field=models.BooleanField(
                default=False, help_text="It was published while two people were not asked for."
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="part",
            name="letter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="letters.letter"
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="confirmed_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="dropped_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="letter",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="letters.letter",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="proposed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="review",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="proposals",
                to="letters.annualreview",
            ),
        ),
        migrations.RunPython(by_one_person_until_now, migrations.RunPython.noop),
    ]
