from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from overskill import container
from overskill.clients.mail import Message, OutboxMail
from overskill.config import Environment
from overskill.container import Container
from overskill.errors import NotFound
from overskill.state.mailbox import MailboxState
from overskill.state.time_words import ago
from tests.conftest import Tab

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


async def test_development_mail_is_shown(tab: Tab, services: Container) -> None:
    outbox = OutboxMail(services.redis)
    outbox.send(Message("ada@example.com", "Reset", ("Hello Ada,",), "Choose", "http://localhost:3000/reset?token=1"))
    container.install(replace(services, mail=outbox))
    await tab.do(MailboxState.load)
    (mail,) = tab.seen("mails")[-1]
    assert (mail.recipient, mail.subject, mail.when) == ("ada@example.com", "Reset", "just now")
    assert mail.link.endswith("token=1")


async def test_nobody_reads_mail_in_production(tab: Tab, services: Container) -> None:
    outbox = OutboxMail(services.redis)
    outbox.send(Message("ada@example.com", "Reset", (), "Choose", "http://localhost:3000/reset?token=1"))
    production = services.settings.model_copy(update={"environment": Environment.PRODUCTION})
    container.install(replace(services, mail=outbox, settings=production))
    with pytest.raises(NotFound):
        await tab.do(MailboxState.load)
    assert "token=1" not in str(tab.deltas)


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=61), "1 minute ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=29), "29 days ago"),
        (timedelta(days=40), "12 Oct 2026"),
    ],
)
def test_a_time_is_said_in_words(passed: timedelta, words: str) -> None:
    assert ago(NOW - passed, NOW) == words
