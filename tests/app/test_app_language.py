"""The language in which a visit of the app begins."""

import pytest

from sim.app.first_language import COOKIE, FIRST_LANGUAGE, first, read_by


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("it, es;q=0.5", "es"), ("DE-at", "de"), ("ja", "en"), ("", "en")],
)
def test_the_first_language_that_the_browser_reads_and_the_app_speaks(accepted, language):
    assert read_by(accepted) == language


@pytest.mark.parametrize(
    ("kept", "of_server", "language"), [("es", "de", "es"), ("", "de", "de"), ("xx", "", "fr"), ("", "xx", "fr")]
)
def test_what_was_chosen_comes_before_the_server_and_that_before_the_browser(monkeypatch, kept, of_server, language):
    monkeypatch.setenv(FIRST_LANGUAGE, of_server)
    assert first({COOKIE: kept}, ["fr-FR,fr;q=0.9"]) == language
