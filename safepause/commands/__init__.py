"""The commands of `safepause`: parsed, carried out and answered, without Qt.

The app answers with `run` what comes over its socket; the command line does so itself while no app
runs. How the two find each other is not known here.
"""

from safepause.commands.arguments import Request, parse, wants_json
from safepause.commands.carry_out import Host, parse_only, run
from safepause.commands.declared import Name
from safepause.commands.exporting import STANDARD_OUTPUT
from safepause.commands.no_app import NoApp
from safepause.commands.replies import Exit, Reply, done, problem

__all__ = [
    "STANDARD_OUTPUT",
    "Exit",
    "Host",
    "Name",
    "NoApp",
    "Reply",
    "Request",
    "done",
    "parse",
    "parse_only",
    "problem",
    "run",
    "wants_json",
]
