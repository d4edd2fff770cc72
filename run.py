"""Concierge from the command line: ``python run.py --help`` lists the verbs."""

import sys

from concierge.kernel.cli import AddonVerb, main

VERBS = {
    "plan": AddonVerb("projects.plan_command:main", "plan a project without a database", needs_app=False),
    "demo": AddonVerb("projects.demo:main", "load the demonstration county", needs_app=True),
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], VERBS))
