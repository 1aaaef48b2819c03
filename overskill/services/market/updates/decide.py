"""What the buyer does with an update. Each takes the user and the update's id as they come from a browser."""

from collections.abc import Mapping
from uuid import UUID

from sqlmodel import Session, select

from overskill.clients.bundler import Bundler
from overskill.clients.jobs import JobQueue
from overskill.errors import Conflict, InvalidInput, NotFound, OverskillError
from overskill.models import (
    App,
    CopyUpdate,
    DeploymentEnvironment,
    Install,
    License,
    LicenseStatus,
    Listing,
    Release,
    UpdateStatus,
    VersionCause,
)
from overskill.services.apps.access import app_to_change
from overskill.services.apps.files import checksum
from overskill.services.apps.saving import LARGEST_FILE, FileChange
from overskill.services.apps.versions import refuse_during_a_turn
from overskill.services.deployments import request_deployment
from overskill.services.deployments.live import live_deployment
from overskill.services.generation import Intake, request_turn
from overskill.services.market.updates.merge import (
    Choice,
    Merged,
    Sources,
    copy_of,
    find_conflict,
    is_chosen,
    merge_release,
    read_sources,
)
from overskill.services.market.updates.offer import UNDECIDED, end_offer
from overskill.services.market.updates.prepare import merge_again
from overskill.services.progress import ProgressLog
from overskill.services.studio_files import save_in_app

_BEGUN = (UpdateStatus.MERGING, UpdateStatus.CHECKING)
_LONGEST_REQUEST = 6_000  # characters of the release's files that a model is told
_NOT_READY = "This update is not ready yet. Wait for its checks, then accept it."


def begin(session: Session, user_id: UUID, update_id: UUID, *, queue: JobQueue) -> CopyUpdate:
    """Merge the release and check the result; once more where that was done before. Nothing of the copy changes.

    Raises Conflict for an update that was accepted, or whose licence has ended.
    """
    update = update_to_decide(session, user_id, update_id)
    if update.status not in _BEGUN:
        merge_again(session, update, queue)
    return update


def choose(
    session: Session, user_id: UUID, update_id: UUID, path: str, choice: str, text: str = "", *, queue: JobQueue
) -> CopyUpdate:
    """Decide one file that both changed. After the last one the update goes on. Raises InvalidInput, NotFound."""
    update = update_to_decide(session, user_id, update_id)
    find_conflict(update, path)
    if choice not in (Choice.YOURS, Choice.THEIRS, Choice.WRITTEN):
        raise InvalidInput("Choose your file, the release's, or write one out of both.")
    if len(text.encode()) > LARGEST_FILE:
        raise InvalidInput(f"A file has at most {LARGEST_FILE // 1024} KB. Make this one shorter.", field="text")
    chosen = {"path": path, "choice": choice, **({"text": text} if choice == Choice.WRITTEN else {})}
    update.conflicts = [chosen if one["path"] == path else one for one in update.conflicts]
    _go_on(session, update, queue)
    return update


def hand_to_model(session: Session, user_id: UUID, update_id: UUID, *, queue: JobQueue) -> CopyUpdate:
    """Keep the copy's text in all files that nobody chose of; once the update is accepted, a turn in the studio brings
    the release's changes into them."""
    update = update_to_decide(session, user_id, update_id)
    update.conflicts = [
        one if one.get("choice") else {"path": one["path"], "choice": Choice.MODEL} for one in update.conflicts
    ]
    _go_on(session, update, queue)
    return update


def accept(
    session: Session,
    user_id: UUID,
    update_id: UUID,
    *,
    bundler: Bundler,
    intake: Intake,
    log: ProgressLog,
) -> CopyUpdate:
    """Make it the copy's next version and, where the copy is live, publish it.

    Where the copy changed since it was checked, the update is merged and checked again instead. Raises Conflict when
    it isn't ready, while a turn is under way, and as publishing does; BeginAgain where packages are needed first.
    """
    update = update_to_decide(session, user_id, update_id)
    if update.status is not UpdateStatus.READY:
        raise Conflict(_NOT_READY)
    app = app_to_change(session, user_id, copy_of(session, update).slug)
    refuse_during_a_turn(session, app)
    if app.revision != update.from_revision:
        merge_again(session, update, intake.queue)
        return update
    install, release = session.get_one(Install, update.install_id), session.get_one(Release, update.release_id)
    title = session.get_one(Listing, install.listing_id).title
    sources = read_sources(session, update)
    merged = merge_release(sources, update.conflicts)
    note = f"Release {release.number} of {title}"
    changes = _as_changes(merged, sources)
    if changes:
        save_in_app(session, app, user_id, changes, note, cause=VersionCause.UPDATE, bundler=bundler, log=log)
    install.release_id = release.id
    session.add(install)
    end_offer(session, update, UpdateStatus.ACCEPTED, queue=intake.queue)
    if live_deployment(session, app.id, DeploymentEnvironment.PRODUCTION) is not None:
        request_deployment(session, app, user_id, queue=intake.queue, log=log)
    _ask_the_model(session, app, user_id, update, sources, note, intake)
    return update


def decline(session: Session, user_id: UUID, update_id: UUID, *, queue: JobQueue) -> CopyUpdate:
    """Stay on what the copy has. The next release is offered again, with this one's changes in it."""
    update = update_to_decide(session, user_id, update_id)
    end_offer(session, update, UpdateStatus.DECLINED, queue=queue)
    return update


def update_to_read(session: Session, user_id: UUID, update_id: UUID) -> CopyUpdate:
    """Raises NotFound: whether it exists is nobody else's business."""
    found = session.exec(
        select(CopyUpdate)
        .join(Install, Install.id == CopyUpdate.install_id)  # type: ignore[arg-type]  # SQLModel's columns
        .where(CopyUpdate.id == update_id, Install.user_id == user_id)
    ).one_or_none()
    if found is None:
        raise NotFound("There is no update at this address, or it isn't for an app of yours.")
    return found


def update_to_decide(session: Session, user_id: UUID, update_id: UUID) -> CopyUpdate:
    """As update_to_read, and locked until the transaction ends. One that was declined can still be taken up."""
    update = update_to_read(session, user_id, update_id)
    session.refresh(update, with_for_update=True)
    install = session.get_one(Install, update.install_id)
    if update.status not in (*UNDECIDED, UpdateStatus.DECLINED):
        raise Conflict("Your app has this update already.")
    if session.get_one(License, install.license_id).status not in (LicenseStatus.ACTIVE, LicenseStatus.GRACE):
        raise Conflict("The licence of this app has ended, so it gets no updates. Renew it in your library.")
    if update.status is UpdateStatus.DECLINED and _is_outdated(session, update, install):
        raise Conflict("A newer release is there, with these changes in it. Take that one.")
    return update


def _is_outdated(session: Session, update: CopyUpdate, install: Install) -> bool:
    sold = session.get_one(Listing, install.listing_id).release_id
    return update.release_id not in (sold, None)


def _go_on(session: Session, update: CopyUpdate, queue: JobQueue) -> None:
    session.add(update)
    if is_chosen(update):
        merge_again(session, update, queue)


def _as_changes(merged: Merged, sources: Sources) -> list[FileChange]:
    def base(path: str) -> str | None:
        text = sources.yours.get(path)
        return None if text is None else checksum(text)

    return [FileChange(path, text, base(path)) for path, text in merged.changes.items()]


def _ask_the_model(
    session: Session,
    app: App,
    user_id: UUID,
    update: CopyUpdate,
    sources: Sources,
    note: str,
    intake: Intake,
) -> None:
    """A turn of the studio for what was left to it: it costs, is checked and is undone like any other."""
    left = [str(one["path"]) for one in update.conflicts if one.get("choice") == Choice.MODEL]
    if not left:
        return
    try:
        request_turn(
            session, app, user_id, _request({path: sources.theirs.get(path) for path in left}, note), intake=intake
        )
    except OverskillError as error:  # the update is taken; what is left can be asked for in the chat
        update.error = f"The update is in. The model could not be asked for the rest: {error.message}"[:500]


def _request(theirs: Mapping[str, str | None], note: str) -> str:
    opening = (
        f"{note} changed files that I changed, too, and mine were kept. Bring its changes into mine, and keep what I "
        "changed. This is how it has them:"
    )
    words = [opening]
    room = _LONGEST_REQUEST // max(1, len(theirs))
    for path, text in theirs.items():
        shown = "It removed this file." if text is None else f"```\n{text[:room]}\n```"
        words.append(f"{path}\n{shown}")
    return "\n\n".join(words)
