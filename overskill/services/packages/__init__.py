"""npm packages that are not in the prebundled set: which may be added to apps, and where apps get them from."""

from overskill.services.packages.pinning import Pins
from overskill.services.packages.providing import WithPackages
from overskill.services.packages.rules import PackageRefused, PackageRules
from overskill.services.packages.shelf import Added, Shelf

__all__ = ["Added", "PackageRefused", "PackageRules", "Pins", "Shelf", "WithPackages"]
