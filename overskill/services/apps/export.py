"""Taking an app along: a zip that runs with plain npm and Vite. Nothing of it needs us, and no secret is in it."""

import io
import json
import zipfile
from collections.abc import Collection, Mapping

from sqlmodel import Session

from overskill.clients.edge_manifest import COMPATIBILITY_DATE
from overskill.models import App
from overskill.services.apps.env_vars import variable_names
from overskill.services.apps.export_lock import Lock, export_lock, export_packages
from overskill.services.apps.files import read_files
from overskill.services.packages.named import added_packages, needed_packages
from overskill.services.packages.shelf import Shelf
from overskill.starter import starter_files

README = "README.md"
SERVER_ENTRIES = tuple(f"server/index.{ending}" for ending in ("ts", "tsx", "js", "mjs"))
OURS = "<!-- Written by OverSkill when the app was exported. -->"  # an import leaves out what has it
_README = """# {name}
{description}
A [Vite](https://vite.dev) and [React](https://react.dev) app in TypeScript, made with OverSkill. With
[Node.js](https://nodejs.org) 20.19 or newer:

    {install}
    npm run dev

`npm run build` writes what can be put on any web server to `dist/`; `npm run preview` shows that.
{server}{variables}
{ours}
"""
_VARIABLES = """
The app reads these variables. Copy `.env.example` to `.env` and fill them in; those that begin with `VITE_` are part of
the built app, where everybody can read them.

{names}
"""
_SERVER = """
`server/index.ts` answers what is asked under `/api`, at
[Cloudflare Workers](https://developers.cloudflare.com/workers/) or anywhere that their tool runs. Put its secrets into
`.dev.vars`, a line `NAME=value` each; then, beside `npm run dev`:

    npm run build
    npx wrangler dev

`npx wrangler deploy` publishes all of it, and `npx wrangler secret put NAME` sets a secret there.
"""
_IGNORED = "node_modules\ndist\n.dev.vars\n.wrangler\n.env\n.env.*\n!.env.example\n*.local\n.DS_Store\n"
_VITE = "vite.config.ts"
_WRANGLER_ADDRESS = "http://localhost:8787"
_CONFIGURATION = ("vite.config.ts", "tsconfig.json", "index.html")  # what our starter has where an app has none


def export_app(session: Session, app: App, shelf: Shelf | None = None) -> bytes:
    variables, files = variable_names(session, app.id), read_files(session, app.id)
    found = shelf.find(added_packages(files)) if shelf else None
    lock = found.lock if found else None
    return zip_files(app.name, app.slug, files, description=app.description, variables=variables, lock=lock)


def export_files(
    name: str,
    slug: str,
    files: Mapping[str, str],
    *,
    description: str = "",
    variables: Collection[str] = (),
    lock: Lock | None = None,
) -> dict[str, str]:
    """The app's files with what it takes to run them elsewhere; `variables` are names only.

    `lock` has the packages that were added to the app. Without it there is no lock file where there are such.
    """
    starter = starter_files()
    manifest = _manifest(slug, files, description)
    is_locked = lock is not None or not added_packages(files)
    locked = export_lock(manifest, lock) if is_locked else ""
    server = next((path for path in SERVER_ENTRIES if path in files), "")
    about = (
        {README: _readme(name, description, variables, server, is_locked=bool(locked))} if README not in files else {}
    )
    example = {".env.example": "".join(f"{variable}=\n" for variable in sorted(variables))} if variables else {}
    return {
        **{path: starter[path] for path in _CONFIGURATION},
        **files,
        **(_server_setup(slug, server, files.get(_VITE, starter[_VITE])) if server else {}),
        **about,
        **example,
        ".gitignore": _IGNORED,
        "package.json": json.dumps(manifest, indent=2, ensure_ascii=False) + "\n",
        **({"package-lock.json": locked} if locked else {}),
    }


def zip_files(
    name: str,
    slug: str,
    files: Mapping[str, str],
    *,
    description: str = "",
    variables: Collection[str] = (),
    lock: Lock | None = None,
) -> bytes:
    """The export in one folder named after the app, the same bytes for the same files."""
    contents = export_files(name, slug, files, description=description, variables=variables, lock=lock)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(contents):
            entry = zipfile.ZipInfo(f"{slug}/{path}", date_time=(2026, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, contents[path], zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _manifest(slug: str, files: Mapping[str, str], description: str) -> dict[str, object]:
    dependencies, tools = export_packages(needed_packages(files))
    scripts = json.loads(starter_files()["package.json"])["scripts"]
    return {
        "name": slug,
        **({"description": description} if description else {}),
        "private": True,
        "version": "0.1.0",
        "type": "module",
        "scripts": scripts,
        "dependencies": dict(sorted({**dependencies, **added_packages(files)}.items())),
        "devDependencies": tools,
    }


def _server_setup(slug: str, server: str, vite: str) -> dict[str, str]:
    """What Cloudflare's tool needs to run server code, and how the pages' own server finds it."""
    wrangler = {
        "name": slug,
        "main": server,
        "compatibility_date": COMPATIBILITY_DATE,
        "assets": {
            "directory": "./dist",
            "not_found_handling": "single-page-application",
            "run_worker_first": ["/api/*"],
        },
    }
    proxy = f'  server: {{ proxy: {{ "/api": "{_WRANGLER_ADDRESS}" }} }},\n'
    proxied = vite.replace("  plugins: [", f"{proxy}  plugins: [", 1)
    return {"wrangler.jsonc": json.dumps(wrangler, indent=2) + "\n", _VITE: proxied}


def _readme(name: str, description: str, variables: Collection[str], server: str, *, is_locked: bool) -> str:
    names = "\n".join(f"- `{variable}`" for variable in sorted(variables))
    return _README.format(
        name=name,
        description=f"\n{description}\n" if description else "",
        server=_SERVER.replace("server/index.ts", server) if server else "",
        variables=_VARIABLES.format(names=names) if variables else "",
        install="npm ci" if is_locked else "npm install",
        ours=OURS,
    )
