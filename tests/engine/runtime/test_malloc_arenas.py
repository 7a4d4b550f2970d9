import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from workbench.engine.runtime.malloc_arenas import return_freed_memory

SCRIPT = """
import threading
from workbench.engine.runtime.malloc_arenas import use_one_malloc_arena

if {shared}:
    use_one_malloc_arena()
import torch

def heaps():
    place = torch.empty(5000).data_ptr()
    for line in open("/proc/self/maps"):
        begin, end = (int(each, 16) for each in line.split()[0].split("-"))
        if begin <= place < end:
            print("[heap]" in line)

thread = threading.Thread(target=heaps)
thread.start()
thread.join()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has several heaps")
@pytest.mark.parametrize("shared", [True, False])
def test_that_a_thread_uses_the_main_arena_where_it_is_shared(shared):
    script = SCRIPT.format(shared=shared)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == str(shared)


def resident_pages():
    return int(Path("/proc/self/statm").read_text().split()[1])


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has malloc_trim")
def test_that_freed_memory_between_blocks_in_use_goes_back_to_the_system():
    blocks = [b"x" * 60_000 + bytes([number % 256]) for number in range(500)]
    kept = blocks[::10]
    before = resident_pages()
    del blocks
    return_freed_memory()
    assert resident_pages() < before - 4000  # of 4 KiB: 15 of the 27 MB
    assert len(kept) == 50
