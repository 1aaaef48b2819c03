from dataclasses import replace
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlmodel import select

from overskill import db
from overskill.clients.bundler import FakeBundler
from overskill.clients.edge import FakeEdge, Upload
from overskill.container import Container
from overskill.errors import Conflict, NotFound, Unavailable
from overskill.models import (
    App,
    DeploymentEnvironment,
    Listing,
    ListingStatus,
    TryOut,
    utc_now,
)
from overskill.services.accounts.sessions import SignedIn
from overskill.services.apps.env_vars import set_variables
from overskill.services.deployments.publisher import Publisher
from overskill.services.market import try_outs
from overskill.services.market.try_outs import TryOutView, end_try_outs, open_try_out, visitor_hash
from tests.factories import make_user
from tests.market_rows import make_listing
from tests.services.market.test_listing_page import seen_by

ADA = visitor_hash("ada's tab")


def arrange(*, status: ListingStatus = ListingStatus.PUBLISHED) -> Listing:
    with db.transaction() as session:
        return make_listing(session, status=status)


def try_it(services: Container, listing: Listing, visitor: str = ADA, viewer: SignedIn | None = None) -> TryOutView:
    return open_try_out(listing.slug, viewer, visitor, services.publisher)


def edge_of(services: Container) -> FakeEdge:
    assert isinstance(services.edge, FakeEdge)
    return services.edge


def shown(services: Container) -> dict[str, Upload]:
    edge = edge_of(services)
    found = {row.script: edge.served("preview", row.script) for row in rows()}
    return {script: upload for script, upload in found.items() if upload is not None}


def rows() -> list[TryOut]:
    with db.transaction() as session:
        return list(session.exec(select(TryOut).order_by(TryOut.created_at)))  # type: ignore[arg-type]


def test_a_visitor_gets_a_copy_at_an_address_that_nobody_guesses(services: Container) -> None:
    listing = arrange()
    copy = try_it(services, listing)

    ((script, upload),) = shown(services).items()
    assert copy.url == services.settings.app_address(f"preview--{script}")
    assert len(script) >= 28
    assert listing.slug not in script
    assert upload.app_id == str(copy.id)
    assert copy.expires_at > utc_now() + timedelta(minutes=services.settings.try_out_minutes - 1)


def test_search_engines_leave_it_alone(services: Container) -> None:
    try_it(services, arrange())
    (upload,) = shown(services).values()

    assert b'name="robots" content="noindex' in upload.assets["/index.html"].content


def test_it_can_keep_something_although_it_stands_in_a_frame(services: Container) -> None:
    try_it(services, arrange())
    (upload,) = shown(services).values()
    page = upload.assets["/index.html"].content.decode()

    assert page.count("<script>") == page.count("provideStorage();\n})();</script>") == 1
    assert page.index("provideStorage") < page.index("index-1.js")


def test_no_secret_and_nothing_of_production_goes_along(services: Container) -> None:
    listing = arrange()
    sealing = replace(services, settings=services.settings.model_copy(update={"secret_key": SecretStr("s" * 40)}))
    with db.transaction() as session:
        app = session.get_one(App, listing.app_id)
        for environment, values in (
            (DeploymentEnvironment.PRODUCTION, {"VITE_API": "live", "STRIPE_KEY": "sk"}),
            (DeploymentEnvironment.PREVIEW, {"VITE_API": "test", "STRIPE_KEY": "sk"}),
        ):
            set_variables(session, app, environment, values, settings=sealing.settings)
    try_it(sealing, listing)

    (upload,) = shown(services).values()
    assert (upload.variables, upload.secrets) == ({"VITE_API": "test"}, {})


def test_the_same_visitor_gets_the_same_copy(services: Container) -> None:
    listing = arrange()
    made, known = try_it(services, listing), try_it(services, listing)
    assert known == replace(made, was_made=False)
    assert try_it(services, listing, visitor_hash("somebody else")).url != try_it(services, listing).url
    assert len(rows()) == 2


def test_after_its_time_a_copy_is_taken_down_and_the_next_is_another(services: Container) -> None:
    listing = arrange()
    first = try_it(services, listing)
    expire()

    assert try_it(services, listing).url != first.url
    assert end_try_outs(services.publisher) == 1
    assert list(shown(services)) == [rows()[1].script]
    assert end_try_outs(services.publisher) == 0


def test_a_copy_of_what_was_suspended_is_taken_down(services: Container) -> None:
    listing = arrange()
    try_it(services, listing)
    with db.transaction() as session:
        session.get_one(Listing, listing.id).status = ListingStatus.SUSPENDED

    assert end_try_outs(services.publisher) == 1
    assert shown(services) == {}


def test_a_copy_that_was_ended_while_it_was_made_does_not_stay(
    services: Container, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Suspended between the claim and the publish, there is nothing yet that could be taken down."""
    listing, publish = arrange(), try_outs._publish

    def suspended_first(copy: try_outs._Copy, publisher: Publisher) -> None:
        with db.transaction() as session:
            session.get_one(Listing, listing.id).status = ListingStatus.SUSPENDED
        assert end_try_outs(publisher) == 1
        publish(copy, publisher)

    monkeypatch.setattr(try_outs, "_publish", suspended_first)
    with pytest.raises(Conflict, match="taken down while"):
        try_it(services, listing)
    assert shown(services) == {}


def test_as_many_as_there_can_be_end_at_once(services: Container) -> None:
    """One call is all that the act of suspending makes."""
    listing = arrange()
    with db.transaction() as session:
        for number in range(try_outs.MOST_ALIVE):
            session.add(
                TryOut(
                    listing_id=listing.id,
                    release_id=listing.release_id,
                    script=f"try-{number:024}",
                    expires_at=utc_now() + timedelta(hours=1),
                )
            )
        session.get_one(Listing, listing.id).status = ListingStatus.SUSPENDED
    assert end_try_outs(services.publisher) == try_outs.MOST_ALIVE
    assert end_try_outs(services.publisher) == 0


def test_a_visitor_has_a_few_copies_at_a_time_and_loses_the_oldest(services: Container) -> None:
    for _ in range(try_outs.MOST_OF_A_VISITOR + 1):
        try_it(services, arrange())

    assert list(shown(services)) == [row.script for row in rows()[1:]]


def test_an_instance_is_not_filled(services: Container, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(try_outs, "MOST_ALIVE", 2)
    listing = arrange()
    for visitor in range(4):
        try_it(services, listing, visitor_hash(str(visitor)))

    assert len(shown(services)) == 2


def test_nobody_tries_somebody_elses_draft(services: Container) -> None:
    listing = arrange(status=ListingStatus.DRAFT)
    with pytest.raises(NotFound):
        try_it(services, listing)
    with db.transaction() as session:
        admin = seen_by(make_user(session, is_admin=True))
    assert try_it(services, listing, viewer=admin).url
    assert end_try_outs(services.publisher) == 0


def test_what_has_no_release_can_not_be_tried(services: Container) -> None:
    listing = arrange()
    with db.transaction() as session:
        session.get_one(Listing, listing.id).release_id = None
    with pytest.raises(Conflict):
        try_it(services, listing)


def test_what_was_built_before_is_not_built_again(services: Container) -> None:
    listing = arrange()
    assert isinstance(services.bundler, FakeBundler)
    try_it(services, listing)
    try_it(services, listing, visitor_hash("somebody else"))

    assert [method for method, _ in services.bundler.calls].count("build") == 1


def test_an_edge_that_does_not_answer_leaves_nothing_behind(services: Container) -> None:
    listing = arrange()
    edge_of(services).is_down = True
    with pytest.raises(Unavailable):
        try_it(services, listing)
    edge_of(services).is_down = False

    assert end_try_outs(services.publisher) == 1
    assert try_it(services, listing).url


def expire() -> None:
    with db.transaction() as session:
        for row in session.exec(select(TryOut)):
            row.expires_at = utc_now() - timedelta(minutes=1)
