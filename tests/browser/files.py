"""Files that the browser saves."""

import csv


def saved(page, act):
    """Name and content of the file that an act saves."""
    with page.expect_download() as started:
        act()
    return started.value.suggested_filename, started.value.path().read_bytes()


def rows(content):
    """The rows of a table that was saved as CSV, the first with the names of the columns."""
    return list(csv.reader(content.decode("utf-8").splitlines()))
