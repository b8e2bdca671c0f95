"""The commands of `safepause`: parsed, carried out and answered, without Qt.

The app answers with `run` the command lines that come over its socket; the command line does so
itself if no app runs. Package `client` knows how the two find each other.
"""

from safepause.commands.declaration import STANDARD_STREAM, Confirmation, Process, Request
from safepause.commands.handlers import run
from safepause.commands.host import Host
from safepause.commands.parser import parse, wants_json
from safepause.commands.reply import Exit, Reply, done, problem
from safepause.commands.spec import AGO

__all__ = [
    "AGO",
    "STANDARD_STREAM",
    "Confirmation",
    "Exit",
    "Host",
    "Process",
    "Reply",
    "Request",
    "done",
    "parse",
    "problem",
    "run",
    "wants_json",
]
