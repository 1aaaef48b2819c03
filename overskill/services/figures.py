"""Figures in words: sizes, durations, tokens, money."""


def size_words(count: int) -> str:
    if count < 1024:
        return f"{count} B"
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"


def duration_words(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
    return f"{int(seconds // 60)} min {int(seconds % 60)} s"


def count_words(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def money_words(micro_dollars: int) -> str:
    """Up to a cent it takes more places to say anything."""
    dollars = micro_dollars / 1_000_000
    if dollars == 0:
        return ""
    return f"${dollars:.2f}" if dollars >= 0.1 else f"${dollars:.4f}".rstrip("0")
