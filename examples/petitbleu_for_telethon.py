"""Points Telethon at another server and signs somebody up there (or in, the next time)."""

from telethon import TelegramClient, functions, types
from telethon.crypto import rsa


def trust_only(pem):
    """Forget Telegram's keys: only this server is talked to."""
    rsa._server_keys.clear()
    rsa.add_key(pem, old=False)


async def sign_up(host, port, name, phone, code):
    """A connected client of somebody called ``name``."""
    client = TelegramClient(f"example-{phone}", 1, "any")
    client.session.set_dc(2, host, int(port))
    await client.connect()
    sent = await client.send_code_request(phone)
    request = functions.auth.SignInRequest(phone, sent.phone_code_hash, code)
    done = await client(request)
    if isinstance(done, types.auth.AuthorizationSignUpRequired):
        request = functions.auth.SignUpRequest(phone, sent.phone_code_hash, name, "")
        done = await client(request)
    await client._on_login(done.user)
    return client
