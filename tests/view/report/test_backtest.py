"""The backtest in a report: every verdict is said in every language, on page one as in the appendix."""

import pytest

from sim.scenario.fitted import Fitted, Foreseen
from sim.view.language import LANGUAGES
from sim.view.report.document import plain, tree_of

VERDICTS = {
    ("foreseen", ""): ("Foreseen: {}.", "Vorhergesehen: {}."),
    ("as a guess", ""): ("no better than by a simple guess", "nicht besser als durch eine einfache Schätzung"),
    ("guess better", ""): ("did better: {}.", "war besser: {}."),
    ("missed", ""): ("Not foreseen: {}.", "Nicht vorhergesehen: {}."),
    ("not judged", "few worlds"): ("too few plausible worlds go with this past: {}.", "zu wenige plausible Welten"),
    ("not judged", "few values"): ("the past has too few values: {}.", "zu wenige Werte enthält: {}."),
    ("not judged", "few left"): ("because too few people left: {}.", "weil zu wenige Menschen gegangen sind: {}."),
}


def fitted(*rows):
    columns = [("left", "Austritte"), ("morale", "Stimmung 1-5"), ("revenue", "Umsatz"), ("output", "output")]
    backtest = tuple(
        Foreseen(
            column=heading, metric=name, periods=6, actual=6, expected=4.218, low=1, high=1234.5, error=0.64512,
            error_no_change=1.15, error_mean=0.619, inside_50=3, inside_90=5, verdict=verdict, reason=reason,
        )
        for (name, heading), (verdict, reason) in zip(columns, rows, strict=False)
    )  # fmt: skip
    return Fitted(
        history="h.csv", periods="24 months, 2024-01 to 2025-12", model="m", sets=1000, seed=1, tried=1000,
        effective=20.5, paths=("market.demand",), middle={}, worlds=((1.0, 0.5),), backtest=backtest,
    )  # fmt: skip


def said(client, language, *rows, template="report.html"):
    scenario = client.content.scenario.model_copy(update={"fitted": fitted(*rows)})
    return tree_of(template, client.content._replace(scenario=scenario), client.making._replace(language=language))


def section(tree, name):
    return next(element for element in tree.iter("section") if element.get("id") == name)


@pytest.mark.parametrize("row", VERDICTS, ids=lambda row: row[1] or row[0])
@pytest.mark.parametrize(("language", "turnover", "place"), [("en", "turnover", 0), ("de", "Fluktuation", 1)])
def test_page_one_says_the_verdict_with_its_reason(client, row, language, turnover, place):
    first = plain(section(said(client, language, row), "answer"))
    assert VERDICTS[row][place].format(turnover) in first


def test_a_past_without_values_at_its_end_is_said(client):
    first = plain(section(said(client, "en"), "answer"))
    assert "The last part of the company’s past has no values that could be foreseen." in first


def test_slides_say_it_too(client):
    slides = plain(said(client, "de", ("guess better", ""), template="slides.html"))
    assert "Die einfache Schätzung (keine Änderung oder der bisherige Durchschnitt) war besser: Fluktuation." in slides


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_words_and_numbers_of_the_language(client, language):
    appendix = section(said(client, language, *list(VERDICTS)[:4]), "appendix")
    tables = [[[plain(cell) for cell in row] for row in one.iter("tr")] for one in appendix.iter("table")]
    rows = next(rows for rows in tables if any("(Austritte)" in row[0] for row in rows))
    assert len(rows) == 5
    people = {"en": "People who left", "de": "Abgänge", "fr": "Départs", "es": "Salidas"}[language]
    assert rows[1][0] == f"{people} (Austritte)"
    assert rows[4][0].count("(") == (language != "en")  # as the client's file calls it, where that says more
    point = "." if language == "en" else ","
    assert rows[1][1] == "6"
    assert rows[1][2] == f"4{point}22"
    assert rows[1][4] == f"0{point}645"
    assert len({row[-1] for row in rows[1:]}) == 4
    assert all("left" not in cell for row in rows[1:] for cell in row if language != "en")
