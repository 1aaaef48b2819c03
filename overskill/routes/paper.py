"""Pages of plain HTML that look like the rest of the site: the payment page of test mode, and receipts to print."""

from html import escape

from starlette.responses import HTMLResponse

# Without a referrer browsers send forms from nowhere, and we refuse those.
_HEADERS = {"cache-control": "no-store", "referrer-policy": "same-origin"}
_STYLE = """
  @font-face { font-family: Geist; font-weight: 100 900; font-display: swap; src: url("/fonts/geist-latin.woff2") }
  :root { color-scheme: light dark; --canvas: #fafafc; --surface: #fff; --line: #e7e7ee; --strong: #d3d3de;
    --ink: #15141c; --soft: #484754; --faint: #6a6977; --accent: #5b46e5; --on: #fff; --link: #4a37c8; --warn: #fff3dd;
    --warn-ink: #8f5400; --bad: #fdecee; --bad-ink: #c1283a }
  @media screen and (prefers-color-scheme: dark) { :root { --canvas: #0b0b0f; --surface: #131318; --line: #24242e;
    --strong: #363643; --ink: #f3f3f7; --soft: #b7b6c4; --faint: #9190a0; --accent: #6a57f0; --link: #b3a9ff;
    --warn: #2b2110; --warn-ink: #eab04e; --bad: #32161b; --bad-ink: #ff8a94 } }
  * { box-sizing: border-box }
  body { font: 15px/1.55 Geist, system-ui, sans-serif; background: var(--canvas); color: var(--soft); margin: 0;
    padding: 40px 16px 64px }
  main { max-width: 30rem; margin: 0 auto } main.wide { max-width: 44rem }
  h1 { font-size: 22px; letter-spacing: -.02em; color: var(--ink); margin: 0 0 4px }
  h2 { font-size: 15px; color: var(--ink); margin: 28px 0 8px } .card > h2:first-child { margin-top: 0 }
  p { margin: 0 0 12px } small, .faint { color: var(--faint); font-size: 13px }
  .card { background: var(--surface); border: 1px solid var(--line); border-radius: 12px; padding: 24px;
    margin-top: 20px }
  .note { background: var(--warn); color: var(--warn-ink); border-radius: 10px; padding: 10px 14px; font-size: 14px }
  .bad { background: var(--bad); color: var(--bad-ink); border-radius: 10px; padding: 10px 14px; margin: 16px 0 0 }
  table { width: 100%; border-collapse: collapse } th { text-align: left; font-weight: 500; color: var(--ink) }
  td, th { padding: 8px 0; border-bottom: 1px solid var(--line); vertical-align: top }
  td:last-child, th.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums;
    padding-left: 16px }
  tr.total td { color: var(--ink); font-weight: 600; border-bottom: 0 }
  label, .label { display: block; font-size: 13px; font-weight: 500; color: var(--ink); margin: 16px 0 6px }
  input, select { width: 100%; font: inherit; color: var(--ink); background: var(--canvas); padding: 9px 12px;
    border: 1px solid var(--strong); border-radius: 8px }
  button, a.button { display: block; width: 100%; font: inherit; font-weight: 500; text-align: center; cursor: pointer;
    text-decoration: none; padding: 11px 16px; margin-top: 10px; border-radius: 8px; color: var(--ink);
    background: var(--surface); border: 1px solid var(--strong) }
  button.main { margin-top: 20px; background: var(--accent); border-color: var(--accent); color: var(--on) }
  :is(button, a, input, select, summary):focus-visible { outline: 2px solid var(--accent); outline-offset: 2px }
  summary { cursor: pointer; margin-top: 18px; color: var(--soft); font-size: 14px }
  a { color: var(--link) } a.button { color: var(--ink) }
  .row { display: flex; gap: 12px; justify-content: space-between; align-items: baseline; flex-wrap: wrap }
  @media print { body { background: #fff; color: #000; padding: 0 } .card { border: 0; padding: 0 }
    .screen { display: none } }
"""
_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>{style}</style>
<main{wide}>
{body}
</main>
</html>"""


def paper(title: str, body: str, *, status: int = 200, is_wide: bool = False) -> HTMLResponse:
    """`body` is HTML: whoever makes it escapes what others wrote."""
    wide = ' class="wide"' if is_wide else ""
    page = _PAGE.format(title=escape(title), style=_STYLE, wide=wide, body=body)
    return HTMLResponse(page, status, headers=_HEADERS)
