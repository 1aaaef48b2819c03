"""The end of a list that goes on by itself."""

import reflex as rx
from reflex.event import no_args_event_spec

from overskill.components.browser_files import browser_file


class ListEnd(rx.Component):
    library = browser_file(__name__, "list_end.jsx")
    tag = "ListEnd"
    is_watching: rx.Var[bool]
    length: rx.Var[int]
    on_reach: rx.EventHandler[no_args_event_spec]
