"""Every handler of what people sell and bought, called with the ids and addresses of somebody else's.

Whoever opens the websocket can do so. What a handler does not refuse must change nothing and show nothing: each that
answers without refusing is named in SHOWS_ONES_OWN, so a handler that is written without a thought of this fails here.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, get_type_hints

import pytest
import reflex as rx

from overskill import state
from overskill.clients.jobs import FakeJobQueue
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import OverskillError, SignInRequired
from overskill.services.accounts.sessions import COOKIE, Visitor, open_session
from overskill.state.checkout import CheckoutDoneState
from overskill.state.update import UpdateState
from tests.conftest import Tab
from tests.factories import make_user
from tests.market_rows import make_creator
from tests.state.belongings import SECRET, Belongings, all_rows, arrange

MODULES = ("sell", "earnings", "library", "notices", "update", "checkout")
SHOWS_ONES_OWN = {
    # their own desk, library, earnings, notices; "nothing is here" at an address of somebody else's
    "SellState": {"load", "begin_here"},
    "ProfileState": {"load", "save"},  # a username that is taken is refused at its input
    "SellRefundsState": {"load", "ask", "write", "keep", "close", "answer", "grant", "decline"},
    "SellBundlesState": {"load", "choose", "make"},  # of one's own choices: none
    "SellAnalyticsState": {"load", "show_days", "show_listing", "show_currency"},
    "SellListingState": {"show_step"},
    "SellReleaseState": {"open", "watch"},
    "EarningsState": {"load", "show_currency", "begin_onboarding", "open_dashboard", "look_again"},
    "LibraryState": {"load", "search", "show_group", "watch", "close"},
    "TakeOverState": {"load"},
    "NoticesState": {"load"},
    "AppealState": {"load"},
    "UpdateState": {"load", "watch", "write"},
    "CheckoutDoneState": {"load", "watch"},
}
FOR_GUESTS_TOO = {
    "SellState": {"begin_here"},
    "SellListingState": {"show_step"},
    "SellReleaseState": {"watch"},
    "SellBundlesState": {"choose"},
    "SellRefundsState": {"ask", "write", "close"},
    "SellAnalyticsState": {"show_days"},
    "LibraryState": {"search", "show_group", "watch", "close"},
    "TakeOverState": {"load"},
    "AppealState": {"load", "appeal"},  # by a signed link; without one: see below
    "UpdateState": {"watch"},
    "CheckoutDoneState": {"load", "watch"},
}
OWN_ACCOUNT = {"begin_onboarding"}  # changes the row of who calls it, and nobody else's: Stripe's account


def handlers() -> Iterator[Any]:
    for module in pkgutil.iter_modules(state.__path__):
        if module.name.startswith(MODULES):
            for kind in vars(importlib.import_module(f"{state.__name__}.{module.name}")).values():
                if (
                    isinstance(kind, type)
                    and issubclass(kind, rx.State)
                    and kind.__module__.endswith(f".{module.name}")
                ):
                    for name, handler in kind.event_handlers.items():
                        if name in vars(kind) and name != "setvar":
                            yield pytest.param(kind.__name__, handler, id=f"{kind.__name__}.{name}")


HANDLERS = list(handlers())


def path_of(kind: str, hers: Belongings) -> str:
    match kind:
        case "UpdateState":
            return f"/library/updates/{hers.update_id}"
        case "CheckoutDoneState":
            return f"/checkout/done/{hers.purchase_id}"
        case "LibraryState":
            return "/library"
        case _:
            return f"/sell/{hers.draft}"


def calls(handler: Any, hers: Belongings) -> list[dict[str, Any]]:
    """Each of her ids and addresses in each place that takes a text."""
    hints = {name: hint for name, hint in get_type_hints(handler.fn).items() if name != "return"}
    form = {f"offer-{hers.ids['offer']}": "on", "notice": hers.ids["notice"], "number": "1", "version": "1"}
    form |= {"title": "Taken", "price": "5", "username": "ada", "name": "Mallory", "text": "Mine now", "reason": "Mine"}
    form |= {
        "decision": "Mine",
        "amount": "1",
        "currency": "usd",
        "copy_model": "free",
        "code": "MINE",
        "percent": "50",
    }
    form |= {"email": "mallory@example.com", "notes": "Mine"}
    fitting = {bool: True, int: 1, list[str]: [hers.ids["picture"]], dict[str, str]: form, dict[str, Any]: form}
    texts = hers.words if str in hints.values() else [""]
    return [{name: word if hint is str else fitting[hint] for name, hint in hints.items()} for word in texts]


async def attempt(tab: Tab, kind: str, handler: Any, hers: Belongings) -> list[OverskillError | None]:
    """How each call ended. A page that remembers its address is opened first."""
    path, ended = path_of(kind, hers), list[OverskillError | None]()
    if kind in ("UpdateState", "CheckoutDoneState"):
        opening = {"UpdateState": UpdateState.load, "CheckoutDoneState": CheckoutDoneState.load}[kind]
        with suppress(OverskillError):
            await tab.do(opening, path=path)
    for payload in calls(handler, hers):
        try:
            await tab.do(handler, path=path, params={"app": hers.draft, "listing": hers.draft}, **payload)
            ended.append(None)
        except OverskillError as refusal:
            ended.append(refusal)
    return ended


def sign_in_as_another_creator(tab: Tab) -> None:
    with transaction() as session:
        mallory = make_user(session, name="Mallory")
        make_creator(session, mallory, username="mallory")
        tab.cookie = f"{COOKIE}={open_session(session, mallory.id, Visitor())}"


def check_nothing_happened(
    tab: Tab, services: Container, before: dict[str, tuple[int, int]], *, name: str = ""
) -> None:
    after = all_rows()
    assert {table for table, rows in after.items() if rows != before[table]} <= (
        {"creator_profiles"} if name in OWN_ACCOUNT | {"save"} else set()
    )
    assert SECRET.lower() not in repr([tab.deltas, tab.events]).lower().replace("/undisclosed", "")
    assert isinstance(services.queue, FakeJobQueue)
    assert services.queue.enqueued == []


@pytest.mark.parametrize(("kind", "handler"), HANDLERS)
async def test_another_creator_neither_sees_nor_changes_it(
    tab: Tab, services: Container, kind: str, handler: Any
) -> None:
    hers = arrange()
    sign_in_as_another_creator(tab)
    before, name = all_rows(), handler.fn.__name__
    ended = await attempt(tab, kind, handler, hers)
    check_nothing_happened(tab, services, before, name=name)
    if name not in SHOWS_ONES_OWN.get(kind, ()):
        assert all(ended), "Refuse it, or say in SHOWS_ONES_OWN why it need not be"


@pytest.mark.parametrize(("kind", "handler"), HANDLERS)
async def test_a_stranger_is_asked_to_sign_in(tab: Tab, services: Container, kind: str, handler: Any) -> None:
    hers = arrange()
    before = all_rows()
    ended = await attempt(tab, kind, handler, hers)
    check_nothing_happened(tab, services, before)
    if handler.fn.__name__ not in FOR_GUESTS_TOO.get(kind, ()):
        assert {type(one) for one in ended} == {SignInRequired}


def test_every_exception_is_of_a_handler_that_exists() -> None:
    known = {(kind, handler.fn.__name__) for kind, handler in (param.values for param in HANDLERS)}
    named = {
        (kind, name) for table in (SHOWS_ONES_OWN, FOR_GUESTS_TOO) for kind, names in table.items() for name in names
    }
    assert named <= known
