"""Runs `teamsim plugins` for each folder given, in a process of its own that has imported the libraries already."""

import json
import os
import sys
import tempfile

import numba  # noqa: F401  # imported once, and not in each process
import numpy as np  # noqa: F401
import pandas as pd  # noqa: F401
import pydantic.main
import pydantic.type_adapter
import pydantic.types  # noqa: F401  # `import pydantic` alone would import none of these
import rich.console
import rich.table  # noqa: F401
import typer  # noqa: F401


def said(folder: str) -> tuple[int, str]:
    """The exit status, and what is printed, in one line."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as file:
        child = os.fork()
        if child == 0:
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
            os.environ["TEAMSIM_PLUGINS"] = folder
            sys.argv = ["teamsim", "plugins"]
            from sim.cli import main

            main()
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        file.seek(0)
        return status, " ".join(file.read().split())


if __name__ == "__main__":
    assert "sim" not in sys.modules
    print(json.dumps([said(folder) for folder in sys.argv[1:]]))  # noqa: T201
