"""The door for Python."""

import os
import runpy

# By its path, for `experiments` may be the very package that is not ours.
_packages = os.path.join(os.path.dirname(os.path.dirname(os.path.realpath(__file__))), "experiments", "packages.py")
runpy.run_path(_packages)["check_packages"]()
