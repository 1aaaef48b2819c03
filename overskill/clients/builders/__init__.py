"""Where an app's files become what is published: on this machine, or at a service that builds."""

from overskill.clients.builders.protocol import Builder, BuilderName, BuildRequest, FakeBuilder

__all__ = ["BuildRequest", "Builder", "BuilderName", "FakeBuilder"]
