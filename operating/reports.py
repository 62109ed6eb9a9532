"""What an error report may show: the code that failed, and nothing of what it worked on."""

from django.conf import settings
from django.views.debug import SafeExceptionReporterFilter


class NothingOfALetter(SafeExceptionReporterFilter):
    """Hides every local variable and every field that was sent, except on a developer's own page of DEBUG."""

    def get_traceback_frame_variables(self, request, tb_frame):
        if settings.DEBUG:
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]

    def get_post_parameters(self, request):
        if settings.DEBUG or request is None:
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)
