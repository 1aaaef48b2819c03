"""What the studio does with one app of one user: find it, do one thing, tell everybody who looks at it.

Every function takes the user and the app's slug as they come from a browser, and checks both.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Session

from overskill.clients.bundler import Bundler
from overskill.clients.shares import SharedPreviews
from overskill.config import Settings
from overskill.db import after_commit, transaction
from overskill.models import App, AppStatus
from overskill.services.accounts.sessions import SignedIn
from overskill.services.apps import (
    AppSummary,
    app_to_change,
    app_to_read,
    archive_app,
    bring_back_app,
    delete_app,
    duplicate_app,
    rename_app,
    restore_version,
    summarize,
    undo,
)
from overskill.services.apps.access import visit_app
from overskill.services.apps.bells import tell_files_once_committed
from overskill.services.apps.sharing import revoke_all_links
from overskill.services.apps.versions import changed_paths, find_version, origin_beside
from overskill.services.billing.credit_ledger import Balance, balance_column, balance_in
from overskill.services.billing.quotes import quote_columns, quote_for_editor
from overskill.services.chat.next_steps import next_steps, next_steps_columns
from overskill.services.chat.resending import go_back_before
from overskill.services.deployments import (
    Publisher,
    PublishView,
    publishing_beside,
    take_off_the_air,
    view_publishing,
)
from overskill.services.generation import (
    NO_WISH,
    Intake,
    TurnView,
    Wish,
    answer_turn,
    app_topic,
    build_planned,
    find_turn,
    list_turns,
    open_preview,
    request_stop,
    request_turn,
    show_files,
    stop_all_turns,
    take_up,
    unfinished_beside,
)
from overskill.services.generation.events import Terms
from overskill.services.progress import ProgressLog
from overskill.services.studio_tabs import PublishTab, SettingsTab, tab_beside, tab_in


@dataclass(frozen=True)
class EditorView:
    """Everything the editor shows at once, and to whom, read in one transaction. `turns` are the newest, oldest first,
    and where there are more (`has_earlier_turns`) the one before them."""

    user: SignedIn
    app_id: UUID
    preview_key: str
    app: AppSummary
    turns: list[TurnView]
    has_earlier_turns: bool
    next_steps: list[str]  # what could be said next; none while a turn is under way
    publishing: PublishView
    balance: Balance  # of the app's team
    quote: str  # what the next message is likely to cost, in words; "" where nothing costs anything
    suspended: str  # why the staff took it off the air; "" where it did not
    origin: int  # the version whose files the app has: its current one, or what that puts back
    mark: int | None  # from before this was read: of what rings later it may not know
    tab: PublishTab | SettingsTab | None  # what the view that was asked for shows beside all this


def view_editor(
    session: Session, token: str, slug: str, *, turns: int, intake: Intake, settings: Settings, tab: str = ""
) -> EditorView:
    """`token` is that of their cookie, and `tab` the view of the editor that is open. Raises SignInRequired and
    NotFound."""
    authors, mark = intake.authors, intake.log.mark()
    of_authors, of_tab = authors.terms_beside(), tab_beside(tab)
    visit = visit_app(
        session,
        token,
        slug,
        unfinished_beside(),
        balance_column(App.team_id),
        *publishing_beside(),
        origin_beside(),
        *of_authors,
        *of_tab,
    )
    user, app, (unfinished, credit, serving, current, origin, *more) = visit.user, visit.app, visit.beside
    models, shown_in_tab = more[: len(of_authors)], more[len(of_authors) :]
    shown = list_turns(session, app.id, limit=turns + 1)
    is_working = unfinished is not None
    publishing = view_publishing(session, app, visit.role, (serving, current), intake.log, settings=settings)
    has = balance_in(credit, intake.tariff)
    steps, quote = _outlook(session, app, authors.terms_in(models), has, intake, is_working=is_working)
    return EditorView(
        user=user,
        app_id=app.id,
        preview_key=app.preview_key,
        app=summarize(app, publishing.live_url, is_working=is_working),
        turns=shown,
        has_earlier_turns=len(shown) > turns,
        next_steps=steps,
        publishing=publishing,
        balance=has,
        quote=quote,
        suspended=app.suspended_reason if app.suspended_at is not None else "",
        origin=origin or 0,
        mark=mark,
        tab=tab_in(tab, visit, shown_in_tab, settings),
    )


def _outlook(
    session: Session, app: App, terms: Terms, has: Balance, intake: Intake, *, is_working: bool
) -> tuple[list[str], str]:
    """What could be said next, and what it is likely to cost."""
    has_steps = app.current_version > 0 and not is_working
    for_steps = next_steps_columns(app, terms.author_kind) if has_steps else ()
    for_quote = quote_columns(app) if terms.price else ()
    columns = (*for_steps, *for_quote)
    row = session.execute(sa.select(*columns)).one() if columns else ()
    steps = next_steps(row[: len(for_steps)], terms.author_kind) if has_steps else []
    return steps, _quote_words(row[len(for_steps) :], app, terms, has, intake) if terms.price else ""


def _quote_words(columns: Sequence[Any], app: App, terms: Terms, has: Balance, intake: Intake) -> str:
    quoted = quote_for_editor(columns, app, has, intake.tariff, author_kind=terms.author_kind, price=terms.price)
    return quoted.words if quoted.is_enough else f"{quoted.words}, and you have {quoted.left_words}"


def prepare_preview(
    session: Session,
    token: str,
    slug: str,
    *,
    admit: Callable[[SignedIn], None],
    bundler: Bundler,
    settings: Settings,
) -> None:
    """Have the preview ready for the browser with this cookie, if `admit` lets its user in.

    Raises SignInRequired, NotFound, Unavailable, and what `admit` raises.
    """
    visit = visit_app(session, token, slug)
    admit(visit.user)
    open_preview(session, visit.app, bundler, settings=settings)


def send_message(
    session: Session, user_id: UUID, slug: str, text: str, wish: Wish = NO_WISH, *, intake: Intake
) -> None:
    """Ask for the next turn. Raises InvalidInput or LimitReached."""
    request_turn(session, app_to_change(session, user_id, slug), user_id, text, wish, intake=intake)


def build_plan(
    session: Session, user_id: UUID, slug: str, turn_id: UUID, steps: Sequence[str], *, intake: Intake
) -> None:
    """Build what a turn has planned, with the steps as they were left. Raises InvalidInput when none is left."""
    app = app_to_change(session, user_id, slug)
    planned = find_turn(session, app.id, turn_id)
    build_planned(session, app, user_id, planned, steps, intake=intake)


def answer_questions(
    session: Session, user_id: UUID, slug: str, turn_id: UUID, answers: Mapping[str, str], *, intake: Intake
) -> None:
    """Go on after a turn that asked; without answers it builds what seems likeliest."""
    app = app_to_change(session, user_id, slug)
    answer_turn(session, app, user_id, find_turn(session, app.id, turn_id), answers, intake=intake)


def go_on(session: Session, user_id: UUID, slug: str, turn_id: UUID, *, intake: Intake) -> None:
    """Take up a turn that failed where it ended: what it had completed is not written again."""
    app = app_to_change(session, user_id, slug)
    take_up(session, app, user_id, find_turn(session, app.id, turn_id), intake=intake)


def try_again(session: Session, user_id: UUID, slug: str, turn_id: UUID, *, intake: Intake) -> None:
    """Send a turn's message once more. Raises what `send_message` raises, and Conflict while that turn goes on."""
    app = app_to_change(session, user_id, slug)
    before = find_turn(session, app.id, turn_id)
    request_turn(session, app, user_id, before.prompt, Wish(mode=before.mode, by_button=True), intake=intake)


def send_again(
    session: Session, user_id: UUID, slug: str, turn_id: UUID, text: str, *, intake: Intake, bundler: Bundler
) -> None:
    """Go back to before a turn and send its message once more, edited. That turn stays in the chat.

    Raises NotFound, InvalidInput, LimitReached, or Conflict while a turn is under way.
    """
    app = app_to_change(session, user_id, slug)
    replaced = find_turn(session, app.id, turn_id)
    files = go_back_before(session, app, user_id, replaced)
    if files is not None:
        _show_version(session, app, user_id, files, bundler=bundler, log=intake.log)
    request_turn(session, app, user_id, text, Wish(mode=replaced.mode, replaces=replaced), intake=intake)


def stop_turn(session: Session, user_id: UUID, slug: str, turn_id: UUID, *, log: ProgressLog) -> None:
    request_stop(session, app_to_change(session, user_id, slug), turn_id, log=log)


def restore(session: Session, user_id: UUID, slug: str, number: int, *, bundler: Bundler, log: ProgressLog) -> None:
    """Put an earlier version back, also in every open preview. Raises Conflict while a turn is under way."""
    app = app_to_change(session, user_id, slug)
    _show_version(session, app, user_id, restore_version(session, app, user_id, number), bundler=bundler, log=log)


def undo_last(session: Session, user_id: UUID, slug: str, *, bundler: Bundler, log: ProgressLog) -> str:
    """Go back one version; what was done, in words. Raises Conflict at the first, and while a turn is under way."""
    app = app_to_change(session, user_id, slug)
    _show_version(session, app, user_id, undo(session, app, user_id), bundler=bundler, log=log)
    return find_version(session, app.id, app.current_version).note


def _show_version(
    session: Session, app: App, user_id: UUID, files: Mapping[str, str], *, bundler: Bundler, log: ProgressLog
) -> None:
    """The app's newest version, which holds these files, in every open preview and editor."""
    changed = {path: files.get(path) for path in changed_paths(session, app.id, app.current_version)}
    after_commit(session, partial(show_files, app.preview_key, files, bundler))
    tell_files_once_committed(session, app, changed, by=user_id, log=log)
    after_commit(session, partial(log.ring, app_topic(app.id)))


def rename(session: Session, user_id: UUID, slug: str, name: str, *, log: ProgressLog) -> None:
    app = app_to_change(session, user_id, slug)
    rename_app(session, app, name)
    after_commit(session, partial(log.ring, app_topic(app.id)))


def choose_gallery(session: Session, user_id: UUID, slug: str, is_shown: bool, *, log: ProgressLog) -> None:
    """Whether the start page shows the app to everybody while it is live. Its address works either way."""
    app = app_to_change(session, user_id, slug)
    app.in_gallery = is_shown
    session.add(app)
    after_commit(session, partial(log.ring, app_topic(app.id)))


def duplicate(session: Session, user_id: UUID, slug: str) -> App:
    return duplicate_app(session, app_to_read(session, user_id, slug), user_id)


def archive(session: Session, user_id: UUID, slug: str) -> None:
    archive_app(session, app_to_change(session, user_id, slug))


def delete(user_id: UUID, slug: str, publisher: Publisher, *, shares: SharedPreviews) -> bool:
    """Delete the app, stop its turns and take it off the air, in transactions of its own; `bring_back` undoes the
    deleting, for 30 days.

    False: the edge does not answer. It is asked again until it does.
    """
    with transaction() as session:
        app = app_to_change(session, user_id, slug)
        stop_all_turns(session, app, log=publisher.log)
        revoke_all_links(session, app, shares=shares)
        delete_app(session, app)
    return take_off_the_air(app.id, publisher)


def bring_back(session: Session, user_id: UUID, slug: str) -> None:
    """Out of the archive, or back from being deleted."""
    app = app_to_change(session, user_id, slug, even_deleted=True)
    if app.status is not AppStatus.ACTIVE:
        bring_back_app(session, app)
