"""Requests to somebody's API, and the answers that a fake gives, held against the description of that API."""

import email.parser
import email.policy
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import httpx
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

DATA = Path(__file__).parent / "data"


class ContractBroken(AssertionError):
    pass


@dataclass(frozen=True)
class Operation:
    where: str  # "PUT /accounts/{account_id}/…"
    path: re.Pattern[str]
    method: str
    facts: Mapping[str, Any]

    @property
    def bodies(self) -> Mapping[str, Any]:
        return (self.facts.get("requestBody") or {}).get("content") or {}

    @property
    def answer(self) -> Mapping[str, Any]:
        return self.facts["responses"]["200"]["content"]["application/json"]["schema"]


class Description:
    """An OpenAPI 3.1 document."""

    def __init__(self, file: Path) -> None:
        document = json.loads(file.read_bytes())
        self._components = document["components"]
        paths = sorted(document["paths"], key=lambda path: (path.count("{"), path))
        self.operations = [
            Operation(f"{method.upper()} {path}", _pattern(path), method.upper(), facts)
            for path in paths
            for method, facts in document["paths"][path].items()
        ]

    def operation(self, method: str, path: str) -> Operation:
        for operation in self.operations:
            if operation.method == method and operation.path.fullmatch(path):
                return operation
        raise ContractBroken(f"There is no {method} {path}.")

    def check(self, instance: object, schema: Mapping[str, Any], where: str) -> None:
        whole = {**schema, "components": self._components}
        problem = best_match(Draft202012Validator(whole).iter_errors(instance))
        if problem is not None:
            raise ContractBroken(f"{where}: {problem.json_path}: {problem.message[:400]}")


@cache
def description(name: str) -> Description:
    return Description(DATA / name / "openapi.json")


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{(\w+)\\\}", r"[^/]+", re.escape(path)))


@dataclass
class ContractTransport(httpx.BaseTransport):
    """Passes on what the description allows. `covered` names the operations that were asked."""

    description: Description
    inner: httpx.BaseTransport
    base: str = ""
    covered: set[str] = field(default_factory=set)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        path = request.url.raw_path.decode().partition("?")[0].removeprefix(self.base)
        operation = self.description.operation(request.method, path)
        self._check_query(operation, request)
        self._check_body(operation, request)
        self.covered.add(operation.where)
        response = self.inner.handle_request(request)
        response.read()
        if response.is_success and operation.answer:
            self.description.check(response.json(), operation.answer, f"the answer to {operation.where}")
        return response

    def _check_query(self, operation: Operation, request: httpx.Request) -> None:
        known = {parameter["name"] for parameter in operation.facts["parameters"] if parameter["in"] == "query"}
        unknown = set(request.url.params) - known
        if unknown:
            raise ContractBroken(f"{operation.where} takes no {', '.join(sorted(unknown))}")

    def _check_body(self, operation: Operation, request: httpx.Request) -> None:
        kind = request.headers.get("content-type", "").partition(";")[0]
        if not operation.bodies:
            if request.content:
                raise ContractBroken(f"{operation.where} takes no body")
            return
        if "*/*" in operation.bodies:
            return
        if kind not in operation.bodies:
            raise ContractBroken(f"{operation.where} takes {', '.join(operation.bodies)}, not {kind}")
        schema = operation.bodies[kind]["schema"]
        if kind == "application/json":
            self.description.check(json.loads(request.content), schema, operation.where)
        elif kind == "multipart/form-data":
            self._check_parts(operation, schema, _parts(request))

    def _check_parts(self, operation: Operation, schema: Mapping[str, Any], parts: Mapping[str, bytes]) -> None:
        missing = set(schema.get("required") or []) - parts.keys()
        if missing:
            raise ContractBroken(f"{operation.where} lacks the part {', '.join(sorted(missing))}")
        metadata = (schema.get("properties") or {}).get("metadata")
        if metadata is None:
            return
        if "metadata" not in parts:
            raise ContractBroken(f"{operation.where} lacks the part metadata")
        facts = json.loads(parts["metadata"])
        self.description.check(facts, metadata, f"the metadata of {operation.where}")
        main = facts.get("main_module") if isinstance(facts, dict) else None
        if main and main not in parts and "files" not in parts:
            raise ContractBroken(f"{operation.where}: its main module {main} has no part")


def _parts(request: httpx.Request) -> dict[str, bytes]:
    head = b"Content-Type: " + request.headers["content-type"].encode() + b"\r\n\r\n"
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + request.content)
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in message.iter_parts()  # type: ignore[attr-defined]
    }
