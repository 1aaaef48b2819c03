"""Apps: created, listed, kept in versions, taken along."""

from overskill.services.apps.access import app_to_change, app_to_read, app_to_switch, own_team
from overskill.services.apps.create import LONGEST_PROMPT, clean_prompt, create_app
from overskill.services.apps.export import export_app
from overskill.services.apps.files import checksum, read_files, store_blobs, write_files
from overskill.services.apps.my_apps import (
    AppSummary,
    apps_past_recovery,
    archive_app,
    bring_back_app,
    delete_app,
    duplicate_app,
    list_apps,
    rename_app,
    summarize,
)
from overskill.services.apps.versions import (
    restore_version,
    save_version,
    undo,
    version_files,
)

__all__ = [
    "LONGEST_PROMPT",
    "AppSummary",
    "app_to_change",
    "app_to_read",
    "app_to_switch",
    "apps_past_recovery",
    "archive_app",
    "bring_back_app",
    "checksum",
    "clean_prompt",
    "create_app",
    "delete_app",
    "duplicate_app",
    "export_app",
    "list_apps",
    "own_team",
    "read_files",
    "rename_app",
    "restore_version",
    "save_version",
    "store_blobs",
    "summarize",
    "undo",
    "version_files",
    "write_files",
]
