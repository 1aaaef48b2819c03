"""A production build of ours against Vite's, of the same app on the same machine in the same minutes.

    python -m benchmarks.production_build [samples] [--vite-folder FOLDER]

Ours is what a publish waits for: the sandboxed child from its start to its answer, and every file compressed with
brotli as the edge keeps it. Vite's is `vite build` of the app as it is exported (services/apps/export.py), without
brotli. The two take turns, so that both meet the same machine, and the load of the machine is printed along. In FOLDER
Vite is installed from npm once, and found there afterwards.

Required: p50 at most 0.8 of Vite's, for an app of 25 files and one of 40. Ends with 1 where that is missed.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import brotli  # type: ignore[import-untyped]

from benchmarks.preview_sample import sample_files
from benchmarks.preview_vs_vite import VITE, install_vite
from overskill.bundler.builds import SandboxedBuilds
from overskill.bundler.setup import installation, prepare
from overskill.clients.bundler import Bundle
from overskill.clients.edge_embedded import BROTLI_QUALITY, SMALLEST_COMPRESSED
from overskill.embedded import node
from overskill.services.apps.export import export_files
from tests.support_bundler import SHARED_HOME

MOST_OF_VITE = 0.8
_EVERYTHING = "src/pages/everything.tsx"
_LEFT_OUT = """
    badge checkbox confirm-dialog dialog dropdown-menu empty-state field page-header picture progress segmented select
    sheet stat-card switch table tabs textarea
""".split()


def medium_app() -> dict[str, str]:
    """25 files: charts, a list, and what they need of the starter."""
    left_out = {"src/lib/pictures.ts", *(f"src/components/ui/{name}.tsx" for name in _LEFT_OUT)}
    return {path: text for path, text in sample_files().items() if path not in left_out}


def large_app() -> dict[str, str]:
    """More than 40 files, each of them reached: a further page shows every component there is."""
    files = sample_files()
    names = sorted(Path(path).stem for path in files if path.startswith("src/components/ui/"))
    imports = [f'import * as part{place} from "@/components/ui/{name}";' for place, name in enumerate(names)]
    parts = ", ".join(f"part{place}" for place in range(len(names)))
    page = f"const parts = [{parts}];\nexport default () => <pre>{{parts.flatMap(Object.values).map(String)}}</pre>;"
    app = files["src/App.tsx"].replace(
        'from "@/pages/tasks";', 'from "@/pages/tasks";\nimport All from "@/pages/everything";'
    )
    app = app.replace("</Routes>", '<Route path="/all" element={<All />} /></Routes>')
    return {**files, "src/App.tsx": app, _EVERYTHING: "\n".join([*imports, page, ""])}


@dataclass
class Ours:
    build: SandboxedBuilds
    name: str = "ours"

    def sample(self, files: Mapping[str, str]) -> float:
        began = time.perf_counter()
        compressed(self.build(files))
        return time.perf_counter() - began


@dataclass
class Vite:
    folder: Path  # with its packages
    project: Path = field(init=False)
    name: str = "vite"

    def prepare(self, label: str, files: Mapping[str, str]) -> None:
        self.project = self.folder / label
        shutil.rmtree(self.project, ignore_errors=True)
        for path, text in export_files("Benchmark", "benchmark", files).items():
            target = self.project / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        (self.project / "node_modules").symlink_to(self.folder / "node_modules")

    def sample(self, _: Mapping[str, str]) -> float:
        command = [str(node.node()), "node_modules/vite/bin/vite.js", "build", "--logLevel", "error"]
        began = time.perf_counter()
        subprocess.run(command, cwd=self.project, check=True, stdin=subprocess.DEVNULL)
        return time.perf_counter() - began


def compressed(bundle: Bundle) -> int:
    contents = [asset.content for asset in bundle.assets.values() if len(asset.content) >= SMALLEST_COMPRESSED]
    return sum(len(brotli.compress(content, quality=BROTLI_QUALITY)) for content in contents)


def compare(label: str, files: Mapping[str, str], ours: Ours, vite: Vite, samples: int) -> list[str]:
    vite.prepare(label.replace(" ", "-"), files)
    found: dict[str, list[float]] = {"ours": [], "vite": []}
    loads = []
    for n in range(samples + 1):
        loads.append(os.getloadavg()[0])
        for builder in (ours, vite) if n % 2 else (vite, ours):
            seconds = builder.sample(files)
            if n > 0:  # the first reads the packages from the disk
                found[builder.name].append(seconds)
    ratio = statistics.median(found["ours"]) / statistics.median(found["vite"])
    for name, values in found.items():
        print(f"{label} {name:5} p50 {statistics.median(values):.2f} s, {min(values):.2f} to {max(values):.2f}")
    print(f"{label} ours is {ratio:.2f} of Vite's; load {min(loads):.1f} to {max(loads):.1f}", flush=True)
    return [f"{label}: {ratio:.2f} of Vite's p50"] if ratio > MOST_OF_VITE else []


def main(samples: int, folder: Path) -> int:
    prepare(SHARED_HOME, print)
    install_vite(folder)
    print(f"{samples} samples each, Vite {VITE['vite']}, {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory() as run:
        ours, vite = Ours(SandboxedBuilds(installation(SHARED_HOME), Path(run))), Vite(folder)
        missed = [
            one
            for label, files in (("25 files", medium_app()), ("40 files", large_app()))
            for one in compare(label, files, ours, vite, samples)
        ]
    print("\n".join(["Missed:", *missed]) if missed else "All that is required holds.")
    return int(bool(missed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("samples", type=int, nargs="?", default=10)
    parser.add_argument("--vite-folder", type=Path, help="where Vite is installed; by default in a temporary folder")
    return parser.parse_args()


if __name__ == "__main__":
    arguments = _arguments()
    with tempfile.TemporaryDirectory() as temporary:
        sys.exit(main(arguments.samples, arguments.vite_folder or Path(temporary)))
