"""Who a verb's subject, objects and obliques are, also where another clause holds them.

A verb finds its subject over coordination ("attacked and seized"), control ("agreed to sell"), relative
clauses ("rebels who fled"), participles ("militias backed by Iran") and adverbial clauses ("..., killing
ten").
"""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.ties.lexicon import words
from reportedly.ties.tree import NOMINAL, PASSIVE_SUBJECT, SUBJECT, VERBAL, Tree

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_NEGATING = frozenset({"advmod", "neg", "aux", "det", "cc", "mark", "cc:preconj"})
_DEEPEST = 5
"""Clauses that a subject is looked for in, from the verb upwards."""


@dataclass(frozen=True, slots=True)
class Subject:
    """nouns: heads, coordinated ones included. passive: they undergo. inherited: another clause has them."""

    nouns: tuple[int, ...] = ()
    passive: bool = False
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Mood:
    """What stands around a predicate. outer: the verbs that govern it, innermost first.

    sure: in [0, 1], how far the clause says that it happened: 1 plainly, less under "may", "if", "wants to".
    """

    negated: bool
    sure: float
    future: bool
    outer: tuple[int, ...]


class Clauses:
    """The clauses of one story."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._subjects: dict[int, Subject] = {}

    def key(self, verb: int) -> str:
        """Return a verb's lemma with its particle ("carry out")."""
        tree = self._tree
        particle = tree.having(verb, {"compound:prt"})
        if tree.lemma[verb] == "join" and any(
            tree.lower[kid] == "forces" for kid in tree.having(verb, {"obj"})
        ):
            return "join force"
        return f"{tree.lemma[verb]} {tree.lower[particle[0]]}" if particle else tree.lemma[verb]

    def subject(self, verb: int, depth: int = 0) -> Subject:
        """Return who does what the verb says, or undergoes it when that is `Subject.passive`."""
        if verb not in self._subjects:
            found = self._own_subject(verb)
            if found is None:
                found = self._borrowed(verb, depth) if depth < _DEEPEST else Subject()
            self._subjects[verb] = found
        return self._subjects[verb]

    def _own_subject(self, verb: int) -> Subject | None:
        tree = self._tree
        for kid in tree.kids[verb]:
            if tree.dep[kid] in SUBJECT or tree.dep[kid] in PASSIVE_SUBJECT:
                passive = tree.dep[kid] in PASSIVE_SUBJECT or bool(tree.having(verb, {"aux:pass"}))
                if tree.lower[kid] in _RELATIVE and tree.pos[kid] != "NOUN":
                    antecedent = self._antecedent(verb, kid)
                    return Subject((antecedent,) if antecedent is not None else (), passive)
                return Subject(tuple(tree.group(kid)), passive)
        return None

    def _antecedent(self, verb: int, pronoun: int) -> int | None:
        """Return the noun that a relative clause hangs on, else the one before its pronoun."""
        tree = self._tree
        at = verb
        for _ in range(_DEEPEST):
            if tree.dep[at].startswith("acl"):
                return tree.head[at]
            if tree.dep[at] not in ("conj", "xcomp") or tree.head[at] == at:
                break
            at = tree.head[at]
        before = pronoun - (2 if tree.words[pronoun - 1] == "," else 1)
        return before if before >= 0 and tree.pos[before] in ("NOUN", "PROPN") else None

    def _borrowed(self, verb: int, depth: int) -> Subject:
        tree = self._tree
        dep, head = tree.dep[verb].partition(":")[0], tree.head[verb]
        if head == verb:
            return Subject()
        if dep == "conj":
            return self._from_coordination(verb, head, depth)
        if dep == "xcomp":
            return self._from_control(verb, head, depth)
        if dep == "acl":
            return self._from_noun(verb, head, depth)
        if dep == "advcl":
            return self._from_main_clause(verb, head, depth)
        return Subject()

    def _from_coordination(self, verb: int, head: int, depth: int) -> Subject:
        tree = self._tree
        if tree.pos[head] not in VERBAL and not tree.having(head, {"cop"}):
            return Subject()
        above = self.subject(head, depth + 1)
        own = tree.having(verb, {"aux", "aux:pass"})
        passive = bool(tree.having(verb, {"aux:pass"})) or (
            above.passive and tree.tag[verb] == "VBN" and not own
        )
        return Subject(above.nouns, passive, above.inherited)

    def _from_control(self, verb: int, head: int, depth: int) -> Subject:
        """The object of "urge" and "force", the subject of other verbs, does what the infinitive says."""
        tree = self._tree
        passive = bool(tree.having(verb, {"aux:pass"}))
        if self._controls_by_object(head):
            return Subject(tuple(self._object_or_passive_subject(head, depth)), passive, inherited=True)
        above = self.subject(head, depth + 1)
        return Subject(above.nouns, passive, inherited=True)

    def _controls_by_object(self, verb: int) -> bool:
        lemma = self._tree.lemma[verb]
        return any(lemma in words(name) for name in ("demanding", "making", "preventing")) and (
            bool(self._tree.having(verb, {"obj", "iobj", "obl"})) or self.subject(verb, _DEEPEST).passive
        )

    def _object_or_passive_subject(self, verb: int, depth: int) -> list[int]:
        tree = self._tree
        for dep in ("iobj", "obj"):
            for kid in tree.having(verb, {dep}):
                return tree.group(kid)
        for kid in tree.having(verb, {"obl"}):
            if tree.preposition(kid) in ("on", "upon", "to"):  # "called on Iran to stop"
                return tree.group(kid)
        above = self.subject(verb, depth + 1)
        return list(above.nouns) if above.passive else []

    def _from_noun(self, verb: int, noun: int, depth: int) -> Subject:
        """A participle's or relative clause's subject is its noun, that of "efforts to" their owner."""
        tree = self._tree
        marked = {tree.lower[kid] for kid in tree.having(verb, {"mark"})}
        if tree.dep[verb] == "acl:relcl":
            filled = any(tree.dep[kid].startswith("nsubj") for kid in tree.kids[verb])
            return Subject() if filled else Subject((noun,), bool(tree.having(verb, {"aux:pass"})))
        if "to" in marked or marked & {"of", "for"}:
            return self._from_effort(noun, depth)
        return Subject((noun,), tree.tag[verb] == "VBN", inherited=True)

    def _from_effort(self, noun: int, depth: int) -> Subject:
        """ "Iraq's efforts to defeat", "launched a campaign to defeat": the owner, or the verb's subject."""
        tree = self._tree
        if tree.lemma[noun] not in words("efforts"):
            return Subject()
        for kid in tree.having(noun, {"nmod:poss", "compound", "amod"}):
            if tree.lower[kid] in words("possessives"):
                return Subject(self.around(noun).nouns, inherited=True)
            if tree.pos[kid] == "PROPN" or tree.dep[kid] == "nmod:poss":
                return Subject(tuple(tree.group(kid)), inherited=True)
        head = tree.head[noun]
        if tree.dep[noun] == "nmod" and tree.lemma[head] in words("efforts"):
            return self._from_effort(head, depth + 1)
        if tree.dep[noun] in ("obj", "obl") and tree.pos[head] in VERBAL:
            return Subject(self.subject(head, depth + 1).nouns, inherited=True)
        return Subject()

    def around(self, at: int) -> Subject:
        """Return the subject of the nearest clause around a word that is not inside that subject itself."""
        tree = self._tree
        below = at
        for above in tree.above(at):
            if (
                tree.pos[above] in VERBAL
                and tree.dep[below] not in SUBJECT
                and tree.dep[below] not in PASSIVE_SUBJECT
            ):
                found = self.subject(above)
                if found.nouns:
                    return found
            below = above
        return Subject()

    def _from_main_clause(self, verb: int, head: int, depth: int) -> Subject:
        tree = self._tree
        marks = {tree.lower[kid] for kid in tree.having(verb, {"mark", "case"})}
        lemma = tree.lemma[head]
        judged = (lemma in words("blaming") and marks & {"of", "for", "with"}) or (
            lemma in words("preventing") and "from" in marks
        )
        if judged:
            return Subject(tuple(self._object_or_passive_subject(head, depth)), inherited=True)
        if tree.tag[verb] == "VBN":
            return Subject(self.subject(head, depth + 1).nouns, passive=True, inherited=True)
        bare = tree.tag[verb] == "VBG" or "to" in marks
        if not bare or tree.pos[head] not in VERBAL:
            return Subject()
        return Subject(self.subject(head, depth + 1).nouns, inherited=True)

    def objects(self, verb: int) -> list[int]:
        """Return the heads of direct and indirect objects; of a relative clause without one, its noun."""
        tree = self._tree
        found: list[int] = []
        for kid in tree.having(verb, {"obj", "iobj"}):
            if tree.lower[kid] in _RELATIVE and tree.dep[verb].startswith("acl"):
                found.append(tree.head[verb])
            else:
                found.extend(tree.group(kid))
        return found or self._gap(verb) or self._shared_object(verb)

    def _gap(self, verb: int) -> list[int]:
        """ "The group that Iran arms", "the group Iran arms": the noun is the object."""
        tree = self._tree
        if tree.dep[verb] != "acl:relcl" or tree.having(verb, {"ccomp", "xcomp", "obl", "aux:pass"}):
            return []
        own = [kid for kid in tree.kids[verb] if tree.dep[kid] in SUBJECT]
        return [tree.head[verb]] if own and tree.lower[own[0]] not in _RELATIVE else []

    def _shared_object(self, verb: int) -> list[int]:
        """ "Arrested and tortured the editor": the second verb's object serves both."""
        tree = self._tree
        for kid in tree.having(verb, {"conj"}):
            if (
                tree.pos[kid] == "VERB"
                and not tree.having(kid, SUBJECT | PASSIVE_SUBJECT)
                and kid - verb <= 4
            ):
                objects = tree.having(kid, {"obj"})
                if objects and not tree.having(verb, {"obl", "xcomp", "ccomp"}):
                    return tree.group(objects[0])
        return []

    def obliques(self, verb: int, passive: bool) -> list[tuple[str, int]]:
        """Return (preposition, noun) of each oblique; an agent's preposition is "by" when ``passive``."""
        tree = self._tree
        found: list[tuple[str, int]] = []
        for kid in tree.kids[verb]:
            dep = tree.dep[kid]
            if not (dep.startswith("obl") or dep in ("nmod", "advmod")) or tree.pos[kid] not in NOMINAL:
                continue
            preposition = "by" if dep == "obl:agent" else tree.preposition(kid)
            if preposition and (preposition != "by" or passive):
                found.extend((preposition, one) for one in tree.group(kid))
        return found

    def mood(self, verb: int) -> Mood:
        """Return negation, sureness and the governing verbs of a predicate."""
        tree = self._tree
        negated, sure = self._denied(verb), 1.0
        outer: list[int] = []
        future = self._has_aux(verb, "future")
        sure *= 0.6 if self._has_aux(verb, "modals") else 1.0
        at = verb
        for _ in range(_DEEPEST):
            if tree.dep[at] == "conj" and tree.pos[tree.head[at]] in VERBAL and not self._own_subject(at):
                at = tree.head[at]
                future = future or (self._has_aux(at, "future") and not outer)
                continue
            if tree.dep[at] not in ("xcomp", "acl", "advcl") or not self._governs(at):
                break
            at = self._governor(at)
            outer.append(at)
            negated ^= self._denied(at) ^ (tree.lemma[at] in words("denying"))
            sure *= self._sureness(at)
        return Mood(negated, sure * self._conditional(at), future, tuple(outer))

    def _governs(self, at: int) -> bool:
        """Whether the clause of ``at`` is a complement of what it hangs on."""
        tree = self._tree
        head = tree.head[at]
        if tree.dep[at] == "xcomp":
            return True
        if tree.dep[at] == "acl":
            return tree.lemma[head] in words("efforts")
        return any(tree.lemma[head] in words(name) for name in ("blaming", "preventing"))

    def _governor(self, at: int) -> int:
        return self._tree.head[at]

    def _sureness(self, outer: int) -> float:
        tree = self._tree
        lemma = tree.lemma[outer]
        if any(lemma in words(name) for name in ("hoping", "demanding", "efforts", "preventing")):
            return 0.7
        return 0.6 if self._has_aux(outer, "modals") else 0.85 if lemma in words("blaming") else 1.0

    def _conditional(self, verb: int) -> float:
        """Under "if" or "unless", or in a question, nothing is said to have happened."""
        tree = self._tree
        marks = {tree.lower[kid] for kid in tree.having(verb, {"mark"})}
        return 0.6 if marks & {"if", "unless", "whether"} else 1.0

    def _has_aux(self, verb: int, name: str) -> bool:
        tree = self._tree
        return any(tree.lower[kid] in words(name) for kid in tree.having(verb, {"aux"}))

    def _denied(self, verb: int) -> bool:
        """Whether a negation stands right at the verb, or "no" at its subject or object."""
        tree = self._tree
        for kid in tree.kids[verb]:
            dep = tree.dep[kid]
            if dep in _NEGATING and self._negates(kid):
                return True
            if (dep in SUBJECT or dep in PASSIVE_SUBJECT or dep == "obj") and self.no(kid):
                return True
        return False

    def _negates(self, at: int) -> bool:
        """Whether a word is a negation; "not only" and its like are none."""
        after = self._tree.lower[at + 1 : at + 2]
        return self._tree.lower[at] in words("negations") and after not in (
            ["only"],
            ["just"],
            ["merely"],
            ["simply"],
        )

    def no(self, noun: int) -> bool:
        """Return whether a noun is said not to be: "no talks", "none of them"."""
        tree = self._tree
        if tree.lower[noun] in ("nobody", "none", "no-one", "nothing"):
            return True
        return any(
            tree.lower[kid] in ("no", "neither") for kid in tree.having(noun, {"det", "advmod", "neg"})
        )
