"""`overskill schedule`: what happens on its own, and how often. One process does it, however many run."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import psutil
from sqlalchemy import text

from overskill import container, db
from overskill.config import Settings
from overskill.container import Container
from overskill.db import transaction
from overskill.jobs import payments
from overskill.models.base import utc_now
from overskill.services.accounts.expiry import forget_expired
from overskill.services.admin import alerts
from overskill.services.admin.costs import refresh_stats
from overskill.services.admin.load import note_cpu
from overskill.services.apps import apps_past_recovery
from overskill.services.attachments.upload import forget_unsent
from overskill.services.billing import disputes, reconciling, refunds, transfers
from overskill.services.deployments import put_back_lost_removals, sweep_deployments
from overskill.services.deployments.trial import remove_ended_trials, watch_trials
from overskill.services.deployments.usage import keep_usage
from overskill.services.domains import check_due_domains, forget_stale_claims
from overskill.services.forgetting import forget_app, forget_what_was_typed_over
from overskill.services.generation import sweep_turns
from overskill.services.generation.recording import forget_recordings
from overskill.services.generation.thoughts import forget_expired_thoughts
from overskill.services.market.checking import sweep_releases
from overskill.services.market.creators import keep_creators
from overskill.services.market.explore import forget_first_page
from overskill.services.market.house import open_house
from overskill.services.market.install_sweep import sweep_installs, sweep_licenses
from overskill.services.market.licensed_serving import tell_of_changed_licenses, tell_of_new_offers
from overskill.services.market.news import SEND_JOB, due_readers
from overskill.services.market.spelling import count_words
from overskill.services.market.trending import rank_listings
from overskill.services.market.try_outs import end_try_outs
from overskill.services.market.updates import sweep_updates
from overskill.services.market.visits import add_visits, forget_added
from overskill.services.packages.forgetting import forget_unneeded_sets
from overskill.services.providers.checkup import warn_of_models
from overskill.services.repositories import due_repositories, waiting_events
from overskill.services.repositories.connect import SYNC_JOB
from overskill.services.repositories.pull_requests import tend_previews
from overskill.services.repositories.webhooks import EVENT_JOB

log = logging.getLogger(__name__)
_LOCK = 7_203_117  # any number; held by the one scheduler that works
_TICK_SECONDS = 1.0


@dataclass(frozen=True)
class Task:
    name: str
    every_seconds: float
    run: Callable[[Container], None]


def put_back_lost_turns(services: Container) -> None:
    with transaction() as session:
        sweep_turns(session, services.queue)


def put_back_lost_deployments(services: Container) -> None:
    with transaction() as session:
        sweep_deployments(session, services.queue, services.progress)


def put_back_lost_release_checks(services: Container) -> None:
    with transaction() as session:
        sweep_releases(session, services.queue, services.progress)


def make_house_listings(services: Container) -> None:
    with transaction() as session:
        open_house(session, services.queue, services.settings)


def put_back_lost_installs(services: Container) -> None:
    with transaction() as session:
        sweep_installs(session, services.queue, services.progress)


def end_licenses(services: Container) -> None:
    with transaction() as session:
        sweep_licenses(session, services.queue)


def tell_edge_of_licenses(services: Container) -> None:
    """In a thread: the edge may be elsewhere, and nothing else waits for it."""
    threading.Thread(
        target=tell_of_changed_licenses, args=(services.publisher,), name="tell-licenses", daemon=True
    ).start()


def tell_edge_of_offers(services: Container) -> None:
    threading.Thread(target=tell_of_new_offers, args=(services.publisher,), name="tell-offers", daemon=True).start()


def put_back_lost_updates(services: Container) -> None:
    with transaction() as session:
        sweep_updates(session, services.queue, services.progress)


def take_off_what_is_still_shown(services: Container) -> None:
    with transaction() as session:
        put_back_lost_removals(session, services.queue, services.publisher.offline_wishes)


def watch_canaries(services: Container) -> None:
    watch_trials(services.publisher)


def remove_canaries_that_are_over(services: Container) -> None:
    remove_ended_trials(services.publisher)


def keep_daily_usage(services: Container) -> None:
    keep_usage(services.usage)


def forget_deleted_apps(services: Container) -> None:
    with transaction() as session:
        past_recovery = apps_past_recovery(session)
    for app_id in past_recovery:
        forget_app(app_id, services.publisher, hosts=services.hosts, objects=services.objects)


def forget_expired_sign_ins(_: Container) -> None:
    with transaction() as session:
        forget_expired(session)


def forget_unsent_attachments(services: Container) -> None:
    with transaction() as session:
        forget_unsent(session, objects=services.objects)


def forget_expired_recordings(services: Container) -> None:
    with transaction() as session:
        forget_recordings(session, services.objects)


def forget_old_thoughts(_: Container) -> None:
    with transaction() as session:
        forget_expired_thoughts(session)


def forget_texts_typed_over(_: Container) -> None:
    with transaction() as session:
        forget_what_was_typed_over(session)


def forget_unused_builds(services: Container) -> None:
    services.builds.cache.prune()


def forget_packages_that_nothing_needs(services: Container) -> None:
    """In a thread: while packages are installed, it waits."""
    forget = partial(forget_unneeded_sets, services.shelf.store, utc_now())
    threading.Thread(target=forget, name="forget-packages", daemon=True).start()


def look_at_domains(services: Container) -> None:
    """In a thread: name servers take their time, and nothing else waits for them."""
    check = partial(
        check_due_domains,
        resolver=services.resolver,
        hosts=services.hosts,
        routes=services.routes,
        settings=services.settings,
    )
    threading.Thread(target=check, name="check-domains", daemon=True).start()


def push_to_repositories(services: Container) -> None:
    """What has a version that is not there yet, and what GitHub told us and no job heard."""
    if not services.settings.has_github:
        return
    with transaction() as session:
        due, waiting = due_repositories(session), waiting_events(session)
    for repository_id in due:
        services.queue.enqueue(SYNC_JOB, str(repository_id), queue="low")
    for event_id in waiting:
        services.queue.enqueue(EVENT_JOB, str(event_id), queue="low")


def tend_pull_requests(services: Container) -> None:
    """In a thread: the edge may be elsewhere, and nothing else waits for it."""
    tend = partial(tend_previews, redis=services.redis, publisher=services.publisher)
    threading.Thread(target=tend, name="tend-previews", daemon=True).start()


def forget_unproved_domains(_: Container) -> None:
    with transaction() as session:
        forget_stale_claims(session)


def order_listings(services: Container) -> None:
    """In a thread: with a hundred thousand listings it takes a while, and nothing else waits for it."""

    def order() -> None:
        with transaction() as session:
            rank_listings(session, utc_now())
            count_words(session)
        forget_first_page(services.redis)

    threading.Thread(target=order, name="order-listings", daemon=True).start()


def tend_listing_pages(services: Container) -> None:
    """In a thread: the edge may be elsewhere, and nothing else waits for it."""

    def tend() -> None:
        with transaction() as session:
            add_visits(session, services.redis)
        forget_added(services.redis)
        end_try_outs(services.publisher)

    threading.Thread(target=tend, name="tend-listing-pages", daemon=True).start()


def warn_of_missing_models(services: Container) -> None:
    """In the log, soon after the start. Providers take their time, and nothing here waits for them."""
    check = partial(warn_of_models, services.settings, lists=services.models.lists)
    threading.Thread(target=check, name="check-models", daemon=True).start()


def keep_creators_levels(_: Container) -> None:
    with transaction() as session:
        keep_creators(session, now=utc_now())


def mail_news(services: Container) -> None:
    with transaction() as session:
        readers = due_readers(session, now=utc_now())
    for reader in readers:
        services.queue.enqueue(SEND_JOB, str(reader), queue="low")


def send_due_transfers(services: Container) -> None:
    """And whatever else was to be told to Stripe, and no job told it."""
    with transaction() as session:
        transfers.mark_due(session)
        transfers.enqueue_due_transfers(session, services.queue)
        refunds.enqueue_lost(session, services.queue)
        disputes.enqueue_lost(session, services.queue)


def reconcile_ledger(services: Container) -> None:
    """In a thread: Stripe takes its time, and nothing else waits for it."""
    reconcile = partial(reconciling.reconcile, services.payments)
    threading.Thread(target=reconcile, name="reconcile-ledger", daemon=True).start()


def keep_daily_stats(_: Container) -> None:
    """In a thread: with many apps it takes a while, and nothing else waits for it."""
    threading.Thread(target=refresh_stats, name="keep-stats", daemon=True).start()


def watch_limits(services: Container) -> None:
    busy = note_cpu(services.redis, psutil.cpu_percent())  # since it was asked before
    with transaction() as session:
        values = alerts.measure(session, redis=services.redis, desk=services.jobs_desk, cpu_percent=busy)
        alerts.watch(session, values, queue=services.queue)


TASKS = (
    Task("put back lost turns", 3, put_back_lost_turns),
    Task("put back lost deployments", 3, put_back_lost_deployments),
    Task("put back lost installs", 3, put_back_lost_installs),
    Task("end licences", 60, end_licenses),
    Task("tell the edge of licences", 5, tell_edge_of_licenses),
    Task("tell the edge of offers", 60, tell_edge_of_offers),
    Task("put back lost updates of copies", 5, put_back_lost_updates),
    Task("put back lost release checks", 5, put_back_lost_release_checks),
    Task("make house listings", 5, make_house_listings),
    Task("take off what is still shown", 15, take_off_what_is_still_shown),
    Task("watch canaries", 5, watch_canaries),
    Task("remove canaries that are over", 60, remove_canaries_that_are_over),
    Task("keep daily usage", 60, keep_daily_usage),
    Task("keep daily figures of apps", 300, keep_daily_stats),
    Task("watch the design's limits", 30, watch_limits),
    Task("look at domains", 60, look_at_domains),
    Task("push to repositories", 15, push_to_repositories),
    Task("tend previews of pull requests", 60, tend_pull_requests),
    Task("tend listing pages", 30, tend_listing_pages),
    Task("forget unproved domains", 24 * 3600, forget_unproved_domains),
    Task("hear from Stripe's double", 3, payments.hear_from_double),
    Task("look after payments", 15, payments.look_after_payments),
    Task("fetch missed events", 900, payments.fetch_missed_events),
    Task("mail news", 900, mail_news),
    Task("send due transfers", 30, send_due_transfers),
    Task("reconcile the ledger", 3600, reconcile_ledger),
    Task("order listings", 3600, order_listings),
    Task("keep creators' levels", 3600, keep_creators_levels),
    Task("warn of missing models", 24 * 3600, warn_of_missing_models),
    Task("forget deleted apps", 3600, forget_deleted_apps),
    Task("forget expired sign-ins", 3600, forget_expired_sign_ins),
    Task("forget expired recordings", 3600, forget_expired_recordings),
    Task("forget expired thoughts", 3600, forget_old_thoughts),
    Task("forget unused builds", 3600, forget_unused_builds),
    Task("forget packages that nothing needs", 24 * 3600, forget_packages_that_nothing_needs),
    Task("forget unsent attachments", 3600, forget_unsent_attachments),
    Task("forget texts that were typed over", 24 * 3600, forget_texts_typed_over),
)


def run(settings: Settings, over: threading.Event | None = None) -> None:
    """Run the tasks until stopped; while another scheduler holds the lock, wait to take over."""
    services = container.boot(settings)
    over = over or threading.Event()
    with db.engine().execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        while not connection.scalar(text("select pg_try_advisory_lock(:key)"), {"key": _LOCK}):
            if over.wait(_TICK_SECONDS):
                return
        work_through(services, over)


def work_through(services: Container, over: threading.Event) -> None:
    """Run each task when it is due. One that fails is logged and runs again at its next time."""
    due = dict.fromkeys(TASKS, 0.0)
    while not over.is_set():
        now = time.monotonic()
        for task in TASKS:
            if now >= due[task]:
                due[task] = now + task.every_seconds
                try:
                    task.run(services)
                except Exception:
                    log.exception("scheduled task failed", extra={"task": task.name})
        over.wait(_TICK_SECONDS)
