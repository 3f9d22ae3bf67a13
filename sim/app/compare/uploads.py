"""Reads a file that a visitor opens: a scenario, or styles for the present scenario. Its styles are ticked at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sim.app.browser_input import is_text
from sim.app.compare.link import file_name
from sim.app.compare.setting import LARGEST_UPLOAD, MOST_STYLES, TOO_LARGE, Setting, fitted, own_scenario, prepared_both
from sim.model.build import AS_IS
from sim.scenario.load import scenario_from, to_toml
from sim.scenario.problems import InputError, shortened
from sim.scenario.schema import Scenario
from sim.scenario.styles import style_names
from sim.scenario.toml_files import table_from_text
from sim.view.language import english, said

LONGEST_SHOWN = 60
"""Characters of a file's name in a message."""


class Opened(NamedTuple):
    """The setting from a file, and messages about it (none if all is well)."""

    setting: Setting
    notes: tuple[str, ...]


def opened(setting: Setting, message: Mapping[str, Any]) -> Opened:
    """The setting once a file was opened: {"name": ..., "text": ..., "size": ...}, as the browser tells it.

    A scenario takes the place of the one that is there; a file of styles is added to it.

    Raises:
        InputError: too large, no text, neither scenario nor styles, or something in it is wrong.
    """
    file, text = _read(message)
    name = file_name(file.removesuffix(".toml"))
    try:
        styles = styles_of_file(text)
        if styles is None:
            scenario = own_scenario(text, name)
            found = fitted(replace(setting, scenario=name, own=text), scenario)
            names = tuple(scenario.styles)
            found = ticked(found, names)
        else:
            names = tuple(styles)
            found = with_styles(setting, styles, source=file)
        prepared_both(found)
    except InputError as error:
        raise InputError(str(error).replace(f"{name}.toml", file)) from None
    return Opened(found, _notes(names))


def styles_of_file(text: str) -> Mapping[str, Any] | None:
    """The styles of a file that holds nothing else, as "Download the style" gives it; None for any other file."""
    try:
        table = table_from_text(text, "")
    except InputError:  # the error is reported when the file is read as a scenario
        return None
    styles = table.get("styles")
    return styles if set(table) == {"styles"} and isinstance(styles, dict) and styles else None


def with_styles(
    setting: Setting, styles: Mapping[str, Any], beside: Iterable[str] = (), source: str = "your style"
) -> Setting:
    """The setting with more styles in its scenario, ticked; what was changed stays, a style of the same name does not.

    Args:
        setting: what is asked for until now.
        styles: tables as below [styles] in a scenario file, by name.
        beside: styles to tick as well.
        source: what to call the styles where something is wrong with them.

    Raises:
        InputError: something is wrong with a style, or with the scenario that is there.
    """
    start = setting.starting
    plain = start.model_dump()
    scenario = scenario_from({**plain, "styles": {**plain["styles"], **styles}}, source=source)
    name = setting.scenario if setting.own else file_name(f"{setting.scenario}-{next(iter(styles))}")
    return ticked(replace(setting, scenario=name, own=to_toml(scenario)), styles, beside, scenario)


def ticked(
    setting: Setting, names: Iterable[str], beside: Iterable[str] = (), scenario: Scenario | None = None
) -> Setting:
    """The setting with these styles ticked, and as many of those beside them and of those ticked now as have room."""
    wanted = list(dict.fromkeys((*names, *beside, *setting.styles)))[:MOST_STYLES]
    known = (*style_names(scenario or setting.starting), AS_IS)
    styles = tuple(style for style in known if style in wanted)
    return replace(setting, styles=styles, baseline=setting.baseline if setting.baseline in styles else None)


def _notes(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(names) <= MOST_STYLES:
        return ()
    text = english("The file has {many} styles. The page can show {most} at a time: the first are ticked.")
    return (said(text, many=len(names), most=MOST_STYLES),)


def _read(message: Mapping[str, Any]) -> tuple[str, str]:
    """Name and text of a file that a visitor opened."""
    name, text, size = message.get("name"), message.get("text"), message.get("size")
    file = shortened(name.replace("\\", "/").rpartition("/")[2], LONGEST_SHOWN) if is_text(name) else ""
    file = file or said("the file")
    length = len(text.encode()) if is_text(text) else 0
    if max(length, size if isinstance(size, int) else 0) > LARGEST_UPLOAD:
        raise InputError(said(TOO_LARGE, file=file, most=LARGEST_UPLOAD // 1000))
    if not is_text(text):
        text = english("{file}: not text in UTF-8. Choose a scenario file or a style file; their names end in .toml.")
        raise InputError(said(text, file=file))
    return file, text
