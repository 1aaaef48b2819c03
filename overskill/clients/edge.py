"""The edge that serves published apps: dispatch namespaces, immutable versions, and a pointer to the live one."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from overskill.clients.bundler import Asset
from overskill.clients.edge_manifest import SERVER_MODULE, content_hash
from overskill.clients.edge_names import check_place
from overskill.errors import InvalidInput, NotFound, Unavailable

PUBLIC_VARIABLE = re.compile(r"(VITE|PUBLIC)_[A-Z0-9_]+")
SECRET = re.compile(r"(?!VITE_|PUBLIC_|APP_|(?:ASSETS|DB|FILES)$)[A-Z][A-Z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Upload:
    """One version of one app for one environment ("preview", "staging", "production")."""

    environment: str
    script: str  # the app's slug, or its `canary_script`
    app_id: str
    version: str  # its label, shown by /__health: "7"
    assets: Mapping[str, Asset]
    variables: Mapping[str, str] = field(default_factory=dict)  # public ones only: VITE_*, PUBLIC_*
    carry: Sequence[str] = ()  # edge versions whose hashed files stay reachable (the two before this)
    modules: Mapping[str, bytes] = field(default_factory=dict)  # the app's own server code, from SERVER_MODULE on
    secrets: Mapping[str, str] = field(default_factory=dict)  # for that code alone


class Edge(Protocol):
    """All calls are blocking. Raise Unavailable when the edge does not take them."""

    def upload(self, upload: Upload) -> str:
        """Store what is missing and return the edge version's id (the same bytes give the same id)."""
        ...

    def copy(
        self,
        version_id: str,
        script: str,
        source_environment: str,
        target_environment: str,
        *,
        target_script: str = "",
        variables: Mapping[str, str],
        secrets: Mapping[str, str],
        carry: Sequence[str] = (),
    ) -> str:
        """The same files and code in another environment, or as another script, with the target's own variables.

        Nothing is built or uploaded again. Returns the new version's id; it is live only when it is activated.
        Raises NotFound if the source isn't stored.
        """
        ...

    def activate(self, environment: str, script: str, version_id: str) -> None:
        """Flip the pointer: the next request is served by this version, whole. Raises NotFound if it isn't stored."""
        ...

    def live(self, environment: str, script: str) -> str | None:
        """The id of the version the pointer names, or None."""
        ...

    def remove(self, environment: str, script: str) -> None:
        """Take the app off the air. Its versions stay until `prune`."""
        ...

    def places_of(self, app_id: str) -> list[tuple[str, str]]:
        """Environments and scripts that show the app, whatever these are called: also earlier names and canaries."""
        ...

    def prune(self, environment: str, script: str, keep: Sequence[str]) -> int:
        """Delete the script's versions and blobs that are not kept, live or used elsewhere. Counts versions."""
        ...

    def ping(self) -> bool: ...


def check_upload(upload: Upload) -> None:
    check_place(upload.environment, upload.script)
    for path in upload.assets:
        if not path.startswith("/") or "//" in path or "/../" in f"{path}/":
            raise InvalidInput(f"“{path}” can't be served: paths begin with one slash.", field="assets")
    check_bindings(upload.variables, upload.secrets)
    if upload.modules and upload.modules.keys() != {SERVER_MODULE}:
        raise InvalidInput(f"Server code is published as one module, {SERVER_MODULE}.", field="modules")


def check_bindings(variables: Mapping[str, str], secrets: Mapping[str, str]) -> None:
    for name in variables:
        if not PUBLIC_VARIABLE.fullmatch(name):
            raise InvalidInput(
                f"{name} is not public. Only VITE_… and PUBLIC_… reach an app's pages.", field="variables"
            )
    for name in secrets:
        if not SECRET.fullmatch(name):
            raise InvalidInput(
                f"{name} can't be a secret's name: use A-Z, 0-9 and _, and begin with none of VITE_, PUBLIC_, APP_. "
                "ASSETS, DB and FILES are taken.",
                field="secrets",
            )


@dataclass
class FakeEdge:
    """The edge in memory. `is_down` makes every call fail as an unreachable edge does."""

    is_down: bool = False
    _versions: dict[str, Upload] = field(default_factory=dict)
    _live: dict[tuple[str, str], str] = field(default_factory=dict)

    def upload(self, upload: Upload) -> str:
        check_upload(upload)
        self._require_up()
        carried = tuple(sorted(set(upload.carry) & set(self._versions)))
        facts = [
            upload.environment,
            upload.script,
            upload.app_id,
            upload.version,
            carried,
            sorted(upload.variables.items()),
            sorted(upload.secrets.items()),
            sorted((name, content_hash(content)) for name, content in upload.modules.items()),
        ]
        files = [
            (path, asset.content_type, content_hash(asset.content)) for path, asset in sorted(upload.assets.items())
        ]
        version_id = hashlib.sha256(repr((facts, files)).encode()).hexdigest()[:32]
        self._versions.pop(version_id, None)
        self._versions[version_id] = upload  # in the order of uploads
        return version_id

    def copy(
        self,
        version_id: str,
        script: str,
        source_environment: str,
        target_environment: str,
        *,
        target_script: str = "",
        variables: Mapping[str, str],
        secrets: Mapping[str, str],
        carry: Sequence[str] = (),
    ) -> str:
        check_place(source_environment, script)
        self._require_up()
        source = self._versions.get(version_id)
        if source is None or (source.environment, source.script) != (source_environment, script):
            raise NotFound(f"The edge does not hold this version of {script}. Publish it again.")
        target = replace(
            source,
            environment=target_environment,
            script=target_script or script,
            variables=variables,
            secrets=secrets,
            carry=carry,
        )
        return self.upload(target)

    def activate(self, environment: str, script: str, version_id: str) -> None:
        check_place(environment, script)
        self._require_up()
        upload = self._versions.get(version_id)
        if upload is None or (upload.environment, upload.script) != (environment, script):
            raise NotFound(f"The edge does not hold this version of {script}. Publish it again.")
        self._live[environment, script] = version_id

    def live(self, environment: str, script: str) -> str | None:
        check_place(environment, script)
        self._require_up()
        return self._live.get((environment, script))

    def remove(self, environment: str, script: str) -> None:
        check_place(environment, script)
        self._require_up()
        self._live.pop((environment, script), None)

    def places_of(self, app_id: str) -> list[tuple[str, str]]:
        self._require_up()
        return [place for place, version_id in self._live.items() if self._versions[version_id].app_id == app_id]

    def prune(self, environment: str, script: str, keep: Sequence[str]) -> int:
        check_place(environment, script)
        self._require_up()
        live = self._live.get((environment, script))
        uploaded = [
            version_id
            for version_id, upload in self._versions.items()
            if (upload.environment, upload.script) == (environment, script)
        ]
        until_live = uploaded[: uploaded.index(live)] if live else uploaded
        pruned = [version_id for version_id in until_live if version_id not in keep]
        for version_id in pruned:
            del self._versions[version_id]
        return len(pruned)

    def ping(self) -> bool:
        return not self.is_down

    def served(self, environment: str, script: str) -> Upload | None:
        """What visitors get now."""
        version_id = self._live.get((environment, script))
        return None if version_id is None else self._versions[version_id]

    def _require_up(self) -> None:
        if self.is_down:
            raise Unavailable("The edge does not answer. What was live still is. Try again in a moment.")
