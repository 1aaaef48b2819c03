"""Alerts open once a limit is passed, close once there is room again, and admins hear of each once."""

from collections.abc import Callable

import pytest
from redis import Redis
from sqlmodel import select

from overskill.clients.jobs_desk import FakeJobsDesk, JobView
from overskill.clients.mail import FakeMail
from overskill.container import Container
from overskill.db import transaction
from overskill.models import Alert, AuditEvent
from overskill.services.admin import alerts
from overskill.services.admin.latency import LatencyLog, percentile
from overskill.services.admin.load import note_cpu
from tests.factories import make_app, make_generation, make_user


@pytest.fixture
def look(services: Container) -> Callable[[float], list[Alert]]:
    """Measure so many jobs that wait; the alerts that there are then."""

    def looks(depth: float) -> list[Alert]:
        with transaction() as session:
            alerts.watch(session, {"queue_depth": depth}, queue=services.queue)
            session.flush()
            return list(session.exec(select(Alert)))

    return looks


def test_an_alert_opens_over_the_limit(look: Callable[[float], list[Alert]]) -> None:
    assert look(1000) == []
    (alert,) = look(1001)
    assert (alert.name, alert.value, alert.over_at) == ("queue_depth", 1001, None)


def test_it_stays_open_while_the_value_trembles_at_the_limit(look: Callable[[float], list[Alert]]) -> None:
    look(1001)
    (alert,) = look(990)
    assert alert.over_at is None


def test_it_closes_once_there_is_room_and_can_open_again(look: Callable[[float], list[Alert]]) -> None:
    look(1001)
    (alert,) = look(800)
    assert alert.over_at is not None
    assert len(look(2000)) == 2


def test_admins_hear_of_it_once(
    services: Container, look: Callable[[float], list[Alert]], work: Callable[[], int]
) -> None:
    with transaction() as session:
        make_user(session, email="admin@example.com", is_admin=True)
        make_user(session)
    look(1500)
    look(1600)
    work()
    mail = services.mail
    assert isinstance(mail, FakeMail)
    assert [message.to for message in mail.messages] == ["admin@example.com"]
    assert "1,600 jobs wait" in " ".join(mail.messages[0].paragraphs)


def test_who_takes_care_of_it_is_named(services: Container, look: Callable[[float], list[Alert]]) -> None:
    (alert,) = look(1500)
    with transaction() as session:
        admin = make_user(session, name="Grace Hopper", is_admin=True)
        alerts.mark_seen(session, admin.id, alert.id)
    with transaction() as session:
        assert [view.seen_by for view in alerts.list_alerts(session)] == ["Grace Hopper"]
        assert session.exec(select(AuditEvent.action).where(AuditEvent.actor_id == admin.id)).one() == "alert.seen"


def test_what_is_measured(services: Container) -> None:
    desk = FakeJobsDesk(kept=[JobView("1", "deploy", "deploy.deploy", "", "waiting", None, "")])
    with transaction() as session:
        turn = make_generation(session, make_app(session, make_user(session)))
        turn.cost_micro = 2_500_000
    with transaction() as session:
        found = alerts.measure(session, redis=services.redis, desk=desk, cpu_percent=None)
    assert found == {"queue_depth": 1, "model_cost": 2.5}


def test_a_percentile_is_the_end_of_its_bucket(redis: Redis) -> None:
    log = LatencyLog()
    for _ in range(95):
        log.add(0.004)
    for _ in range(5):
        log.add(0.9)
    log.hand_over(redis)
    assert (percentile(redis, minutes=5, share=0.95), percentile(redis, minutes=5, share=0.99)) == (5, 1000)


def test_a_few_requests_say_nothing(redis: Redis) -> None:
    log = LatencyLog()
    log.add(3)
    log.hand_over(redis)
    assert percentile(redis, minutes=5) is None


def test_a_short_peak_of_the_processors_is_no_news(redis: Redis) -> None:
    assert [note_cpu(redis, 100) for _ in range(9)] == [None] * 9
    assert note_cpu(redis, 0) == 90
