"""What `doctor` says about builders: whether those elsewhere would take a build."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from overskill.config import Settings
    from overskill.embedded.checkup import Finding

_NAMES = ("OVERSKILL_BUILDER", "OVERSKILL_BUILDER_FALLBACKS")


def builders(settings: "Settings") -> "Finding":
    from overskill.bundler.launcher import local_bundler
    from overskill.clients.builders import BuilderName
    from overskill.clients.builders.connect import connect_builders
    from overskill.clients.builders.protocol import BuilderDown
    from overskill.embedded.checkup import Finding
    from overskill.errors import OverskillError

    elsewhere = {
        name: builder
        for name, builder in connect_builders(settings, local_bundler(settings)).items()
        if name is not BuilderName.LOCAL
    }
    problems = []
    for name, builder in elsewhere.items():
        try:
            builder.check()
        except OverskillError as error:
            details = error.details if isinstance(error, BuilderDown) else ""
            problems.append(f"{name}: {error.message} {details}".strip())
    if problems:
        return Finding("builders", "unreachable", "; ".join(problems), _NAMES)
    if not elsewhere:
        return Finding("builders", "embedded", "apps are built by this machine", _NAMES)
    return Finding("builders", "configured", ", ".join(sorted(settings.named_builders)), _NAMES)
