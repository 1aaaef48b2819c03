"""Select to edit: elements chosen in the preview, changed in their code. All of it is in the browser."""

from overskill.components.browser_files import browser_files

browser_files(__name__)
