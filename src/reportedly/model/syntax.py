"""Names of the labels that the stages read off a spaCy Doc, ours and those of spaCy's own English pipelines.

Our pipeline speaks Universal Dependencies (de Marneffe et al. 2021); `--pipeline` may bring one that speaks
ClearNLP's labels and OntoNotes' entities. A stage that tests a label tests it against these sets.
"""

from __future__ import annotations

from typing import Final

SUBJECTS: Final = frozenset({"nsubj", "csubj", "nsubj:outer", "csubj:outer"})
PASSIVE_SUBJECTS: Final = frozenset({"nsubj:pass", "csubj:pass", "nsubjpass", "csubjpass"})
AGENTS: Final = frozenset({"obl:agent", "agent"})
OBJECTS: Final = frozenset({"obj", "iobj", "dobj", "dative"})
OBLIQUES: Final = frozenset(
    {"obl", "obl:tmod", "obl:npmod", "obl:unmarked", "obl:agent", "prep", "npadvmod", "agent"}
)
NOMINAL_MODIFIERS: Final = frozenset(
    {"nmod", "nmod:poss", "nmod:tmod", "nmod:npmod", "nmod:unmarked", "poss", "prep"}
)
APPOSITIONS: Final = frozenset({"appos"})
RELATIVE_CLAUSES: Final = frozenset({"acl:relcl", "relcl"})
CLAUSAL_SUBJECTS: Final = frozenset({"csubj", "csubj:pass", "csubj:outer", "csubjpass"})
CLAUSE_HEADS: Final = CLAUSAL_SUBJECTS | {
    *("root", "ROOT", "ccomp", "xcomp", "pcomp", "parataxis"),
    *("advcl", "advcl:relcl", "acl", "acl:relcl", "relcl"),
}
COMPLEMENT_CLAUSES: Final = frozenset({"ccomp", "xcomp"})
NEGATIONS: Final = frozenset(
    {"neg"}
)  # UD marks negation by Polarity=Neg; ours by the lemma ("not", "never", "no")
NAME_PARTS: Final = frozenset({"flat", "compound", "flat:name"})

ENTITIES: Final = {
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "NORP": "NORP",
    "EVENT": "EVENT",
    "PERSON": "PER",
    "GPE": "LOC",
    "FAC": "LOC",
}
"""Entity labels, ours or OntoNotes', to the five that we use; others are no entities to us."""
