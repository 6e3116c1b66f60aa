"""Finds the browser of the journeys, or gets one: Debian's package, else Playwright's own, else a sentence."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str:
    """The program to hand to Playwright as `executable_path`; "" where none is installed."""
    for name in (os.environ.get("PRASAN_CHROMIUM", ""), *NAMES):
        found = shutil.which(name) if name else None
        if found:
            return found
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    places = sorted(cache.glob("chromium*/chrome*/*"))
    return next((str(p) for p in reversed(places) if p.is_file() and os.access(p, os.X_OK)), "")


def missing() -> str:
    """Get a browser when there is none; what to do about it in a sentence, or "" when there is one."""
    if find():
        return ""
    if hasattr(os, "getuid") and os.getuid() == 0 and shutil.which("apt-get"):
        sys.stdout.write("Installing chromium ...\n")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *command], env=quiet, stdout=subprocess.DEVNULL, check=False)
    if not find():
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    return "" if find() else (
        "no Chromium was found and none could be fetched: install the package chromium, or name one by PRASAN_CHROMIUM"
    )  # fmt: skip
