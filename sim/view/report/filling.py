"""Fills the templates of reports with what a wording says."""

from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context

from sim.view.report.numbers import is_relative
from sim.view.report.wording import MARKET_AS, TEMPLATES, Wording
from sim.view.sentences import capitalised

OFFERED = (
    "amount", "apart", "behaviour", "change", "changes", "client", "ends", "event", "file", "first_in", "interval",
    "label", "level", "level_name", "listed", "metric", "metric_explained", "n", "of", "part", "past", "pattern",
    "practice", "roughly", "scale", "situation", "step", "story", "style", "style_explained", "subject", "three",
    "unit", "write",
)  # fmt: skip
"""What of the wording templates can call by its name."""


def _by_wording(method: str) -> Callable[..., Any]:
    """A filter that asks the wording that a template is filled with."""

    @pass_context
    def asked(context: Context, text: str) -> Any:
        return getattr(context["wording"], method)(text)

    return asked


@cache
def templates() -> Environment:
    """The templates, for all wordings: to compile one takes as long as to fill it."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do"],
    )
    environment.filters |= {
        "first_up": lambda text: type(text)(capitalised(text)),
        "without_stop": lambda text: type(text)(text.strip().rstrip(".")),
        "within": _by_wording("within"),
        "client_text": _by_wording("client"),
        "style_label": _by_wording("label"),
        "practice_name": _by_wording("practice"),
        "metric_name": _by_wording("metric"),
    }
    return environment


def fill(template: str, wording: Wording, **more: Any) -> str:
    """A template, filled in the language of the wording; the result is well-formed XHTML."""
    content = wording.content
    offered = {name: getattr(wording, name) for name in OFFERED}
    return templates().get_template(template).render(
        **offered, wording=wording, _=wording.say, c=content, words=wording.words, scenario=content.scenario,
        answer=content.answer, numbers=content.numbers, is_relative=is_relative, currency=wording.currency,
        market_as=MARKET_AS, **more,
    )  # fmt: skip
