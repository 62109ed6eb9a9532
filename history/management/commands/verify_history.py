import argparse
import re

from django.core.management.base import BaseCommand, CommandError

from history.chain import end_of_chain, not_anchored
from history.verifying import faults


def _noted(text: str) -> str:
    if not re.fullmatch("[0-9]{1,18}:[0-9a-f]{64}", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no line as this command says it at its end: a number, a colon and 64 letters and figures"
        )
    return text


class Command(BaseCommand):
    help = (
        "Make sure that no line of the history was altered, taken out or slipped in, and that everything is as the "
        "history left it. Says the last line's number and digest: keep them where this machine cannot write, and hand "
        "them over with --noted the next time, since nothing else can tell that the end of the history was cut off."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--noted",
            metavar="NUMBER:DIGEST",
            action="append",
            type=_noted,
            default=[],
            help="a line as it was noted elsewhere",
        )

    def handle(self, *, noted, **options):
        found = [*faults(), *(fault for anchor in noted for fault in not_anchored(anchor))]
        for fault in found:
            self.stderr.write(f"{fault.code}: {fault.message} {fault.to_do}")
        if found:
            raise CommandError(f"The history has {len(found)} fault{'' if len(found) == 1 else 's'}.")
        self.stdout.write(f"The history is whole. Its last line: {end_of_chain() or 'none yet'}")
