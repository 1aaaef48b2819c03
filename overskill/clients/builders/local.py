"""The builder of this machine: a sandboxed child, started for one build."""

from overskill.clients.builders.protocol import BuilderDown, BuilderName, BuildRequest
from overskill.clients.bundler import Bundle, Bundler


class LocalBuilder:
    name = BuilderName.LOCAL

    def __init__(self, bundler: Bundler) -> None:
        self._bundler = bundler

    def build(self, request: BuildRequest) -> Bundle:
        return self._bundler.build(request.files, app_id=request.app_id)

    def check(self) -> None:
        if not self._bundler.ping():
            raise BuilderDown("The bundler of this machine does not answer.")
