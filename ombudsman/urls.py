"""The site's addresses: staff under /admin/, everything else is the public site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("public.urls")),
]

handler400 = "public.pages.errors.bad_request"
handler403 = "public.pages.errors.forbidden"
handler404 = "public.pages.errors.not_found"
handler500 = "public.pages.errors.server_error"
