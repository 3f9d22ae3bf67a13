"""Where the doubt about a difference comes from, in words."""

import math
from collections.abc import Mapping

from sim.analysis.doubt import Share
from sim.view.sentences import joined

NAMES = {
    "luck": "luck",
    "parameters": "the model's numbers",
    "profiles": "what the styles' names stand for",
    "both": "these two together",
}
"""Sources of doubt as people call them."""


def doubt_in_words(shares: Mapping[str, Share]) -> str:
    """'luck makes 20%, the model's numbers 35%, ... (each known to about 15 points)'; the shares are known."""
    parts = [f"{NAMES[source]} {'makes ' if place == 0 else ''}{one.share:.0%}" for place, (source, one) in
            enumerate(shares.items())]  # fmt: skip
    half = max((one.high - one.low) / 2 for one in shares.values())
    return f"{joined(parts)} (give or take {100 * half:.0f} points)"


def doubt_in_short(shares: Mapping[str, Share] | None) -> str:
    """'20/35/40': percent of luck, parameters and profiles; what is missing from 100 is both together."""
    if shares is None or math.isnan(shares["luck"].share):
        return ""
    return "/".join(f"{100 * shares[source].share:.0f}" for source in ("luck", "parameters", "profiles"))
