"""Components of the app as JavaScript: its template and its script, as one object that Vue takes."""

import json
import re
from pathlib import Path

CHART = Path(__file__).parent.parent / "chart"


def with_mixins(text: str) -> str:
    """The text of chart.vue with its mixins in it: it is read from one file."""

    def texts(mixins: re.Match[str]) -> str:
        sources = [(CHART / f"{mixin}.js").read_text(encoding="utf-8") for mixin in mixins[1].split(", ")]
        bodies = [source.partition("export default ")[2].rstrip(";\n") for source in sources]
        return f"mixins: [{', '.join(bodies)}]"

    return re.sub(r"mixins: \[(.*)\]", texts, text)


def component(path: Path) -> str:
    """An expression in JavaScript that gives the component of a file."""
    text = path.read_text(encoding="utf-8")
    template = text.partition("<template>")[2].rpartition("</template>")[0]
    script = text.rpartition("<script>")[2].rpartition("</script>")[0]
    if path.parent == CHART:
        script = with_mixins(script)
    shown = json.dumps(template.strip(), ensure_ascii=False).replace("<", "\\u003c")
    return f"(() => {{ const module = {{}}; {script}\nreturn {{ ...module.exports, template: {shown} }}; }})()"
