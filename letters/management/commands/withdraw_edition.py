"""`manage.py withdraw_edition`: everything of a year's edition off the public site, when something has leaked."""

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from letters import workflow
from letters.models import AnnualReview


class Command(BaseCommand):
    help = (
        "Withdraw all public letters of an edition at once; take its publication time away if it has not come; give "
        "the stored PDFs new names; have our proxies forget. Public letters that were withdrawn stay withdrawn."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "year", type=int, help="the year in which the edition's period ends, as in 2020 for 2019–20"
        )
        parser.add_argument("--by", required=True, metavar="NAME", help="your name as a member of staff")
        parser.add_argument(
            "--note", required=True, help="why, for everyone to read where letters were public"
        )

    def handle(self, *, year, by, note, **options):
        review = AnnualReview.objects.filter(year_ending=year).first()
        if review is None:
            raise CommandError(f"There is no edition of {year}. Nothing was withdrawn.")
        person = User.objects.filter(username=by, is_active=True, is_staff=True).first()
        if person is None:
            raise CommandError(f"No member of staff is called {by}. Nothing was withdrawn.")
        try:
            count = workflow.withdraw_edition(review, person, note)
        except workflow.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{review} is off the site: {count} of its letters were public and are withdrawn.")
