"""Validates packages in a process of little memory, one line of JSON each: the codes found, and what it took.

python -m tests.validate.limited MEGABYTES PATH...
"""

import json
import resource
import sys
import time
import traceback
from pathlib import Path

from broadsheet.validate import validate_path
from broadsheet.validate.formats import render

FORMATS = ("text", "json", "junit", "sarif", "github", "html")


def main() -> None:
    megabytes, *paths = sys.argv[1:]
    resource.setrlimit(resource.RLIMIT_AS, (int(megabytes) << 20,) * 2)
    for path in paths:
        print(json.dumps(judged(Path(path))), flush=True)


def judged(path: Path) -> dict[str, object]:
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        report = validate_path(path)
        shown = [render(report, form) for form in FORMATS]
    except BaseException:
        return {"path": path.name, "error": traceback.format_exc()[-1500:], "seconds": time.process_time() - begun}
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "path": path.name,
        "codes": sorted({finding.code for finding in report.findings}),
        "ok": report.ok,
        "first": report.findings[0].message[:300] if report.findings else "",
        "longest": max([len(text) for text in shown]),
        "seconds": round(time.process_time() - begun, 2),
        "megabytes": (after - before) >> 10,
    }


if __name__ == "__main__":
    main()
