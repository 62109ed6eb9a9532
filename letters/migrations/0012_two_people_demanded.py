from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("letters", "0011_two_people"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="annualreview",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_at__isnull", True),
                    ("by_one_person", True),
                    models.Q(
                        ("proposed_by__isnull", False),
                        ("scheduled_by__isnull", False),
                        models.Q(("proposed_by", models.F("scheduled_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="edition_scheduled_by_two",
                violation_error_message="A publication time is proposed by one person and confirmed by another.",
            ),
        ),
        migrations.AddConstraint(
            model_name="letter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("publish_at__isnull", True),
                    ("published_by_one_person", True),
                    models.Q(
                        ("publication_proposed_by__isnull", False),
                        ("published_by__isnull", False),
                        models.Q(("publication_proposed_by", models.F("published_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="letter_published_by_two",
                violation_error_message="A publication is proposed by one person and confirmed by another.",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.UniqueConstraint(
                condition=models.Q(("alone", False)),
                fields=("letter", "by"),
                name="part_one_a_person",
                violation_error_message="Whoever entered figures of a letter does not approve it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="part",
            constraint=models.CheckConstraint(
                condition=models.Q(("alone", False), ("of", "approved"), _connector="OR"),
                name="part_alone_is_approving",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at", None), ("dropped_at", None), ("letter", None)),
                fields=("review",),
                name="proposal_waits_once_an_edition",
                violation_error_message="An hour for this edition waits to be confirmed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("confirmed_at", None), ("dropped_at", None)),
                fields=("letter",),
                name="proposal_waits_once_a_letter",
                violation_error_message="The publication of this letter waits to be confirmed already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("letter", None), ("publish_at__isnull", False), ("revision", None)),
                    models.Q(("letter__isnull", False), ("publish_at", None), ("revision__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_of_an_hour_or_a_letter",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by", None),
                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="proposal_confirmed_by_another",
                violation_error_message="Whoever proposed a publication does not confirm it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_at", None), ("confirmed_by", None)),
                    models.Q(
                        ("confirmed_at__isnull", False), ("confirmed_by__isnull", False), ("dropped_at", None)
                    ),
                    _connector="OR",
                ),
                name="proposal_confirmed_by_someone",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dropped_at", None), ("dropped_by", None)),
                    models.Q(("dropped_at__isnull", False), ("dropped_by__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_dropped_by_someone",
            ),
        ),
    ]
