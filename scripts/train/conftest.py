"""What needs PyTorch is collected only where it is installed."""

from importlib.util import find_spec

collect_ignore = [] if find_spec("torch") else ["network.py", "export.py", "tagger.py"]
