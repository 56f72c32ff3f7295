"""
Write an assessment in every edition, whole or not at all.

The editions are made in a folder beside the place they go to, forced to disk, and the
two folders change places in one step. A crash leaves the old report or the new one.
"""

import os
import shutil
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from saferplan.assessment.finding import Assessment
from saferplan.errors import ReportError
from saferplan.reports.book import sheets
from saferplan.reports.canonical import as_published, to_json
from saferplan.reports.charts import draw
from saferplan.reports.html import to_html
from saferplan.reports.ods import to_ods
from saferplan.reports.pdf import to_pdf
from saferplan.reports.swap import change_places
from saferplan.reports.xlsx import to_xlsx

EDITIONS = tuple(
    f"assessment.{kind}" for kind in ("json", "html", "pdf", "ods", "xlsx")
)


def write_report(assessment: Assessment, folder: Path) -> dict[str, Path]:
    """
    Write every edition of an assessment into `folder`, and return where each one is.

    An earlier report in the folder is replaced whole. Raises ReportError when the
    folder holds anything else, because replacing it would lose that.
    """
    folder = Path(folder).resolve()
    _check_free(folder)
    made = editions(assessment)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        aside.chmod(0o755)  # mkdtemp's own is for its owner alone
        for name, contents in made.items():
            _write_to_disk(aside / name, contents)
        _settle(aside)
        change_places(aside, folder)
        _settle(folder.parent)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return {name: folder / name for name in made}


def editions(assessment: Assessment) -> dict[str, bytes]:
    """Make every edition in memory: the file's name and its bytes."""
    published = as_published(assessment)
    pictures = {
        finding.id: [
            draw(chart, finding.table, published.outlines) for chart in finding.charts
        ]
        if finding.table
        else []
        for finding in published.findings
    }
    book = sheets(published)
    title = f"{published.area.name}: strategic assessment, data tables"
    # The PDF is set outside Python, so the others are written meanwhile.
    with ThreadPoolExecutor(max_workers=1) as aside:
        pdf = aside.submit(to_pdf, published, pictures)
        text = to_json(published).encode()
        page = to_html(published, pictures).encode()
        books = (to_ods(book, title), to_xlsx(book, title))
        made = (text, page, pdf.result(), *books)
    return dict(zip(EDITIONS, made, strict=True))


def _check_free(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ReportError(f"{folder} is a file. Name a folder for the report.")
    others = sorted({path.name for path in folder.iterdir()} - set(EDITIONS))
    if others:
        raise ReportError(
            f"{folder} holds other files ({others[0]}), and a report replaces its "
            f"folder whole. Name a new folder for the report."
        )


def _write_to_disk(path: Path, contents: bytes) -> None:
    with path.open("wb") as file:
        file.write(contents)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Force a folder's own list of names to disk."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
