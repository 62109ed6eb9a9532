"""All data to take away: the releases, and what their columns are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from letters import clock, published
from public import linked_data, put_right
from public.api import problems
from public.figures import counted, size
from public.pages.answering import public_page
from public.pages.files import answer_with_file
from public.releases import credits
from public.releases.tables import BY_NAME, DECISIONS, TABLES

_ENDINGS = {
    "csv": "for any program",
    "json": "for programs",
    "xlsx": "for spreadsheets",
    "parquet": "for R, Python and DuckDB",
    "sqlite": "as a database",
}
_ABOUT = {
    "changes.csv": "what changed in the figures since the release before it",
    "changes-of-cases.csv": "what changed in the other tables",
    "README.txt": "columns, measures, terms and credits in words",
    "datapackage.json": "the same for programs: a Data Package",
    "SHA256SUMS": "checksums of the files",
}


@dataclass(frozen=True)
class File:
    """A file as the page has it: what it is for, and its size."""

    name: str
    what: str
    size: str


@dataclass(frozen=True)
class Group:
    """The files of one table, or those that tell of the release."""

    title: str
    files: list[File]


@dataclass(frozen=True)
class Shown:
    """A release as the page has it: its files, each with its size, and what was put right since it was made."""

    release: Any
    since: str

    @property
    def groups(self) -> list[Group]:
        """The files table by table, as far as the release has them, and last those that tell of it."""
        files = {file.name: size(file.size) for file in self.release.files.all()}
        tables = [
            Group(table.title, _files(files, {table.file(each): what for each, what in _ENDINGS.items()}))
            for table in TABLES
        ]
        about = _files(files, {name: _ABOUT.get(name, "") for name in files if not _is_of_a_table(name)})
        return [group for group in (*tables, Group("About this release", about)) if group.files]

    @property
    def has_cases(self) -> bool:
        """Whether it was made since releases have decisions, reports and improvements."""
        return any(file.name == DECISIONS.file("csv") for file in self.release.files.all())

    @property
    def changes(self) -> list[str]:
        return self.release.changes.splitlines()


def _files(files: Mapping[str, str], wanted: Mapping[str, str]) -> list[File]:
    return [File(name, what, files[name]) for name, what in wanted.items() if name in files]


def _is_of_a_table(name: str) -> bool:
    return name.rpartition(".")[0] in BY_NAME


@public_page
def data(request):
    """All releases, and what a release is."""
    now = clock.now()
    releases = _shown(published.releases(now), now)
    latest = next((each for each in releases if each.release.withdrawn_at is None), None)
    older = [each for each in releases if each is not latest]
    told = linked_data.of_data(latest.release if latest else None)
    page = {"latest": latest, "older": older, "tables": TABLES, "credits": credits.CREDITS}
    return render(request, "public/data.html", page | {"linked_data": linked_data.element(told)})


@public_page
def release(request, number):
    """One release with its files; of one that was withdrawn, that it was, with status 410."""
    now = clock.now()
    found = get_object_or_404(published.releases(now), number=number)
    if found.withdrawn_at:
        return _withdrawn(request, found)
    [shown] = _shown([found], now)
    told = linked_data.element(linked_data.of_release(found))
    page = {"shown": shown, "is_latest": found == _latest(), "linked_data": told}
    return render(request, "public/release.html", page)


def _withdrawn(request, release: Any) -> HttpResponse:
    return render(request, "public/release_withdrawn.html", {"release": release}, status=410)


@public_page
def release_file(request, number, name):
    """A file of a release; of one that was withdrawn, that it was, with status 410."""
    release = get_object_or_404(published.releases(clock.now()), number=number)
    if release.withdrawn_at:
        return _withdrawn(request, release)
    file = _file(release, name)
    answer = answer_with_file(
        request,
        tag=file.sha256,
        size=file.size,
        opened=lambda: published.release_file(file),
        name=file.name,
        content_type=file.content_type,
    )
    return problems.opened(answer)


@public_page
def latest_release(request):
    """The way to the newest release."""
    return HttpResponseRedirect(reverse("release", args=[_latest().number]))


@public_page
def latest_file(request, name):
    """The way to a file of the newest release; 404 where that has none of the name."""
    latest = _latest()
    file = _file(latest, name)
    return problems.opened(HttpResponseRedirect(reverse("release-file", args=[latest.number, file.name])))


def _file(release: Any, name: str) -> Any:
    file = next((each for each in release.files.all() if each.name == name), None)
    if file is None:
        raise Http404
    return file


def _latest() -> Any:
    found = published.releases(clock.now()).filter(withdrawn_at=None).first()
    if found is None:
        raise Http404
    return found


def _shown(releases: Iterable[Any], now) -> list[Shown]:
    releases = list(releases)
    entries = put_right.log(now) if releases else []
    return [Shown(each, _since(entry for entry in entries if entry.at > each.made_at)) for each in releases]


def _since(entries: Iterable[put_right.Entry]) -> str:
    """What was put right, counted: "2 figures were corrected, 1 letter was withdrawn"; empty for nothing."""
    kinds = [entry.kind for entry in entries]
    told = {kind: counted(kinds.count(kind), *words) for kind, words in _PUT_RIGHT.items() if kind in kinds}
    return ", ".join(told.values())


_PUT_RIGHT = {
    "corrected": ("figure was corrected", "figures were corrected"),
    "replaced": ("letter was replaced", "letters were replaced"),
    "withdrawn": ("letter was withdrawn", "letters were withdrawn"),
}
