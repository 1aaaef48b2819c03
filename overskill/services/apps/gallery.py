"""What this instance shows to everybody: published apps, unless their makers keep them out."""

import base64
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from overskill.models import App, AppEnvironment, AppStatus, Deployment, DeploymentEnvironment

GALLERY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class GalleryApp:
    name: str
    url: str
    accent: str
    thumbnail: str  # checksum, or ""
    logo_url: str
    description: str


def list_gallery(session: Session) -> list[GalleryApp]:
    """Apps that are live, the most recently changed first."""
    query = (
        select(App, Deployment.url)
        .join(Deployment, col(Deployment.app_id) == App.id)
        .where(is_in_gallery())
        .order_by(col(App.changed_at).desc())
        .limit(GALLERY_LENGTH)
    )
    return [
        GalleryApp(app.name, url, app.accent, app.thumbnail, logo_url(app.icon, app.logo), app.description)
        for app, url in session.exec(query)
    ]


def is_in_gallery() -> ColumnElement[bool]:
    """Whether an app and one of its deployments, both in the query, stand in the gallery. What is private does not."""
    is_private = (
        select(AppEnvironment.id)
        .where(
            AppEnvironment.app_id == App.id,
            AppEnvironment.environment == DeploymentEnvironment.PRODUCTION,
            col(AppEnvironment.is_private),
        )
        .correlate(App)
        .exists()
    )
    return and_(
        col(App.in_gallery),
        col(App.status) == AppStatus.ACTIVE,
        col(Deployment.environment) == DeploymentEnvironment.PRODUCTION,
        col(Deployment.is_live),
        ~is_private,
    )


def logo_url(icon: str, logo: str) -> str:
    """What stands for an app: its own icon, else the logo drawn for it. For <img>."""
    return f"/icons/{icon}.webp" if icon else svg_url(logo)


def svg_url(svg: str) -> str:
    """An SVG as an address for <img>, where it can't run anything. Empty stays empty."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}" if svg else ""
