"""Where there is no address bar, in a notebook, every page is drawn as well, and views of one page change."""

import pytest
import solara

from sim.app.address import use_address
from sim.app.pages import PAGES
from sim.app.session import provide_session


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_a_page_is_drawn_without_an_address(entry):
    @solara.component
    def Frame():
        provide_session()
        entry.component()

    box, context = solara.render(Frame(), handle_error=False)
    assert box.children
    context.close()


def test_views_of_one_page_change_without_an_address():
    seen = []

    @solara.component
    def Page():
        address = use_address("learn")
        seen.append(address)
        solara.Text(address.search)

    _, context = solara.render(Page(), handle_error=False)
    seen[-1].go("/learn?lesson=crisis")
    assert seen[-1].search == "lesson=crisis"
    seen[-1].go("/team?seed=2")
    assert seen[-1].search == "lesson=crisis"
    context.close()
