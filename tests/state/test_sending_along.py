"""Messages that are only to be planned, and messages with something attached."""

from uuid import uuid4

import pytest
from sqlmodel import select

from overskill import db
from overskill.container import Container
from overskill.models import Attachment, Generation, GenerationMode, User
from overskill.services.attachments.upload import attach_file, read_upload
from overskill.state.chat import ChatState
from tests.conftest import Tab
from tests.factories import make_user
from tests.state.studio_tab import do, join, open_editor
from tests.support_waiting import until


def attach(services: Container, *, stranger: bool = False) -> str:
    with db.transaction() as session:
        user = make_user(session) if stranger else session.exec(select(User)).one()
        reading = read_upload("notes.txt", b"Three pages.")
        return attach_file(session, user.id, "notes.txt", 12, reading, objects=services.objects).id


def turns() -> list[Generation]:
    with db.transaction() as session:
        return list(session.exec(select(Generation)).all())


async def test_a_message_takes_what_was_attached_along_and_shows_it(tab: Tab, services: Container) -> None:
    join(tab)
    await open_editor(tab)
    attached = attach(services)

    await do(tab, ChatState.send, text="use my notes", mode="plan", attachments=[attached])

    await until(lambda: bool(tab.seen("turns")) and bool(tab.seen("turns")[-1]))
    (card,) = tab.seen("turns")[-1]
    assert [(sent.name, sent.kind) for sent in card.sent_along] == [("notes.txt", "text")]
    (turn,) = turns()
    assert turn.mode is GenerationMode.PLAN
    with db.transaction() as session:
        assert session.exec(select(Attachment.generation_id)).one() == turn.id


@pytest.mark.parametrize("case", ["somebody else's", "unknown", "no id"])
async def test_what_is_not_ones_own_refuses_the_message(tab: Tab, services: Container, case: str) -> None:
    join(tab)
    attached = {"unknown": str(uuid4()), "no id": "../7"}.get(case) or attach(services, stranger=True)
    await do(tab, ChatState.send, text="use my notes", mode="build", attachments=[attached])
    assert len(tab.seen("refused")) == 1
    assert turns() == []


async def test_a_mode_that_no_page_sends_is_refused(tab: Tab) -> None:
    join(tab)
    await do(tab, ChatState.send, text="use my notes", mode="destroy", attachments=[])
    assert len(tab.seen("refused")) == 1
    assert turns() == []
