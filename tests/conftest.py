"""Property tests do not depend on how busy the machine is: no deadline, no limit on draws a second."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

settings.register_profile("any load", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any load")
