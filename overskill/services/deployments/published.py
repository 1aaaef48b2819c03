"""What is built when an app is published, and what its settings add to the built page."""

import re
from collections.abc import Mapping
from html import escape

from sqlmodel import Session

from overskill.clients.bundler import Asset
from overskill.config import Settings
from overskill.models import App, Deployment
from overskill.services.apps.env_vars import public_variables, variables_file
from overskill.services.apps.versions import version_files

PAGE = "/index.html"
_DESCRIPTION = re.compile(r"""<meta\s[^>]*name=["']?description\b""", re.IGNORECASE)
_HEAD_ENDS = re.compile(r"</head>", re.IGNORECASE)


def published_files(session: Session, app: App, deployment: Deployment, *, settings: Settings) -> dict[str, str]:
    variables = public_variables(session, app.id, deployment.environment, settings=settings)
    return version_files(session, app.id, deployment.version) | variables_file(variables)


def described(assets: Mapping[str, Asset], description: str) -> dict[str, Asset]:
    """With the app's description in its page. Only now: the same files are the same build, whatever they are called."""
    if PAGE not in assets:
        return dict(assets)
    page = with_description(assets[PAGE].content.decode(), description)
    return {**assets, PAGE: Asset(page.encode(), assets[PAGE].content_type)}


def with_description(page: str, description: str) -> str:
    """The page with the app's description for search engines, unless it has one of its own."""
    if not description or _DESCRIPTION.search(page):
        return page
    meta = f'<meta name="description" content="{escape(description)}" />'
    return _HEAD_ENDS.sub(lambda end: f"{meta}\n{end[0]}", page, count=1)
