"""The settings of a command, checked, with a sentence for what is wrong with them."""

import os
from typing import TYPE_CHECKING

from overskill.errors import InvalidInput

if TYPE_CHECKING:
    from pydantic import ValidationError

    from overskill.config import Settings


def load_settings() -> "Settings":
    """What is configured, with the data folder's own secret key where none is; the same in this whole process."""
    from pydantic import ValidationError

    from overskill.config import settings
    from overskill.embedded.secret import with_secret_key

    try:
        key = with_secret_key(settings()).secret_key
    except ValidationError as error:
        raise InvalidInput(_sentence(error)) from None
    os.environ["OVERSKILL_SECRET_KEY"] = key.get_secret_value()
    settings.cache_clear()
    return settings()


def _sentence(error: "ValidationError") -> str:
    problems = []
    for problem in error.errors():
        name = ".".join(str(part) for part in problem["loc"])
        text = problem["msg"].removeprefix("Value error, ")
        problems.append(f"{name}: {text}" if name else text)
    return f"The settings can't be used. {' '.join(problems)} See .env.example."
