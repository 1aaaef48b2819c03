"""Showing an app in its live preview, and keeping it there when the bundler was restarted."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlmodel import Session, col

from overskill.clients.bundler import Applied, Bundler
from overskill.clients.daemon import UnknownApp
from overskill.config import Settings
from overskill.errors import InvalidInput, Unavailable
from overskill.models import App, DeploymentEnvironment, GenerationStatus
from overskill.services.apps.env_vars import public_variables_beside, public_variables_in, variables_file
from overskill.services.apps.files import files_beside
from overskill.services.generation.requests import unfinished_beside
from overskill.services.packages.providing import begin_again_with_packages


def open_preview(session: Session, app: App, bundler: Bundler, *, settings: Settings) -> None:
    """Have the app's preview ready for a browser. While a turn runs, the turn fills it.

    Raises Unavailable, and BeginAgain where packages are to be installed first.
    """
    is_at_rest = unfinished_beside().is_distinct_from(GenerationStatus.RUNNING) & (col(App.current_version) > 0)
    kept = (sa.case((is_at_rest, files_beside())), public_variables_beside(DeploymentEnvironment.PREVIEW))
    files, variables = session.execute(sa.select(*kept).where(col(App.id) == app.id)).one()
    if files is None:
        bundler.shell(app.preview_key)
        return
    shown = files | variables_file(public_variables_in(variables, settings))
    begin_again_with_packages(bundler, shown)
    bundler.open(app.preview_key, shown)


@dataclass
class PreviewFeed:
    """Sends a turn's files to the preview as they are complete. A preview that can't be reached never fails
    the turn: the next push brings everything."""

    bundler: Bundler
    key: str
    files: Callable[[], Mapping[str, str]]
    _lost: bool = field(default=True, init=False)

    def push(self, changes: Mapping[str, str | None], *, draft: bool = True) -> Applied | None:
        """None when the bundler does not answer."""
        try:
            applied = self._show(changes, draft=draft)
        except Unavailable:
            self._lost = True
            return None
        self._lost = False
        return applied

    def show_only_these(self) -> Applied | None:
        """As `push`, without what anybody else has put there."""
        self._lost = True
        return self.push({}, draft=False)

    def _show(self, changes: Mapping[str, str | None], *, draft: bool) -> Applied:
        if not self._lost:
            with suppress(UnknownApp):
                return self.bundler.update(self.key, changes, draft=draft)
        applied = self.bundler.open(self.key, self.files())
        # Opening shows what is wrong; a draft must not.
        return self.bundler.update(self.key, {}, draft=True) if draft else applied


def show_files(app_key: str, files: Mapping[str, str], bundler: Bundler) -> Applied | None:
    """Show other files in a preview (after a restore). None: it can't; a bundler that is away does when it is back."""
    try:
        return PreviewFeed(bundler, app_key, lambda: files).push({}, draft=False)
    except InvalidInput:
        return None
