"""What dies in the middle of its work comes back by itself, and nothing is lost or done twice.

A scripted model writes the same app each time, so that a disturbed turn can be compared with an undisturbed one.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import psutil
import pytest
from redis import Redis
from sqlmodel import col, func, select

from overskill.models import App, ChatMessage, Deployment, Generation, GenerationEvent, VersionCause
from overskill.services.apps import read_files
from tests.factories import versions_of
from tests.model_scenarios import app as app_script
from tests.model_server import ModelServer
from tests.support_product import START_SECONDS, Command, Product, get, running_product
from tests.support_waiting import eventually

pytestmark = pytest.mark.slow

TOKENS_PER_SECOND = 2_000  # the app is about 9,500 of them
MIDDLE = 8  # files
PROMPT = "recipes, a week's plan and a shopping list"


@pytest.fixture(scope="module")
def product() -> Iterator[Product]:
    with (
        ModelServer(app_script(), tokens_per_second=TOKENS_PER_SECOND) as model,
        running_product(AI_BASE_URL=model.url, AI_MODEL="scripted") as running,
    ):
        yield running


@dataclass(frozen=True)
class Outcome:
    """What a turn left behind."""

    slug: str
    files: dict[str, str]
    versions: list[tuple[int, str, VersionCause]]
    chat: list[tuple[str, str]]
    events: list[tuple[str, str]]  # kind and path of each change

    @classmethod
    def of(cls, product: Product, slug: str) -> "Outcome":
        with product.session() as session:
            app = session.exec(select(App).where(App.slug == slug)).one()
            chat = session.exec(
                select(ChatMessage).where(ChatMessage.app_id == app.id).order_by(col(ChatMessage.created_at))
            ).all()
            events = session.exec(
                select(GenerationEvent)
                .join(Generation, col(Generation.id) == GenerationEvent.generation_id)
                .where(Generation.app_id == app.id)
                .order_by(col(Generation.created_at), col(GenerationEvent.seq))
            ).all()
            return cls(
                slug=slug,
                files=read_files(session, app.id),
                versions=[(row.number, row.note, row.cause) for row in versions_of(session, app)],
                chat=[(row.author, row.text) for row in chat],
                events=[(row.kind, str(row.data["path"])) for row in events if row.kind in ("close", "edit")],
            )


def same(product: Product, slug: str, undisturbed: Outcome) -> None:
    """Fact by fact, so that a difference is easy to see."""
    outcome = Outcome.of(product, slug)
    assert outcome.chat == undisturbed.chat
    assert outcome.versions == undisturbed.versions
    assert outcome.events == undisturbed.events
    assert outcome.files == undisturbed.files


@pytest.fixture(scope="module")
def undisturbed(product: Product) -> Outcome:
    return Outcome.of(product, product.run("new", PROMPT)["slug"])


def begin_turn(product: Product) -> Command:
    """A turn that is in its middle."""
    files_before = count_files(product)
    command = product.begin("new", PROMPT, "--json")
    assert eventually(lambda: count_files(product) >= files_before + MIDDLE)
    return command


def count_files(product: Product) -> int:
    with product.session() as session:
        return session.exec(select(func.count()).where(GenerationEvent.kind == "close")).one()


def kill_worker(product: Product) -> None:
    """Kill the worker that runs a job now, in a child of its own; and whoever names an earlier app meanwhile."""
    workers = psutil.Process(product.parts()["workers"])
    working = [worker for worker in workers.children() if worker.children()]
    assert working
    for worker in working:
        worker.kill()


def kill_part(product: Product, part: str) -> None:
    """Kill a part; another process takes its place, and everything answers."""
    before = product.parts()[part]
    psutil.Process(before).kill()
    assert eventually(lambda: product.parts()[part] != before)
    product.wait_until_healthy(START_SECONDS)


def test_a_turn_outlives_its_worker(product: Product, undisturbed: Outcome) -> None:
    command = begin_turn(product)
    kill_worker(product)
    same(product, command.finish()["slug"], undisturbed)


def test_a_turn_goes_on_while_the_bundler_is_started_again(product: Product, undisturbed: Outcome) -> None:
    command = begin_turn(product)
    kill_part(product, "bundler")
    made = command.finish()
    same(product, made["slug"], undisturbed)
    key = made["preview_url"].partition("//")[2].partition(".")[0]
    status, page = get(f"{key}.preview.localhost", product.ports.preview)
    assert (status, "ShoppingPage" in page) == (200, True)


def test_a_turn_goes_on_while_the_web_process_is_started_again(product: Product, undisturbed: Outcome) -> None:
    command = begin_turn(product)
    kill_part(product, "web")
    same(product, command.finish()["slug"], undisturbed)


def test_a_publish_outlives_its_worker(product: Product, published: str) -> None:
    command = begin_publish(product, published)
    kill_worker(product)
    command.finish()
    assert deployments(product, published)[-1] == "deployed"
    assert get(f"{published}.localhost", product.ports.edge)[0] == 200


def test_a_publish_goes_on_while_the_edge_is_started_again(product: Product, published: str) -> None:
    command = begin_publish(product, published)
    for workerd in product.inner("edge", "workerd"):
        workerd.kill()
    assert eventually(lambda: get(f"{published}.localhost", product.ports.edge)[0] == 200)
    command.finish()
    assert deployments(product, published)[-1] == "deployed"


@pytest.fixture(scope="module")
def published(product: Product, undisturbed: Outcome) -> str:
    """The slug of an app that is on the air."""
    slug = undisturbed.slug
    product.run("publish", slug)
    return slug


def begin_publish(product: Product, slug: str) -> Command:
    """A publish that is in its middle: what was built before is forgotten, else it would be over at once."""
    with Redis.from_url(product.instance["redis_url"]) as redis:
        redis.delete("builds:used")
    before = len(deployments(product, slug))
    command = product.begin("publish", slug, "--json")
    assert eventually(lambda: deployments(product, slug)[before:] == ["building"])
    return command


def deployments(product: Product, slug: str) -> list[str]:
    """How each publish of the app goes or went, oldest first."""
    with product.session() as session:
        query = select(Deployment.status).join(App, col(App.id) == Deployment.app_id).where(App.slug == slug)
        return [str(status) for status in session.exec(query.order_by(col(Deployment.created_at)))]


def test_a_killed_supervisor_leaves_nothing_in_the_way_of_the_next_start(product: Product, published: str) -> None:
    before = Outcome.of(product, published)
    assert product.process is not None
    product.process.kill()
    product.process.wait()
    product.start()
    assert Outcome.of(product, published) == before
    assert get(f"{published}.localhost", product.ports.edge)[0] == 200


def test_ctrl_c_stops_everything(product: Product) -> None:
    product.stop()
    assert product.processes() == []
    product.start()
