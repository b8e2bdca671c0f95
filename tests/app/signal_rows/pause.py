"""The signals of the pause window and of its pages."""

from __future__ import annotations

from safepause.core.origin import Origin
from safepause.core.pause import Extend, LetGo, Return, Start, Undo
from safepause.ui.pause.breathing_page import BreathingPage
from safepause.ui.pause.calm_check_page import CalmCheckPage
from safepause.ui.pause.extend_page import ExtendPage
from safepause.ui.pause.rest_page import RestPage
from safepause.ui.pause.restart_page import RestartPage
from safepause.ui.pause.return_page import ReturnPage
from safepause.ui.pause.say_page import SayPage
from safepause.ui.pause.words_page import TrustedPage
from safepause.ui.windows.home import HomeWindow
from safepause.ui.windows.support import SupportWindow
from tests.app import effects as e
from tests.app import scenes as s
from tests.app import senders as by
from tests.app.signal_rows.row import LATER, MORE, SignalRow

WINDOW = Origin.WINDOW

ROWS = (
    SignalRow("PausePages.undo_requested", s.paused, by.window, e.did(Undo, WINDOW)),
    SignalRow("PausePages.return_requested", s.paused, by.window, e.did(Return, WINDOW)),
    SignalRow(
        "PausePages.more_time_requested", s.paused, by.window, e.did(Extend, WINDOW), (MORE,)
    ),
    SignalRow("PausePages.let_go_requested", s.due, by.window, e.did(LetGo, WINDOW)),
    SignalRow("PausePages.pause_again_requested", s.ended, by.window, e.did(Start, WINDOW)),
    SignalRow("PausePages.small_restart_requested", s.due, by.window, e.on_page(RestartPage)),
    SignalRow("PausePages.small_restart_requested", s.due, by.window, e.did(Return, WINDOW)),
    SignalRow("PausePages.talk_requested", s.ended, by.window, e.plans_talk, (LATER,)),
    SignalRow("PausePages.look_back_wanted", s.ended, by.window, e.plans_look_back, (True,)),
    SignalRow("PausePages.support_requested", s.due, by.window, e.opened(SupportWindow)),
    SignalRow("PausePages.hidden_by_person", s.home_waits, by.window, e.opened(HomeWindow)),
    SignalRow("Background.painted", s.paused, by.window, e.watches),
    SignalRow("Page.outgrown", s.squeezed, by.page, e.has_room),
    SignalRow("Page.hide_requested", s.paused, by.page, e.gone),
    SignalRow("Page.hide_requested", s.resting, by.page, e.gone),
    SignalRow("Page.hide_requested", s.due, by.page, e.gone),
    SignalRow("Page.hide_requested", s.choosing, by.page, e.gone),
    SignalRow("Page.hide_requested", s.ended, by.page, e.gone),
    SignalRow("Orb.finished", s.paused, by.orb, e.on_page(RestPage)),
    SignalRow("BreathingPage.undo_requested", s.paused, by.page, e.did(Undo, WINDOW)),
    SignalRow(
        "BreathingPage.say_requested", s.paused, by.page, e.on_page(SayPage), ("I'll be back.",)
    ),
    SignalRow(
        "StillView.say_requested", s.paused, by.still, e.on_page(SayPage), ("I'll be back.",)
    ),
    SignalRow("SayPage.back_requested", s.saying, by.page, e.on_page(BreathingPage)),
    SignalRow("BreathingPage.rest_requested", s.paused, by.page, e.on_page(RestPage)),
    SignalRow("RestPage.breathe_requested", s.resting, by.page, e.on_page(BreathingPage)),
    SignalRow("RestPage.check_requested", s.resting, by.page, e.on_page(CalmCheckPage)),
    SignalRow("RestPage.sleep_requested", s.resting, by.page, e.did(Extend, WINDOW), (LATER,)),
    SignalRow("SleepButton.chosen", s.resting, by.sleep, e.did(Extend, WINDOW), (LATER,)),
    SignalRow("SleepButton.chosen", s.paused, by.sleep, e.did(Extend, WINDOW), (LATER,)),
    SignalRow("CalmCheckPage.back_requested", s.checking, by.page, e.on_page(RestPage)),
    SignalRow("CalmCheckPage.timed", s.counting, by.page, e.says("30 seconds left")),
    SignalRow("PulsePanel.timed", s.counting, by.pulse, e.says("30 seconds left")),
    SignalRow("RatingRow.rated", s.rated, by.rating, e.says("This is low")),
    SignalRow("RestPage.return_requested", s.resting, by.page, e.did(Return, WINDOW)),
    SignalRow("ReturnPage.return_requested", s.due, by.page, e.did(Return, WINDOW)),
    SignalRow("ReturnPage.more_time_wanted", s.due, by.page, e.on_page(ExtendPage)),
    SignalRow("ReturnPage.let_go_requested", s.due, by.page, e.did(LetGo, WINDOW)),
    SignalRow("ReturnPage.not_yet", s.set_back, by.page, e.on_page(RestPage)),
    SignalRow("ExtendPage.chosen", s.choosing, by.page, e.did(Extend, WINDOW), (LATER,)),
    SignalRow("ExtendPage.back_requested", s.choosing, by.page, e.on_page(ReturnPage)),
    SignalRow("ExtendPage.return_requested", s.choosing, by.page, e.did(Return, WINDOW)),
    SignalRow("ExtendPage.let_go_requested", s.choosing, by.page, e.did(LetGo, WINDOW)),
    SignalRow("ExtendPage.small_restart_requested", s.choosing, by.page, e.on_page(RestartPage)),
    SignalRow("ExtendPage.trusted_wanted", s.choosing, by.page, e.on_page(TrustedPage)),
    SignalRow("TrustedPage.back_requested", s.trusting, by.page, e.on_page(ExtendPage)),
    SignalRow("EarlyPage.return_requested", s.asked_early, by.page, e.did(Return, WINDOW)),
    SignalRow("EarlyPage.rest_wanted", s.asked_early, by.page, e.on_page(BreathingPage)),
    SignalRow("RestartPage.pause_again_requested", s.ended, by.page, e.did(Start, WINDOW)),
    SignalRow(
        "RestartPage.step_shown", s.at_close_unasked, by.page, e.says("with your computer?"), (3,)
    ),
    SignalRow("RestartPage.talk_requested", s.ended, by.page, e.plans_talk, (LATER,)),
    SignalRow("RestartPage.look_back_wanted", s.ended, by.page, e.plans_look_back, (True,)),
    SignalRow("WhoStep.chosen", s.ended, by.who_step, e.takes_turns, (1,)),
    SignalRow("CloseStep.talk_requested", s.ended, by.close_step, e.plans_talk, (LATER,)),
    SignalRow("CloseStep.look_back_wanted", s.ended, by.close_step, e.plans_look_back, (True,)),
    SignalRow("RestartPage.autostart_wanted", s.closing, by.page, e.starts_with_computer),
)
