"""The claims as a page: in Markdown for the docs, with a picture beside it, or as one HTML file."""

import html
from collections.abc import Sequence
from pathlib import Path
from string import Template

from sim.analysis.claims.load import Claims
from sim.analysis.claims.record import claims_fingerprint, reason
from sim.analysis.claims.verdict import ClaimResult, PartResult, Reading, Verdict
from sim.results import check_writable, written_whole
from sim.view.charts import save_chart
from sim.view.claims import MARKS, counts, how_to_read, mark_of, percent, shown, with_interval
from sim.view.doubt import doubt_in_short
from sim.view.forest import forest, how_to_see

TEMPLATES = Path(__file__).parent / "templates"


def save_html(results: Sequence[ClaimResult], replications: int, path: Path) -> None:
    """A page that holds its picture and fetches nothing.

    Raises:
        InputError: a place that cannot be written to.
    """
    import vl_convert

    picture = vl_convert.vegalite_to_svg(forest(results, replications, titled=False).to_dict())
    page = Template((TEMPLATES / "claims.html.template").read_text(encoding="utf-8")).substitute(
        counts=html.escape(counts(results)),
        how=html.escape(how_to_read(_draws(results), replications)),
        picture=picture,
        marks=html.escape(how_to_see(replications)),
        rows="\n".join(_html_claim(result) for result in results),
    )
    with written_whole(check_writable(path, (".html",))) as unfinished:
        unfinished.write_text(page, encoding="utf-8")


def save_markdown(results: Sequence[ClaimResult], claims: Claims, replications: int, path: Path) -> None:
    """A page of the docs, and its picture in the folder `images` beside it, which is made if it is not there.

    Raises:
        InputError: a place that cannot be written to.
    """
    picture = path.parent / "images" / f"{path.stem}.svg"
    picture.parent.mkdir(exist_ok=True)
    save_chart(forest(results, replications), picture)
    failing = [result for result in results if result.verdict is not Verdict.SUPPORTED]
    page = Template((TEMPLATES / "claims.md.template").read_text(encoding="utf-8")).substitute(
        counts=counts(results),
        how=how_to_read(_draws(results), replications),
        alternative=f"Forest plot of the claims. {counts(results)}",
        picture=f"images/{picture.name}",
        table=_markdown_table(results),
        failing="\n\n".join(map(_markdown_failing, failing)) or "None.",
        changed="\n".join(map(_markdown_changed, filter(is_changed, results))) or "None.",
        tests="\n\n".join(map(_markdown_test, results)),
        fingerprint=claims_fingerprint(claims),
    )
    with written_whole(check_writable(path, (".md",))) as unfinished:
        unfinished.write_text(page, encoding="utf-8", newline="\n")


def _draws(results: Sequence[ClaimResult]) -> int:
    return max((result.draws for result in results), default=0)


def _markdown_table(results: Sequence[ClaimResult]) -> str:
    lines = [
        "| | Claim | Effect | Verdict | Stands in | Holds in | Doubt |",
        "| --- | --- | ---: | --- | ---: | ---: | ---: |",
    ]
    for result in results:
        name, text = f"[{result.claim.id}](#{result.claim.id.lower()})", _plain(result.claim.text)
        value = with_interval(result.weakest.weakest)
        lines.append(
            f"| {name} | {text} | {value} | {_verdict(result)} | {percent(result.robustness)} "
            f"| {percent(result.holds)} | {doubt_in_short(result.doubt)} |"
        )
    return "\n".join(lines)


def _verdict(result: ClaimResult) -> str:
    held = sum(part.verdict is Verdict.SUPPORTED for part in result.parts)
    few = f" ({held} of {len(result.parts)} parts hold)" if held < len(result.parts) and len(result.parts) > 1 else ""
    return f"{mark_of(result)} {result.verdict}{', undecided' if result.undecided else ''}{few}"


def _markdown_failing(result: ClaimResult) -> str:
    lines = [f"**{result.claim.id}. {_plain(result.claim.text)}** {_plain(reason(result))}".strip(), ""]
    for part in result.parts:
        if part.verdict is not Verdict.SUPPORTED:
            wording = _plain(part.part.text)
            lines += [
                f"- {wording} ({_plain(reading.label)}): {_value(part, reading)}, {part.verdict}."
                for reading in shown(part)
            ]
    return "\n".join(lines)


def is_changed(result: ClaimResult) -> bool:
    """Whether the version of the model before this one had another verdict."""
    return result.claim.before not in (None, str(result.verdict))


def _markdown_changed(result: ClaimResult) -> str:
    claim = result.claim
    name = f"**[{claim.id}](#{claim.id.lower()})**"
    return f"- {name} {claim.before} before, {result.verdict} now. {_plain(claim.changed)}".rstrip()


def _markdown_test(result: ClaimResult) -> str:
    lines = [f"### {result.claim.id}", "", _plain(f"{result.claim.text} {result.claim.note}"), ""]
    for part in result.parts:
        first, last = part.part.weeks
        measures = ", ".join(f"`{measure.metric}`" for measure in part.part.measures)
        value = _value(part, part.weakest)
        lines.append(f"- {_plain(part.part.text)}: {measures}, weeks {first} to {last}; {value}, {part.verdict}.")
    return "\n".join(lines)


def _value(part: PartResult, reading: Reading) -> str:
    unit = getattr(part.part, "unit", "sd")
    return with_interval(reading, unit if unit == "percent" else "")


def _html_claim(result: ClaimResult) -> str:
    """Two rows: what came of the claim, and below it, folded away, its test."""
    kind = str(result.verdict).replace(" ", "-")
    value, verdict_text = with_interval(result.weakest.weakest), _verdict(result)
    cells = (f"<b>{html.escape(result.claim.id)}</b>", *map(html.escape, (result.claim.text, value, verdict_text)))
    more = (percent(result.robustness), percent(result.holds), doubt_in_short(result.doubt))
    row = "".join(f"<td>{cell}</td>" for cell in (*cells, *more))
    return f'<tr class="{kind}">{row}</tr>\n<tr class="test"><td></td><td colspan="6">{_html_test(result)}</td></tr>'


def _html_test(result: ClaimResult) -> str:
    rows = []
    for part in result.parts:
        rows.append(
            f'<tr><th colspan="3" scope="rowgroup">{html.escape(f"{part.part.text}: {part.verdict}")}</th></tr>'
        )
        for reading in part.readings:
            mark = MARKS[Verdict.SUPPORTED if reading.enough else Verdict.NOT_SUPPORTED]
            cells = (reading.label, _value(part, reading), MARKS[Verdict.OPPOSITE] if reading.contrary else mark)
            rows.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in cells) + "</tr>")
    note = " ".join(text for text in (result.claim.note, reason(result)) if text)
    about = f"<p>{html.escape(note)}</p>" if note else ""
    return f"<details><summary>How it was tested</summary>{about}<table>{''.join(rows)}</table></details>"


def _plain(text: str) -> str:
    """Text in which Markdown sees no marks of its own."""
    return text.strip().replace("|", "\\|").replace("*", "\\*").replace("_", "\\_").replace("<", "&lt;")
