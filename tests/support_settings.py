"""Tests see no setting of whoever runs them: with an AI key in .env, that model would write the apps."""

from collections.abc import Mapping

from overskill.config import Settings


def without_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """The same environment as on a machine where nobody chose any setting."""
    settings = {str(field.alias) for field in Settings.model_fields.values()}
    kept = {name: value for name, value in environment.items() if name not in settings}
    return kept | {"OVERSKILL_ENV_FILE": ""}
