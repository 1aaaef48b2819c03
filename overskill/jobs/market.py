"""Jobs of the marketplace."""

from uuid import UUID

from overskill import container
from overskill.db import transaction
from overskill.models import Release, utc_now
from overskill.services.market import checking, house, library_mails, news, notices, publishing, reports, updates
from overskill.services.market.explore import forget_first_page
from overskill.services.market.installing import Installer, run_install
from overskill.services.market.licensed_serving import tell_of_app
from overskill.services.market.spelling import add_words


def install(install_id: str) -> None:
    services = container.get()
    run_install(UUID(install_id), Installer(services.publisher, services.queue))


def send_library_mail(kind: str, row_id: str) -> None:
    services = container.get()
    with transaction() as session:
        library_mails.send_library_mail(
            session, kind, UUID(row_id), site_url=services.settings.site_url, mail=services.mail
        )


def send_transfer(transfer_id: str, token: str) -> None:
    services = container.get()
    with transaction() as session:
        library_mails.send_transfer(
            session, UUID(transfer_id), token, site_url=services.settings.site_url, mail=services.mail
        )


def prepare_update(update_id: str) -> None:
    services = container.get()
    updates.prepare_update(UUID(update_id), updates.UpdateTools(services.publisher, services.checker))


def tell_of_update(update_id: str) -> None:
    services = container.get()
    with transaction() as session:
        updates.tell_of_update(session, UUID(update_id), settings=services.settings, mail=services.mail)


def take_down_update(update_id: str) -> None:
    updates.take_down_preview(UUID(update_id), container.get().publisher)


def check_release(release_id: str) -> None:
    services = container.get()
    examiner = checking.Examiner(
        bundler=services.bundler,
        checker=services.checker,
        shelf=services.shelf,
        objects=services.objects,
        log=services.progress,
        queue=services.queue,
        settings=services.settings,
    )
    checking.check_release(UUID(release_id), examiner)


def tell_of_release(release_id: str) -> None:
    """Its creator by mail, and whoever looks for something like it."""
    services = container.get()
    with transaction() as session:
        publishing.tell_of_release(session, UUID(release_id), site_url=services.settings.site_url, mail=services.mail)
        add_words(session, session.get_one(Release, UUID(release_id)).listing_id)
    forget_first_page(services.redis)


def tell_edge_of_offers(app_id: str) -> None:
    tell_of_app(UUID(app_id), container.get().publisher)


def send_news(user_id: str) -> None:
    services = container.get()
    with transaction() as session:
        news.send_news(session, UUID(user_id), settings=services.settings, mail=services.mail, now=utc_now())


def tell_of_act(act_id: str) -> None:
    services = container.get()
    with transaction() as session:
        notices.tell_of_act(session, UUID(act_id), settings=services.settings, mail=services.mail)


def tell_of_report(report_id: str) -> None:
    services = container.get()
    with transaction() as session:
        reports.tell_of_report(session, UUID(report_id), site_url=services.settings.site_url, mail=services.mail)


def make_house_listing(slug: str) -> None:
    services = container.get()
    house.make_house_listing(slug, queue=services.queue, settings=services.settings)
