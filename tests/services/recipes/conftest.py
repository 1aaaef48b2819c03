"""The real packages of apps, for the tests that build or type-check what the recipes write."""

from tests.support_bundler import bundler_installation

__all__ = ["bundler_installation"]
