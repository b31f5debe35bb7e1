"""Words that make a statement consequential: casualties, crime, deceit, neglect and blame.

Put together for this project from the vocabulary of accusations in general news; each class is a
pattern over the plain text, since rules see no parse. Inflected forms are spelled out, so that "lies to
the west" and "the lying press" aren't taken for the same thing.
"""

from __future__ import annotations

import re

from verify.language.dates import YEAR
from verify.language.values import ValueKind, find_values
from verify.relate.slots import is_family


def pattern(phrases: str) -> re.Pattern[str]:
    """A pattern that finds any of the whole words in `phrases`, whatever their case.

    White space stands between phrases, an underscore for a space inside one. The second half of a
    compound is no word of its own: "anti-doping" isn't doping. Raises re.error for a phrase that is no
    pattern by itself: joined, two halves of one that white space has cut may be one, of something else.
    """
    found = [re.compile(phrase.replace("_", " ")).pattern for phrase in phrases.split()]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(found)})\b", re.IGNORECASE)


NUMBER = (
    r"(?<!\d[.:])(?:(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+ million| million| thousand)?(?![.:]\d)"
    r"|one(?! of\b)|two|three|four|five|six|seven|eight|nine|ten"
    r"|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\w+)?"
    r"|dozens?|scores|hundreds?|thousands)"
)
HARMED = (
    r"(?:kill(?:s|ed|ing)?|die[sd]?|dying|dead|deaths?|lost their lives|fatalities|perished|drowned"
    r"|injur(?:ed|ing|ies)|wound(?:ed|ing)|hurt|casualties|massacred|executed|raped|tortured)"
)
NO_COUNT = r"(?!:\d| per ?cent|%|-year| years| days| hours|[,.]? ?[ap]\.?m)(?<!, \d\d)"
AMONG = (
    rf"(?:{NUMBER}|includ\w+|among|with|all|most|many|of|at least|at most|more than|fewer than|up to|as many"
    r"|about|around|some|nearly|almost|over|an estimated|and|or|bringing|taking|raising|leaving)\b"
)
"""What goes on about the dead behind a comma; other words begin another matter: "died, built 11 houses"."""

CASUALTIES = re.compile(
    rf"(?<![$€£\w])\b{NUMBER}\b(?!-year)[^.;:!?]{{0,60}}?\b{HARMED}\b"
    rf"|\b{HARMED}\b(?:[^.;:!?,]|,(?= {AMONG})){{0,40}}?"
    rf"(?<![$€£\w])(?<!aged )(?<!age )(?<!age of ){NUMBER}\b{NO_COUNT}",
    re.IGNORECASE,
)
"""A count of people killed or injured, either way round."""

AGE = re.compile(
    rf"\b(?:die[sd]?|dead|dying) at (?P<died>{NUMBER})\b(?! \w)"
    rf"|\b(?:when|before|after|since|until|that) (?:s?he|they|I|we|[A-Z]\w+) (?:had )?(?:was|were|turned) "
    rf"(?P<was>{NUMBER})\b(?! \w)",
    re.IGNORECASE,
)
"""How old somebody was: "died at 94", "died when she was six"."""

MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
EARLIER_YEAR = re.compile(rf"\b(?:[Ii]n|of|[Bb]y|late|early) (?:{MONTHS} )?{YEAR}\b|\bsince {YEAR}, when\b")
"""A year by its number, as a story gives it of what isn't its news."""

SETTLED = re.compile(rf"{EARLIER_YEAR.pattern}|\b{MONTHS} \d\d?\b|\b\d\d? {MONTHS}")
"""A day or a year: what happened then has been established since."""

DECEIT = pattern(
    r"""
    misle(?:d|ads?|ading) lied lying_to deceiv\w+ deception cheat(?:ed|s|ing)? conceal\w* hid hidden
    hiding (?:kept|keeps?|held|withheld)_back withheld cover(?:ed|ing)?[_-]up
    cover(?:ed|s|ing)?_(?:it|this|that|them|everything)_(?:all_)?up falsif\w+ fabricat\w+ forged
    doctored rigged rigging fak(?:ed|ing) fudg(?:ed|ing) whitewash\w* suppress(?:ed|ing) betray\w*
    distort(?:ed|ing) inflated_(?:its|their|his|her|the) cooked_the_books
    (?:broke|broken)_(?:its|his|her|their)_(?:word|promises?|pledges?)
    (?:knew|known)_(?:that|for|about|of|all_along|full_well|perfectly_well|very_well|exactly|what|how|well)
    (?:was|were|been)_(?:repeatedly_)?warned hushed_up kept_quiet staged sham hoax smokescreen secretly
    in_secret covertly manipulat\w+ tamper(?:ed|ing) tricked duped conned disguis(?:ed|ing)
    misrepresent\w* exaggerat(?:ed|ing) understat(?:ed|ing) (?:played|playing)_down downplay\w*
    (?:buried|burying)_(?:the|its|his|her|their|evidence|reports?) smear(?:ed|ing)? knowingly
    (?:lied|lying)_about swept_under fooled hoodwinked pretend(?:ed|ing) pulled_the_wool
    kept_[^.,;]{1,30}_(?:secret|in_the_dark) destroyed_(?:evidence|documents|records|files)
    """
)
CRIME = pattern(
    r"""
    brib(?:e|es|ed|ing|ery) embezzl\w+ pocket(?:ed|ing) launder\w* stole stolen stealing robb(?:ed|ing)
    looted looting plunder\w* siphon\w* swindl\w+ fraud(?:s|ulent|ulently)? defraud\w* kickbacks? collu\w+
    conspir\w+ blackmail\w* extort\w* corrupt\w* crimes? theft thefts smuggl\w+ murder\w* massacr\w+
    slaughter\w* tortur\w+ raped? assassinat\w+ abduct\w+ kidnap\w* manslaughter genocide atrocit\w+
    sabotag\w+ poison(?:ed|ing) price[_-]fixing insider_trading doping spying spied espionage hacked
    hacking
    """
)
VIOLENCE = pattern(
    r"""
    starv(?:ed|es|ing) gassed bombed shelled mowed_down fired_on bull(?:ied|ying) brutal\w* beaten
    harass\w* abus(?:e|es|ed|ing) terroris(?:ed|ing) terrorized threatened intimidat\w+ silenced
    persecut\w+ in_(?:revenge|retaliation) attacked hounded mutilat\w+ war_crimes? ethnic_cleansing
    human_shields? targeted_(?:civilians|children|hospitals?|schools?) burn(?:ed|t)_alive
    humiliat(?:ed|ing) punish(?:ed|ing) coerc(?:ed|ing) hunted_down gunned_down in_cold_blood
    opened_fire_on executed lynched purg(?:ed|ing) crack(?:ed|ing)_down
    forced_[^.,;]{1,30}_(?:out|to_confess|from_their_homes)
    """
)
NEGLECT = pattern(
    r"""
    ignor(?:e|es|ed|ing) neglect\w* negligen\w+ skimp\w* cut(?:ting)?_(?:\w+_)?corners?
    (?:did|do|does|done|doing)_nothing look(?:ed|s|ing)?_(?:away|the_other_way)
    turn(?:ed|s|ing)?_a_blind_eye 
    (?:stood|stand|standing)_(?:idly_)?by(?!_(?:his|her|its|their|the|what|it|that|every)\b)
    (?:wav|brush|push|cast)(?:ed|es|ing)_(?:away|aside|off|through) shrugged_off dismissed_warnings
    let_[^.,;]{1,30}_(?:rot|decay|die|burn|crumble|collapse|rust) botch\w* bungl\w+ dither\w* dawdl\w*
    squander\w* dragg(?:ed|ing)_(?:its|their|his|her)_feet reckless\w* careless\w* incompeten\w+
    failed_(?:to|in_its|in_their|its|the) fail(?:ing|s)_to to_save_money in_(?:its|their|his|her)_haste
    too_late overlooked abandon(?:ed|ing)
    never_(?:bothered|checked|inspected|tested|repaired|told|warned|asked|looked)
    instead_of_(?:repair|fix|protect|warn|help)\w* slept_through asleep_(?:at|on)
    (?:crews?|drivers?|guards?|inspectors?|officers?|operators?|pilots?|watchm[ae]n)_(?:was|were)_asleep
    sat_on wasted
    shut_[^.,;]{1,30}_out turn(?:ed|ing)_(?:its|their|his|her)_backs?
    left_[^.,;]{1,30}_to_(?:die|rot|drown|burn) shirk(?:ed|ing) stonewall\w*
    stall(?:ed|ing)_(?:for|the|on) obstruct\w+ dodg(?:ed|ing)
    (?:put|putting|placed|placing)_(?:profits?|money|politics|speed|cost|costs)_(?:before|ahead|above|over)
    on_the_cheap penny-pinching complacen\w+ lax sloppy shoddy slapdash mismanag\w+ unprepared
    ill-prepared napping despite_(?:\w+_){0,3}warnings had_no_plan blunder\w* fumbled misjudged panicked
    should_have_(?:known|acted|seen|stopped)
    (?:could|might)_have_been_(?:avoided|prevented|saved|stopped) avoidable preventable needless(?:ly)?
    should_never_have nobody_(?:cared|listened|checked) for_no_(?:\w+_)?reason
    did_not_(?:bother|care|lift|act|warn|check|inspect) rotten dereliction blind_to deaf_to
    """
)
SUBMISSION = pattern(
    r"""
    bow(?:ed|ing)_to (?:did|done|doing|does)_[^.,;]{1,30}_bidding gambl(?:ed|ing) puppets? caved_in
    sold_out_to sold_(?:us|them|him|her|workers|members|voters)_out
    in_the_pay_of on_behalf_of_(?:moscow|beijing|the_kremlin) greed\w* profiteer\w*
    lined_(?:its|his|her|their)_pockets bankroll\w* paid_off bought_off crony cronies cronyism
    in_league_with in_cahoots in_bed_with gr(?:ew|own|owing)_rich
    enrich(?:ed|ing)_(?:himself|herself|itself|themselves) at_the_expense_of took_orders_from
    at_the_behest_of on_orders_from stooges? cav(?:ed|es|ing)_to kowtow\w* pander\w* appeas(?:ed|es|ing)
    surrender(?:ed|ing)_to shield(?:ed|ing)_(?:its|their|his|her|the)
    """
)
BLAME = pattern(
    r"""
    (?:is|are|was|were|be|been)_to_blame(?!_for)
    (?:is|are|was|were|be)_(?:\w+_)?responsible_for
    (?:made|makes|making)_[^.,;]{1,40}_(?:possible|inevitable) guilty culprits? deliberate(?:ly)?
    on_purpose intentional(?:ly)? cost_[^.,;]{1,20}_lives paid_for_the_(?:missiles|weapons|bombs|arms)
    meant_to_(?:frighten|punish|silence|kill|hide|deceive|mislead|terrorise)
    (?:caused|causing|triggered)_by_(?:negligence|greed|errors?|mistakes?) at_fault
    behind_the_(?:attack|killing|bombing|strike|hack|plot|poisoning)s? the_work_of masterminded
    orchestrated plotted provoked instigated incited fomented unleashed
    ordered_(?:the|his|her|their)_(?:\w+_)?(?:killing|attack|strike|murder|poisoning|bombing|cover-up)
    brought_[^.,;]{1,30}_on_(?:itself|themselves|himself|herself) (?:its|their|his|her)_own_fault
    because_of_(?:its|their|his|her)_own (?:sealed|doomed)_(?:the|its|their|his|her)
    """
)
HARM = (
    "deaths?|killings?|attacks?|strikes?|raids?|blasts?|explosions?|bombings?|shelling|shootings?|massacres?"
    "|murders?|fires?|floods?|crash(?:es)?|accidents?|collisions?|derailments?|collapse|sinking|disasters?|leaks?"
    "|spills?|outbreaks?|famine"
)
BLAMED_FOR_HARM = pattern(rf"to_blame_for_(?:[^.,;]{{1,30}}_)?(?:{HARM})")
"""Who is to blame for a fall in profit, or for the delay, has done no wrong by that."""

WRONGDOING = (DECEIT, CRIME, VIOLENCE, NEGLECT, SUBMISSION, BLAME, BLAMED_FOR_HARM)
"""Classes of words by which a statement lays something at somebody's door."""

FORMAL = pattern(
    r"""
    convict\w* sentenced pleaded pleads pled charged charges indict\w* acquitted arrest\w* fined sued
    lawsuits? class_action accused accuses accusing accusations? allegations? alleged(?:ly)? suspected_of
    suspects? retract\w* withdr[ae]w\w* inquir\w+ enquir\w+ investigat\w+ probes? trials? verdicts?
    rul(?:ed|ing) court courts judges? jury hearing petition\w* prosecution prosecutors? sanction\w*
    settlement found_(?:guilty|liable|to) being_(?:examined|reviewed|looked_into)
    under_(?:examination|review|scrutiny) extradit\w+ recall(?:ed|s)? den(?:y|ies|ied) in_dispute disputed
    unclear not_(?:\w+_)?(?:clear|known)
    """
)
"""What bodies formally do or have done; the record of it is its own source."""

SAID = pattern(
    r"""
    said says saying told wrote quoted quoting added blamed according_to estimates? confirmed reported
    put_the spoke_of counted
    """
)
"""Words of saying; where they stand, the draft names somebody, whether or not it is clear whom."""

PRIVATE = pattern(
    r"""
    will would should must ought plans? planned intend\w* hopes? hoped fears? feared wants? wanted
    expect\w* if may_yet
    """
)
"""Words of intention, opinion and the future, which no second source can bear out."""


def wrongdoing(text: str) -> str | None:
    """The first words of `text` that lay something at somebody's door."""
    found = [match for words in WRONGDOING if (match := words.search(text)) is not None]
    return min(found, key=lambda match: match.start()).group() if found else None


def casualties(text: str) -> str | None:
    """The first count of people killed or injured in `text`, with the words between; ages are no counts."""
    if CASUALTIES.search(text) is None:
        return None  # most statements: no need to read their figures
    counts = text
    for value in find_values(text):
        if value.kind is ValueKind.AGE or is_family(text, value):
            counts = _blanked(counts, value.start, value.end)
    for age in AGE.finditer(text):
        counts = _blanked(counts, *age.span(age.lastgroup or 0))
    match = CASUALTIES.search(counts)
    return text[match.start() : match.end()] if match is not None else None


def _blanked(text: str, start: int, end: int) -> str:
    """`text` with what stands from `start` to `end` made no word."""
    return f"{text[:start]}{'_' * (end - start)}{text[end:]}"
