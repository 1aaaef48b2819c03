"""What people do with what they bought: take it down, put it back, end where its key is used."""

from uuid import UUID

from sqlmodel import Session

from overskill.clients.jobs import JobQueue
from overskill.db import transaction
from overskill.errors import Conflict, NotFound
from overskill.models import App, AppStatus, Install, InstallStatus, License, LicenseActivation, utc_now
from overskill.services.accounts.audit import record
from overskill.services.apps.my_apps import archive_app
from overskill.services.deployments.offline import take_off_the_air, wish_offline
from overskill.services.deployments.publisher import Publisher
from overskill.services.market import licenses
from overskill.services.market.installs import enqueue_install
from overskill.services.market.license_checks import end_activation

_GONE = "That is not in your library any more. Reload the page."


def uninstall(user_id: UUID, install_id: UUID, publisher: Publisher) -> bool:
    """Take the copy off the air and archive it; the licence stays. False: it goes off the air once the edge answers.

    Raises NotFound, and Conflict while it is being installed.
    """
    with transaction() as session:
        install = own_install(session, user_id, install_id)
        if not install.status.is_final:
            raise Conflict("It is being installed just now. Wait a moment, then uninstall it.")
        install.status = InstallStatus.REMOVED
        session.add(install)
        record(session, "install.removed", user_id, subject=f"install:{install.id}")
        app = session.get(App, install.app_id, with_for_update=True) if install.app_id else None
        if app is not None and app.status is AppStatus.ACTIVE:
            wish_offline(session, app, publisher.offline_wishes)
            archive_app(session, app)
    return app is None or take_off_the_air(app.id, publisher)


def reinstall(session: Session, user_id: UUID, install_id: UUID, *, queue: JobQueue) -> Install:
    """Put back what was uninstalled, as it was left; also what failed, or was deleted since.

    Raises NotFound, and Conflict where the licence has ended or nothing is to be done.
    """
    install = own_install(session, user_id, install_id)
    license_ = session.get_one(License, install.license_id)
    if not licenses.is_valid(license_, utc_now()):
        raise Conflict("Its licence has ended, so it can't be installed again.")
    if not install.status.is_final or (install.status is InstallStatus.LIVE and not _is_gone(session, install)):
        raise Conflict("It is installed already. Reload the page.")
    install.status, install.attempt, install.error = InstallStatus.QUEUED, 0, ""
    install.last_progress_at = utc_now()
    session.add(install)
    record(session, "install.again", user_id, subject=f"install:{install.id}")
    enqueue_install(session, install, queue)
    return install


def withdraw_key(session: Session, user_id: UUID, license_id: UUID) -> None:
    """The key works no more, and what was activated with it. Another is made when it is looked at again."""
    license_ = licenses.own_license(session, user_id, license_id, locked=True)
    licenses.end_activations(session, license_)
    licenses.forget_key(session, license_)
    record(session, "license.key_withdrawn", user_id, subject=f"license:{license_.id}")


def end_own_activation(session: Session, user_id: UUID, license_id: UUID, activation_id: UUID) -> None:
    license_ = licenses.own_license(session, user_id, license_id, locked=True)
    activation = session.get(LicenseActivation, activation_id)
    if activation is None or activation.license_id != license_.id:
        raise NotFound("That activation is not there any more. Reload the page.")
    if activation.revoked_at is None:
        end_activation(session, license_, activation)


def own_install(session: Session, user_id: UUID, install_id: UUID) -> Install:
    """Locked until the transaction ends. Raises NotFound: whether it exists is nobody else's business."""
    install = session.get(Install, install_id, with_for_update=True)
    if install is None or install.user_id != user_id:
        raise NotFound(_GONE)
    return install


def _is_gone(session: Session, install: Install) -> bool:
    """Whether the copy was deleted, or archived, in the studio."""
    app = session.get(App, install.app_id) if install.app_id else None
    return app is None or app.status is not AppStatus.ACTIVE
