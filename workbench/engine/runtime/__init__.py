"""The machine: devices, threads, compilation, versions."""
