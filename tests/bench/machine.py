"""What a benchmark ran on: results mean nothing without it."""

import os
import platform
from pathlib import Path


def description() -> str:
    """Processor, how many of it this process may use, the load of the last minute, and Python's version."""
    cores = len(os.sched_getaffinity(0))
    return f"{_processor()}, {cores} cores, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
