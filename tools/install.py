"""Makes the virtual environment and installs what a profile needs: `python3 -m tools.install runtime|dev`."""

import sys

OLDEST = (3, 11)
if sys.version_info < OLDEST:
    sys.exit(
        "This needs Python {}.{} or newer, and {} is {}.{}. "
        "Install a newer Python, and name it: make PYTHON=python3.12 …".format(
            *OLDEST, sys.executable, *sys.version_info[:2]
        )
    )

from tools.front_end import build_static, install_npm  # noqa: E402 an older Python would stop here without a sentence
from tools.python_packages import install_packages, make_venv  # noqa: E402 as above
from tools.steps import SetUpError, stop_with_a_sentence  # noqa: E402 as above


def install(profile: str) -> None:
    """Install the profile `runtime` (to serve the product) or `dev` (to test it as well)."""
    make_venv()
    install_packages(profile)
    install_npm(profile)
    build_static()


if __name__ == "__main__":
    try:
        install(sys.argv[1])
    except SetUpError as error:
        sys.exit(stop_with_a_sentence(error))
