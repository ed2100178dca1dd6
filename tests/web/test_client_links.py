"""Pages of the other doors lead to the web client, unless it is switched off."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.kit.web import WebClient
from tests.kit.world import World
from tests.web.public import channel
