"""An instance with the fictional team and no matter yet, served by the real server for the journeys."""

import sys
from pathlib import Path


def make(home: Path) -> None:
    """Keys, tables and the team in a fresh folder; runs in a process of its own."""
    from prasan.vault import custody

    (home / "instance.toml").write_text('kind = "demo"\nid = "journey"\n')
    custody.use(home)
    custody.store(custody.new_keyset(), "file")
    custody.make_database_key()
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from prasan import vault
    from prasan.access import rls
    from prasan.demo.team import make_team
    from prasan.policy.actions.seeding import seed_tiers
    from prasan.vault import keys

    call_command("migrate", verbosity=0)
    if django.db.connection.vendor == "postgresql":
        rls.install(django.db.connection.settings_dict["USER"])
    for owner in (keys.INSTANCE, keys.TOKEN, keys.JOURNAL):
        vault.new_key(owner)
    make_team(timezone.now().date())
    seed_tiers()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
