"""Whoever is no admin changes nothing by calling the desk, with whatever arguments; neither does an admin who was
suspended, from the moment on in which that was decided."""

from typing import Any
from uuid import uuid4

import pytest

from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound, SignInRequired
from overskill.models import User, utc_now
from tests.conftest import Tab
from tests.state.belongings import SECRET, all_rows, arrange
from tests.state.test_admin import HANDLERS, arguments_of, sign_in

REFUSALS = {"a stranger": SignInRequired, "a user": NotFound, "a suspended admin": SignInRequired}


def enter_as(tab: Tab, who: str) -> None:
    tab.token, tab.cookie = str(uuid4()), ""
    if who != "a stranger":
        user = sign_in(tab, is_admin=who == "a suspended admin")
        with transaction() as session:
            session.get_one(User, user.id).suspended_at = utc_now() if who == "a suspended admin" else None


async def attempt(tab: Tab, handler: Any, word: str) -> type[Exception] | None:
    payload = {name: word if isinstance(value, str) else value for name, value in arguments_of(handler).items()}
    try:
        await tab.do(handler, path="/admin", **payload)
    except (NotFound, SignInRequired) as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize("handler", HANDLERS)
async def test_the_desk_does_nothing_for_who_is_no_admin(tab: Tab, services: Container, handler: Any) -> None:
    hers = arrange()
    is_load = handler.fn.__name__ == "load"
    for who, refusal in REFUSALS.items():
        enter_as(tab, who)
        before = all_rows()
        for word in (hers.ids["listing"], str(hers.owner.id), "suspend"):
            assert await attempt(tab, handler, word) == (None if is_load else refusal), who
        assert all_rows() == before, who
    assert "yes" not in tab.seen("standing")
    assert SECRET not in repr(tab.deltas)
    assert isinstance(services.queue, FakeJobQueue)
    assert services.queue.enqueued == []
