"""What is suggested is read from the newest of an app's rows."""

import sqlalchemy as sa
from sqlmodel import Session

from overskill.models import App, GenerationMode, GenerationStatus, VersionCause
from overskill.services.apps import save_version, write_files
from overskill.services.billing.quotes import AuthorKind
from overskill.services.chat.next_steps import next_steps, next_steps_columns
from overskill.services.chat.suggestions import ANY_APP, FOR_RECIPES
from tests.factories import make_app, make_generation, make_user

FORM = "export default () => <form><input /></form>;\n"


def make_versioned(session: Session) -> App:
    user = make_user(session)
    app = make_app(session, user)
    write_files(session, app.id, {"src/App.tsx": FORM, "src/pages/Home.tsx": "export default () => null;\n"})
    save_version(session, app, note="First", cause=VersionCause.EDIT)
    return app


def suggested(session: Session, app: App, kind: AuthorKind = "model") -> list[str]:
    session.flush()
    return next_steps(session.execute(sa.select(*next_steps_columns(app, kind))).one(), kind)


def test_an_app_without_messages_gets_what_suits_any(session: Session) -> None:
    found = suggested(session, make_versioned(session))
    assert found
    assert set(found) & set(ANY_APP)


def test_recipes_are_suggested_what_they_understand_and_nothing_twice(session: Session) -> None:
    app = make_versioned(session)
    assert suggested(session, app, "recipe") == list(FOR_RECIPES)
    make_generation(session, app, prompt=f"  {FOR_RECIPES[0].upper()} ", status=GenerationStatus.SUCCEEDED)
    assert FOR_RECIPES[0] not in suggested(session, app, "recipe")


def test_the_brief_is_the_newest_that_says_anything(session: Session) -> None:
    app = make_versioned(session)
    for pages in (["Old"], ["Reports"], None):
        brief = {"pages": [{"title": title, "path": f"/{title}"} for title in pages]} if pages else {}
        make_generation(session, app, status=GenerationStatus.SUCCEEDED, brief=brief)
    assert "Add the page Reports" in suggested(session, app)


def test_a_stopped_plan_is_gone_on_with_only_while_it_is_the_newest(session: Session) -> None:
    app = make_versioned(session)
    plan = {"steps": ["Add charts"]}
    make_generation(session, app, status=GenerationStatus.STOPPED, plan=plan)
    assert suggested(session, app)[0] == "Go on with the plan: add charts"
    make_generation(session, app, status=GenerationStatus.STOPPED, plan=plan, mode=GenerationMode.PLAN)
    assert suggested(session, app)[0] != "Go on with the plan: add charts"


def test_what_failed_is_that_of_the_newest_version(session: Session) -> None:
    app = make_versioned(session)
    failed = {"results": [{"title": "Saving works", "passed": False}]}
    make_generation(session, app, status=GenerationStatus.SUCCEEDED, version=1, checks=failed)
    make_generation(session, app, status=GenerationStatus.SUCCEEDED)  # it answered a question
    assert "Make this work: saving works" in suggested(session, app)
    make_generation(session, app, status=GenerationStatus.SUCCEEDED, version=2)
    assert "Make this work: saving works" not in suggested(session, app)
