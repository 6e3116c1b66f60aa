"""What `prasan help` lists: our own commands first, each with its sentence; Django's afterwards by name."""

import sys

from django.core.management import get_commands, load_command_class

ORDER = ("demo", "init", "serve", "worker", "doctor", "import", "figures", "clock", "verify", "backup", "restore",
         "keys", "move", "upgrade")  # fmt: skip


def show() -> None:
    """Print the list."""
    import django

    django.setup()
    commands = get_commands()
    ours = [name for name in ORDER if str(commands.get(name)).startswith("prasan.")]
    ours += sorted(n for n, app in commands.items() if str(app).startswith("prasan.") and n not in ours)
    sys.stdout.write("prasan: casework for multidisciplinary teams against human trafficking\n\n")
    for name in ours:
        sys.stdout.write(f"  {name:10} {load_command_class(commands[name], name).help}\n")
    sys.stdout.write(
        "\n`prasan COMMAND --help` tells its options. The instance folder is PRASAN_HOME, PostgreSQL is named by\n"
        "DATABASE_URL. Of Django's own commands: check, migrate, makemessages, compilemessages, shell.\n"
    )


def warm() -> None:
    """Load what a command and the server load, so that it is compiled already when they start."""
    import os

    import django
    from django.urls import get_resolver

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prasan.conf.settings")
    django.setup()
    commands = get_commands()
    for name in ORDER:
        if name in commands:
            load_command_class(commands[name], name)
    __import__("granian")
    list(get_resolver().url_patterns)
