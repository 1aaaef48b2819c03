"""The web process, before it serves."""

import subprocess
import sys

import pytest

from overskill.embedded.places import PROJECT

PRELOADED = """
import gc, sys
from sqlalchemy.orm import class_mapper
from overskill import web

web.preload()
from overskill.models import App
from overskill.overskill import app
from overskill.state.warm_up import warm_up
is_mapped = class_mapper(App, configure=False).configured
is_loaded = "anyio._backends._asyncio" in sys.modules
print(is_mapped, is_loaded, gc.get_freeze_count() > 0, gc.isenabled(), warm_up in app.get_lifespan_tasks())
"""


@pytest.mark.slow
def test_what_the_first_visit_needs_is_there_before_the_worker_is_forked() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PRELOADED], cwd=PROJECT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.stdout.splitlines()[-1:] == ["True True True True True"], done.stderr
