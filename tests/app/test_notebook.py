"""In a notebook the app is the last line of a cell: a real kernel, without a browser."""

import os
from pathlib import Path

import pytest

pytest.importorskip("solara")
jupyter_client = pytest.importorskip("jupyter_client")

ROOT = Path(__file__).parents[2]
WIDGET = "application/vnd.jupyter.widget-view+json"

ANSWERED = """
import time
from ipywidgets import Widget
drawn = []
for _ in range(600):
    drawn = [one for one in list(Widget.widgets.values()) if hasattr(one, "drawn")]
    if len(drawn) == 4:
        break
    time.sleep(0.1)
print(len(drawn), "charts")
"""


def test_the_app_is_shown_and_answers_in_a_notebook():
    manager, client = jupyter_client.manager.start_new_kernel(
        kernel_name="python3", cwd=str(ROOT), env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    shown, printed = [], []

    def hear(message):
        content = message["content"]
        if message["msg_type"] in ("display_data", "execute_result"):
            shown.extend(content["data"])
        if message["msg_type"] == "stream":
            printed.append(content["text"])

    try:
        replies = [
            client.execute_interactive(code, output_hook=hear, timeout=120)
            for code in ("from sim.app import page\npage", ANSWERED)
        ]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    assert [reply["content"]["status"] for reply in replies] == ["ok", "ok"]
    assert WIDGET in shown
    assert "4 charts\n" in "".join(printed)
