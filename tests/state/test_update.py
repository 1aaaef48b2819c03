"""The page of an update."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from overskill.container import Container
from overskill.db import transaction
from overskill.errors import NotFound
from overskill.models import User
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.state.update import UpdateState
from tests.conftest import Tab
from tests.factories import make_user
from tests.services.market.test_updates import OTHER, PAGE, Story, edited
from tests.services.market.test_updates import story as _story
from tests.support_waiting import until

Work = Callable[[], int]
story = _story


def sign_in(tab: Tab, user: User) -> None:
    with transaction() as session:
        tab.cookie = f"{COOKIE}={open_session(session, user.id, Visitor())}"


async def do(tab: Tab, handler: Any, update_id: object, **payload: Any) -> None:
    await tab.do(handler, path=f"/library/updates/{update_id}", **payload)


def last(tab: Tab, var: str) -> Any:
    return tab.seen(var)[-1]


async def test_an_update_is_prepared_and_accepted(story: Story, tab: Tab, work: Work) -> None:
    sign_in(tab, story.buyer)
    update_id = story.release({PAGE: edited(9, "nine")})
    await do(tab, UpdateState.load, update_id)
    assert (last(tab, "status"), last(tab, "title"), last(tab, "release")) == ("offered", "Streaks", 2)
    future = await tab.fire(UpdateState.begin, path=f"/library/updates/{update_id}")
    await until(lambda: last(tab, "status") == "merging")
    work()
    await future.wait_all()
    assert last(tab, "status") == "ready"
    await do(tab, UpdateState.accept, update_id)
    assert last(tab, "status") == "accepted"
    assert not tab.errors


async def test_a_conflict_is_compared_and_chosen(story: Story, tab: Tab, work: Work) -> None:
    sign_in(tab, story.buyer)
    story.change_copy({PAGE: edited(9, "mine")})
    update_id = story.release({PAGE: edited(9, "nine"), OTHER: None})
    story.begin(update_id)
    work()
    await do(tab, UpdateState.load, update_id)
    assert last(tab, "left_to_choose") == 1
    await do(tab, UpdateState.compare, update_id, file=PAGE)
    assert (last(tab, "yours"), last(tab, "theirs")) == (edited(9, "mine"), edited(9, "nine"))
    future = await tab.fire(
        UpdateState.save_written, path=f"/library/updates/{update_id}", form={"text": edited(9, "both")}
    )
    await until(lambda: last(tab, "status") == "merging")
    work()
    await future.wait_all()
    assert last(tab, "status") == "ready"
    assert last(tab, "left_to_choose") == 0


@pytest.mark.parametrize("address", ["none", "of somebody else", "unreadable"])
async def test_what_is_not_theirs_is_not_there(story: Story, tab: Tab, services: Container, address: str) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    with transaction() as session:
        stranger = make_user(session)
    sign_in(tab, stranger)
    places = {"none": uuid4(), "of somebody else": update_id, "unreadable": "x"}
    await do(tab, UpdateState.load, places[address])
    assert last(tab, "is_missing") is True
    with pytest.raises(NotFound):
        await do(tab, UpdateState.accept, update_id)
