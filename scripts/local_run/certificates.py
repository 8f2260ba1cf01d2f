"""A small certificate authority for this machine, and the server certificate it signs.

Run by the environment's Python (`cryptography`): `python -m scripts.local_run.certificates FOLDER`.
"""

from __future__ import annotations

import ipaddress
import os
import socket
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

CA_DAYS = 3650
SERVER_DAYS = 397
"""Browsers refuse server certificates that live longer."""
RENEW_DAYS = 30


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if not _is_good(folder):
        _make(folder)


def _is_good(folder: Path) -> bool:
    names = ("ca.crt", "ca.key", "server.crt", "server.key")
    if not all((folder / name).exists() for name in names):
        return False
    server = x509.load_pem_x509_certificates((folder / "server.crt").read_bytes())[0]
    alternative = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    named = set(alternative.get_values_for_type(x509.DNSName))
    fresh = server.not_valid_after_utc > datetime.now(UTC) + timedelta(days=RENEW_DAYS)
    return fresh and _host_names() <= named


def _host_names() -> set[str]:
    return {"localhost", socket.gethostname()}


def _make(folder: Path) -> None:
    ca_key, ca = _authority(folder)
    key = ec.generate_private_key(ec.SECP256R1())
    usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH])
    alternative = x509.SubjectAlternativeName(
        [
            *(x509.DNSName(name) for name in sorted(_host_names())),
            x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
            x509.IPAddress(ipaddress.ip_address("::1")),
        ]
    )
    server = (
        _builder(_name("localhost"), key, SERVER_DAYS)
        .issuer_name(ca.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(usage, critical=False)
        .add_extension(alternative, critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()),
            critical=False,
        )
        .sign(ca_key, hashes.SHA256())
    )
    _write(folder / "server.key", _private(key), 0o600)
    _write(folder / "server.crt", _pem(server) + _pem(ca), 0o644)


def _authority(folder: Path) -> tuple[ec.EllipticCurvePrivateKey, x509.Certificate]:
    """Return the authority, kept over renewals so that a browser need trust it only once."""
    if (folder / "ca.key").exists() and (folder / "ca.crt").exists():
        key = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), None)
        ca = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return key, ca
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"CodePlace on {socket.gethostname()}"[:64])
    ca = (
        _builder(name, key, CA_DAYS)
        .issuer_name(name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(folder / "ca.key", _private(key), 0o600)
    _write(folder / "ca.crt", _pem(ca), 0o644)
    return key, ca


def _builder(
    name: x509.Name, key: ec.EllipticCurvePrivateKey, days: int
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        # An hour back: the clock of a virtual machine beside this one may be behind.
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _pem(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(serialization.Encoding.PEM)


def _write(path: Path, content: bytes, mode: int) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        os.fchmod(file.fileno(), mode)
        file.write(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
