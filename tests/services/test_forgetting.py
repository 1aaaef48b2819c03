import io
from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from PIL import Image
from sqlmodel import select

from overskill.clients.bundler import Asset, FakeBundler
from overskill.clients.custom_hosts import FakeCustomHosts
from overskill.clients.edge import FakeEdge, Upload
from overskill.clients.objects import FakeObjectStore
from overskill.container import Container
from overskill.db import transaction
from overskill.errors import Conflict, Unavailable
from overskill.models import App, Domain, DomainStatus, FileBlob, GenerationEvent, User, VersionCause
from overskill.models.base import utc_now
from overskill.services import apps
from overskill.services.apps.files import checksum, store_blobs
from overskill.services.apps.thumbnails import save_thumbnail
from overskill.services.forgetting import forget_app, forget_what_was_typed_over
from tests.factories import make_app, make_generation, make_user
from tests.market_rows import make_listing, make_offer, make_purchase

Make = Callable[..., App]


@pytest.fixture
def user(database: str) -> User:
    with transaction() as session:
        return make_user(session)


@pytest.fixture
def make(services: Container, user: User) -> Make:
    """An app with a text and a picture of its own, deleted long ago."""

    def make(text: str, colour: str = "#6d5bf6") -> App:
        with transaction() as session:
            app = make_app(session, user, files={"src/App.tsx": text, "index.html": "the same everywhere"})
            apps.delete_app(session, app)
            app.deleted_at = utc_now() - timedelta(days=31)
            save_thumbnail(session, app, picture(colour), services.objects)
            return app

    return make


def picture(colour: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (64, 40), colour).save(buffer, "PNG")
    return buffer.getvalue()


def forget(services: Container, app: App) -> None:
    forget_app(app.id, services.publisher, hosts=services.hosts, objects=services.objects)


def kept_files() -> set[str]:
    with transaction() as session:
        return set(session.exec(select(FileBlob.content)))


def pictures(services: Container) -> int:
    assert isinstance(services.objects, FakeObjectStore)
    return len(services.objects.objects)


def test_the_files_of_an_app_go_with_it_but_for_those_that_others_have(services: Container, make: Make) -> None:
    mine = make("mine")
    make("theirs")
    forget(services, mine)
    assert kept_files() == {"theirs", "the same everywhere"}


def test_pictures_of_versions_go_with_their_app_unless_another_has_them(services: Container, make: Make) -> None:
    mine, theirs = make("mine", "#111111"), make("theirs", "#222222")
    with transaction() as session:
        for app in (mine, theirs):
            version = apps.save_version(session, session.get_one(App, app.id), note="", cause=VersionCause.EDIT)
            version.screenshot = theirs.thumbnail
            session.add(version)
    forget(services, theirs)
    assert pictures(services) == 2
    forget(services, mine)
    assert pictures(services) == 0


def test_what_only_an_old_version_or_a_turn_had_goes_too(services: Container, make: Make) -> None:
    app = make("as it is")
    with transaction() as session:
        apps.save_version(session, session.get_one(App, app.id), note="", cause=VersionCause.EDIT)
        apps.write_files(session, app.id, {"src/App.tsx": "later"})
        turn = make_generation(session, session.get_one(App, app.id))
        store_blobs(session, ["written by a turn"])
        data = {"path": "src/Gone.tsx", "checksum": checksum("written by a turn"), "lines": 1}
        session.add(GenerationEvent(generation_id=turn.id, seq=1, kind="close", data=data))
    forget(services, app)
    assert kept_files() == set()


def test_a_file_that_a_turn_of_another_app_wrote_stays(services: Container, make: Make) -> None:
    app, other = make("shared"), make("other")
    with transaction() as session:
        turn = make_generation(session, session.get_one(App, other.id))
        data = {"path": "src/App.tsx", "checksum": checksum("shared"), "lines": 1}
        session.add(GenerationEvent(generation_id=turn.id, seq=1, kind="close", data=data))
    forget(services, app)
    assert "shared" in kept_files()


def test_what_a_turn_wrote_in_vain_goes_with_its_app_only(services: Container, make: Make) -> None:
    app, other = make("shared"), make("other")
    with transaction() as session:
        store_blobs(session, ["in vain"])
        for held, text in ((other, "shared"), (app, "in vain")):
            turn = make_generation(session, session.get_one(App, held.id))
            turn.conflicts = [{"path": "src/App.tsx", "checksum": checksum(text)}, {"path": "a.ts", "checksum": None}]
    forget(services, app)
    assert kept_files() == {"shared", "other", "the same everywhere"}


def test_a_text_that_was_typed_over_goes_and_what_anything_holds_stays(services: Container, make: Make) -> None:
    app = make("as it is")
    with transaction() as session:
        apps.save_version(session, session.get_one(App, app.id), note="", cause=VersionCause.EDIT)
        apps.write_files(session, app.id, {"src/App.tsx": "now"})
        store_blobs(session, ["typed over", "in vain"])
        turn = make_generation(session, session.get_one(App, app.id))
        turn.conflicts = [{"path": "src/App.tsx", "checksum": checksum("in vain")}]
    with transaction() as session:
        assert forget_what_was_typed_over(session) == 1
    assert kept_files() == {"as it is", "now", "in vain", "the same everywhere"}


def test_a_picture_goes_with_the_last_app_that_has_it(services: Container, make: Make) -> None:
    first, copy = make("a"), make("b")
    assert pictures(services) == 1
    forget(services, first)
    assert pictures(services) == 1
    forget(services, copy)
    assert pictures(services) == 0


def test_a_newer_picture_replaces_the_one_before(services: Container, make: Make) -> None:
    app = make("a")
    with transaction() as session:
        save_thumbnail(session, session.get_one(App, app.id), picture("#ff0000"), services.objects)
    assert pictures(services) == 1


def test_what_was_published_and_the_preview_are_gone(services: Container, make: Make) -> None:
    edge, bundler = services.edge, services.bundler
    assert isinstance(edge, FakeEdge)
    assert isinstance(bundler, FakeBundler)
    app = make("a")
    bundler.open(app.preview_key, {})
    assets = {"/index.html": Asset(b"<!doctype html>", "text/html")}
    version = edge.upload(Upload("production", app.slug, str(app.id), "1", assets))
    edge.activate("production", app.slug, version)
    forget(services, app)
    assert edge.live("production", app.slug) is None
    assert edge.prune("production", app.slug, []) == 0
    assert app.preview_key not in bundler.apps


def test_what_an_earlier_name_of_it_left_at_the_edge_is_gone_too(services: Container, make: Make) -> None:
    edge, app = services.edge, make("a")
    assert isinstance(edge, FakeEdge)
    edge.activate("staging", "earlier", edge.upload(Upload("staging", "earlier", str(app.id), "1", {})))
    edge.activate("staging", "another", edge.upload(Upload("staging", "another", "another app", "1", {})))
    forget(services, app)
    assert (edge.live("staging", "earlier"), edge.live("staging", "another") is None) == (None, False)
    assert edge.prune("staging", "earlier", []) == 0


def test_an_app_that_can_still_be_brought_back_is_kept(services: Container, make: Make) -> None:
    app = make("a")
    with transaction() as session:
        session.get_one(App, app.id).deleted_at = utc_now() - timedelta(days=29)
    forget(services, app)
    assert "a" in kept_files()


def test_an_app_that_was_sold_is_kept_for_its_buyers(services: Container, make: Make, user: User) -> None:
    sold, other = make("sold"), make("never sold")
    with transaction() as session:
        listing = make_listing(session, app=sold)
        make_purchase(session, make_user(session), make_offer(session, listing))
        assert apps.apps_past_recovery(session) == [other.id]


def test_an_app_that_is_being_forgotten_is_not_brought_back(services: Container, make: Make) -> None:
    app = make("a")
    with transaction() as session, pytest.raises(Conflict, match="more than 30 days ago"):
        apps.bring_back_app(session, session.get_one(App, app.id))


def test_while_others_are_asked_the_row_of_the_app_is_free(
    services: Container, make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, seen = make("a"), list[str]()

    def look(name: str, *_: object) -> None:
        with transaction() as session:
            session.get_one(App, app.id, with_for_update={"nowait": True})
        seen.append(name)

    monkeypatch.setattr(services.edge, "places_of", lambda *asked: look("edge", *asked) or [])
    monkeypatch.setattr(services.bundler, "close", partial(look, "preview"))
    monkeypatch.setattr(services.routes, "delete_host", partial(look, "routes"))
    monkeypatch.setattr(services.hosts, "remove", partial(look, "hosts"))
    with transaction() as session:
        status = DomainStatus.ACTIVE
        session.add(Domain(app_id=app.id, user_id=app.creator_id, host="a.example.com", token="t", status=status))
    forget(services, app)
    assert seen == ["edge", "routes", "hosts", "preview"]
    with transaction() as session:
        assert session.exec(select(Domain)).all() == []


def test_without_domains_taken_down_nothing_is_forgotten_yet(services: Container, make: Make) -> None:
    assert isinstance(services.hosts, FakeCustomHosts)
    services.hosts.is_down = True
    app = make("a")
    with transaction() as session:
        status = DomainStatus.ACTIVE
        session.add(Domain(app_id=app.id, user_id=app.creator_id, host="a.example.com", token="t", status=status))
    with pytest.raises(Unavailable):
        forget(services, app)
    assert "a" in kept_files()


def test_without_the_edge_nothing_is_forgotten_yet(services: Container, make: Make) -> None:
    assert isinstance(services.edge, FakeEdge)
    services.edge.is_down = True
    app = make("a")
    with pytest.raises(Unavailable):
        forget(services, app)
    assert "a" in kept_files()
    assert pictures(services) == 1
