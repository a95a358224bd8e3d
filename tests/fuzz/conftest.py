"""What pytest must not import: atheris is installed by those only who fuzz with it."""

collect_ignore = ["guided.py"]
