"""The report as a page: failing cells stand marked in their rows, and nothing is hidden."""

import re

from broadsheet.validate.formats import render
from broadsheet.validate.formats.html import BESIDE
from broadsheet.validate.report import Finding, Listed, Report


def cells_of(text, row):
    """The cells of a line of the page's tables, as they stand."""
    (line,) = [line for line in text.splitlines() if line.startswith("<tr>") and row in line]
    return re.findall(r"<td[^>]*>(?:(?!</td>).)*</td>", line)


def test_a_failing_cell_is_marked_among_its_neighbours(bad_report):
    cells = cells_of(render(bad_report, "html"), "2021-13-45&#x27; is no date")
    assert '<td class="cell">2021-13-45</td>' in cells
    assert cells[0] == '<td class="where">row 3<br>line 4<br>e2</td>'
    assert cells[2:] == [
        "<td>e2</td>",
        '<td class="cell">2021-13-45</td>',
        "<td>Herat</td>",
        "<td>&lt;script&gt;alert(1)&lt;/script&gt;</td>",
    ]


def test_a_missing_cell_is_said_to_be_missing(bad_report):
    assert '<td class="cell missing">missing</td>' in cells_of(render(bad_report, "html"), "is missing but required")


def test_few_columns_stand_around_a_cell_and_the_first_is_among_them():
    fields = tuple(f"f{number}" for number in range(40))
    finding = Finding("type-error", "so", "t", 2, "f20", cells=fields)
    page = render(Report((finding,), (), (Listed("t", ("t.csv",), fields),)), "html")
    heads = re.findall(r'<th scope="col">(f\d+)</th>', page)
    assert heads == ["f0", *(f"f{number}" for number in range(20 - BESIDE, 21 + BESIDE))]


def test_every_check_stands_with_its_outcome_and_why(bad_report):
    page = render(bad_report, "html")
    table = page[page.index("<h2>Every check</h2>") :]
    assert table.count("<tr>") == len(bad_report.checks) + 1
    assert "none of its files can be read" in table


def test_the_page_loads_nothing_and_suits_dark_narrow_and_printed(bad_report):
    page = render(bad_report, "html")
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|img|link|iframe)|src=|url\(|@import", page)
    assert "prefers-color-scheme: dark" in page
    assert "@media print" in page
    assert 'name="viewport"' in page
    assert set(re.findall(r'href="([^"]*?)(?:/#|/")', page)) <= {
        f"https://datapackage.org/standard/{name}" for name in ("table-schema", "data-resource", "data-package")
    }
