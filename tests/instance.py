"""An instance of its own for each test process: a temporary folder, fresh keys, loaded before the settings."""

import atexit
import gc
import os
import shutil
import tempfile
from pathlib import Path

from prasan.vault import custody

# Thousands of short tests: looking for cycles at every turn costs a twentieth of the run.
gc.set_threshold(200_000, 20, 100)
HOME = Path(tempfile.mkdtemp(prefix="prasan-test-"))
os.environ["PRASAN_HOME"] = str(HOME)
os.environ.setdefault("PRASAN_TLS", "false")
custody.use(HOME)
custody.store(custody.new_keyset(), "file")
custody.make_database_key()
(HOME / "instance.toml").write_text('kind = "test"\nid = "test"\n')
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
