"""Preview, staging and production of one app, each with what it shows and variables of its own."""

from uuid import UUID

import pytest

from overskill.errors import Conflict
from overskill.models import Deployment, DeploymentEnvironment, VersionCause
from overskill.services import apps
from overskill.services.apps.env_vars import set_variables
from overskill.services.deployments.request import request_promotion, request_refresh
from overskill.services.deployments.rollback import roll_back
from overskill.services.deployments.view import view_earlier
from tests.services.deployments.conftest import PRODUCTION, STAGING, Published
from tests.support_publishing import publishing_of


def promote(published: Published) -> Deployment:
    with published.opened() as (session, app):
        return request_promotion(
            session,
            app,
            published.owner.id,
            STAGING,
            PRODUCTION,
            queue=published.services.queue,
            log=published.services.progress,
        )


def refresh(published: Published) -> Deployment:
    queue, log = published.services.queue, published.services.progress
    with published.opened() as (session, app):
        return request_refresh(session, app, published.owner.id, PRODUCTION, queue=queue, log=log)


def keep_variables(published: Published, environment: DeploymentEnvironment, place: str) -> None:
    with published.opened() as (session, app):
        values = {"VITE_PLACE": place, "API_KEY": f"secret of {place}"}
        set_variables(session, app, environment, values, settings=published.services.settings)


def test_each_environment_has_an_address_of_its_own(published: Published) -> None:
    view = published.publishes(STAGING)
    assert view.url == f"http://staging--{published.slug}.localhost:8787"
    assert (published.place(STAGING).live_version, published.place().live_version) == (1, 0)
    assert (published.live(STAGING) is None, published.live()) == (False, None)
    assert published.panel().live_url == ""


def test_a_version_is_moved_on_without_a_build(published: Published) -> None:
    keep_variables(published, STAGING, "here")
    keep_variables(published, PRODUCTION, "there")
    published.publishes(STAGING)
    built = len(published.bundler.calls)
    assert (published.place().next_from, published.place().next_version) == ("staging", 1)

    row = promote(published)
    published.work()

    assert published.view(row.id).status == "deployed"
    assert [call for call in published.bundler.calls[built:] if call[0] == "build"] == []
    before, after = published.edge.served(STAGING, published.slug), published.edge.served(PRODUCTION, published.slug)
    assert before is not None
    assert after is not None
    assert after.assets == before.assets
    assert (dict(after.variables), dict(after.secrets)) == ({"VITE_PLACE": "there"}, {"API_KEY": "secret of there"})
    assert published.place().next_from == ""


def test_an_older_version_is_not_offered_to_be_moved_over_a_newer_one(published: Published) -> None:
    published.publishes(STAGING)
    published.changes("export default () => null;")
    published.publishes()
    assert published.place().next_from == ""


def test_the_history_goes_on_where_it_stopped(published: Published) -> None:
    keys = [str(published.publishes(environment).id) for environment in (STAGING, PRODUCTION, STAGING)][::-1]
    with published.opened() as (session, app):
        view = publishing_of(session, app, published.services, limit=1)
        assert ([each.id for each in view.history], view.has_earlier) == (keys[:1], True)
        first = view_earlier(session, app, UUID(keys[0]), limit=1)
        assert ([each.id for each in first.history], first.has_earlier) == (keys[1:2], True)
        rest = view_earlier(session, app, UUID(keys[1]), limit=5)
        assert ([each.id for each in rest.history], rest.has_earlier) == (keys[2:], False)


def test_what_is_live_gets_changed_variables_without_a_build(published: Published) -> None:
    keep_variables(published, PRODUCTION, "before")
    published.publishes()
    published.changes("export default () => null;")
    keep_variables(published, PRODUCTION, "after")
    built = len(published.bundler.calls)

    row = refresh(published)
    published.work()

    view = published.view(row.id)
    assert (view.status, view.version, view.is_live, view.promoted_from) == ("deployed", 1, True, "")
    assert [call for call in published.bundler.calls[built:] if call[0] == "build"] == []
    served = published.edge.served(PRODUCTION, published.slug)
    assert served is not None
    assert (dict(served.variables), dict(served.secrets)) == ({"VITE_PLACE": "after"}, {"API_KEY": "secret of after"})
    assert published.place().can_roll_back_to == 1  # with the variables from before


def test_where_nothing_is_live_variables_wait_for_a_publish(published: Published) -> None:
    with pytest.raises(Conflict, match="Nothing is live in production"):
        refresh(published)


def test_server_code_is_published_with_its_secrets_and_moved_on(published: Published) -> None:
    keep_variables(published, STAGING, "here")
    with published.opened() as (session, app):
        apps.write_files(session, app.id, {"server/index.ts": "export default {};"})
        apps.save_version(session, app, note="Server code", cause=VersionCause.EDIT)
    published.publishes(STAGING)
    promote(published)
    published.work()
    for environment in (STAGING, PRODUCTION):
        served = published.edge.served(environment, published.slug)
        assert served is not None
        assert served.modules == {"server.js": b"export default {};"}
        assert not any(b"export default {};" in asset.content for asset in served.assets.values())


def test_secrets_are_in_no_file_that_is_published(published: Published) -> None:
    keep_variables(published, PRODUCTION, "there")
    published.publishes()
    served = published.edge.served(PRODUCTION, published.slug)
    assert served is not None
    assert served.secrets == {"API_KEY": "secret of there"}
    assert not any(b"secret of" in asset.content for asset in served.assets.values())


def test_what_was_moved_on_is_not_moved_again(published: Published) -> None:
    with pytest.raises(Conflict, match="Nothing is live in staging"):
        promote(published)
    published.publishes(STAGING)
    promote(published)
    published.work()
    with pytest.raises(Conflict, match="already"):
        promote(published)


def test_any_kept_publish_can_be_put_back(published: Published) -> None:
    ids = []
    for text in ("two", "three", "four"):
        ids.append(UUID(published.publishes(STAGING).id))
        published.changes(text)
    history = {UUID(view.id): view.can_roll_back for view in published.panel().history}
    assert [history[key] for key in ids] == [True, True, False]
    with published.opened() as (session, app):
        roll_back(session, app, published.owner.id, published.services.publisher, deployment_id=ids[0])
    assert published.live(STAGING) == published.row(ids[0]).edge_version
    with published.opened() as (session, app):  # and the newest once more
        roll_back(session, app, published.owner.id, published.services.publisher, deployment_id=ids[2])
    assert published.place(STAGING).live_version == 3


def test_a_version_that_does_not_answer_is_taken_back(published: Published) -> None:
    published.publishes()
    before = published.live()
    published.changes("broken when it runs")
    published.services.health.answer = False  # type: ignore[attr-defined]  # of the fake
    view = published.publishes()
    assert (view.status, published.live(), published.place().live_version) == ("failed", before, 1)
    assert "was put back" in view.error


def test_a_first_version_that_does_not_answer_is_taken_off_the_air(published: Published) -> None:
    published.services.health.answer = False  # type: ignore[attr-defined]  # of the fake
    view = published.publishes()
    assert (view.status, published.live(), published.panel().live_url) == ("failed", None, "")


def test_an_edge_that_nobody_can_ask_is_no_fault(published: Published) -> None:
    published.services.health.answer = None  # type: ignore[attr-defined]  # of the fake
    assert published.publishes().status == "deployed"
