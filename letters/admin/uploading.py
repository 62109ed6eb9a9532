"""Uploading: drop the year's letters, then see what came of each."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_http_methods

from letters import clock, uploads
from letters.admin.access import READ, UPLOAD, page, staff_only
from letters.forms.uploading import UploadForm
from letters.models import Letter, State, Upload
from letters.standing import in_words, with_standing

LAST_UPLOADS = 5
NO_ROOM = "There was no room for this upload, and nothing was kept of it. Tell whoever runs this site."


@staff_only(READ, UPLOAD)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take in what was dropped; the outcome has an address of its own, so that it survives a reload."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    no_room = getattr(request, "no_room", False)
    if no_room:
        form.errors.pop("files", None)  # what is missing there did not fit
        form.add_error("files", NO_ROOM)
    elif form.is_valid():
        made = uploads.take_in(form.cleaned_data["files"], request.user, form.cleaned_data["review"])
        return redirect("admin:letters_upload", made.pk)
    last = Upload.objects.select_related("by").order_by("-at")[:LAST_UPLOADS]
    limits = {
        "letter_max_bytes": settings.LETTER_MAX_BYTES,
        "upload_max_files": settings.UPLOAD_MAX_FILES,
        "upload_max_bytes": settings.UPLOAD_MAX_BYTES,
    }
    return page(
        request,
        "upload.html",
        "Upload letters",
        status=507 if no_room else 200,
        form=form,
        last=last,
        **limits,
    )


@staff_only(READ)
@require_GET
def uploaded(request: HttpRequest, pk) -> HttpResponse:
    """What came of each file, and how far the reading is."""
    made = get_object_or_404(Upload.objects.select_related("by"), pk=pk)
    rows = _rows(made)
    received = [row for row in rows if row["outcome"] == "received"]
    waiting = sum(row["unread"] for row in received)
    return page(
        request,
        "uploaded.html",
        "What came of the upload",
        upload=made,
        rows=rows,
        received=len(received),
        refused=sum(row["outcome"] == "refused" for row in rows),
        done=len(received) - waiting,
        waiting=waiting,
        may_upload=request.user.has_perm(UPLOAD),
        nobody_reads=waiting and uploads.nobody_reads(),
    )


def _rows(made: Upload) -> list[dict]:
    """The refused files first: among hundreds they are what somebody has to do something about."""
    ids = [row["letter"] for row in made.rows if row["letter"]]
    letters = with_standing(Letter.objects.select_related("council", "review"), clock.now()).in_bulk(ids)
    by_id = {str(pk): letter for pk, letter in letters.items()}
    rows = sorted(made.rows, key=lambda row: row["outcome"] != "refused")
    return [_row(row, by_id.get(row["letter"])) for row in rows]


def _row(row: dict, letter: Letter | None) -> dict:
    return row | {
        "letter": letter,
        "standing": in_words(letter) if letter else "",
        "unread": bool(letter) and letter.state in {State.RECEIVED, State.READING},
    }


def to_upload(request: HttpRequest) -> HttpResponse:
    """Letters come by upload alone."""
    return redirect("admin:letters_letter_upload")
