"""Which app a page is about."""

import reflex as rx


def app_in_address(state: rx.State) -> str:
    """The slug in /studio/<slug>, as the browser shows it now. From a client: services check it."""
    parts = state.router.url.path.split("/")
    return parts[2] if len(parts) > 2 and parts[1] == "studio" else ""
