"""A tab that comes back to a web process that does not know it: a new one after a deploy, or one that forgot overnight.

Reflex would first tell it what every page begins with, and read the rows afterwards. For that moment the page would
lose all it shows: what is typed, where the cursor is, the app in the preview. So the rows are read first.
"""

import contextlib
import inspect

import reflex as rx
from reflex.middleware.middleware import Middleware
from reflex.state import BaseState, State, _apply_client_storage_vars
from reflex_base.constants import CompileVars
from reflex_base.event import Event, EventHandler
from reflex_base.utils.format import format_event_handler

from overskill.errors import OverskillError
from overskill.state.editor import EditorState, show_preview_again
from overskill.state.outages import OUTAGES
from overskill.state.session import SessionState


class Returning(Middleware):
    async def preprocess(self, app: rx.App, state: BaseState, event: Event) -> None:
        if not _comes_back(event) or (await state.get_state(SessionState)).is_loaded:
            return
        root = state._get_root_state()  # noqa: SLF001 - it has no other name
        await _apply_client_storage_vars(root, event.payload.get("vars") or {})
        for handler in app.get_load_events(state.router.url.path):
            if isinstance(handler, EventHandler):
                await _run(handler, root)
        editor = await state.get_state(EditorState)
        if editor.is_loaded:
            show_preview_again(editor)


def _comes_back(event: Event) -> bool:
    """A page that has just been loaded tells the hashes of what it begins with."""
    connected = format_event_handler(State.event_handlers[CompileVars.HYDRATE_AND_LOAD])
    return event.name == connected and "hashes" not in event.payload


async def _run(handler: EventHandler, root: BaseState) -> None:
    """What it asks for besides, and why it fails, comes when it is run as usual, after this."""
    owner = await root.get_state(root.get_class_substate(handler.state_full_name))
    with contextlib.suppress(OverskillError, *OUTAGES):
        running = handler.fn(owner)
        if inspect.isasyncgen(running):
            async for _ in running:
                pass
        else:
            await running
