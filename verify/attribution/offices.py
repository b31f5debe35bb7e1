"""The words of offices and bodies: what tells that a phrase names a source of one kind or another."""

from __future__ import annotations

from verify.language.titled import RANKS

FEMALE = frozenset(
    """mrs mrs. ms ms. miss spokeswoman chairwoman policewoman actress ombudswoman congresswoman councilwoman
    lady dame baroness duchess countess queen princess mother wife widow sister daughter aunt niece
    girlfriend fiancee fiancée""".split()
)
MALE = frozenset(
    """mr mr. spokesman sir lord congressman policeman councilman baron duke king prince father
    husband widower brother son uncle nephew boyfriend fiance fiancé""".split()
)
TITLES = RANKS | frozenset(
    """president prime minister foreign defence defense interior finance health justice deputy vice chancellor
    secretary general chief senator governor mayor king queen prince ambassador judge attorney spokesman
    spokeswoman spokesperson director chairman chairwoman chair executive press police rear commissioner
    premier leader former acting pope sheikh state national external affairs culture energy transport
    education environment trade economy mobile airport minister's district trainer coach""".split()
)
OFFICIAL = frozenset(
    """president minister premier chancellor government ministry spokesman spokeswoman spokesperson
    official officials ambassador envoy general army military navy police prosecutor prosecutors
    secretary senator governor parliament diplomat diplomats lawmaker lawmakers regulator admiral
    colonel intelligence forces troops authorities commander king deputy agency service officer officers
    command staff administration embassy state premiers commissioner counterpart""".split()
)
"""Words of an office: whoever bears one speaks for the state that it is coupled with."""
UNNAMED = frozenset(
    """official officials source sources diplomat diplomats person people aide aides adviser advisers
    advisor advisors insider insiders officer operative""".split()
)
"""Heads that without a name make a source anonymous even where no reason is given."""
SERVES = frozenset(
    """adviser advisers advisor advisors aide aides assistant assistants counsel counsellor
    counsellors""".split()
)
"""Whoever is one of these "to" somebody speaks for them."""
FORMER = frozenset({"former", "retired", "ex", "onetime", "erstwhile"})

SPOKEN = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople"})
BODY = frozenset(
    """ministry agency company firm group commission committee council court government department office
    bureau service university school institute team party union association club charity organisation
    organization bank board regulator watchdog authority army navy military airline manufacturer maker
    newspaper station network police force foundation federation league body panel inspectorate
    collaboration command mission embassy administration chain utility operator carrier studio lab
    laboratory hospital museum parliament alliance coalition county city town state journal paper
    magazine weekly tabloid broadcaster statement report study treasury association confederation exchange
    theatre gang fund trust yard shipyard airport prison clinic""".split()
)
COLLECTIVE = frozenset(
    """opposition prosecution defence defense jury tribunal inquiry inquest directorate secretariat coastguard
    brigade squad crew cabinet senate congress staff faction militia""".split()
)
"""Nouns of several who speak as one, whom "he" doesn't mean."""
KIN = frozenset(
    """accuser challenger critic detractor brother sister father mother parents wife husband widow widower
    son daughter uncle aunt cousin family girlfriend boyfriend partner friend neighbour neighbor
    counterpart rival opponent predecessor successor niece nephew grandson granddaughter
    grandfather grandmother fiance fiancee stepfather stepmother""".split()
)
"""Whoever is one of these to somebody speaks for themselves."""
GENERIC = frozenset(
    """company firm group agency body organisation organization charity club regulator maker utility operator
    carrier""".split()
)
"""Heads that name a body without saying which: the one spoken of last."""
COMMERCIAL = frozenset("company firm maker utility operator carrier".split())
STATE_BODY = frozenset(
    """government ministry parliament army navy military police court council prefecture commission agency
    department administration county city town state""".split()
)
FIRMS = frozenset(
    """airlines airways ferries foods holdings homes industries motors pharmaceuticals railways shipping
    systems technologies transit water""".split()
)
"""Last words of the names of firms that no family bears: "Calder Transit" is nobody's name."""
ROADS = frozenset("avenue close court crescent drive gardens lane road square street terrace way".split())
"""Last words of the names of streets: "Jan Holt, of Velm Road" lives there."""
POST_NOMINALS = frozenset("kc qc mp msp mep obe mbe cbe kbe dbe jp phd frs esq".split())
"""What stands behind a name and belongs to none: "Ilse Brandt KC"."""
POLICE_RANKS = frozenset(
    """constable superintendent supt inspector insp insp. detective det det. sergeant sgt sgt.
    commissioner""".split()
)
SOCIETY = frozenset("union guild federation party association society charity club committee mission".split())
INTRODUCED = GENERIC | frozenset(
    """owner builder manufacturer airline publisher developer contractor employer supplier insurer bank brewer
    retailer producer subsidiary parent""".split()
)
"""Heads that a body's own name follows between commas: "the owner, Setomaru Kisen"."""
APPOSED = INTRODUCED | frozenset(
    """association auditor auditors chain federation hospital landlord lender museum newspaper organiser
    organisers organizer organizers paper party shipowner sponsor theatre union university
    wholesaler""".split()
)
"""The same, and heads of which, with "of" and a name, the name isn't what they make or own."""
REPORT = frozenset(
    """report statement study survey document filing filings letter notice affidavit analysis release
    website form complaint indictment lawsuit ruling draft memo email transcript warrant data poll audit
    review minutes records memoir book""".split()
)
SHOWN = frozenset("document film footage image paper photograph picture recording video".split())
"""What shows something without a word."""
DESCRIBED = frozenset(
    """backbencher billionaire congressman congresswoman councillor defender democrat goalkeeper lawmaker
    midfielder millionaire mp msp pensioner politician republican senator singer striker veteran""".split()
)
"""What somebody named right before is called for a change: "the Labour MP"."""
