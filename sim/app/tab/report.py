"""A report for a client that ends with the page, so that the client can change the situation with sliders."""

import html
import re
from dataclasses import replace

from sim.app.tab.make import ALLOWED, USUAL, Wanted, page_of
from sim.view.language import english, language_of
from sim.view.report.make import report

BEGINS = '<section id="situation">'
"""What comes after the first page of a report."""

HEADING = english("Try it yourself")

LEAD = english(
    "Move a slider, and the model runs all weeks again, here in this file. The rest of the report is about the"
    " situation as it was agreed; it does not move."
)


def report_with_page(wanted: Wanted) -> str:
    """The report as one HTML file, with the page after its first one.

    Raises:
        InputError: see `sim.report` and `sim.app.tab.make.page_of`.
    """
    page = page_of(replace(wanted, inside=True))
    styles = list(wanted.styles) or None
    language = language_of(wanted.language)
    # From what the scenario was made of, so that the command in the report makes it again.
    text = report(
        wanted.source or wanted.scenario,
        styles=styles,
        roster=wanted.roster,
        changes=dict(wanted.set_) or None,
        replications=wanted.replications or USUAL,
        language=wanted.language,
    ).html()
    heading, lead = language.say(HEADING), language.say(LEAD)
    before, begins, after = text.partition(BEGINS)
    assert begins  # noqa: S101  # every report has it
    frame = (
        f'<section id="try">\n<h2>{heading}</h2>\n<p>{lead}</p>\n'
        f'<iframe title="{html.escape(heading)}" srcdoc="{html.escape(page)}"'
        ' style="width: 100%; height: 46rem; border: 1px solid #ddd"></iframe>\n</section>\n'
    )
    policy = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")[^"]*')
    return policy.sub(lambda found: found[1] + ALLOWED, before) + frame + begins + after
