"""The consultant's brand: name, colour, logo and a line at the foot of each page, from a small TOML file."""

import base64
import io
import re
from pathlib import Path
from typing import Annotated, NamedTuple

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError

from sim.scenario.fields import Section
from sim.scenario.problems import InputError, listed, read_bytes, shortened, shown_path
from sim.scenario.toml_files import read_model

LARGEST_LOGO = 500_000
"""Bytes; a report has to stay small enough to be sent by mail."""

LONGEST_TEXT = 120

MEDIA = {"PNG": "image/png", "JPEG": "image/jpeg"}
"""Kinds of picture that page, document and slides all take."""


type Text = Annotated[str, Field(max_length=LONGEST_TEXT)]


class BrandFile(Section):
    """What a brand file may say; all of it may be left out."""

    name: Text = Field(default="", description="the consultant's name")
    colour: Text = Field(default="#1B5C96", description="colour of headings and bars")
    footer: Text = Field(default="", description="a line at the foot of each page")
    logo: Text | None = Field(default=None, description="a PNG or JPEG; its path starts from the file's folder")

    @field_validator("colour")
    @classmethod
    def _is_a_colour(cls, colour: str) -> str:
        if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
            text = f'got "{shortened(colour)}"; write it as #RRGGBB, such as "#1B5C96".'
            raise PydanticCustomError("fault", "{text}", {"text": text})
        return colour.upper()


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
    file = read_model(path, BrandFile, f"A brand file is TOML with the keys {listed(BrandFile.model_fields)}.")
    brand = Brand(file.name, file.colour, file.footer)
    if file.logo is None:
        return brand
    logo, kind = _logo(path.parent / file.logo, f"{shown_path(path)}: logo")
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
