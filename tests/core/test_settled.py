"""What a process holds for good stays where it is and as it was."""

from __future__ import annotations

import gc

from wardflow.settled import settle, stretches

MAPS = """\
00400000-00401000 r-xp 00000000 fe:00 1  /usr/bin/python3
55d000100000-55d000900000 rw-p 00000000 00:00 0  [heap]
7f0000001000-7f0000200000 rw-p 00000000 00:00 0 
7f0000200000-7f0000700000 rw-p 00000000 00:00 0 
7f0000800000-7f0000c00000 rw-s 00000000 00:05 9  /dev/shm/shared
7f0001000000-7f0001400000 r--p 00000000 00:00 0 
7ffd00000000-7ffd00800000 rw-p 00000000 00:00 0  [stack]
"""


def test_only_whole_large_pages_of_the_processs_own_memory_are_meant() -> None:
    assert list(stretches(MAPS)) == [(0x55D000200000, 0x55D000800000), (0x7F0000200000, 0x7F0000600000)]


def test_what_was_there_is_passed_over_by_the_collector_and_unchanged() -> None:
    kept = [[number] for number in range(100_000)]
    try:
        settle()
        assert gc.get_freeze_count() > len(kept)
        assert all(each == [number] for number, each in enumerate(kept))
    finally:
        gc.unfreeze()
