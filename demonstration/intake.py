"""Takes the demonstration's letters in through the workflow that staff use, year by year.

A person approves a letter having compared it with what was read; here every figure is compared with the facts that
the letter was printed from, and a letter that was read otherwise is left in the queue.
"""

from collections.abc import Callable
from datetime import datetime, time
from time import monotonic, sleep
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.db.models import F

from letters import dashboard, workflow
from letters.models import AnnualReview, Letter, State

from . import afterwards, plan, progress
from .comparison import differences
from .era import dates
from .plan import Planned

PUBLICATION_TIME = time(9, 30)
LONDON = ZoneInfo("Europe/London")
WAITING = {State.RECEIVED, State.READING}
LOOK_EVERY = 0.5  # seconds
PATIENCE = 60  # seconds without any letter read
# The Ombudsman's page of its yearly Reviews of Local Government Complaints.
NATIONAL_REPORTS = "https://www.lgo.org.uk/information-centre/reports/annual-review-reports/local-government-complaint-reviews"
REASON = "Its figures were compared with those that this demonstration letter was printed from."


class Intake:
    """One run, which takes up whatever an earlier one left: letters are known by the names of their files."""

    def __init__(self, by: User, say: Callable[[str], None]) -> None:
        self.by = by
        self.say = say
        self.planned = {year: plan.letters_of(year) for year in plan.YEARS}
        self.total = sum(map(len, self.planned.values()))
        self.left: set[str] = set()
        self.unfinished = list(plan.YEARS)
        self.read_at = monotonic()
        self.read = -1

    def run(self) -> None:
        """Take in, have read, approve and publish all letters: the earlier years first, because they are small."""
        for year in plan.YEARS:
            self._receive(year)
        while self.unfinished:
            self._look()
            if self.unfinished:
                sleep(LOOK_EVERY)
        self._put_right()

    def _put_right(self) -> None:
        """Show what corrections look like, now that everything is public."""
        planned = {one.name: one for letters in self.planned.values() for one in letters}
        afterwards.put_right(planned, self._letters(), self.by)
        if afterwards.REPLACED in planned:
            self._replace(afterwards.replacement_of(planned[afterwards.REPLACED]))

    def _replace(self, newer: Planned) -> None:
        """Take in the letter that replaces another one, and publish it once it has been read."""
        if newer.name not in self._letters():
            review = AnnualReview.objects.get(year_ending=newer.facts.year_ending)
            workflow.receive(newer.pdf(), newer.name, self.by, review)
        self.read_at = monotonic()
        while (
            letter := self._letters()[newer.name]
        ).state in WAITING and monotonic() - self.read_at < PATIENCE:
            sleep(LOOK_EVERY)
        afterwards.publish_replacement(letter, newer, self.by)

    def _receive(self, year: int) -> None:
        review = workflow.edition(year, self.by)
        known = self._letters()
        for number, planned in enumerate(self.planned[year]):
            if planned.name not in known:
                workflow.receive(planned.pdf(), planned.name, self.by, review)
            if number % 25 == 24:
                self._look()

    def _look(self) -> None:
        """Approve what has been read since the last look, and publish the years that are complete."""
        letters = self._letters()
        self._report(letters)
        for year in tuple(self.unfinished):
            if self._settled(self.planned[year], letters):
                self._publish(year)
                self.unfinished.remove(year)

    def _letters(self) -> dict[str, Letter]:
        mine = Letter.objects.filter(received_by=self.by).select_related("council", "review")
        return {letter.original_name: letter for letter in mine}

    def _report(self, letters: dict[str, Letter]) -> None:
        read = sum(letter.state not in WAITING for letter in letters.values())
        if read != self.read:
            self.read, self.read_at = read, monotonic()
            progress.write(progress.Progress(read, self.total))
        elif monotonic() - self.read_at > PATIENCE:
            self.read_at = monotonic()
            self.say("Nothing has been read for a minute. Is a worker running? Start one: manage.py worker")

    def _settled(self, planned: list[Planned], letters: dict[str, Letter]) -> bool:
        """Whether each letter of a year is approved or left to a person."""
        unsettled = [one for one in planned if not self._settle(one, letters.get(one.name))]
        return not unsettled

    def _settle(self, planned: Planned, letter: Letter | None) -> bool:
        if letter is None or letter.state in WAITING:
            return False
        if planned.sound and planned.name not in self.left and letter.state in {State.READ, State.UNREADABLE}:
            self._judge(planned, letter)
        return True

    def _judge(self, planned: Planned, letter: Letter) -> None:
        if found := differences(planned.facts, letter):
            self.left.add(planned.name)
            self.say(f"{planned.name} is left in the queue: {found}")
        else:
            if planned.name == afterwards.CORRECTED:
                afterwards.slip(letter, self.by)
            workflow.approve(letter, self.by, REASON if workflow.open_problems(letter) else "")

    def _publish(self, year: int) -> None:
        review = AnnualReview.objects.get(year_ending=year)
        if review.publish_at is None:
            hour = datetime.combine(dates(year)[1], PUBLICATION_TIME, LONDON)
            workflow.schedule(review, hour, self.by, acknowledged=True)
        approved = review.letters.filter(received_by=self.by, state=State.APPROVED, held_back=False)
        for letter in approved.filter(publish_at=None, approved_at__gt=F("review__scheduled_at")):
            workflow.publish_now(letter, self.by)
        self._explain(review)
        self.say(f"{review}: {approved.count()} letters are public.")

    def _explain(self, review: AnnualReview) -> None:
        """Link the national report, and say why a council has no letter; what staff have said already stays."""
        if not review.national_report_link:
            review.national_report_link = NATIONAL_REPORTS
            workflow.save_report(review, ["national_report_link"], self.by)
        unsaid = dashboard.without_letter(review).exclude(pk__in=review.no_letters.values("council"))
        for slug, reason in plan.WITHOUT_LETTER.get(review.year_ending, {}).items():
            for council in unsaid.filter(slug=slug):
                workflow.say_no_letter(review, council, reason, self.by)
