"""No hook without a user: each one is implemented by a package or a family that ships."""

from __future__ import annotations

from wardflow.families import BUILT_IN
from wardflow.hookspecs import documented
from wardflow.plugins import Plugins
from wardflow.sandbox_bank import SandboxBank


def test_every_hook_has_a_user() -> None:
    bank = SandboxBank("a secret of tests, longer than thirty-two bytes", "http://127.0.0.1")
    plugins = Plugins.load(builtin=(*BUILT_IN, bank))
    assert plugins.left_out == ()
    used = {hook for plugin in plugins.installed for hook, offered in plugin.offers.items() if offered}
    hooks = {name for name, _ in documented()}
    assert hooks - used == set()
