"""What a page may load and do (Content Security Policy): everything comes from the app, and only its scripts run."""

import base64
import hashlib
import re

_INLINE = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def policy(page: bytes = b"") -> str:
    """The policy of an answer; of a page, it names each script that stands in it by its digest.

    A script that somebody smuggles into a page is none of these, and is not run. Two things are wider than they should
    be, because the framework cannot do without:

    - 'unsafe-eval' and blob: for scripts. The pages' templates are compiled in the browser, where their expressions
      become functions, and widgets are loaded as modules that the framework makes of text.
    - 'unsafe-inline' for styles. Its components set their own while they are shown.
    """
    scripts = " ".join(f"'sha256-{_digest(script)}'" for script in _INLINE.findall(page))
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(filter(None, ("script-src 'self' 'unsafe-eval' blob:", scripts))),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    )


def _digest(script: bytes) -> str:
    # browsers take the digest of the text after line ends have become one kind
    return base64.b64encode(hashlib.sha256(script.replace(b"\r\n", b"\n")).digest()).decode()
