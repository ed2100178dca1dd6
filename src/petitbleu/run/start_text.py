"""What the start prints and ``/dev`` shows: where to dial, which key, how to connect."""

from __future__ import annotations

from petitbleu import __version__
from petitbleu.config import Config
from petitbleu.keys import RsaKeys
from petitbleu.run.instance import PUBLIC_PEM

SNIPPET = """\
from telethon.sync import TelegramClient, errors, functions, utils
from telethon.crypto import rsa

rsa._server_keys.clear()
rsa.add_key(open({key!r}).read(), old=False)
client = TelegramClient("petitbleu", 1, "any")
client.session.set_dc({dc}, {host!r}, {port})
phone = input("Your number: ")
try:
    client.start(phone)
except errors.PhoneNumberUnoccupiedError:  # new here: Telethon leaves signing up to you
    proof = client._phone_code_hash[utils.parse_phone(phone)]
    client(functions.auth.SignUpRequest(phone, proof, input("Your name: "), ""))
print("You are", client.get_me().first_name)
"""


def unsigned(fingerprint: int) -> str:
    """A fingerprint as clients print it: 16 hexadecimal digits."""
    return f"{fingerprint & 0xFFFFFFFFFFFFFFFF:016x}"


def info(config: Config, keys: RsaKeys, addresses: list[tuple[str, int]]) -> dict[str, str]:
    """The facts: address, fingerprint, key_path, pem, snippet."""
    host, port = addresses[0]
    dialled = "127.0.0.1" if host == "0.0.0.0" else "::1" if host == "::" else host  # noqa: S104
    path = str((config.data / PUBLIC_PEM).resolve())
    return {
        "address": joined(addresses),
        "fingerprint": unsigned(keys.current.fingerprint),
        "key_path": path,
        "pem": keys.current.pem(),
        "snippet": SNIPPET.format(key=path, dc=config.dc, host=dialled, port=port),
        "url": f"http://{_join(dialled, port)}",
    }


def joined(addresses: list[tuple[str, int]]) -> str:
    """Addresses as people write them."""
    return ", ".join(_join(*address) for address in addresses)


def _join(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _client(config: Config, url: str) -> str:
    """Where a browser finds the web client: by a name, as cookies and passkeys want it."""
    here = url.replace("//127.0.0.1", "//localhost").replace("//[::1]", "//localhost")
    return config.web.app_url.rstrip("/") or config.public_url.rstrip("/") or here


def ready(config: Config, facts: dict[str, str], advice: list[str]) -> str:
    """The lines of the start."""
    lines = [
        f"petitbleu {__version__} is ready.",
        f"  Address      {facts['address']} (MTProto, WebSocket, HTTP)",
        f"  Public key   {facts['key_path']}",
        f"  Fingerprint  {facts['fingerprint']}",
    ]
    if config.web.app:
        lines.insert(1, f"  Browser      {_client(config, facts['url'])}/app")
    if "metrics" in facts:
        lines.append(f"  Metrics      {facts['metrics']}")
    if "domains" in facts:
        lines.append(f"  Domains      {facts['domains']} (/domains/ask)")
    if config.dev:
        lines.append(f"  Developers   {facts['url']}/dev (login codes appear there and here)")
        lines.append("  Test numbers 99966XYYYY sign in with the code XXXXX")
    lines += [f"  Note: {sentence}" for sentence in advice]
    lines += ["", "Connect with Telethon:", ""]
    lines += [f"    {line}" for line in facts["snippet"].splitlines()]
    return "\n".join(lines) + "\n\n"
