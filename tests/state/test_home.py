from overskill import db
from overskill.container import Container
from overskill.models import Deployment, DeploymentStatus
from overskill.services.notes import keep_note
from overskill.state.home import HomeState
from tests.conftest import Tab
from tests.factories import make_app, make_user


async def test_the_start_page_says_that_recipes_write_the_apps_when_no_model_is_set(tab: Tab) -> None:
    await tab.do(HomeState.load)
    assert tab.seen("has_model")[-1] is False
    assert tab.seen("is_loaded")[-1] is True


async def test_a_refused_prompt_comes_back_into_the_box_with_the_reason(tab: Tab, services: Container) -> None:
    note = keep_note(services.redis, "form", {"prompt": "a very long one", "error": "Shorten it."})
    await tab.do(HomeState.load, path=f"/?note={note}")
    assert tab.seen("prompt")[-1] == "a very long one"
    assert tab.seen("error")[-1] == "Shorten it."


async def test_the_start_page_shows_what_is_published(tab: Tab) -> None:
    with db.transaction() as session:
        app = make_app(session, make_user(session), name="Habits")
        session.add(
            Deployment(
                app_id=app.id,
                user_id=app.creator_id,
                version=1,
                status=DeploymentStatus.DEPLOYED,
                is_live=True,
                url="http://habits.localhost:8787",
            )
        )
    await tab.do(HomeState.load)
    (tile,) = tab.seen("gallery")[-1]
    assert (tile.name, tile.url) == ("Habits", "http://habits.localhost:8787")
