"""Fixtures for all tests: stores on both engines, a whole instance in memory."""

pytest_plugins = [
    "tests.kit.calls",
    "tests.kit.collector",
    "tests.kit.engines",
    "tests.kit.file_places",
    "tests.kit.loops",
    "tests.kit.stores",
    "tests.kit.trees",
    "tests.kit.turns",
    "tests.kit.folders",
    "tests.kit.workers",
    "tests.kit.world",
    "tests.kit.zygote",
    "tests.kit.pair",
    "tests.kit.properties",
    "tests.kit.desk",
    "tests.kit.oidc",
    "tests.kit.chromium",
]
