"""Every window by keyboard and by ear: names, order and roles of all that the Tab key reaches."""

from __future__ import annotations

from itertools import dropwhile
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox

from safepause.ui.settings.tabs import Tabs
from safepause.ui.theme.scale import LEAST_HIGH, LEAST_WIDE
from safepause.ui.widgets.tab_order import order_stops, stops
from tests.ui.every_window import VIEWS
from tests.ui.told import labels_of, name_of, role_of, tabbed
from tests.ui.view import View, shown

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

Role = QAccessible.Role
ROLES = {
    *(Role.Button, Role.CheckBox, Role.RadioButton, Role.ComboBox, Role.SpinBox),
    *(Role.ButtonMenu, Role.EditableText, Role.List, Role.PageTabList),
}
"""What a person can use."""
OUT = {"Hide", "Quit", "Quick exit"}
"""The ways out, which come after every answer."""
MARKS = set("\u200b\u2066\u2067\u2068\u2069")
_BY_NAME = {view.name: view for view in VIEWS}


@pytest.mark.parametrize("view", VIEWS, ids=list(_BY_NAME))
def test_all_is_named_and_in_order(qapp: QApplication, view: View) -> None:  # noqa: ARG001
    """Each stop of Tab is a thing to use, has a size and a name, and the ways out come last."""
    with shown(view) as window:
        order_stops(window)
        wanted, found = stops(window), tabbed(window)
        assert set(found) == set(wanted)
        turned = [*dropwhile(lambda each: each is not wanted[0], found), *found]
        assert turned[: len(wanted)] == wanted
        names = [name_of(each) for each in wanted]
        lists = [each for each in wanted if isinstance(each, QComboBox)]
        assert all(names)
        assert all(any(labels_of(each)) for each in lists)
        assert not MARKS & set("".join(names))
        assert all(role_of(each) in ROLES for each in wanted), names
        assert all(min(each.width(), each.height()) > 1 for each in wanted)
        out = [name in OUT for name in names]
        assert out == sorted(out), names


@pytest.mark.parametrize("view", VIEWS, ids=list(_BY_NAME))
def test_no_window_begins_with_the_way_out(qapp: QApplication, view: View) -> None:  # noqa: ARG001
    """However a window comes, the first key leaves nothing."""
    with shown(view) as window, shown(view, QSize(LEAST_WIDE, LEAST_HIGH)) as resized:
        for each in (window, resized):
            focused = cast("QWidget | None", each.focusWidget())  # PySide's stub leaves None out
            assert focused is None or name_of(focused) not in OUT


def test_tab_follows_the_layouts(qapp: QApplication) -> None:  # noqa: ARG001
    """The Tab key itself goes from the page to its first answer, and to Hide after the others."""
    with shown(_BY_NAME["return"]) as window:
        reached = []
        for _press in range(4):
            QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
            reached.append(name_of(window.focusWidget()))
        assert reached == ["We're both here", "Not ready yet", "Let it rest today", "Hide"]


def test_a_window_comes_with_its_first_field(qapp: QApplication) -> None:  # noqa: ARG001
    """The keyboard is not on the quick exit, which a space would press."""
    with shown(_BY_NAME["settings-look"]) as window:
        assert name_of(window.focusWidget()) == "Search the settings"


def test_tabs_are_tabs(qapp: QApplication) -> None:  # noqa: ARG001
    """A screen reader hears five tabs and which one is open. The arrow keys go between them."""
    with shown(_BY_NAME["settings-look"]) as window:
        tabs = window.findChild(Tabs)
        assert isinstance(tabs, Tabs)
        told = QAccessible.queryAccessibleInterface(tabs)
        each = [told.child(index) for index in range(tabs.count())]
        assert {tab.role() for tab in each} == {Role.PageTab}
        names = [tab.text(QAccessible.Text.Name) for tab in each]
        assert names == ["You two", "Breathing", "Sound", "Look", "This computer"]
        assert [tab.state().selected for tab in each].index(True) == 3
        del told, each
        tabs.setFocus()
        QTest.keyClick(tabs, Qt.Key.Key_Left)
        assert tabs.tabText(tabs.currentIndex()) == "Sound"
        assert window.focusWidget() is tabs


def test_a_page_scrolls_by_its_keys(qapp: QApplication) -> None:  # noqa: ARG001
    """The part that scrolls is no stop of Tab, and Page Down scrolls it all the same."""
    with shown(_BY_NAME["support"]) as window:
        window.resize(300, 300)
        bar = window.area.verticalScrollBar()  # type: ignore[attr-defined]  # a window has one
        before = bar.value()
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_PageDown)
        assert bar.value() > before
