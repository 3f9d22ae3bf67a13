"""What a page may load and do (Content Security Policy): all comes from the app, and only its own scripts run."""

import re
from collections.abc import Sequence

_SCRIPT = re.compile(rb"<script\b", re.IGNORECASE)


def policy(once: str = "", frames: Sequence[str] = ("'none'",)) -> str:
    """The policy of an answer.

    `once` is the word that marks the scripts of a page as its own (a nonce); `frames` are the origins of pages that may
    show it within themselves.

    A script that somebody smuggles into a page lacks that word, and is not run. Two things are wider than they should
    be, because the framework cannot do without:

    - 'unsafe-eval' and blob: for scripts. The pages' templates are compiled in the browser, where their expressions
      become functions, and widgets are loaded as modules that the framework makes of text.
    - 'unsafe-inline' for styles. Its components set their own while they are shown.
    """
    scripts = "script-src 'self' 'unsafe-eval' blob:"
    return "; ".join(
        (
            "default-src 'self'",
            f"{scripts} 'nonce-{once}'" if once else scripts,
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            f"frame-ancestors {' '.join(frames)}",
        )
    )


def marked(page: bytes, once: str) -> bytes:
    """A page whose scripts are all marked as its own; they hand the word on to those that they make."""
    return _SCRIPT.sub(f'<script nonce="{once}"'.encode(), page)
