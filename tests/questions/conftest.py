"""The questions are read by `test_questions`, not collected."""

collect_ignore_glob = ["q*.py", "tables.py"]
