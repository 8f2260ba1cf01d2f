"""Remembers the machine's packet filter before an engine starts, and puts it back afterwards.

The engine sets the FORWARD policy to DROP and adds chains of its own; neither goes away with it.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

FORWARDING = Path("/proc/sys/net/ipv4/ip_forward")
CHAINS = {
    "filter": ("INPUT", "FORWARD", "OUTPUT"),
    "nat": ("PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"),
}


class Firewall:
    """The packet filter and the forwarding switch as they were."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def remember(self) -> None:
        """Keep what is there; a table that nobody has used yet is kept as an empty one."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "forwarding").write_text(FORWARDING.read_text())
        saved = subprocess.run(["iptables-save"], capture_output=True, text=True, check=False)
        tables = [saved.stdout]
        for table, chains in CHAINS.items():
            if f"*{table}" not in saved.stdout:
                tables.append(_empty(table, chains))
        (self.folder / "rules").write_text("".join(tables))

    def restore(self) -> None:
        """Put the kept rules and the switch back."""
        rules = self.folder / "rules"
        if not rules.exists():
            return
        subprocess.run(["iptables-restore", rules], capture_output=True, check=True)
        FORWARDING.write_text((self.folder / "forwarding").read_text())


def _empty(table: str, chains: tuple[str, ...]) -> str:
    lines = [f"*{table}", *(f":{chain} ACCEPT [0:0]" for chain in chains), "COMMIT"]
    return "\n".join(lines) + "\n"
