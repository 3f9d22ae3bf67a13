"""The consultant's house: name, colour, logo and a line at the foot of each page, from a small TOML file."""

import base64
import io
import re
import tomllib
from pathlib import Path
from typing import NamedTuple

from sim.scenario.problems import InputError, listed, read_bytes, shortened, shown_path, unknown

KEYS = ("name", "colour", "logo", "footer")

LARGEST_LOGO = 500_000
"""Bytes; a report has to stay small enough to be sent by mail."""

LONGEST_TEXT = 120

MEDIA = {"PNG": "image/png", "JPEG": "image/jpeg"}
"""Kinds of picture that page, document and slides all take."""


class Brand(NamedTuple):
    """Name and footer ("" for none), colour as #RRGGBB, and the logo's bytes with its kind, PNG or JPEG."""

    name: str = ""
    colour: str = "#1B5C96"
    footer: str = ""
    logo: bytes | None = None
    kind: str = ""

    @property
    def logo_address(self) -> str:
        """The logo as an address that holds the picture itself."""
        data = base64.b64encode(self.logo or b"").decode("ascii")
        return f"data:{MEDIA[self.kind]};base64,{data}" if self.logo else ""


def read_brand(path: str | Path) -> Brand:
    """Read a brand file: `name`, `colour`, `logo` (a PNG or JPEG; its path starts from the file's folder), `footer`.

    Raises:
        InputError: no such file, not TOML, an unknown key, a colour that is none, a logo that is missing or broken.
    """
    path = Path(path)
    shown = shown_path(path)
    data = read_bytes(path, f"A brand file is TOML with the keys {listed(KEYS)}.")
    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{shown}: not valid TOML ({error}). Correct it.") from None
    for key, value in table.items():
        if key not in KEYS:
            raise InputError(f"{shown}: {unknown('key', key, KEYS)}")
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            got = shortened(repr(value))
            raise InputError(f"{shown}: {key}: got {got}; allowed is a text of at most {LONGEST_TEXT} characters.")
    colour = table.get("colour", Brand().colour)
    if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
        raise InputError(f'{shown}: colour: got "{shortened(colour)}"; write it as #RRGGBB, such as "#1B5C96".')
    brand = Brand(table.get("name", ""), colour.upper(), table.get("footer", ""))
    if "logo" not in table:
        return brand
    logo, kind = _logo(path.parent / table["logo"], f"{shown}: logo")
    return brand._replace(logo=logo, kind=kind)


def _logo(path: Path, where: str) -> tuple[bytes, str]:
    from PIL import Image

    try:
        data = read_bytes(path, "Its path starts from the folder of the brand file.")
    except InputError as error:
        raise InputError(f"{where}: {error}") from None
    if len(data) > LARGEST_LOGO:
        text = f"{len(data):,} bytes; allowed are {LARGEST_LOGO:,}. Save it smaller."
        raise InputError(f"{where}: {shown_path(path)} has {text}")
    try:
        with Image.open(io.BytesIO(data), formats=tuple(MEDIA)) as picture:
            picture.load()
            return data, str(picture.format)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        text = "is broken, or neither PNG nor JPEG. Save the logo anew as PNG."
        raise InputError(f"{where}: {shown_path(path)} {text}") from None
