"""The frame of an HTML page that loads nothing and runs nothing."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def html_page(title: str, style: str, body: str) -> str:
    """The page, with its title as its heading too; title and body are HTML already.

    >>> html_page("Rows &amp; cells", "", "<p>None.</p>").splitlines()[10:12]
    ['<h1>Rows &amp; cells</h1>', '<p>None.</p>']
    """
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""
