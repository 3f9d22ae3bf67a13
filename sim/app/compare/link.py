"""Writes and reads links that hold the whole setting of a view. Links are checked, because anybody can write them."""

import base64
import binascii
import hashlib
import math
import re
import shlex
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from sim.app.compare.setting import LARGEST_UPLOAD, MOST_SEED, REPLICATIONS, Changes, Setting, prepared_both
from sim.model.engine import MAX_WEEKS
from sim.scenario.problems import InputError, shortened
from sim.view.language import english, said

LONGEST = 12_000
"""Characters of a link; browsers and mail programs cut longer ones."""

MOST_CHANGES = 300
"""Changes in a link: more than there are controls."""

PARTS = ("changes", "pinned", "weeks", "styles", "metric")
"""What a link can do without."""

NUMBERS = {"replications": (1, max(REPLICATIONS)), "weeks": (1, MAX_WEEKS), "seed": (0, MOST_SEED)}
"""Whole numbers in a link, and from where to where they may go."""


NOTHING_KEPT: Mapping[str, str] = {}

ELSEWHERE = english(
    "its scenario is too large for a link, and is kept only in the browser tab in which it was opened."
    " Open the file again."
)

LEFT_OUT = english("Something in the link cannot be followed and is left out: {why}")


class Arrival(NamedTuple):
    """The setting from a link, and messages about it (none if all is well)."""

    setting: Setting
    notes: tuple[str, ...]


def to_query(setting: Setting) -> str:
    """The setting as the query of an address; empty for what the page begins with.

    A visitor's own scenario goes into it, compressed; one that is too large leaves an empty query.
    """
    own = []
    if setting.own:
        packed = zlib.compress(setting.own.encode(), 9)
        own.append(("own", base64.urlsafe_b64encode(packed).decode().rstrip("=")))
    query = _query(setting, own)
    return query if len(query) <= LONGEST else ""


def to_address(setting: Setting) -> str:
    """The same for the address of the page: of a scenario that is too large, it has the mark that the browser keeps."""
    return to_query(setting) or (_query(setting, [("kept", mark_of(setting.own))]) if setting.own else "")


def mark_of(own: str) -> str:
    """A mark by which the text of a scenario is known again."""
    return hashlib.sha256(own.encode()).hexdigest()[:16]


def _query(setting: Setting, own: Sequence[tuple[str, str]]) -> str:
    default = Setting()
    pairs = list(own)
    if setting.scenario != default.scenario or setting.own:
        pairs.append(("scenario", setting.scenario))
    pairs += [("set", _change(name, value)) for name, value in setting.changes.items()]
    pairs += [("pin", _change(name, value)) for name, value in setting.pinned.items()]
    if setting.styles != default.styles:
        pairs.append(("styles", ",".join(setting.styles)))
    for name in ("baseline", "metric", "replications", "weeks", "seed"):
        value = getattr(setting, name)
        if value != getattr(default, name):
            pairs.append((name, str(value)))
    if not pairs:
        return ""
    return urlencode([*pairs, ("version", _version())], safe=",:.")


def from_query(query: str, kept: Mapping[str, str] = NOTHING_KEPT) -> Arrival:
    """The setting of a link. Parts that cannot be understood are left out, with a message.

    Args:
        query: of the link.
        kept: texts of scenarios that are too large for a link, by their marks.
    """
    notes: list[str] = []
    try:
        setting = _possible(_setting(_pairs(query), notes, kept), notes)
    except (InputError, ValueError) as error:
        reason = str(error) if isinstance(error, InputError) else said("it cannot be read")
        return Arrival(Setting(), (said("This link cannot be followed, so the page starts afresh: {why}", why=reason),))
    return Arrival(setting, tuple(notes))


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query[: 2 * LONGEST], keep_blank_values=True, max_num_fields=2 * MOST_CHANGES)


def _possible(setting: Setting, notes: list[str]) -> Setting:
    """The setting without what it cannot be run with: one thing where that is enough, else everything."""
    setting.starting  # noqa: B018  (says so at once if there is none)
    fault = _fault(setting)
    if fault:
        notes.append(said(LEFT_OUT, why=fault))
        fewer = [_without(setting, (part,)) for part in PARTS]
        setting = next((one for one in fewer if not _fault(one)), _without(setting, PARTS))
    job, _ = prepared_both(setting)
    if setting.baseline not in (None, job.baseline):
        shown = shortened(setting.baseline or "", 30)
        notes.append(said('The link compares with "{style}", which is not among its styles.', style=shown))
        return replace(setting, baseline=None)
    return setting


def _fault(setting: Setting) -> str:
    try:
        prepared_both(setting)
    except InputError as error:
        return str(error)
    return ""


def _without(setting: Setting, parts: Sequence[str]) -> Setting:
    start = Setting()
    return replace(setting, **{part: getattr(start, part) for part in parts})


def _setting(pairs: list[tuple[str, str]], notes: list[str], kept: Mapping[str, str]) -> Setting:
    setting = Setting()
    changes: dict[str, dict[str, float]] = {"set": {}, "pin": {}}
    for key, value in pairs:
        if key == "own":
            setting = replace(setting, own=_unpacked(value))
        elif key == "kept":
            if value not in kept:
                raise InputError(said(ELSEWHERE))
            setting = replace(setting, own=kept[value])
        elif key == "scenario":
            setting = replace(setting, scenario=file_name(value))
        elif key in changes or key in NUMBERS:
            try:
                setting = _with_number(setting, changes, key, value)
            except InputError as error:
                notes.append(said(LEFT_OUT, why=error))
        elif key == "styles":
            setting = replace(setting, styles=tuple(value.split(",")[:50]))
        elif key == "baseline":
            setting = replace(setting, baseline=value[:100])
        elif key == "metric":
            setting = replace(setting, metric=value[:100])
        elif key == "version":
            if value != _version():
                notes.append(
                    said(
                        "This link was made with version {old} of teamsim; this is {new}, so numbers may differ from"
                        " those that were seen then.",
                        old=shortened(value, 20), new=_version(),
                    )
                )  # fmt: skip
        else:
            text = english('The link says something that is not understood here and left out: "{key}".')
            notes.append(said(text, key=shortened(key, 30)))
    return replace(setting, changes=changes["set"], pinned=changes["pin"])


def _with_number(setting: Setting, changes: dict[str, dict[str, float]], key: str, text: str) -> Setting:
    """The setting with a number from a link; where it is a change, that is noted in `changes`.

    Raises:
        InputError: it is none, or not one that is allowed.
    """
    if key in changes:
        name, _, number = text.rpartition(":")
        changes[key][name] = _number(name, number)
        return setting
    low, high = NUMBERS[key]
    value = _whole(key, text, low, high)
    if key == "replications":
        value = min(REPLICATIONS, key=lambda known: abs(known - value))
    return replace(setting, **{key: value})  # type: ignore[arg-type]


@cache
def _version() -> str:
    """The version of teamsim; to find it, files are read."""
    return version("teamsim")


def _change(name: str, value: float) -> str:
    return f"{name}:{value:.10g}"


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not name or not math.isfinite(value):
        raise InputError(said('"{text}" should be NAME:NUMBER.', text=shortened(f"{name}:{text}")))
    return value


def _whole(key: str, text: str, low: int, high: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and low <= int(text) <= high):
        raise InputError(
            said(
                '{key}: got "{text}"; allowed is a whole number from {low} to {high}.',
                key=key, text=shortened(text, 30), low=low, high=high,
            )
        )  # fmt: skip
    return int(text)


def _unpacked(text: str) -> str:
    """The text of a scenario; what would unpack to more than an upload may have is refused before it does."""
    try:
        packed = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(packed, LARGEST_UPLOAD)
        whole = unpacking.eof and not unpacking.unconsumed_tail
        if not whole:
            raise InputError(said("the scenario in it is too large or cut off."))
        return data.decode()
    except (binascii.Error, zlib.error, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(said("the scenario in it is damaged.")) from None


def as_command(setting: Setting) -> str:
    """The command that gives the same numbers; a visitor's own scenario has to be saved first.

    Raises:
        InputError: see `prepared`.
    """
    job, _ = prepared_both(setting)
    name = f"{setting.scenario}.toml" if setting.own else setting.scenario
    parts = ["teamsim", "compare", shlex.quote(f"./{name}" if setting.own else name)]
    for style in job.styles:
        parts += ["--style", shlex.quote(style)]
    parts += ["--baseline", shlex.quote(job.baseline), "--replications", str(job.replications)]
    parts += ["--weeks", str(job.weeks), "--seed", str(job.seed)]
    for change, value in setting.changes.items():
        parts += ["--set", shlex.quote(f"{change}={value:.10g}")]
    return " ".join(parts)


def file_name(text: str) -> str:
    """The name of a scenario that is safe everywhere: letters, digits and hyphens."""
    return re.sub("[^A-Za-z0-9]+", "-", text)[:60].strip("-") or "mine"


def rounded(changes: Changes) -> dict[str, float]:
    """Changes as they go into a link and a command, so that these give exactly the numbers that are seen."""
    return {name: float(f"{value:.10g}") for name, value in changes.items()}
