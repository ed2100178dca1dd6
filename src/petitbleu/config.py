"""Settings, as one typed tree. A leaf: what each means stands here, how they are read in
``run/config.py``.

Sources, later wins: ``DIR/petitbleu.toml``, environment (``PETITBLEU_SMTP__HOST=…``), command-line
flags.
``docs/operate/configuration.md`` is generated from this file (``petitbleu dev config-table``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta


def _doc(text: str) -> Meta:
    return Meta(description=text)


class Smtp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where outgoing mail goes."""

    host: Annotated[str, _doc("Mail server; empty: no mail is sent")] = ""
    port: Annotated[int, _doc("Port of the mail server")] = 587
    username: Annotated[str, _doc("Login, if the server asks for one")] = ""
    password: Annotated[str, _doc("Password of that login")] = ""
    security: Annotated[
        Literal["starttls", "tls", "none"], _doc("How the connection is protected")
    ] = "starttls"
    sender: Annotated[str, _doc("From address, e.g. `Petitbleu <no-reply@example.org>`")] = ""


class Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How login codes travel."""

    webhook_url: Annotated[
        str, _doc("HTTP(S) address that receives {phone, code, text} as JSON, for an SMS gateway")
    ] = ""
    webhook_secret: Annotated[
        str, _doc("Key of the HMAC-SHA256 in the header X-Petitbleu-Signature")
    ] = ""
    length: Annotated[int, _doc("Digits of a code")] = 5
    lifetime: Annotated[int, _doc("Seconds a code is valid")] = 600
    tries: Annotated[int, _doc("Wrong entries before a code is void")] = 5


class MemoryLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers of a ``memory`` rule of ``schema/limits.toml``; None: as packaged."""

    rate: Annotated[float, Meta(gt=0)] | None = None
    burst: Annotated[int, Meta(ge=1)] | None = None


class DurableLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Numbers of a ``durable`` rule."""

    count: Annotated[int, Meta(ge=1)] | None = None
    seconds: Annotated[int, Meta(ge=1)] | None = None


class DailyLimit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The number of a ``daily`` rule."""

    count: Annotated[int, Meta(ge=1)] | None = None


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Budgets per connection and address, and changes of the rules of ``schema/limits.toml`` (both
    lifted on loopback with --dev).
    """

    connections: Annotated[int, _doc("Open connections in all")] = 20000
    connections_per_ip: Annotated[int, _doc("Open connections from one address")] = 256
    handshakes_per_ip: Annotated[int, _doc("Key exchanges begun per minute from one address")] = 60
    handshakes_running: Annotated[
        int, _doc("Key exchanges computed at once; 0: one for each core but one")
    ] = 0
    calls_in_flight: Annotated[int, _doc("Unanswered calls of a session before reading pauses")] = (
        64
    )
    frame_bytes: Annotated[int, _doc("Largest frame before login and inside a session")] = 1 << 21
    send_queue_bytes: Annotated[
        int, _doc("Unsent bytes of a connection before pushes to it stop")
    ] = 4 << 20
    buffered_bytes: Annotated[
        int, _doc("Unfinished frames and requests of all connections together")
    ] = 256 << 20
    buffered_bytes_per_ip: Annotated[
        int, _doc("The same, of those from one address (which a trusted proxy is not)")
    ] = 64 << 20
    handshake_seconds: Annotated[int, _doc("Time for a whole key exchange")] = 60
    idle_seconds: Annotated[int, _doc("Silence after which a connection is closed")] = 600
    memory: Annotated[
        dict[str, MemoryLimit], _doc("Other `rate` and `burst` for calls, by rule (limits.md)")
    ] = {}
    durable: Annotated[
        dict[str, DurableLimit], _doc("Other `count` and `seconds` for rules, by name (limits.md)")
    ] = {}
    daily: Annotated[
        dict[str, DailyLimit], _doc("Other `count` for daily rules, by name (limits.md)")
    ] = {}


class Storage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Room for what people upload, and how it is looked at (docs/operate/media.md)."""

    account_bytes: Annotated[
        int, _doc("Bytes of photos and files one account may hold; 0: no limit")
    ] = 20 << 30
    total_bytes: Annotated[int, _doc("Bytes of all files together; 0: no limit")] = 0
    reserve_bytes: Annotated[
        int, _doc("Free bytes of the disk that uploads leave to the database and the system")
    ] = 512 << 20
    upload_bytes: Annotated[int, _doc("Largest file; clients cut off at 2,097,152,000")] = (
        4000 * 524_288
    )
    upload_hours: Annotated[int, _doc("Unfinished uploads are dropped after so many hours")] = 48
    workers: Annotated[int, _doc("Processes that make thumbnails, started at need")] = 2
    worker_seconds: Annotated[int, _doc("Time for the thumbnails of one file")] = 20
    worker_bytes: Annotated[int, _doc("Memory of such a process")] = 512 << 20
    ffprobe: Annotated[
        str, _doc("Program that measures video and audio, if it is there; empty: never")
    ] = "ffprobe"


class Moderation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reports and measures (docs/operate/moderation.md)."""

    country_header: Annotated[
        str, _doc("Header in which a trusted proxy names a web reader's country, e.g. CF-IPCountry")
    ] = ""
    country_database: Annotated[
        str, _doc("MMDB file with the countries of addresses, for web readers; empty: none")
    ] = ""
    appeal_url: Annotated[
        str, _doc("Where somebody goes against a measure; empty: `public_url`")
    ] = ""
    evidence_days: Annotated[
        int, _doc("How long reported or removed messages are kept from erasure")
    ] = 190
    semi_public_members: Annotated[
        int, _doc("From so many members a chat with an open invite link is taken as semi-public")
    ] = 500
    emergency: Annotated[
        str, _doc("Numbers shown to whoever reports that somebody is in danger")
    ] = "112"


class Previews(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Previews of links (docs/operate/link-previews.md)."""

    enabled: Annotated[bool, _doc("Fetch what links in messages lead to")] = True
    ports: Annotated[tuple[int, ...], _doc("Ports that are connected to")] = (80, 443)
    seconds: Annotated[int, _doc("Time for a page with all its redirects")] = 10
    hours: Annotated[int, _doc("After so long a link that is said again is fetched again")] = 24
    keep_days: Annotated[int, _doc("So long after its fetch a preview is forgotten")] = 365


class Antispam(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The spam filter (docs/operate/spam.md)."""

    languages: Annotated[
        tuple[str, ...], _doc("Languages comments are usual in; empty: texts in any are alike")
    ] = ()
    seed: Annotated[
        bool, _doc("Begin with a model learnt from comments in eight languages; off: know nothing")
    ] = True
    outside_url: Annotated[
        str, _doc("Akismet-compatible service, e.g. https://rest.akismet.com; empty: none is asked")
    ] = ""
    outside_key: Annotated[str, _doc("Key for it")] = ""
    outside_site: Annotated[
        str, _doc("Address of the site the key is for; empty: `public_url`")
    ] = ""
    outside_key_in_host: Annotated[
        bool, _doc("Give the key as the first label of the host too, as older services want")
    ] = False
    outside_milliseconds: Annotated[
        int, _doc("Time for its answer; without one the text is held")
    ] = 300
    outside_email: Annotated[bool, _doc("Tell it authors' e-mail addresses")] = True
    outside_ip: Annotated[
        Literal["whole", "short", "none"], _doc("How much of authors' addresses it is told")
    ] = "short"


class Web(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The web client (docs/operate/web-client.md), and public pages of channels
    (docs/operate/public-pages.md).
    """

    app: Annotated[bool, _doc("People may chat in a browser, at `/app`")] = True
    app_url: Annotated[
        str, _doc("Another address of this server for the web client alone; empty: `public_url`")
    ] = ""
    approval: Annotated[
        bool, _doc("A page that its owner switches on waits for `petitbleu admin channel approve`")
    ] = False
    media_url: Annotated[
        str, _doc("Another address of this server for pictures and files of pages; empty: the same")
    ] = ""
    purge_url: Annotated[
        str, _doc("HTTP(S) address that is told which pages a cache must forget; empty: none")
    ] = ""
    purge_secret: Annotated[
        str, _doc("Key of the HMAC-SHA256 in the header X-Petitbleu-Signature")
    ] = ""
    websub: Annotated[
        bool, _doc("Programs may have the feeds of channels sent to them when these change")
    ] = False


class Newsletter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Newsletters of channels by e-mail (docs/operate/newsletter.md)."""

    sender: Annotated[
        str, _doc("Address newsletters come from, e.g. news@example.org; empty: that of [smtp]")
    ] = ""
    bounces: Annotated[
        str,
        _doc("Where undeliverable mail returns (`+…` is put before the @); empty: nowhere"),
    ] = ""
    dkim_selector: Annotated[
        str, _doc("Selector of the key your mail server signs with; `petitbleu check` looks for it")
    ] = ""
    per_minute: Annotated[
        int, _doc("Mails a minute to the addresses of one domain"), Meta(ge=1)
    ] = 300
    delay: Annotated[
        int, _doc("Seconds a post waits before it is mailed: time to correct it"), Meta(ge=0)
    ] = 300
    imports_per_day: Annotated[
        int, _doc("Addresses of a list that an owner may bring in a day"), Meta(ge=0)
    ] = 10_000
    trust_imports: Annotated[
        tuple[str, ...],
        _doc("Names of channels whose lists count as confirmed: their readers agreed elsewhere"),
    ] = ()


class Imap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A mailbox that the desk reads."""

    host: Annotated[str, _doc("IMAP server; empty: no mailbox is read")] = ""
    port: Annotated[int, _doc("Port of the IMAP server")] = 993
    username: Annotated[str, _doc("Login of the mailbox")] = ""
    password: Annotated[str, _doc("Password of that login")] = ""
    security: Annotated[
        Literal["tls", "starttls", "none"], _doc("How the connection is protected")
    ] = "tls"
    folder: Annotated[str, _doc("Folder that is read")] = "INBOX"
    seconds: Annotated[int, _doc("Pause between looks; with IDLE new letters are seen at once")] = (
        30
    )


class Desk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The desk: mail of authorities and users (docs/operate/desk-mail.md)."""

    addresses: Annotated[
        tuple[str, ...], _doc("Published addresses, e.g. legal@example.org; canaries test each")
    ] = ()
    smtp_listen: Annotated[
        str, _doc("HOST:PORT (loopback) where your mail server hands letters over; empty: nowhere")
    ] = ""
    letter_bytes: Annotated[int, _doc("Largest letter that is taken")] = 35 << 20
    received_by: Annotated[
        str,
        _doc("Name your mail server writes after `by` in Received; empty: the authserv_id"),
    ] = ""
    on_call: Annotated[
        tuple[str, ...], _doc("Addresses alarmed where no member of staff is on call")
    ] = ()
    lead: Annotated[str, _doc("Address of the head of the desk, for alarms")] = ""
    director: Annotated[
        str, _doc("Private address of the director: last step of alarms, weekly proof of reading")
    ] = ""
    dpo: Annotated[str, _doc("Address that gets the head of the log every day")] = ""
    heads: Annotated[
        str,
        _doc("Folder for signed heads of the log, best on another disk; empty: DATA/heads"),
    ] = ""
    witnesses: Annotated[
        tuple[str, ...],
        _doc("Who cosigns heads of the log: `URL NAME+HASH+KEY` of each (desk-log.md)"),
    ] = ()
    quiet_hours: Annotated[
        str,
        Meta(
            pattern=r"^(([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d)?$",
            description="When only critical cases and new urgent ones ring; empty: never quiet",
        ),
    ] = "22:00-07:00"
    webhook_url: Annotated[str, _doc("HTTP(S) address that receives alarms as JSON")] = ""
    webhook_secret: Annotated[
        str, _doc("Key of the HMAC-SHA256 in the header X-Petitbleu-Signature")
    ] = ""
    reveals_per_day: Annotated[
        int, Meta(ge=1, description="Looks at reported media by one person in 24 hours")
    ] = 60
    reveals_per_day_category: Annotated[
        int, Meta(ge=1, description="The same, at media of one category")
    ] = 30
    shift_hours: Annotated[
        int, Meta(ge=1, le=16, description="How long a shift lasts, where its person says nothing")
    ] = 8
    shift_edge_minutes: Annotated[
        int,
        Meta(
            ge=0,
            le=120,
            description="Minutes at both ends of a shift without graphic cases, but critical ones;"
            " 0: none",
        ),
    ] = 30
    secrecy_review_days: Annotated[
        int,
        Meta(
            ge=1,
            le=366,
            description="Days after which somebody looks again whether people may be told of an"
            " order that is secret without an end date",
        ),
    ] = 30
    eu_database_url: Annotated[
        str, _doc("Base of the EU Transparency Database; empty: rows wait for an export")
    ] = ""
    eu_database_token: Annotated[str, _doc("Token for it")] = ""
    imap: Imap = Imap()


class Sso(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sign-in of staff through an OpenID provider (docs/operate/desk-access.md)."""

    issuer: Annotated[
        str, _doc("Issuer, e.g. https://login.example.org/realms/staff; empty: passkeys alone")
    ] = ""
    client_id: Annotated[str, _doc("Name of the desk at the provider")] = ""
    client_secret: Annotated[str, _doc("Its secret; better from a file or the environment")] = ""
    client_secret_file: Annotated[str, _doc("File that holds the secret")] = ""
    name: Annotated[str, _doc("What staff call the provider; shown on the button")] = ""


Role = Literal["gateway", "web", "desk", "jobs"]
"""What a worker does: MTProto and the web client's door, public pages, the desk, deferred work."""
_UNITS = {"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}


class Cluster(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Several workers on one PostgreSQL database (docs/operate/cluster.md)."""

    name: Annotated[
        str,
        Meta(
            pattern=r"^[a-z0-9]([a-z0-9-]{0,30}[a-z0-9])?$",
            description="Name of this cluster on the bus: small letters, digits, hyphens",
        ),
    ] = "main"
    bus: Annotated[
        str,
        _doc("nats://user:password@host:4222,host2:4222 (or tls://); empty: this server is alone"),
    ] = ""
    keys: Annotated[
        str, _doc("Folder of the keys that all workers share; empty: `keys` in the data folder")
    ] = ""
    blobs: Annotated[
        str,
        _doc("s3://bucket/prefix?endpoint=https://… for files; empty: in the data folder"),
    ] = ""
    roles: Annotated[
        tuple[Role, ...], _doc("What a worker does: `gateway`, `web`, `desk`, `jobs`")
    ] = ("gateway", "web", "desk", "jobs")
    drain_seconds: Annotated[
        int,
        Meta(ge=0, description="Seconds over which a worker that is stopped ends its sessions"),
    ] = 30
    disk_cache: Annotated[
        str,
        Meta(
            pattern=r"^[0-9]+ ?([KMGT]iB)?$",
            description="Disk for files kept beside `blobs`, as in 512 MiB; 0: none",
        ),
    ] = "2 GiB"
    presence_per_second: Annotated[
        int, Meta(ge=0, description="Who comes and goes, told to other workers a second at most")
    ] = 10_000
    undelete_days: Annotated[
        int,
        Meta(ge=0, description="Days that files no longer used stay in `blobs`, for a restore"),
    ] = 7

    @property
    def disk_cache_bytes(self) -> int:
        """``disk_cache`` in bytes."""
        digits = self.disk_cache.rstrip("KMGTiB ")
        return int(digits) * _UNITS[self.disk_cache[len(digits) :].strip()]


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything an operator can set."""

    data: Annotated[Path, _doc("Folder of the database, keys and files")] = Path("data")
    listen: Annotated[
        tuple[str, ...], _doc("Addresses to listen on, HOST:PORT (several are allowed)")
    ] = ("127.0.0.1:8080",)
    dev: Annotated[bool, _doc("Developer mode: codes on the console, open sign-up, no limits")] = (
        False
    )
    database: Annotated[
        str, _doc("`sqlite` (in the data folder) or postgresql://user:password@host/name")
    ] = "sqlite"
    public_address: Annotated[
        tuple[str, ...],
        _doc("HOST[:PORT] that clients are told to dial; empty: the address they dialled"),
    ] = ()
    public_url: Annotated[str, _doc("Base of links, e.g. https://chat.example.org")] = ""
    name: Annotated[str, _doc("Name of this instance, shown to people")] = "Petitbleu"
    signup: Annotated[
        Literal["open", "invite", "closed", ""],
        _doc("Who may join; empty: invite, with --dev open"),
    ] = ""
    tls_cert: Annotated[str, _doc("PEM file of the certificate chain (HTTPS and WSS)")] = ""
    tls_key: Annotated[str, _doc("PEM file of its private key")] = ""
    trusted_proxies: Annotated[
        tuple[str, ...],
        _doc("Networks whose X-Forwarded-For and PROXY protocol headers are believed"),
    ] = ()
    metrics_listen: Annotated[
        str, _doc("Serve /healthz and /metrics on this HOST:PORT too; empty: loopback callers only")
    ] = ""
    metrics_hosts: Annotated[
        tuple[str, ...],
        _doc("Names besides its own address under which callers may ask metrics_listen"),
    ] = ()
    domains_listen: Annotated[
        str,
        _doc("Serve /domains/ask on this loopback HOST:PORT too; empty: on the usual port alone"),
    ] = ""
    dc: Annotated[int, _doc("Data centre number of this server")] = 2
    country: Annotated[str, _doc("Country of the operator (ISO 3166), for unknown readers")] = "FR"
    timezone: Annotated[str, _doc("Time zone for display (IANA name)")] = "Europe/Paris"
    languages: Annotated[
        tuple[str, ...], _doc("Who asks for no language that texts are in gets the first of these")
    ] = (
        "fr",
        "en",
    )
    terms_version: Annotated[str, _doc("Version of the terms people accept when they join")] = ""
    terms_text: Annotated[str, _doc("Text of the terms")] = ""
    signin_log_days: Annotated[int, _doc("How long sign-ins with addresses are kept")] = 365
    session_days: Annotated[int, _doc("Sessions unused for this long end by themselves")] = 180
    takeout_delay_hours: Annotated[
        int, _doc("How old a login must be before it may export all data; with --dev 0")
    ] = 24
    event_log_days: Annotated[int, _doc("How long update events are kept")] = 7
    event_log_events: Annotated[int, _doc("How many update events an account keeps")] = 10000
    sqlite_synchronous: Annotated[
        Literal["FULL", "NORMAL"], _doc("FULL: acknowledged means on disk")
    ] = "FULL"
    log_format: Annotated[Literal["text", "json"], _doc("Log lines")] = "text"
    log_level: Annotated[
        Literal["debug", "info", "warning", "error"], _doc("Least severe line")
    ] = "info"
    smtp: Smtp = Smtp()
    codes: Codes = Codes()
    limits: Limits = Limits()
    storage: Storage = Storage()
    moderation: Moderation = Moderation()
    previews: Previews = Previews()
    antispam: Antispam = Antispam()
    web: Web = Web()
    newsletter: Newsletter = Newsletter()
    desk: Desk = Desk()
    sso: Sso = Sso()
    cluster: Cluster = Cluster()

    @property
    def signup_mode(self) -> str:
        """``open``, ``invite`` or ``closed``."""
        return self.signup or ("open" if self.dev else "invite")

    @property
    def keys_folder(self) -> Path:
        """Where the keys are: ``[cluster] keys``, else ``keys`` in the data folder."""
        return Path(self.cluster.keys) if self.cluster.keys else self.data / "keys"
