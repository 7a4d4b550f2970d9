import os
import platform
import subprocess
import sys

import pytest

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
