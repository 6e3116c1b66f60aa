"""The acts of policy: recommendations and measures; tiers and official figures are seeded from the packs."""

from .recommendations import enter_in_error, record_measure, record_recommendation
from .seeding import seed_official_figures, seed_tiers

__all__ = ["enter_in_error", "record_measure", "record_recommendation", "seed_official_figures", "seed_tiers"]
