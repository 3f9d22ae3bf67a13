"""Reads people files of clients as a roster: any layout, in four languages, without guessing.

The steps are files: sheets of cells are read, the table is found, files are joined, columns, days, numbers, scales and
teams are recognised, and a roster without names is written.
"""

from sim.scenario.people_files.choices import Choices, Reading, Undecided, read_map
from sim.scenario.people_files.importing import Imported, import_roster

__all__ = ["Choices", "Imported", "Reading", "Undecided", "import_roster", "read_map"]
