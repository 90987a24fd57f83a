"""The reader: a local web application over a case. Pages are rendered here and ask nothing of any network."""

from __future__ import annotations

from reportedly.web.access import Access, Person, Role, people_of
from reportedly.web.app import Serving, create_app

__all__ = ["Access", "Person", "Role", "Serving", "create_app", "people_of"]
