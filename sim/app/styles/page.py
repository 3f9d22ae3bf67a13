"""The page Styles: what leaders do in each style, which of S1 to S4 fits whom, and a style of your own."""

import re

import solara

from sim.app import form
from sim.app.component import component_vue
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
from sim.view.language import english, said, spoken
from sim.view.sentences import called, number

INTRODUCTION = english("""
A style is only a pattern of behaviour: thirteen numbers say how much a leader does of each behaviour, from 0 (never)
to 1 (as much as possible). The model does not know the names of styles. The numbers of the built-in styles follow
descriptions in the leadership literature. They are assumptions; nobody has measured them.
""")

MATCH = english("""
Situational leadership (Hersey and Blanchard) says: lead people as they need it now. D1 to D4 are levels of
development: enthusiastic beginners, disillusioned learners, capable but cautious people, and self-reliant people. S1
to S4 are styles: tell people what to do (directing), tell and explain (coaching), ask and encourage (supporting), let
people decide (delegating). The theory recommends S1 for D1, S2 for D2 and so on.

Does the model agree? In each row, all twelve people are at the same level. Each column is one style for thirteen
weeks. Nobody leaves in this time. Outline: the choice of the theory. Star: best in its row, or not clearly behind the
best. Darker colour: a higher value than others in the same row.
""")


@solara.component
def Styles() -> None:
    """The three parts of the page."""
    chosen = use_session().style_choices
    with page_body():
        say("h1", said("Styles: what leaders do"))
        say_paragraphs(INTRODUCTION)
        _Profiles(chosen)
        Match(chosen)
        MakeYourOwn()


@solara.component
def _Profiles(choices: StyleChoices) -> None:
    chosen, beside = choices.style.value, choices.beside.value
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", said("The profile of a style"))
        names = [(name, called(name)) for name in builtin_styles()]
        controls = [
            form.choice("style", said("Style"), chosen, names),
            form.choice(
                "beside",
                said("Beside it"),
                beside,
                [("", said("nothing")), *names],
                said("the vertical marks in the bars"),
            ),
        ]

        def change(message: dict[str, str]) -> None:
            if message["value"] in builtin_styles() or (message["name"] == "beside" and not message["value"]):
                (choices.style if message["name"] == "style" else choices.beside).value = message["value"]

        form.Form(fields=controls, label=said("Which style"), event_change=change)
        shown = profile(chosen, {})
        say("p", said(shown.description, "description"))
        other = profile(beside, {}).stages[0].behaviour if beside else ()
        stage = shown.stages[0]
        with solara.Div(classes=["br-grid"]):
            for place in range(1 if stage.same_for_all else 4):
                level = said(
                    "{style} with people at {level}: {row}",
                    style=called(chosen), level=f"D{place + 1}", row=stage.rows[place],
                )  # fmt: skip
                title = called(chosen) if stage.same_for_all else level
                rows = [
                    {"name": said(one.name, "behaviour"), "meaning": said(one.meaning),
                     "literature": said(one.literature), "value": value,
                     "other": other[place][index] if other else None}
                    for index, (one, value) in enumerate(zip(BEHAVIOUR_TABLE, stage.behaviour[place], strict=True))
                ]  # fmt: skip
                with solara.Div():
                    Bars(title=title, other=called(beside), rows=rows)
                    _save_profile(title, dict(zip(BEHAVIOURS, stage.behaviour[place], strict=True)))


def _save_profile(title: str, values: dict[str, float]) -> None:
    name = re.sub("[^a-z0-9]+", "-", title.lower())
    text = downloads.as_csv(("behaviour", "value"), values.items())
    picture = downloads.profile_svg(title, [(said(one, "behaviour"), value) for one, value in values.items()])
    Downloads(
        files=[
            file(said("{chart}: save as {kind}", chart=title, kind="CSV"), f"{name}.csv", text, "CSV"),
            file(said("{chart}: save as {kind}", chart=title, kind="SVG"), f"{name}.svg", picture, "SVG"),
        ]
    )


@component_vue("match.vue")
def _HeatMap(cells: list[dict[str, object]], caption: str) -> None:
    """A table of sixteen cells; a darker cell has a higher value."""


@solara.component
def Match(chosen: StyleChoices) -> None:
    """S1 to S4 with D1 to D4: what each level comes to under each style, run when the page is opened."""
    measure = chosen.measure.value
    run = solara.lab.use_task(lambda: match(measure), dependencies=[measure], raise_error=False)
    with solara.Div(classes=["ts-card", "ts-stack"]):
        say("h2", said("Which style for whom: S1 to S4 with D1 to D4"))
        say_paragraphs(MATCH)
        measures = {name: said(text) for name, text in MEASURES.items()}
        control = [form.choice("measure", said("Measured by"), measure, measures.items(), wide=True)]

        def change(message: dict[str, str]) -> None:
            if message["value"] in MEASURES:
                chosen.measure.value = message["value"]

        form.Form(fields=control, label=said("Measure"), event_change=change)
        if run.error:
            complain(said("The model could not run. Reload the page and try again."))
        elif run.value is None or run.pending:
            wait(said("The model runs sixteen combinations, 60 times each ..."))
        else:
            _HeatMap(cells=_cells(run.value, measure), caption=measures[measure])
            places = 1 if measure == "output" else 3
            text = downloads.as_csv(Cell._fields, run.value)
            picture = downloads.match_svg(measures[measure], run.value, places)
            Downloads(
                files=[
                    file(said("{chart}: save as {kind}", chart=said("Match"), kind="CSV"), "match.csv", text, "CSV"),
                    file(said("{chart}: save as {kind}", chart=said("Match"), kind="SVG"), "match.svg", picture, "SVG"),
                ]
            )
            for sentence in in_words(run.value):
                say("p", sentence, data_match="sentence")
            note = said(
                "Small figures: the 95% confidence interval of the mean. Differences below {smallest} do not count. 60"
                " runs of each combination, seed 1.",
                smallest=spoken().digits(f"{SMALLEST[measure]:g}"),
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
                "text": number(cell.mean, places),
                "interval": said("{low} to {high}", low=number(cell.low, places), high=number(cell.high, places)),
                "shade": (cell.mean - min(row)) / spread if spread else 1.0,
                "best": cell.best,
                "matched": cell.matched,
            }
        )
    return made
