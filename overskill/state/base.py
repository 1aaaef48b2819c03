"""What every state uses: setting only what is different, and one place for errors."""

import logging

import reflex as rx
from reflex.event import EventSpec

from overskill.errors import OverskillError, SignInRequired

# A whole page load, so that the next websocket carries the next cookie; and back here afterwards.
TO_SIGN_IN = "location.assign('/sign-in?next=' + encodeURIComponent(location.pathname + location.search))"

log = logging.getLogger(__name__)


def assign(state: rx.State, **values: object) -> None:
    """Set what is different: a var set to an equal value is sent to the browser all the same."""
    for name, value in values.items():
        if getattr(state, name) != value:
            setattr(state, name, value)


def on_error(exception: Exception) -> list[EventSpec]:
    """Whatever a handler raised: an expected failure is shown as it is, anything else is a bug and is logged."""
    if isinstance(exception, SignInRequired):
        return [rx.call_script(TO_SIGN_IN)]
    if isinstance(exception, OverskillError):
        return [rx.toast.error(exception.message)]
    log.error("unexpected error in an event handler", exc_info=exception)
    return [rx.toast.error("Something went wrong on our side. It has been logged; please try again.")]
