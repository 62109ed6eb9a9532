"""The site's addresses: staff under /admin/, everything else is the public site."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from staff.changing_password import add_user, change_password, set_password
from staff.sessions import signed_in

urlpatterns = [
    path("admin", RedirectView.as_view(pattern_name="admin:index", permanent=True)),
    path("admin/second-factor/", include("staff.second_factor.urls")),
    path("admin/password_change/", change_password),
    path("admin/auth/user/<id>/password/", set_password),
    path("admin/auth/user/add/", add_user),
    path("admin/", admin.site.urls),
    path("signed-in", signed_in),
    path("", include("public.urls")),
]

handler400 = "public.pages.errors.bad_request"
handler403 = "public.pages.errors.forbidden"
handler404 = "public.pages.errors.not_found"
handler500 = "public.pages.errors.server_error"
