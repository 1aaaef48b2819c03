"""A creator's release in a buyer's copy: their changes are kept, and nothing is live that isn't green and accepted."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

import pytest
from sqlmodel import Session, col, select

from overskill.clients.bundler import Diagnostic, FakeBundler
from overskill.clients.edge import FakeEdge
from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.db import run, transaction
from overskill.errors import Conflict, InvalidInput, NotFound, Unavailable
from overskill.models import (
    App,
    AppVersion,
    CopyUpdate,
    Deployment,
    DeploymentEnvironment,
    DeploymentStatus,
    Generation,
    Install,
    License,
    LicenseStatus,
    Listing,
    Release,
    UpdateStatus,
    User,
    VersionCause,
)
from overskill.services.apps import save_version, version_files, write_files
from overskill.services.apps.files import read_files
from overskill.services.market import updates
from overskill.services.market.updates.prepare import PREPARE_JOB, script_of
from tests.factories import STARTER, make_app, make_user
from tests.market_rows import make_install, make_license, make_listing, make_offer, make_purchase, make_release

PAGE, OTHER = "src/App.tsx", "src/other.ts"
BASE = "".join(f"line {number}\n" for number in range(10))
Work = Callable[[], int]


@dataclass
class Story:
    """A listing, a copy of its first release, and its owner."""

    services: Container
    listing: Listing
    copy: App
    buyer: User

    def change_copy(self, files: dict[str, str | None]) -> None:
        with transaction() as session:
            copy = session.get_one(App, self.copy.id)
            write_files(session, copy.id, files)
            save_version(session, copy, note="Mine", cause=VersionCause.EDIT, author_id=self.buyer.id)

    def release(self, files: dict[str, str | None], *, number: int = 2) -> UUID:
        """The creator's next one, offered. Returns the update of the copy."""
        with transaction() as session:
            listing = session.get_one(Listing, self.listing.id)
            assert listing.app_id is not None
            app = session.get_one(App, listing.app_id)
            write_files(session, app.id, files)
            save_version(session, app, note="Theirs", cause=VersionCause.EDIT)
            release = make_release(session, listing, version=app.current_version, number=number)
            updates.offer(session, release, queue=self.services.queue)
            return session.exec(select(CopyUpdate.id).where(CopyUpdate.release_id == release.id)).one()

    def begin(self, update_id: UUID) -> None:
        run(updates.begin, self.buyer.id, update_id, queue=self.services.queue)

    def accept(self, update_id: UUID) -> CopyUpdate:
        services = self.services
        return run(
            partial(updates.accept, bundler=services.bundler, intake=services.intake, log=services.progress),
            self.buyer.id,
            update_id,
        )

    def files(self) -> dict[str, str]:
        with transaction() as session:
            return read_files(session, self.copy.id)


@pytest.fixture
def story(services: Container) -> Story:
    with transaction() as session:
        listing = make_listing(session, title="Streaks")
        assert listing.app_id is not None
        app = session.get_one(App, listing.app_id)
        write_files(session, app.id, {PAGE: BASE, OTHER: "other\n"})
        save_version(session, app, note="First", cause=VersionCause.EDIT)
        release = session.exec(select(Release).where(Release.listing_id == listing.id)).one()
        release.version = app.current_version
        buyer = make_user(session, name="Grace")
        copy = make_app(session, buyer, files=version_files(session, app.id, app.current_version), versions=0)
        save_version(session, copy, note="Bought", cause=VersionCause.DUPLICATE)
        _, item = make_purchase(session, buyer, make_offer(session, listing))
        make_install(session, buyer, make_license(session, buyer, item), copy)
        return Story(services, listing, copy, buyer)


def seen(update_id: UUID) -> CopyUpdate:
    with transaction() as session:
        return session.get_one(CopyUpdate, update_id)


def edited(line: int, words: str) -> str:
    return BASE.replace(f"line {line}\n", f"{words}\n")


def fake_bundler(story: Story) -> FakeBundler:
    assert isinstance(story.services.bundler, FakeBundler)
    return story.services.bundler


def test_a_release_is_offered_to_each_copy_once_and_told_by_mail(story: Story, work: Work) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    with transaction() as session:
        release = session.get_one(Release, seen(update_id).release_id)
        assert updates.offer(session, release, queue=story.services.queue) == 0
    work()
    assert isinstance(story.services.mail, FakeMail)
    [mail] = story.services.mail.messages
    assert mail.to == story.buyer.email
    assert mail.link.endswith(f"/library/updates/{update_id}")


@pytest.mark.parametrize("status", [LicenseStatus.REVOKED, LicenseStatus.EXPIRED])
def test_a_licence_that_has_ended_is_offered_nothing(story: Story, status: LicenseStatus) -> None:
    with transaction() as session:
        session.exec(select(License)).one().status = status
        listing = session.get_one(Listing, story.listing.id)
        release = make_release(session, listing, version=1, number=2)
        assert updates.offer(session, release, queue=story.services.queue) == 0


def test_what_both_changed_in_different_places_is_there_afterwards(story: Story, work: Work) -> None:
    story.change_copy({PAGE: edited(0, "my title"), "src/mine.ts": "mine\n"})
    update_id = story.release({PAGE: edited(9, "nine"), "src/added.ts": "added\n", OTHER: None})
    before = story.files()
    story.begin(update_id)
    work()
    ready = seen(update_id)
    assert (ready.status, ready.files) == (
        UpdateStatus.READY,
        {PAGE: "changed", "src/added.ts": "added", OTHER: "removed"},
    )
    assert story.files() == before  # nothing of the copy has changed so far
    assert story.accept(update_id).status is UpdateStatus.ACCEPTED
    merged = BASE.replace("line 0\n", "my title\n").replace("line 9\n", "nine\n")
    assert story.files() == {**STARTER, PAGE: merged, "src/mine.ts": "mine\n", "src/added.ts": "added\n"}


def test_an_accepted_update_is_a_version_that_can_be_undone(story: Story, work: Work) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)
    work()
    story.accept(update_id)
    with transaction() as session:
        newest = select(AppVersion).where(AppVersion.app_id == story.copy.id).order_by(col(AppVersion.number).desc())
        version = session.exec(newest).first()
        assert version is not None
        assert (version.cause, version.note) == (VersionCause.UPDATE, "Release 2 of Streaks")
        assert session.exec(select(Install)).one().release_id == seen(update_id).release_id


def test_the_result_is_shown_at_an_address_of_its_own_until_it_is_decided(story: Story, work: Work) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)
    work()
    edge = story.services.edge
    assert isinstance(edge, FakeEdge)
    assert script_of(update_id) in seen(update_id).preview_url
    assert edge.live("preview", script_of(update_id)) is not None
    run(updates.decline, story.buyer.id, update_id, queue=story.services.queue)
    work()
    assert edge.live("preview", script_of(update_id)) is None


def test_what_does_not_pass_the_checks_is_never_live(story: Story, work: Work) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    fake_bundler(story).found = (Diagnostic(PAGE, "No such name.", 9, code="type"),)
    story.begin(update_id)
    work()
    refused = seen(update_id)
    assert refused.status is UpdateStatus.REFUSED
    assert "No such name." in refused.error
    with pytest.raises(Conflict, match="not ready"):
        story.accept(update_id)
    assert story.files()[PAGE] == BASE


def test_a_copy_that_is_live_is_published_with_the_update(story: Story, work: Work) -> None:
    with transaction() as session:
        session.add(
            Deployment(
                app_id=story.copy.id,
                user_id=story.buyer.id,
                version=1,
                status=DeploymentStatus.DEPLOYED,
                is_live=True,
                environment=DeploymentEnvironment.PRODUCTION,
            )
        )
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)
    work()
    story.accept(update_id)
    with transaction() as session:
        assert session.exec(select(Deployment.version).where(Deployment.version > 1)).all() == [2]


def test_a_copy_that_changed_since_the_checks_is_merged_and_checked_again(story: Story, work: Work) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)
    work()
    story.change_copy({"src/later.ts": "later\n"})
    assert story.accept(update_id).status is UpdateStatus.MERGING
    work()
    assert seen(update_id).status is UpdateStatus.READY
    assert story.accept(update_id).status is UpdateStatus.ACCEPTED
    assert story.files()["src/later.ts"] == "later\n"


@pytest.mark.parametrize(
    ("choice", "text", "result"),
    [("yours", "", "mine"), ("theirs", "", "nine"), ("written", edited(9, "both"), "both")],
)
def test_where_both_changed_the_same_somebody_chooses(
    story: Story, work: Work, choice: str, text: str, result: str
) -> None:
    story.change_copy({PAGE: edited(9, "mine")})
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)
    work()
    assert seen(update_id).status is UpdateStatus.CONFLICTED
    with transaction() as session:
        conflict = updates.view_conflict(session, story.buyer.id, update_id, PAGE)
    assert (conflict.base, conflict.yours, conflict.theirs) == (BASE, edited(9, "mine"), edited(9, "nine"))
    run(updates.choose, story.buyer.id, update_id, PAGE, choice, text, queue=story.services.queue)
    work()
    story.accept(update_id)
    assert story.files()[PAGE] == edited(9, result)


def test_json_is_merged_by_its_values(story: Story, work: Work) -> None:
    def spec(look: str, code: str) -> str:
        return f'{{\n  "look": "{look}",\n  "code": "{code}"\n}}\n'

    story.change_copy({"spec.json": spec("amber", "one")})
    first = story.release({"spec.json": spec("amber", "one")})
    story.begin(first)
    work()
    story.accept(first)
    story.change_copy({"spec.json": spec("green", "one")})
    update_id = story.release({"spec.json": spec("amber", "two")}, number=3)
    story.begin(update_id)
    work()
    assert seen(update_id).status is UpdateStatus.READY
    story.accept(update_id)
    assert story.files()["spec.json"] == spec("green", "two")


def test_what_is_handed_to_the_model_becomes_a_turn_once_the_update_is_in(story: Story, work: Work) -> None:
    story.change_copy({PAGE: edited(9, "mine")})
    update_id = story.release({PAGE: edited(9, "nine"), "src/added.ts": "added\n"})
    story.begin(update_id)
    work()
    run(updates.hand_to_model, story.buyer.id, update_id, queue=story.services.queue)
    work()
    story.accept(update_id)
    assert story.files()[PAGE] == edited(9, "mine")
    with transaction() as session:
        turn = session.exec(select(Generation).where(Generation.app_id == story.copy.id)).one()
    assert PAGE in turn.prompt
    assert "nine" in turn.prompt


def test_a_run_under_way_yields_to_what_is_chosen_meanwhile(
    story: Story, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.change_copy({PAGE: edited(9, "mine")})
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)
    work()
    services = story.services
    tools = updates.UpdateTools(services.publisher, services.checker)

    def choose_theirs_meanwhile(files: object) -> list[object]:
        monkeypatch.undo()
        run(updates.choose, story.buyer.id, update_id, PAGE, "theirs", queue=services.queue)
        updates.prepare_update(update_id, tools)
        raise Unavailable("The first run fails, late.")

    run(updates.choose, story.buyer.id, update_id, PAGE, "yours", queue=services.queue)
    monkeypatch.setattr(services.bundler, "scan", choose_theirs_meanwhile)
    updates.prepare_update(update_id, tools)

    assert seen(update_id).status is UpdateStatus.READY
    story.accept(update_id)
    assert story.files()[PAGE] == edited(9, "nine")


def test_what_was_declined_and_taken_up_again_stays_shown(story: Story, work: Work) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    run(updates.decline, story.buyer.id, update_id, queue=story.services.queue)
    story.begin(update_id)
    updates.prepare_update(update_id, updates.UpdateTools(story.services.publisher, story.services.checker))
    updates.take_down_preview(update_id, story.services.publisher)  # asked for when it was declined
    assert isinstance(story.services.edge, FakeEdge)
    assert story.services.edge.live("preview", script_of(update_id)) is not None


def test_a_choice_that_is_none_is_refused(story: Story, work: Work) -> None:
    story.change_copy({PAGE: edited(9, "mine")})
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)
    work()
    with pytest.raises(InvalidInput):
        run(updates.choose, story.buyer.id, update_id, PAGE, "model", queue=story.services.queue)
    with pytest.raises(NotFound):
        run(updates.choose, story.buyer.id, update_id, "src/none.ts", "yours", queue=story.services.queue)


def test_a_newer_release_takes_the_place_of_one_that_waits(story: Story) -> None:
    first = story.release({PAGE: edited(9, "nine")})
    second = story.release({PAGE: edited(8, "eight")}, number=3)
    assert (seen(first).status, seen(second).status) == (UpdateStatus.DECLINED, UpdateStatus.OFFERED)
    with pytest.raises(Conflict, match="newer release"):
        story.begin(first)


def test_an_update_that_was_declined_can_be_taken_after_all(story: Story, work: Work) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    run(updates.decline, story.buyer.id, update_id, queue=story.services.queue)
    story.begin(update_id)
    work()
    assert seen(update_id).status is UpdateStatus.READY


def test_a_run_that_was_overtaken_writes_nothing(story: Story) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)

    def decline_meanwhile(session: Session) -> None:
        updates.decline(session, story.buyer.id, update_id, queue=story.services.queue)

    bundler = fake_bundler(story)
    scan = bundler.scan

    def scan_slowly(*args: object, **kwargs: object) -> object:
        run(decline_meanwhile)
        return scan(*args, **kwargs)  # type: ignore[arg-type]

    bundler.scan = scan_slowly  # type: ignore[method-assign,assignment]
    services = story.services
    updates.prepare_update(update_id, updates.UpdateTools(services.publisher, services.checker))
    assert seen(update_id).status is UpdateStatus.DECLINED
    assert services.edge.live("preview", script_of(update_id)) is None


def test_one_that_a_dead_worker_left_is_put_back(story: Story) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    story.begin(update_id)
    with transaction() as session:
        update = session.get_one(CopyUpdate, update_id)
        update.last_progress_at = update.created_at.replace(year=2020)
        session.add(update)
    with transaction() as session:
        updates.sweep_updates(session, story.services.queue, story.services.progress)
    assert (PREPARE_JOB, (str(update_id),), "low") in story.services.queue.enqueued  # type: ignore[attr-defined]


def test_somebody_elses_update_is_not_there(story: Story) -> None:
    update_id = story.release({PAGE: edited(9, "nine")})
    with transaction() as session:
        stranger = make_user(session)
    for service in (updates.begin, updates.decline, updates.hand_to_model):
        with pytest.raises(NotFound):
            run(service, stranger.id, update_id, queue=story.services.queue)
    with transaction() as session, pytest.raises(NotFound):
        updates.view_update(session, stranger.id, update_id)
    with transaction() as session:
        assert updates.list_updates(session, stranger.id) == []
        [view] = updates.list_updates(session, story.buyer.id)
    assert (view.title, view.current_release, view.release, view.is_final) == ("Streaks", 1, 2, False)
