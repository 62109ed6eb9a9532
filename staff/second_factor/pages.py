"""The pages of the second factor: show it, set it up, see how it stands, and reset that of somebody else."""

import segno
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from staff.passwords import FIRST_LASTS
from staff.second_factor import codes, factors, passkeys
from staff.second_factor.demanding import ask, freshly, has_shown, note_shown
from staff.second_factor.forms import AddPasskeyForm, PasskeyForm, SetUpForm, VerifyForm

_SEED = "staff-second-factor-seed"


def _page(request: HttpRequest, name: str, title: str, **context) -> HttpResponse:
    """A page of these; whoever has shown no factor sees no way to any other."""
    half_in = settings.SECOND_FACTOR and not has_shown(request)
    known = admin.site.each_context(request)
    if half_in:
        known |= {"available_apps": [], "is_nav_sidebar_enabled": False, "half_in": True}
    request.current_app = admin.site.name
    return TemplateResponse(request, f"admin/second_factor/{name}.html", known | {"title": title} | context)


def _next(request: HttpRequest) -> str:
    asked = request.POST.get("next", request.GET.get("next", ""))
    fits = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if fits else reverse("admin:index")


def verify(request: HttpRequest) -> HttpResponse:
    """Where a code is asked for, after the password and before factors are changed."""
    factor = factors.of(request.user)
    if factor is None:
        return redirect("second-factor:set-up")
    sent = request.POST if request.method == "POST" else None
    by_device = sent is not None and "passkey" in sent
    form = VerifyForm(request, factor, None if by_device else sent)
    passkey = PasskeyForm(request, sent if by_device else None)
    if sent is not None and (passkey if by_device else form).is_valid():
        note_shown(request, factor)
        if not by_device:
            _say_how_many_are_left(request, form)
        return redirect(_next(request))
    context = {
        "form": form,
        "passkey": passkey,
        "options": passkeys.ask_to_show(request),
        "next": _next(request),
    }
    return _page(request, "verify", "Your second factor", **context)


def _say_how_many_are_left(request: HttpRequest, form: VerifyForm) -> None:
    if not codes.is_of_an_app(form.cleaned_data["code"]):
        left = request.user.recovery_codes.count()
        messages.warning(
            request,
            f"That recovery code is used up; you have {left} more. Make new ones, or set up another app, under "
            "“Second factor” at the top.",
        )


@freshly
def set_up(request: HttpRequest) -> HttpResponse:
    """Where an app gets its secret, and shows that it has it."""
    present = factors.of(request.user)
    seed = request.session.setdefault(_SEED, codes.new_seed())
    form = SetUpForm(seed, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            factor, recovery = factors.set_up(request.user, seed, form.step, instead_of=present)
        except factors.ChangedMeanwhile:
            return ask(request, reverse("second-factor:yours"))
        del request.session[_SEED]
        note_shown(request, factor)
        return _codes_page(request, recovery)
    return _page(
        request, "set_up", "Set up your second factor", form=form, present=present, **_secret(request, seed)
    )


def _secret(request: HttpRequest, seed: str) -> dict[str, str]:
    """The secret as a picture, as an address and as text: whoever cannot scan types it."""
    secret, address = codes.secret_of(seed), codes.address_for_apps(seed, request.user.get_username())
    # Marks on a square, without a word in it of what they say.
    picture = segno.make(address, micro=False).svg_inline(omitsize=True, border=4, dark="#000", light="#fff")
    return {
        "picture": mark_safe(picture),
        "address": address,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }


def _codes_page(request: HttpRequest, recovery: list[str]) -> HttpResponse:
    return _page(request, "recovery_codes", "Your recovery codes", recovery=recovery)


def yours(request: HttpRequest) -> HttpResponse:
    """How one's own factor stands, with the ways to change it."""
    factor = factors.of(request.user)
    left = request.user.recovery_codes.count()
    return _page(
        request, "yours", "Your second factor", factor=factor, left=left, passkeys=request.user.passkeys.all()
    )


@require_POST
@freshly
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes instead of those before."""
    if factors.of(request.user) is None:
        return redirect("second-factor:set-up")
    return _codes_page(request, factors.renew_recovery_codes(request.user))


@freshly
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Where a device makes a passkey."""
    if factors.of(request.user) is None:
        return redirect("second-factor:set-up")
    form = AddPasskeyForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, f"The passkey “{form.cleaned_data['name']}” was added.")
        return redirect("second-factor:yours")
    return _page(request, "add_passkey", "Add a passkey", form=form, options=passkeys.ask_to_add(request))


@require_POST
@freshly
def remove_passkey(request: HttpRequest, passkey: int) -> HttpResponse:
    """One's own passkey, taken away."""
    removed = get_object_or_404(request.user.passkeys, pk=passkey)
    passkeys.remove(request, removed)
    messages.success(request, f"The passkey “{removed}” was removed.")
    return redirect("second-factor:yours")


@freshly
def reset(request: HttpRequest, user: int) -> HttpResponse:
    """Where an administrator resets the factor of somebody who has lost it."""
    if not request.user.is_superuser or user == request.user.pk:
        raise PermissionDenied
    whose = get_object_or_404(User, pk=user)
    factor, password = factors.of(whose), ""
    if request.method == "POST" and factor:
        password = factors.reset(whose, request.user)
    title = f"Second factor of {whose}"
    return _page(request, "reset", title, whose=whose, factor=factor, password=password, lasts=FIRST_LASTS)
