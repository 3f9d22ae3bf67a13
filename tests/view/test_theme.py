"""Every style can be told from every other, also by the colour blind, and looks the same everywhere."""

from itertools import combinations

import numpy as np
import pytest

from sim.scenario.styles import COMPARED, builtin_styles
from sim.view.theme import DARK_GROUND, KNOWN, ON_DARK, SHAPES, looks

# Machado, Oliveira & Fernandes (2009), full severity, for linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def linear(colour):
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    """CIE L*a*b* of linear RGB, in which distance is difference as people see it."""
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ np.clip(rgb, 0, 1)
    f = np.cbrt(np.maximum(xyz / [0.9505, 1.0, 1.089], 1e-4))
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_every_usual_style_has_a_look():
    assert {*COMPARED, *builtin_styles(), "as-is"} <= set(KNOWN)


@pytest.mark.parametrize("ground", ["light", "dark"])
@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_styles_usually_compared_differ_in_colour(blindness, ground):
    colours = {style: KNOWN[style].on_dark if ground == "dark" else KNOWN[style].colour for style in COMPARED}
    seen = {style: lab(np.array(BLINDNESS[blindness]) @ linear(colour)) for style, colour in colours.items()}
    for one, two in combinations(COMPARED, 2):
        assert np.linalg.norm(seen[one] - seen[two]) > 20, (one, two)


def contrast(one, two):
    """Contrast of two colours (WCAG 2), from 1 to 21."""
    bright, dim = sorted((float(linear(colour) @ [0.2126, 0.7152, 0.0722]) for colour in (one, two)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def test_lines_and_names_stand_out_from_the_dark_ground():
    for look in looks([*KNOWN, *(f"own {number}" for number in range(30))]).values():
        assert contrast(look.on_dark, DARK_GROUND) >= 2.99
        assert contrast(look.ink_on_dark, DARK_GROUND) >= 4.45


def test_every_colour_for_dark_takes_the_place_of_one_for_light():
    assert set(ON_DARK) == {KNOWN[style].colour for style in COMPARED}


@pytest.mark.parametrize("style", KNOWN)
def test_colours_can_be_read_on_white(style):
    luminance = linear(KNOWN[style].colour) @ [0.2126, 0.7152, 0.0722]
    assert 1.05 / (luminance + 0.05) >= 2.5
    assert 1.05 / (linear(KNOWN[style].ink) @ [0.2126, 0.7152, 0.0722] + 0.05) >= 4.5


def test_forty_styles_differ_in_colour_or_line_and_shape():
    styles = [*KNOWN, *(f"own-{number}" for number in range(26))]
    chosen = looks(styles)
    assert len({(look.colour, look.dash) for look in chosen.values()}) == len(styles) == 40
    assert len({(look.colour, look.shape) for look in chosen.values()}) == len(styles)
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_a_style_looks_the_same_in_any_company():
    assert looks(["agile", "mine"])["agile"] == looks(["S1", "agile"])["agile"]
    assert looks(["agile", "mine", "ours"])["ours"] == looks(["mine", "S1", "ours"])["ours"]
