"""Attaching files and links to a message: the parts that both places to write one are made with, in attachments.jsx.

Those places import it by the address that assets have in the built site, because each module's assets lie in a
folder of their own.
"""

from overskill.components.browser_files import browser_file

ICONS = "lucide-react@1.26.0"

for _file in ("attachments.jsx", "attachment_list.js"):
    browser_file(__name__, _file)
