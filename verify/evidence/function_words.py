"""Words that tell nothing of a matter by themselves, and those among them that turn what is said."""

from __future__ import annotations

NEGATIONS = frozenset("not no never none nobody nothing neither nor without hardly barely scarcely".split())

HEDGES = frozenset(
    """may might could would should can must will perhaps possibly probably maybe likely unlikely apparently
    apparent reportedly allegedly alleged seems seem seemed appears appear appeared suspect suspected
    potential potentially possible presumption presumed likelihood believe think doubt certainly definitely
    largely partly fully almost nearly""".split()
)

CONDITIONS = frozenset("if unless until provided only except whether".split())

PREMISES = frozenset("if unless provided".split())
"""Those that open a clause on which the one behind it depends."""

SENSE = NEGATIONS | HEDGES | CONDITIONS
"""Words that turn what is said when they are dropped or added."""

UNSURE = SENSE | frozenset("evidence claim claims hope fear wish question allegation suggestion idea".split())
"""Words before a "that" that take back what follows it."""

MINOR = frozenset("a an the that and well so".split())
"""Words that may be dropped from speech without a word about it."""

STOP = MINOR | frozenset(
    """of to in is for on was with as by at from it be are this have has had but were his her he she they
    their or who which been its we i am you our my me us do did does there what all""".split()
)
"""Words that tell nothing by themselves."""

COMMON = (
    STOP
    | (SENSE - {"suspect", "suspected"})
    | frozenset(
        """about above across after against along among around before behind below beneath beside between
        beyond down during inside into like near off onto out outside over past since through throughout
        toward under up upon within because although though while when where why how than then too also
        just only even still yet very more most much many such some any other another each every both
        either own same here now again them him himself herself itself themselves ourselves myself
        yourself these those yours theirs mine ours hers whom whose being having doing done let go going
        get got say says said shall am 1""".split()
    )
)
"""Words that sentences on any matter share: that two have them in common tells nothing. A "one" is read as a
figure, and so "1" is among them; "a suspect" is somebody."""

SUBJECTS = frozenset("we i it they he she you this that these those the a there".split())

JOINED = frozenset(
    "and but or so because since while when after before as which who where although though".split()
)
