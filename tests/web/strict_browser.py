"""A browser without JavaScript that refuses what a careful reader of HTML would refuse."""

from collections import Counter
from typing import Any, Dict, List, Optional
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import requests

NOT_TYPED_IN = ("hidden", "submit", "button", "reset", "image")
REFERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")


class Page:
    """A page that was parsed without a single error."""

    def __init__(self, response: requests.Response):
        self.response = response
        self.status = response.status_code
        self.address = response.url
        self.tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(response.text)
        for line_break in self.tree.iter("br"):
            line_break.tail = f" {line_break.tail or ''}"
        self.parents = {child: parent for parent in self.tree.iter() for child in parent}
        self.text = words(self.find("body"))

    def all(self, tag: Optional[str] = None, **attributes: str) -> List[Element]:
        """Return the elements with a tag and attributes; class_ stands for class, aria_label for aria-label."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.tree.iter(tag)
            if isinstance(element.tag, str)
            and all(element.get(name) == value for name, value in wanted.items())
        ]

    def find(self, tag: Optional[str] = None, **attributes: str) -> Element:
        """Return the first such element."""
        found = self.all(tag, **attributes)
        assert found, f"no {tag} with {attributes} on {self.address}"
        return found[0]

    def alert(self) -> str:
        """Return what the page says went wrong."""
        return " ".join(
            words(element) for element in self.all(role="alert") if not self._inside(element, "template")
        )

    def messages(self, role: str) -> List[str]:
        """Return the texts of the conversation's messages of a role."""
        log = self.find(id="chat-log")
        return [
            words(part)
            for article in log.iter("article")
            if article.get("data-role") == role
            for part in article.iter("div")
            if part.get("class") == "chat-message__text"
        ]

    def form(self, action: str, holding: str = "") -> Element:
        """Return the form that posts to an address and holds a field of a name."""
        for form in self.all("form", action=action):
            if not holding or any(field.get("name") == holding for field in form.iter()):
                return form
        raise AssertionError(f"no form to {action} with {holding!r} on {self.address}")

    def check(self) -> None:
        """Raise AssertionError for what makes a page hard to use, though it parses."""
        ids = Counter(element.get("id") for element in self.all() if element.get("id") is not None)
        assert [name for name, count in ids.items() if count > 1 or not name] == [], "ids that are not unique"
        assert self.find("html").get("lang") == "da"
        assert words(self.find("title")).strip(" –")
        assert len(self.all("h1")) == 1, "a page has one main heading"
        assert len(self.all("main")) == 1
        for name in REFERS:
            for element in self.all():
                missing = set((element.get(name) or "").split()) - set(ids)
                assert not missing, f"{name} of a {element.tag} names {missing}, which is not there"
        for field in [*self.all("input"), *self.all("textarea"), *self.all("select")]:
            if field.get("type") not in NOT_TYPED_IN:
                assert self._label(field), f"{field.get('name')} has no label"
        for element in [*self.all("a"), *self.all("button")]:
            assert words(element) or element.get("aria-label"), (
                f"a {element.tag} to {element.get('href')} without words"
            )
        for image in self.all("img"):
            assert image.get("alt") is not None
        for element in self.all():
            handlers = [name for name in element.attrib if name.startswith("on")]
            assert not handlers, "the security policy lets no inline script run"
            assert element.get("style") is None, "the security policy lets no inline style apply"

    def links(self) -> List[str]:
        """Return the addresses on our own server that the page leads to or loads."""
        found = [element.get(name) for element in self.all() for name in ("href", "src", "action")]
        addresses = [urljoin(self.address, address).partition("#")[0] for address in found if address]
        own = urlsplit(self.address).netloc
        return sorted({address for address in addresses if urlsplit(address).netloc == own})

    def _label(self, field: Element) -> str:
        if field.get("aria-label"):
            return field.get("aria-label") or ""
        labels = self.all("label", for_=field.get("id") or "?")
        return words(labels[0]) if labels else words(self._inside(field, "label"))

    def _inside(self, element: Element, tag: str) -> Optional[Element]:
        while element in self.parents:
            element = self.parents[element]
            if element.tag == tag:
                return element
        return None


class StrictBrowser:
    """Keeps cookies, follows redirects, and checks every page it is shown."""

    def __init__(self, address: str):
        self.address = address
        self.http = requests.Session()

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._shown(self.http.get(urljoin(self.address, path), timeout=20))

    def post(self, path: str, fields: Dict[str, Any], follow: bool = True) -> Any:
        """Post a form as it is; return the page, or the answer itself where redirects are not followed."""
        response = self.http.post(
            urljoin(self.address, path), data=fields, timeout=20, allow_redirects=follow
        )
        return self._shown(response) if follow else response

    def submit(self, page: Page, action: str, holding: str = "", **fields: str) -> Page:
        """Fill in a form of the page and send it, with its hidden fields as they are."""
        return self.post(action, {**filled_in(page.form(action, holding)), **fields})

    def _shown(self, response: requests.Response) -> Page:
        page = Page(response)
        page.check()
        return page


def filled_in(form: Element) -> Dict[str, str]:
    """Return the fields of a form as they would be sent without touching them."""
    values = {}
    for field in form.iter():
        name, kind = field.get("name"), field.get("type")
        if field.tag == "textarea":
            values[name] = field.text or ""
        elif field.tag == "select":
            chosen = [option for option in field.iter("option") if option.get("selected") is not None]
            values[name] = chosen[0].get("value") if chosen else ""
        elif field.tag == "input" and (kind not in ("checkbox", "radio") or field.get("checked") is not None):
            values[name] = field.get("value") or ""
    return {name: value for name, value in values.items() if name}


def words(element: Optional[Element]) -> str:
    """Return the text of an element, white space folded."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""
