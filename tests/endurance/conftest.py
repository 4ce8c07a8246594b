"""What is killed and what the engine is asked here use the helpers of the acceptance tests and of the engine's unit tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "core" / "engine"))
sys.path.insert(0, str(Path(__file__).parents[1] / "acceptance"))
sys.path.insert(0, str(Path(__file__).parents[1] / "workflows"))
