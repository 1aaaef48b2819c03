"""Mails about news and updates are ended from the mail itself, without signing in (RFC 8058).

GET   /mails/end?token=   a page that asks: programs that look at each link of a mail end nothing
POST  /mails/end?token=   they are ended; mail programs post List-Unsubscribe=One-Click, our page posts nothing
"""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from overskill import container
from overskill.db import in_thread
from overskill.routes.plain_page import plain_page, shows_failures
from overskill.services.market.mail_endings import PATH, MailKind, read_ending
from overskill.services.market.news import end_mails

_ABOUT = {
    MailKind.NEWS: "when creators whom you follow publish something",
    MailKind.UPDATES: "when there is an update for a copy of yours",
}
_TO_NEWS = ("/news", "Open News")


@shows_failures("These mails could not be switched off", _TO_NEWS)
async def ask(request: Request) -> Response:
    kind = read_ending(request.query_params.get("token", ""), container.get().settings).kind
    text = f"You would get no mails any more {_ABOUT[kind]}. All other mails stay as they are."
    return plain_page("Switch these mails off?", text, status=200, posts="Switch them off", way_on=_TO_NEWS)


@shows_failures("These mails could not be switched off", _TO_NEWS)
async def end(request: Request) -> Response:
    settings = container.get().settings
    kind = await in_thread(end_mails, request.query_params.get("token", ""), settings=settings)
    text = f"You get no mails any more {_ABOUT[kind]}. Under News you can switch them on again."
    return plain_page("These mails are switched off", text, status=200, way_on=_TO_NEWS)


routes = [Route(PATH, ask, methods=["GET"]), Route(PATH, end, methods=["POST"])]
