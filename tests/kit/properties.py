"""How hypothesis runs: how fast a machine makes examples is nobody's fault."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("petitbleu", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("petitbleu")
