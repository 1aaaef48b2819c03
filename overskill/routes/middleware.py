"""What holds for every answer of the web process. Plain ASGI, so that websockets pass untouched."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from overskill.config import Settings

UNSAFE_METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})
A_YEAR = "public, max-age=31536000, immutable"
AN_HOUR = "public, max-age=3600"


class OriginCheck:
    """Refuse to change anything, and to open a websocket, for a page that isn't ours (CSRF).

    SameSite=Lax is not enough: previews and published apps live on other ports or subdomains of the same
    site, so a browser sends them our cookie. A browser always names the origin of such a request; a client
    that names none is no browser and carries no cookie it did not mean to send.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._origins = settings.own_origins
        self._refusal = (
            f"This request came from a page that is not at {settings.site_url}, so it was refused. "
            "Open that address; if another one is right, set OVERSKILL_PUBLIC_URL to it.\n"
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] in UNSAFE_METHODS):
            origin = HTTPConnection(scope).headers.get("origin")
            if origin is not None and origin not in self._origins:
                refuse = WebSocketClose() if scope["type"] == "websocket" else PlainTextResponse(self._refusal, 403)
                await refuse(scope, receive, send)
                return
        await self._app(scope, receive, send)


class SecurityHeaders:
    """What browsers may do with our pages, and how long they may keep what."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._headers = {
            "content-security-policy": content_security_policy(settings),
            "x-content-type-options": "nosniff",
            "referrer-policy": "strict-origin-when-cross-origin",
            "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "cross-origin-opener-policy": "same-origin",
        }
        if settings.is_https:
            self._headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", cache_control(scope["path"], message["status"]))
            await send(message)

        await self._app(scope, receive, send_with_headers)


def cache_control(path: str, status: int) -> str:
    """Vite's files carry a hash of their content; our own pictures and fonts do not; pages are asked for again."""
    if status not in (200, 304):
        return "no-store" if status >= 400 else "no-cache"
    if path.startswith("/assets/"):
        return A_YEAR
    if path.endswith((".woff2", ".svg", ".png", ".ico", ".webp")):
        return AN_HOUR
    return "no-cache"


def content_security_policy(settings: Settings) -> str:
    """Nothing from elsewhere but the frames of previews and published apps.

    'unsafe-inline' is for React Router's and the theme's inline scripts. 'unsafe-eval' is how Reflex runs what
    a handler sends back to the page (toasts, focus): without it they fail silently.
    """
    frames = {
        _origin(settings.preview_address("*")),
        _origin(settings.app_address("*")),
        f"http://localhost:{settings.edge_port}",
    }
    sockets = {re.sub(r"^http", "ws", origin) for origin in settings.own_origins}
    rules = {
        "default-src": "'self'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "connect-src": " ".join(["'self'", *sorted(sockets)]),
        "frame-src": " ".join(["'self'", *sorted(frames)]),
        "frame-ancestors": "'self'",
        # A browser holds where a form leads to against it, too: connecting a repository goes on at GitHub.
        "form-action": f"'self' {settings.github_url}" if settings.has_github else "'self'",
        "base-uri": "'self'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


class PageAddresses:
    """Serve a prerendered page at its own address. Without this `/settings` is sent on to `/settings/`."""

    def __init__(self, app: ASGIApp, paths: Iterable[str]) -> None:
        self._app = app
        self._paths = frozenset(paths)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] in self._paths:
            scope = {**scope, "path": f"{scope['path']}/"}
        await self._app(scope, receive, send)


def file_in(folders: Iterable[Path], name: str) -> Path | None:
    """The first that there is."""
    return next((file for folder in folders if (file := folder / name).is_file()), None)


class EarlierBuilds:
    """Serve what a page of an earlier build asks for after a deploy: its parts are fetched when they are wanted."""

    _FILE = re.compile(r"/assets/([\w.-]+\.(?:js|css))")

    def __init__(self, app: ASGIApp, assets: Path, kept: Path) -> None:
        self._app = app
        self._assets = assets
        self._kept = kept

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = self._FILE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        is_gone = match is not None and not (self._assets / match[1]).is_file()
        file = file_in([self._kept], match[1]) if match and is_gone else None
        await (self._app if file is None else FileResponse(file))(scope, receive, send)


class SameOriginBundle:
    """Serve a front end that was built for one address at any other.

    Reflex writes the address of the server into one file of the bundle; here it becomes the page's own origin.
    """

    _FILE = re.compile(r"/assets/(reflex-env-[\w-]+\.js)")
    _ADDRESS = re.compile(r"`(https?|wss?)://[^/`]+(/[^`]*)`")

    def __init__(self, app: ASGIApp, folders: Sequence[Path]) -> None:
        self._app = app
        self._folders = folders

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = self._FILE.fullmatch(scope["path"]) if scope["type"] == "http" else None
        file = file_in(self._folders, match[1]) if match else None
        if file is None:
            await self._app(scope, receive, send)
            return
        script = self._ADDRESS.sub(self._relative, file.read_text())
        response = Response(script, media_type="text/javascript", headers={"cache-control": "no-cache"})
        await response(scope, receive, send)

    @staticmethod
    def _relative(match: re.Match[str]) -> str:
        origin = "${location.origin}" if match[1].startswith("http") else "${location.origin.replace(/^http/, 'ws')}"
        return f"`{origin}{match[2]}`"
