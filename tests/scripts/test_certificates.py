from __future__ import annotations

from pathlib import Path

from cryptography import x509

from scripts.local_run import certificates


def test_the_server_is_signed_by_the_authority_and_lasts_no_longer_than_browsers_allow(
    tmp_path: Path,
) -> None:
    certificates.main(tmp_path)
    server, ca = x509.load_pem_x509_certificates((tmp_path / "server.crt").read_bytes())
    server.verify_directly_issued_by(ca)
    assert (server.not_valid_after_utc - server.not_valid_before_utc).days <= 398
    for name in ("ca.key", "server.key"):
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600


def test_good_certificates_are_kept(tmp_path: Path) -> None:
    certificates.main(tmp_path)
    before = (tmp_path / "server.crt").read_bytes()
    certificates.main(tmp_path)
    assert (tmp_path / "server.crt").read_bytes() == before


def test_a_renewal_keeps_the_authority_that_browsers_trust(tmp_path: Path) -> None:
    certificates.main(tmp_path)
    authority = (tmp_path / "ca.crt").read_bytes()
    (tmp_path / "server.crt").unlink()
    certificates.main(tmp_path)
    assert (tmp_path / "ca.crt").read_bytes() == authority
    server, ca = x509.load_pem_x509_certificates((tmp_path / "server.crt").read_bytes())
    server.verify_directly_issued_by(ca)
