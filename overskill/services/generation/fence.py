"""Texts of others inside a prompt: between marks that the text itself can't hold, so that it ends where it ends."""

import hashlib


class Fence:
    """`texts` are all that is going to be fenced with it: the mark is made from them, so none can contain it."""

    def __init__(self, *texts: str) -> None:
        together = "\x1f".join(texts).encode("utf-8", "replace")
        self.mark = hashlib.sha256(together).hexdigest()[:10]

    def around(self, label: str, text: str) -> str:
        return f"[{label} {self.mark}]\n{text.strip()}\n[end of {label} {self.mark}]"
