"""Second factors set up, used, and taken away: each told in the history of the person, without what it is made of."""

from contextlib import AbstractContextManager

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from history.recording import recorded
from staff.models import Passkey, RecoveryCode, SecondFactor
from staff.passwords import give_first_password
from staff.second_factor import codes


class ChangedMeanwhile(Exception):
    """The person has another factor by now than the one that was shown."""


def of(user: User) -> SecondFactor | None:
    """The person's factor, if one is set up."""
    return SecondFactor.objects.filter(user=user).first()


def told(by: User | None, user: User, deed: str) -> AbstractContextManager[None]:
    """Tell a deed in the history of a person, who may be a request's, and is then looked up."""
    return recorded(by, User.objects.get(pk=user.pk), deed)


def set_up(
    user: User, seed: str, step: int, instead_of: SecondFactor | None
) -> tuple[SecondFactor, list[str]]:
    """Take this app as the person's second factor: the factor, and ten recovery codes, which nobody sees again.

    `step` is that of the code by which the person showed that the app has the secret. Raises ChangedMeanwhile where
    the factor is not the one it takes the place of.
    """
    with told(user, user, "Set up an authenticator app as second factor, with new recovery codes."):
        if of(user) != instead_of:
            raise ChangedMeanwhile
        SecondFactor.objects.filter(user=user).delete()
        now = timezone.now()
        factor = SecondFactor.objects.create(user=user, seed=seed, set_up_at=now, last_step=step)
        return factor, _new_recovery_codes(user)


def renew_recovery_codes(user: User) -> list[str]:
    """Ten new codes; those before work no more."""
    with told(user, user, "Made new recovery codes."):
        return _new_recovery_codes(user)


def _new_recovery_codes(user: User) -> list[str]:
    made, now = [codes.new_recovery_code() for _ in range(codes.RECOVERY_CODES)], timezone.now()
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, sha256=codes.digest_of(code), made_at=now) for code in made
    )
    return made


def takes_code(factor: SecondFactor, typed: str) -> bool:
    """Whether this is a code of the person's app, of about now, and later than any that was taken before."""
    step = codes.step_of(factor.seed, typed, timezone.now())
    if step is None:
        return False
    later = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return later.update(last_step=step) == 1


def takes_recovery_code(user: User, typed: str) -> bool:
    """Whether this is a recovery code of the person; it is used up by that."""
    kept = RecoveryCode.objects.filter(user=user, sha256=codes.digest_of(typed))
    if not kept.exists():
        return False
    with told(user, user, "Used a recovery code."):
        return kept.delete()[0] == 1


def reset(user: User, by: User | None) -> str:
    """Take the person's factor away, and end all their sessions; the new first password, to be handed over in private.

    The password is new because whoever knows the old one could otherwise set up a factor first. `by` is None for the
    command line. Raises PermissionDenied for oneself.
    """
    if by == user:
        raise PermissionDenied("Somebody else resets your second factor.")
    with told(by, user, "Reset the second factor and the password; all sessions ended."):
        SecondFactor.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user).delete()
        Passkey.objects.filter(user=user).delete()
        return give_first_password(user)
