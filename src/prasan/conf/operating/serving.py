"""Starts the server: the refusals first, then one worker with four threads, and the background beside it."""

import logging
import multiprocessing
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from prasan.conf.environment import instance
from prasan.vault import custody

from . import fitness
from .background import Background
from .speaking import Stop

KILL_AFTER = 5


def refuse_unfit() -> None:
    """The refusals of `prasan doctor` that concern the running system; the demo only needs its tables."""
    if instance().get("kind") == "demo":
        pending = list(fitness.migrations())
        if pending:
            raise Stop(pending[0].sentence)
        return
    found = fitness.stopping(fitness.examine())
    if found:
        told = "\n".join(f"- {f.sentence}" for f in found)
        raise Stop(_("Not served, because this instance is not fit:") + "\n" + told)


def refuse_taken(host: str, port: int) -> None:
    """A port that somebody listens on is one sentence, not a crash later."""
    if not 0 <= port < 65536:
        raise Stop(_("%(port)s is not a port: choose one from 1024 to 65535.") % {"port": port})
    try:
        family, _kind, _proto, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except PermissionError:
        raise Stop(_("Port %(port)s is not allowed for this user: choose one above 1024.") % {"port": port}) from None
    except OSError:
        raise Stop(_("Port %(port)s is taken: choose another with --port.") % {"port": port}) from None


def no_core_dumps() -> None:
    """A crash must not write keys to the disk."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def banner(say: Callable[[str], None]) -> None:
    """Which custody is in force and when an escrow was last verified: shown at every start."""
    from prasan.vault import escrow

    record, kept = custody.described(), escrow.verified()
    since = kept.verified_at.date().isoformat() if kept and kept.verified_at else _("never")
    say(_("Keys: custody %(kind)s, key %(id)s, escrow verified: %(since)s.") % {
        "kind": record["kind"], "id": record["key_id"], "since": since,
    })  # fmt: skip


def serve(
    host: str, port: int, say: Callable[[str], None], *, certificate: Path | None = None, key: Path | None = None
) -> None:
    """Serve until a signal; SIGTERM and Ctrl-C end it within seconds."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    custody.instance_aead()
    custody.hand_down()
    no_core_dumps()
    os.environ["PRASAN_HOME"] = str(custody.place().home.resolve())
    logging.getLogger("_granian").setLevel(logging.WARNING)
    # The worker must not be a fork of a process with threads and an open database: it could start with a lock
    # that nobody will ever release, and then answers nothing.
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "prasan.conf.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=1,
        blocking_threads=4, workers_kill_timeout=KILL_AFTER, log_level=LogLevels.warning, websockets=False,
        ssl_cert=certificate, ssl_key=key,
    )  # fmt: skip
    background = Background()
    background.start()
    shown = "localhost" if host in {"127.0.0.1", "::1", "localhost", "0.0.0.0"} else host  # noqa: S104
    say(f"{'https' if certificate else 'http'}://{shown}:{port}")
    try:
        server.serve()
    finally:
        background.stop()
        background.join(timeout=KILL_AFTER)
