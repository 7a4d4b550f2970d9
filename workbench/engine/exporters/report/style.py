"""The style of a report: on a screen, and on A4."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

STYLE: Final = """
@page { size: A4; margin: 14mm }
* { box-sizing: border-box }
body { margin: 0; background: #fff; color: #1d2027;
  font: 14px/1.45 system-ui, "Segoe UI", Helvetica, Arial, sans-serif }
main { max-width: 182mm; margin: 0 auto; padding: 16px }
h1 { font-size: 24px; margin: 0 0 4px; overflow-wrap: anywhere }
h2 { font-size: 17px; margin: 28px 0 8px; padding-bottom: 4px; border-bottom: 1px solid #c3c8d1 }
h3 { font-size: 14px; margin: 18px 0 6px }
p { margin: 4px 0 8px; overflow-wrap: anywhere }
.note, caption, footer { color: #596070; font-size: 12px; text-align: left }
.facts { display: flex; flex-wrap: wrap; gap: 8px; margin: 12px 0 0 }
.facts div { border: 1px solid #dcdfe5; border-radius: 6px; padding: 6px 12px; min-width: 96px }
dt { color: #596070; font-size: 12px }
dd { margin: 0; font-size: 17px }
.curves svg { width: 100%; height: auto; display: block }
table { border-collapse: collapse; font-size: 12.5px; width: 100% }
th, td { text-align: left; padding: 3px 8px 3px 0; border-bottom: 1px solid #e9ebf0; vertical-align: top;
  overflow-wrap: anywhere }
th { font-weight: 600 }
.narrow { width: auto }
.narrow th, .narrow td { padding-right: 28px }
.journal td:nth-child(n+3) { color: #596070 }
.journal th:nth-child(4), .journal td:nth-child(4) { white-space: nowrap }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
code { font-size: 11px; overflow-wrap: anywhere }
.columns { display: grid; grid-template-columns: 1fr 1fr; gap: 0 24px; align-items: start }
.matrix { table-layout: fixed; font-size: 11px }
.matrix caption { margin-bottom: 6px }
.matrix td { text-align: center; padding: 4px 2px; border: 1px solid #fff; overflow-wrap: normal; white-space: nowrap }
.matrix th { padding: 2px 6px 2px 0; font-weight: 400; border: 0; overflow: hidden; text-overflow: ellipsis;
  vertical-align: middle }
.matrix th:first-child { width: 21% }
.matrix th[scope=col] { vertical-align: bottom; text-align: left; padding: 2px 0 }
.matrix th span { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 110px; overflow: hidden;
  white-space: nowrap }
.samples { display: grid; grid-template-columns: repeat(6, 1fr); gap: 10px }
figure { margin: 0; font-size: 11px; overflow-wrap: anywhere; break-inside: avoid }
figure img { width: 100%; image-rendering: pixelated; border: 1px solid #dcdfe5; display: block; margin-bottom: 3px }
@media print {
  body { font-size: 10pt; print-color-adjust: exact; -webkit-print-color-adjust: exact }
  main { max-width: none; padding: 0 }
  h2, h3 { break-after: avoid }
  tr, .curves, .matrix, .facts { break-inside: avoid }
}
@media (max-width: 560px) { .columns { grid-template-columns: 1fr } .samples { grid-template-columns: repeat(3, 1fr) } }
"""
_OF_LANGUAGES: Final[Mapping[str, str]] = {
    # The fonts of Apple's systems, of Windows, of Android and of Linux. Lines end between words alone.
    "ko": """body { word-break: keep-all; font-family: system-ui, "Segoe UI", Helvetica, Arial, "Apple SD Gothic Neo",
  "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", "NanumGothic", sans-serif }
svg { font-family: Helvetica, Arial, "Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR",
  "NanumGothic", sans-serif }
"""
}
"""What a language adds: fonts that have its letters."""


def style_in(language: str) -> str:
    """The style of a report in a language, by its code."""
    return STYLE + _OF_LANGUAGES.get(language, "")
