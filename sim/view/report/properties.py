"""The properties of an Office file: title, brand, language, the command, and when it was made and with what."""

from datetime import UTC, datetime
from typing import Any

from sim.view.report.document import Making
from sim.view.report.wording import Wording

APPLICATION = "teamsim"

_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties'
    ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    f"<Application>{APPLICATION}</Application></Properties>"
)


def set_properties(file: Any, title: str, making: Making, wording: Wording) -> None:
    """Set the properties of a document or presentation, which are else those of the library's empty one."""
    known, now = file.core_properties, datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    known.title, known.author, known.last_modified_by = title, making.brand.name, making.brand.name
    known.comments, known.language = wording.file(making.command), making.language
    known.created = known.modified = now  # of universal time, which is what these fields are in
    known.revision = 1
    for part in file.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part._blob = _APP.encode()  # neither library has a name for it
