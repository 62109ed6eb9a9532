"""The letters in the admin: a list to find them, a page for each; changed by the workflow alone."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.text import Truncator
from django.views.decorators.csrf import csrf_protect

from history.admin import RecordedAdmin
from letters import across, clock
from letters.admin import correcting, deeds, pages, queue, reviewing, uploading
from letters.admin.access import find
from letters.admin.filters import CouncilFilter, StandingFilter
from letters.models import Letter
from letters.standing import in_words, with_standing


@admin.register(Letter)
class LetterAdmin(RecordedAdmin):
    list_display = ["council_name", "year", "stands", "original_name"]
    list_display_links = ["council_name"]
    list_filter = [StandingFilter, ("review", admin.RelatedOnlyFieldListFilter), CouncilFilter]
    list_select_related = ["council", "review"]
    list_per_page = 50
    empty_value_display = "not known"
    search_fields = ["council__name", "council__aliases__text", "authority_as_printed", "original_name"]
    search_help_text = "Search by council or by the name of the uploaded file."
    change_list_template = "admin/letters/letter/change_list.html"
    actions = None

    def get_urls(self):
        return [
            path("upload/", uploading.upload, name="letters_letter_upload"),
            path("upload/<uuid:pk>/", uploading.uploaded, name="letters_upload"),
            path("add/", self.admin_site.admin_view(uploading.to_upload), name="letters_letter_add"),
            path("queue/", queue.queue, name="letters_letter_queue"),
            path("queue/start/", queue.start, name="letters_letter_start"),
            path("queue/read-again/", queue.read_again, name="letters_letter_read_again"),
            path("queue/together/", queue.together, name="letters_letter_together"),
            path("<uuid:pk>/take/", reviewing.take, name="letters_letter_take"),
            path("<uuid:pk>/pass-over/", reviewing.pass_over, name="letters_letter_pass_over"),
            path("<uuid:pk>/pages/<int:number>.png", pages.picture, name="letters_letter_picture"),
            path("<uuid:pk>/letter.pdf", pages.letter_pdf, name="letters_letter_pdf"),
            path("<uuid:pk>/copy.pdf", pages.clean_copy, name="letters_letter_clean_copy"),
            path("<uuid:pk>/withdraw/", deeds.withdraw, name="letters_letter_withdraw"),
            path("<uuid:pk>/publish-later/", deeds.publish_later, name="letters_letter_publish_later"),
            path("<uuid:pk>/correct/", correcting.correct, name="letters_letter_correct"),
            path("corrections/<int:pk>/<slug:deed>/", correcting.decide, name="letters_correction_decide"),
            path("<uuid:pk>/publishing/<slug:deed>/", deeds.publishing, name="letters_letter_publishing"),
            path("<uuid:pk>/reviewing/<slug:deed>/", deeds.reviewing, name="letters_letter_reviewing"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest):
        # Asked for more than once a page: what speaks against letters is found once.
        if not hasattr(request, "doubted"):
            request.doubted = across.doubted(Letter.objects.all())
        return with_standing(super().get_queryset(request), clock.now(), request.doubted)

    @admin.display(description="council", ordering="council__name")
    def council_name(self, letter: Letter) -> str:
        return letter.council.name if letter.council else letter.authority_as_printed or "not known"

    @admin.display(description="year", ordering="review__year_ending")
    def year(self, letter: Letter) -> str:
        return letter.review.years if letter.review else "not known"

    @admin.display(description="where it stands")
    def stands(self, letter: Letter) -> str:
        return Truncator(in_words(letter)).words(15)

    def has_change_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        return False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": "Letters"} | (extra_context or {}))

    @method_decorator(csrf_protect)
    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        letter = self.get_object(request, object_id)
        if letter is None:
            raise Http404
        return reviewing.letter_page(request, find(letter.pk))
