"""Queue `low`: what can wait until somebody has their app."""

from functools import partial
from uuid import UUID

from overskill import container
from overskill.services.generation import app_names
from overskill.services.providers.routes import models_for


def name_app(generation_id: str) -> None:
    services = container.get()
    models = services.models
    find_models = partial(
        models_for, settings=services.settings, connections=models.connections, breakers=models.breakers
    )
    app_names.name_app(UUID(generation_id), find_models=find_models, log=services.progress)
