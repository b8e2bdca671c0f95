"""The commands of `safepause`: parsed, carried out and answered, without Qt.

The app answers with `run` what comes over its socket; the command line does so itself while no app
runs. How the two find each other is not known here.
"""

from safepause.commands.export_file import STANDARD_OUTPUT
from safepause.commands.handlers import Host, parse_only, run
from safepause.commands.offline_host import OfflineHost
from safepause.commands.parser import Request, parse, wants_json
from safepause.commands.reply import Exit, Reply, done, problem
from safepause.commands.spec import Name

__all__ = [
    "STANDARD_OUTPUT",
    "Exit",
    "Host",
    "Name",
    "OfflineHost",
    "Reply",
    "Request",
    "done",
    "parse",
    "parse_only",
    "problem",
    "run",
    "wants_json",
]
