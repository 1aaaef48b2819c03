"""How the environment that the publish tab shows is served: who may publish to it and see it, and how much."""

from typing import Any

import reflex as rx
from reflex.event import EventType

from overskill import container
from overskill.db import in_thread
from overskill.errors import InvalidInput
from overskill.services.deployments.serving import Serving, hosts_in
from overskill.services.studio_publish import change_serving, end_links, make_private_link
from overskill.state.address import app_in_address
from overskill.state.base import assign
from overskill.state.limits import limit
from overskill.state.publish import PublishState
from overskill.state.session import require_user
from overskill.state.toasts import done


class ServingState(rx.State):
    refused: str = ""  # which input: "egress"
    refusal: str = ""  # why
    saved: int = 0  # grows with what was saved: the form begins anew

    @rx.event
    async def save(self, form: dict[str, Any]) -> EventType[()] | None:
        user = await require_user(self)
        await limit(user, "settings")
        shown = await self.get_state(PublishState)
        services = container.get()
        try:
            await in_thread(
                change_serving,
                user.id,
                app_in_address(self),
                shown.environment,
                _wanted(form),
                routes=services.routes,
                log=services.progress,
                settings=services.settings,
            )
        except InvalidInput as refusal:
            assign(self, refused=refusal.field, refusal=refusal.message)
            return None
        assign(self, refused="", refusal="", saved=self.saved + 1)
        return done(f"Saved for {shown.place.words.lower()}.")

    @rx.event
    async def copy_link(self, hours: int) -> list[EventType[()]]:
        """A link that opens a private environment, into the clipboard."""
        user = await require_user(self)
        await limit(user, "settings")
        environment = (await self.get_state(PublishState)).environment
        settings = container.get().settings
        link = await in_thread(make_private_link, user.id, app_in_address(self), environment, hours, settings=settings)
        return [rx.set_clipboard(link), done("Private link copied. Whoever has it can open the app.")]

    @rx.event
    async def end_links(self) -> EventType[()]:
        user = await require_user(self)
        await limit(user, "settings")
        environment = (await self.get_state(PublishState)).environment
        services = container.get()
        await in_thread(
            end_links,
            user.id,
            app_in_address(self),
            environment,
            routes=services.routes,
            settings=services.settings,
        )
        return done("No private link made so far works any more.")

    @rx.event
    async def forget_refusal(self) -> None:
        assign(self, refused="", refusal="", saved=self.saved + 1)


def _wanted(form: dict[str, Any]) -> Serving:
    return Serving(
        is_protected=bool(form.get("is_protected")),
        is_private=bool(form.get("is_private")),
        maintenance=_text(form, "maintenance"),
        requests_per_second=_number(form, "rate"),
        max_body_megabytes=_number(form, "max_body"),
        egress=hosts_in(_text(form, "egress")),
    )


def _number(form: dict[str, Any], name: str) -> int | None:
    text = _text(form, name).strip()
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        raise InvalidInput("Write a whole number, or leave it empty.", field=name) from None


def _text(form: dict[str, Any], name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
