"""The server the clients talk to: ``petitbleu serve --dev`` with a test certificate for
WebSocket, alone or several behind HAProxy.
"""

from __future__ import annotations

import datetime
import ipaddress
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from petitbleu.bench.server import HOST, Server
from tests.kit.proxied import ProxiedCluster


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A self-signed certificate for 127.0.0.1: (certificate, key), both PEM files."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "petitbleu test")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=7))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HOST))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    certificate_file, key_file = folder / "certificate.pem", folder / "key.pem"
    certificate_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_file, key_file


def start(folder: Path, database: str) -> tuple[Server, dict[str, Any]]:
    """A running server on that database (a URL, or ``sqlite``), and what a driver must know of
    it.
    """
    certificate, key = make_certificate(folder)
    server = Server(
        folder / "data",
        database=database,
        arguments=("--dev", "--tls-cert", str(certificate), "--tls-key", str(key)),
    )
    server.start()
    return server, _settings(server, certificate)


def start_cluster(folder: Path, workers: int) -> tuple[ProxiedCluster, dict[str, Any]]:
    """So many workers behind HAProxy, to which connections go in turn: no two of a client reach the
    same one but by chance.
    """
    certificate, key = make_certificate(folder)
    cluster = ProxiedCluster(workers, flags=("--tls-cert", str(certificate), "--tls-key", str(key)))
    cluster.start()
    return cluster, _settings(cluster, certificate)


def _settings(server: Server | ProxiedCluster, certificate: Path) -> dict[str, Any]:
    return {
        "host": HOST,
        "port": server.port,
        "key": server.public_key(),
        "certificate": str(certificate),
        "workers": server.count if isinstance(server, ProxiedCluster) else 1,
    }
