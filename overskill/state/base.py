"""What every state uses: services off the event loop, and one place for errors."""

import asyncio
import logging
from collections.abc import Callable
from typing import Concatenate, ParamSpec, TypeVar

import reflex as rx
from reflex.event import EventSpec
from sqlmodel import Session

from overskill import db
from overskill.errors import OverskillError, SignInRequired

P = ParamSpec("P")
T = TypeVar("T")

# A whole page load, so that the next websocket carries the next cookie; and back here afterwards.
TO_SIGN_IN = "location.assign('/sign-in?next=' + encodeURIComponent(location.pathname + location.search))"

log = logging.getLogger(__name__)


async def in_thread(service: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a service in a transaction of its own, off the event loop that every user shares."""

    def work() -> T:
        with db.transaction() as session:
            return service(session, *args, **kwargs)

    return await asyncio.to_thread(work)


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
