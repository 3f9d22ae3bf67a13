"""The page Styles: what leaders do in each style, which of S1 to S4 fits whom, and a style of your own."""

import re

import solara

from sim.app import form
from sim.app.downloads import Downloads, file
from sim.app.plain_text import complain, page_body, say, say_paragraphs, wait
from sim.app.session import use_session
from sim.app.style_choices import StyleChoices
from sim.app.styles import downloads
from sim.app.styles.bars import Bars
from sim.app.styles.make import MakeYourOwn
from sim.app.styles.match import MEASURES, SMALLEST, Cell, in_words, match
from sim.app.styles.profiles import profile
from sim.scenario.behaviours import BEHAVIOUR_TABLE, BEHAVIOURS
from sim.scenario.styles import builtin_styles

INTRODUCTION = """
A style is only a pattern of behaviour: thirteen numbers say how much a leader does of each behaviour, from 0 (never)
to 1 (as much as possible). The model does not know the names of styles. The numbers of the built-in styles follow
descriptions in the leadership literature. They are assumptions; nobody has measured them.
"""

MATCH = """
Situational leadership (Hersey and Blanchard) says: lead people as they need it now. D1 to D4 are levels of
development: enthusiastic beginners, disillusioned learners, capable but cautious people, and self-reliant people. S1
to S4 are styles: tell people what to do (directing), tell and explain (coaching), ask and encourage (supporting), let
people decide (delegating). The theory recommends S1 for D1, S2 for D2 and so on.

Does the model agree? In each row, all twelve people are at the same level. Each column is one style for thirteen
weeks. Nobody leaves in this time. Outline: the choice of the theory. Star: best in its row, or not clearly behind the
best. Darker colour: a higher value than others in the same row.
"""


@solara.component
def Styles() -> None:
    """The three parts of the page."""
    chosen = use_session().style_choices
    with page_body():
        say("h1", "Styles: what leaders do")
        say_paragraphs(INTRODUCTION)
        _Profiles(chosen)
        Match(chosen)
        MakeYourOwn()


@solara.component
def _Profiles(choices: StyleChoices) -> None:
    chosen, beside = choices.style.value, choices.beside.value
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", "The profile of a style")
        names = [(name, name) for name in builtin_styles()]
        controls = [
            form.choice("style", "Style", chosen, names),
            form.choice("beside", "Beside it", beside, [("", "nothing"), *names], "the vertical marks in the bars"),
        ]

        def change(message: dict[str, str]) -> None:
            if message["value"] in builtin_styles() or (message["name"] == "beside" and not message["value"]):
                (choices.style if message["name"] == "style" else choices.beside).value = message["value"]

        form.Form(fields=controls, label="Which style", event_change=change)
        shown = profile(chosen, {})
        say("p", shown.description)
        other = profile(beside, {}).stages[0].behaviour if beside else ()
        stage = shown.stages[0]
        with solara.Div(classes=["br-grid"]):
            for place in range(1 if stage.same_for_all else 4):
                title = chosen if stage.same_for_all else f"{chosen} with people at D{place + 1}: {stage.rows[place]}"
                rows = [
                    {"name": one.name, "meaning": one.meaning, "literature": one.literature, "value": value,
                     "other": other[place][index] if other else None}
                    for index, (one, value) in enumerate(zip(BEHAVIOUR_TABLE, stage.behaviour[place], strict=True))
                ]  # fmt: skip
                with solara.Div():
                    Bars(title=title, other=beside, rows=rows)
                    _save_profile(title, dict(zip(BEHAVIOURS, stage.behaviour[place], strict=True)))


def _save_profile(title: str, values: dict[str, float]) -> None:
    name = re.sub("[^a-z0-9]+", "-", title.lower())
    text = downloads.as_csv(("behaviour", "value"), values.items())
    picture = downloads.profile_svg(title, list(values.items()))
    Downloads(
        files=[
            file(f"{title}: save as CSV", f"{name}.csv", text, "CSV"),
            file(f"{title}: save as SVG", f"{name}.svg", picture, "SVG"),
        ]
    )


@solara.component_vue("match.vue", vuetify=False)
def _HeatMap(cells: list[dict[str, object]], caption: str) -> None:
    """A table of sixteen cells; a darker cell has a higher value."""


@solara.component
def Match(chosen: StyleChoices) -> None:
    """S1 to S4 with D1 to D4: what each level comes to under each style, run when the page is opened."""
    measure = chosen.measure.value
    run = solara.lab.use_task(lambda: match(measure), dependencies=[measure], raise_error=False)
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", "Which style for whom: S1 to S4 with D1 to D4")
        say_paragraphs(MATCH)
        control = [form.choice("measure", "Measured by", measure, MEASURES.items(), wide=True)]

        def change(message: dict[str, str]) -> None:
            if message["value"] in MEASURES:
                chosen.measure.value = message["value"]

        form.Form(fields=control, label="Measure", event_change=change)
        if run.error:
            complain("The model could not run. Reload the page and try again.")
        elif run.value is None or run.pending:
            wait("The model runs sixteen combinations, 60 times each ...")
        else:
            _HeatMap(cells=_cells(run.value, measure), caption=MEASURES[measure])
            places = 1 if measure == "output" else 3
            text = downloads.as_csv(Cell._fields, run.value)
            picture = downloads.match_svg(MEASURES[measure], run.value, places)
            Downloads(
                files=[
                    file("Match: save as CSV", "match.csv", text, "CSV"),
                    file("Match: save as SVG", "match.svg", picture, "SVG"),
                ]
            )
            for sentence in in_words(run.value):
                say("p", sentence, data_match="sentence")
            note = (
                "Small figures: the 95% confidence interval of the mean. Differences below"
                f" {SMALLEST[measure]:g} do not count. 60 runs of each combination, seed 1."
            )
            say("p", note, "ts-faint ts-small")


def _cells(cells: list[Cell], measure: str) -> list[dict[str, object]]:
    places = 1 if measure == "output" else 3
    made = []
    for cell in cells:
        row = [other.mean for other in cells if other.level == cell.level]
        spread = max(row) - min(row)
        made.append(
            {
                "level": cell.level,
                "style": cell.style,
                "text": f"{cell.mean:.{places}f}",
                "interval": f"{cell.low:.{places}f} to {cell.high:.{places}f}",
                "shade": (cell.mean - min(row)) / spread if spread else 1.0,
                "best": cell.best,
                "matched": cell.matched,
            }
        )
    return made
