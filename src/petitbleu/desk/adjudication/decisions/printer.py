"""What runs in the printing process: HTML to PDF by WeasyPrint, which nothing else imports.

It loads nothing: no address is fetched, no file of the system is read for a page but fonts. The
limits of :mod:`petitbleu.sandbox` hold. A job is ``{"html": text}``; the answer ``{"pdf": bytes}``,
or ``{"error": text}`` where WeasyPrint or Pango is missing.
"""

from __future__ import annotations

import contextlib
from typing import Any

from petitbleu.sandbox import serve


class _Closed(ValueError):
    """A page asked for something outside of itself."""


def _refuse(url: str, *_: Any, **__: Any) -> Any:
    raise _Closed(url)


def _load(_: bool) -> None:
    with contextlib.suppress(ImportError, OSError):
        import weasyprint  # noqa: F401 - it looks for Pango by starting programs


def handle(job: dict[str, Any]) -> dict[str, Any]:
    """Print one page."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as error:
        return {"error": f"WeasyPrint cannot be used: {str(error).splitlines()[0]}"}
    page = HTML(string=job["html"], url_fetcher=_refuse, base_url=None)
    return {"pdf": page.write_pdf(pdf_variant="pdf/ua-1", custom_metadata=True)}


if __name__ == "__main__":
    serve(handle, prepare=_load, opens=True, threads=True)  # fonts are read as a page needs them
