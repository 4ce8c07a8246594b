"""The engine's endurance tests use the helpers of its unit tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "core" / "engine"))
