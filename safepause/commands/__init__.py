"""The commands of `safepause`: parsed, carried out and answered, without Qt.

`run` carries a command line out. The app calls `run` for each command line from its socket. If no
app runs, the process of the command line calls it. Package `client` connects the two processes.
"""

from safepause.commands.declaration import STANDARD_STREAM, Confirmation, Process, Request
from safepause.commands.handlers import run
from safepause.commands.host import Host
from safepause.commands.parser import parse, wants_json
from safepause.commands.reply import Exit, Reply, done, problem
from safepause.commands.spec import AGO, ASKED_AT, BY, is_question

__all__ = [
    "AGO",
    "ASKED_AT",
    "BY",
    "STANDARD_STREAM",
    "Confirmation",
    "Exit",
    "Host",
    "Process",
    "Reply",
    "Request",
    "done",
    "is_question",
    "parse",
    "problem",
    "run",
    "wants_json",
]
