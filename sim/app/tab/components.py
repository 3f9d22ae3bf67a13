"""Components of the app as JavaScript: its template and its script, as one object that Vue takes."""

import json
from pathlib import Path

from sim.app.vue_files import assembled


def component(path: Path) -> str:
    """An expression in JavaScript that gives the component of a file."""
    text = assembled(path)
    template = text.partition("<template>")[2].rpartition("</template>")[0]
    script = text.rpartition("<script>")[2].rpartition("</script>")[0]
    shown = json.dumps(template.strip(), ensure_ascii=False).replace("<", "\\u003c")
    return f"(() => {{ const module = {{}}; {script}\nreturn {{ ...module.exports, template: {shown} }}; }})()"
