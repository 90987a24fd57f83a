"""Who is who across stories: names, voices, outlets and offices led to one actor each.

docs/explanation/actors.md tells how.
"""

from __future__ import annotations

from reportedly.corpus.actors import bodies as bodies_of
from reportedly.corpus.actors import merging
from reportedly.corpus.actors.assembly import Assembly
from reportedly.corpus.actors.bodies import Bodies
from reportedly.corpus.actors.mentions import mentioned
from reportedly.corpus.actors.outlets import read_outlets
from reportedly.corpus.actors.parties import Parties
from reportedly.corpus.actors.related import Related
from reportedly.corpus.actors.speaking import Said, Speaking
from reportedly.corpus.actors.views import views
from reportedly.types.claims import Actors, Corpus

__all__ = ["resolve"]


def resolve(corpus: Corpus) -> Actors:
    """Return who is who in a corpus. The order of stories and statements is no matter."""
    stories = sorted(corpus.stories, key=lambda story: story.id)
    outlets = read_outlets(stories)
    seen = views(stories, corpus.statements, outlets)
    found = Bodies()
    for view in seen:
        found.expand(view.story.text)
    said = Said()
    speaking = Speaking(outlets, found)
    for view in seen:
        speaking.read(view, said)
    parties = Parties(found)
    for view in seen:
        parties.read(view, said)
    mentions = mentioned(seen, outlets, found)
    related = Related(stories, [view.sequences for view in seen], corpus.vectors)
    joined = bodies_of.join(found, related)
    belongs = {one: frozenset(map(joined.top, orgs)) for one, orgs in parties.found.items()}
    profiles = merging.profiles(seen, belongs, said)
    merged = merging.merge(profiles, related)
    return Assembly(seen, outlets, found, joined, merged).actors(said, parties, mentions)
