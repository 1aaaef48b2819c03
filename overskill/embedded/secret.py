"""The key that will encrypt the secrets of apps, where the operator chose none: made once, kept in the data folder."""

import secrets

from pydantic import SecretStr

from overskill.config import Settings
from overskill.embedded.files import write_private
from overskill.embedded.places import Home


def with_secret_key(settings: Settings) -> Settings:
    """These settings, with the data folder's own key where OVERSKILL_SECRET_KEY is empty."""
    if settings.secret_key.get_secret_value():
        return settings
    path = Home.of(settings).create().secret_key
    if not path.exists():
        write_private(path, secrets.token_urlsafe(48))
    return settings.model_copy(update={"secret_key": SecretStr(path.read_text(encoding="utf-8"))})
