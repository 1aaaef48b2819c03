"""What a browser loads before an app's start page is there: the page, what it names, and what that imports at once."""

import gzip
import re
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath

import brotli  # type: ignore[import-untyped]

from overskill.clients.bundler import Asset
from overskill.services.market.proofs import FirstLoad

_PAGE = "/index.html"
_NAMED = re.compile(r"""<(?:script|link)\b[^>]*?\b(?:src|href)\s*=\s*["']([^"']+)["'][^>]*>""", re.IGNORECASE)
_LOADED_LINKS = re.compile(r"""\brel\s*=\s*["']?(?:stylesheet|modulepreload)""", re.IGNORECASE)
# As bundlers write them: import"./a.js", import{b as c}from"./a.js", export{b}from"./a.js"; import("./a.js") is later.
_IMPORTED = re.compile(r"""\b(?:import|from)\s*["'](\.{1,2}/[^"']+|/[^"']+)["']""")
_GZIP_LEVEL, _BROTLI_QUALITY = 6, 5  # as the edge sends them at once


def first_load(assets: Mapping[str, Asset]) -> FirstLoad:
    loaded = [assets[path].content for path in sorted(_loaded(assets))]
    return FirstLoad(
        files=len(loaded),
        plain=sum(map(len, loaded)),
        gzip=sum(len(gzip.compress(content, _GZIP_LEVEL, mtime=0)) for content in loaded),
        brotli=sum(len(brotli.compress(content, quality=_BROTLI_QUALITY)) for content in loaded),
    )


def _loaded(assets: Mapping[str, Asset]) -> set[str]:
    found: set[str] = set()
    wanted = [_PAGE]
    while wanted:
        path = wanted.pop()
        if path in assets and path not in found:
            found.add(path)
            wanted += _needed_by(path, assets[path].content.decode("utf-8", "replace"))
    return found


def _needed_by(path: str, text: str) -> Iterator[str]:
    if path == _PAGE:
        for tag in _NAMED.finditer(text):
            if tag[0][:7].lower() == "<script" or _LOADED_LINKS.search(tag[0]):
                yield _absolute(tag[1], path)
    elif path.endswith((".js", ".mjs")):
        for specifier in _IMPORTED.findall(text):
            yield _absolute(specifier, path)


def _absolute(address: str, path: str) -> str:
    plain = address.partition("?")[0].partition("#")[0]
    return plain if plain.startswith("/") else normpath(join(dirname(path), plain))
