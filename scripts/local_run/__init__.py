"""The local run: the whole of CodePlace as processes of this machine, without a container engine.

Nothing here imports a service or a package from outside the standard library, since it makes the
environment that those live in; modules meant for that environment say so.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this is where it is checked
    sys.exit(
        "CodePlace needs Python 3.11 or newer; this is {}.{}.\n"
        "Install one (Debian 12, Ubuntu 24.04 and newer bring it) and name it: "
        "make run PYTHON=python3.11".format(*sys.version_info[:2])
    )
