"""Hands on the keyboard only: go to what bears a name, as a screen reader says it, and never touch the mouse."""

import re
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

MOST_TABS = 160
FOCUS_SHOWS = """() => {
  const one = document.activeElement, near = [one, one.closest('label')].filter(Boolean);
  const outlined = style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
  return near.map(place => getComputedStyle(place)).some(style => outlined(style) || style.boxShadow !== 'none');
}"""


@dataclass(frozen=True, slots=True)
class Focused:
    """What has the focus, as Chromium's accessibility tree says it."""

    role: str
    name: str

    def answers(self, name: str, role: str) -> bool:
        """Say whether this is what is looked for: the name begins with ``name``, spaces of any kind alike."""
        said, wanted = (re.sub(r"\s+", " ", text).strip().lower() for text in (self.name, name))
        return said.startswith(wanted) and role in {"", self.role}


class Keyboard:
    """One person at a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._session: CDPSession = page.context.new_cdp_session(page)

    def focused(self) -> Focused:
        """Return what has the focus."""
        found = self._session.send("Runtime.evaluate", {"expression": "document.activeElement"})
        node = {"objectId": found["result"]["objectId"], "fetchRelatives": False}
        said = self._session.send("Accessibility.getPartialAXTree", node)["nodes"][0]
        return Focused(said.get("role", {}).get("value", ""), said.get("name", {}).get("value", ""))

    def go_to(self, name: str, role: str = "", *, backwards: bool = False) -> Focused:
        """Press Tab until the focus is on ``name``; fail with what was met on the way."""
        met: list[str] = []
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
            here = self.focused()
            if here.answers(name, role):
                assert self.page.evaluate(FOCUS_SHOWS), f"« {here.name} » a le focus, et rien ne le montre"
                return here
            met.append(f"{here.role} « {here.name} »")
        raise AssertionError(f"Tab ne mène pas à « {name} ». Rencontré : {'; '.join(dict.fromkeys(met))}")

    def open(self, name: str, role: str = "") -> None:
        """Go to a link or a button, press Enter, and wait for the page it leads to."""
        self.go_to(name, role)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, text: str) -> None:
        """Type as a person does, key after key."""
        self.page.keyboard.type(text, delay=0)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def choose(self, text: str, wanted: str) -> None:
        """In a field that completes itself: type, go down to the line that begins with ``wanted``, Enter."""
        self.type(text)
        box = self.page.locator(":focus")
        options = self.page.locator(f"#{box.get_attribute('aria-controls')} [role=option]")
        options.filter(has_text=wanted).first.wait_for(state="visible")
        for _ in range(options.count()):
            self.press("ArrowDown")
            said = self.page.locator(f"#{box.get_attribute('aria-activedescendant')}").inner_text()
            if said.startswith(wanted):
                self.press("Enter")
                return
        raise AssertionError(f"« {wanted} » n’est pas proposé pour « {text} » : {options.all_inner_texts()}")

    def choose_radio(self, name: str) -> None:
        """Inside a group of choices: arrow keys until ``name`` is chosen."""
        met: list[str] = []
        for _ in range(12):
            here = self.focused()
            if here.answers(name, "radio"):
                self.press("Space")
                return
            met.append(here.name)
            self.press("ArrowRight")
        raise AssertionError(f"les flèches ne mènent pas à « {name} » : {met}")
