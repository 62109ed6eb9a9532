"""`manage.py check_integrity`: whether every letter is whole and findable; other than 0 if anything is not."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand

from history.chain import end_of_chain
from operating.integrity import faults


class Command(BaseCommand):
    help = (
        "Make sure that each row has its file and each file its row, that every byte is as it was taken in, that no "
        "letter is stuck or published without approval, and that the history is whole and tells all. Changes nothing, "
        "and may be run at any time. Ends with 1 if there is a fault."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for programs")

    def handle(self, *, json: bool, **options):
        found = list(faults())
        (self._as_json if json else self._in_words)(found)
        if found:
            sys.exit(1)

    def _as_json(self, found) -> None:
        told = {"faults": [asdict(fault) for fault in found], "end_of_history": end_of_chain()}
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))

    def _in_words(self, found) -> None:
        for fault in found:
            self.stdout.write(f"{fault.code}: {fault.message} {fault.to_do}")
        count = f"{len(found)} fault{'' if len(found) == 1 else 's'}" if found else "Everything is whole"
        self.stdout.write(f"{count}. The history ends with {end_of_chain() or 'nothing yet'}")
