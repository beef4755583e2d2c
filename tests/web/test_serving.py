"""The tests' own server: what it served is let go, or a thousand tests need more memory than a machine has."""

import gc
import weakref

from bot.web import public_app
from tests.servers import serving
from tests.web.strict_browser import StrictBrowser


def test_an_app_that_is_no_longer_served_is_let_go_with_what_it_used(make_services):
    app = public_app.create_app(make_services(), name="let-go")
    kept = weakref.ref(app.router)
    with serving(app) as address:
        StrictBrowser(address).get("/emner")
    del app
    gc.collect()
    assert kept() is None
