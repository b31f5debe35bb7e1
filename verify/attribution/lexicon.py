"""Cues of attribution by class, and the words that turn or weaken what is said.

The classes follow the reporting verbs of the Penn Discourse Treebank's attribution annotation
(Prasad et al. 2007: assertions, beliefs, facts, eventualities) cut finer for stance; the members were
put together for this project from grammars of English reporting verbs. Verbs stand as lemmas; CLAIM_NOUN,
PEJORATIVE and ACCUSES hold the forms that a draft prints, and the patterns read its words in small letters.
"""

from __future__ import annotations

import re

SAY = frozenset(
    """say tell add state announce declare report write tweet post note explain reply respond answer retort
    counter comment remark observe stress emphasise emphasize reiterate repeat insist maintain testify
    warn caution acknowledge admit concede confess confirm reveal disclose recall recount relate argue
    contend claim assert allege conclude find rule determine predict forecast estimate calculate reckon
    believe think agree indicate complain protest hint imply suggest promise pledge vow swear affirm
    aver attest boast brag conjecture quip joke lament advise inform notify brief brand clarify continue
    begin tell assure convince remind demonstrate show propose speculate suspect fear hope expect worry
    doubt deny dispute signal stipulate underline underscore mention opine posit profess proclaim rejoin
    shoot theorise theorize testify utter voice whisper shout charge counsel specify summarise summarize
    venture guess feel judge consider read establish""".split()
)
"""Verbs that take a clause or a quotation as what was said, thought or found."""

ADDRESSEE = frozenset("tell inform assure remind notify advise warn brief convince".split())
"""Verbs whose object is who was spoken to, not what was said."""

JUDGE = frozenset(
    """call describe brand label dub characterise characterize portray term deem judge rule denounce
    dismiss depict declare blast slam lambast lambaste decry""".split()
)
"""Verbs of the pattern "called the report absurd", "described it as a mistake", "blasted it as a lie"."""

FIND = frozenset("find consider".split())
"""Verbs that only judge where what they judge is a claim: "found the explanation absurd"."""

BLAME = frozenset("accuse blame charge".split())
"""Verbs that lay something at somebody's door: object and complement together are the content."""

RESPONSIBLE = frozenset({"responsible", "accountable"})
"""What an idiom makes an accusation of: "held them responsible"."""

IDIOMS = (
    frozenset({"hold", "responsible"}),
    frozenset({"hold", "accountable"}),
    frozenset({"point", "finger"}),
)
"""The lemmas of cues that accuse in several words."""

NONE_OF_IT = (
    frozenset({"have", "none"}),
    frozenset({"hear", "none"}),
    frozenset({"want", "nothing"}),
    frozenset({"hear", "nothing"}),
)
"""The lemmas of cues that deny in several words: "would have none of it"."""

PUT_AT = frozenset("put estimate place set count tally calculate reckon".split())
"""Verbs of the pattern "put the toll at 53"."""

FIGURE_NOUN = frozenset("count cost damage figure loss number sum tally toll total".split())
"""What somebody "gives as" a figure: "gave the number as 18"."""

MOVE = frozenset("raise lower cut revise reduce increase".split())
"""Verbs of the pattern "raised the toll to 53"."""

DIRECT_TO = frozenset("urge demand implore beg press call".split())
"""Verbs that tell somebody to do something."""

ORDER = DIRECT_TO | frozenset(
    "order ask request instruct command appeal advise recommend warn tell remind caution".split()
)
"""Verbs that, with an infinitive, want something done: "ordered the police to leave"."""

DEMAND = frozenset("demand order request urge".split())
"""Verbs whose object alone can be what is asked for: "demanded an inquiry"."""

DEMAND_FOR = frozenset("appeal ask call press push".split())
"""The same with "for"."""

FEEL = frozenset(
    """fear hope wish want worry feel regret intend plan dread desire prefer like love hate long yearn aspire
    look""".split()
)
"""Verbs of wishes, fears and intentions: the eventualities and beliefs of the annotation named above."""

CLAIM = frozenset(
    """claim allege contend assert accuse blame insist maintain argue suggest suspect speculate believe think
    boast charge imply hint""".split()
)
"""Verbs by which a draft keeps its distance from what is said."""

SPEAK_OF = frozenset("speak talk warn tell complain hint boast".split())
"""Verbs of the pattern "spoke of 20 dead"."""

DENY = frozenset(
    """deny reject dismiss dispute refute rebut contest challenge disown disavow repudiate contradict rubbish
    retract withdraw disclaim""".split()
)
"""Cues that set the source against the content."""

COUNTS = frozenset("report count announce estimate predict forecast promise".split())
"""Verbs that tell of a claim by their object only where it holds a number: "reported 37 dead"."""

CLAIM_OBJECT = (
    DENY
    | COUNTS
    | frozenset(
        """confirm acknowledge admit allege claim question doubt condemn denounce defend validate verify
        corroborate endorse""".split()
    )
)
"""Verbs whose noun object can be the content itself: "denied all involvement", "reported 37 dead"."""

SCORN = {
    "scoff": {"at"},
    "sneer": {"at"},
    "laugh": {"at", "off"},
    "brush": {"aside", "off"},
    "wave": {"aside", "away", "off"},
    "bat": {"aside", "away"},
    "shrug": {"off"},
    "turn": {"aside"},
    "take": {"issue"},
    "pour": {"scorn"},
    "give": {"lie", "shrift"},
    "throw": {"out"},
    "tear": {"apart", "up"},
    "ridicule": {""},
    "deride": {""},
}
"""Verbs that deny a claim with one of these words beside them: "brushed it aside", "took issue with it"."""

ACCEPT = frozenset({"accept", "buy"})
"""Cues that, negated, deny the content: "would not accept that P"."""

DOUBT = frozenset("doubt question".split())

SUGGEST = frozenset(
    """suggest hint imply speculate suspect fear hope believe think guess conjecture expect
    worry theorise theorize posit""".split()
)
"""Cues that hold the content to be likely, not certain."""

CONFIRM = frozenset(
    "confirm validate verify establish corroborate endorse acknowledge recognise recognize prove".split()
)
"""Cues that, negated, leave the content open: "has not confirmed"."""

DECLINE = frozenset("decline refuse".split())

SILENT = frozenset("mum quiet silent tight-lipped".split())
"""What somebody keeps or stays about a matter, and so declines to comment: "kept silent about the loan"."""

ANSWER = frozenset("answer comment explanation reply response".split())
"""What somebody gives none of: "gave no comment"."""

COMMENT = frozenset(
    """comment respond reply answer return elaborate discuss say speak talk address confirm give disclose
    identify name""".split()
)
"""What a source that gives no answer declines to do: "declined to comment", "did not return calls"."""

WOULD = frozenset("would will wo ’ll 'll ’d 'd".split())
"""Auxiliaries of what somebody means to do, or, negated, refuses to."""

REFLEXIVE = frozenset({"himself", "herself", "itself", "themselves"})

NO_COMMENT = frozenset("comment elaborate discuss speculate prejudge".split())
"""Verbs whose negation is a refusal: "said it would not comment"."""

WITHHOLD = frozenset("disclose identify name reveal".split())
"""Verbs that do so behind "will" or "would" alone: "we will not name a figure"."""

FIT_TO_SAY = frozenset(
    "appropriate improper inappropriate irresponsible premature proper right unwise wrong".split()
)
"""What it is said to be, or not to be, to comment: "it would be wrong to speculate"."""

PERCEIVE = frozenset("see hear read smell feel taste remember recall sense watch".split())
"""Verbs of which "could" tells an ability: "she could read the name"."""

CLAIM_NOUN = frozenset(
    """claim claims allegation allegations accusation accusations charge charges assertion assertions
    suggestion suggestions account accounts report reports statement statements story stories rumour
    rumours rumor rumors speculation talk version versions denial denials contention contentions
    argument arguments criticism criticisms finding findings figure figures number numbers estimate
    estimates theory theories idea ideas notion notions insinuation insinuations explanation
    explanations complaint complaints lawsuit lawsuits suspicion suspicions possibility possibilities
    likelihood tale tales""".split()
)
"""Nouns that stand for something said; with "that" or "of", for its content."""

DENIES_WORDS = frozenset({"challenge", "contest", "retract", "withdraw"})
"""Verbs that deny only what can be said: not "withdrew troops", "contested 40 seats"."""

DENIED_WORDS = CLAIM_NOUN | {"remark", "comment"}
"""Nouns of what those deny."""

POINTING = frozenset({"it", "this", "that", "these", "those", "them"})
"""Pronouns for what was said."""

FEARS = frozenset("concern doubt fear objection threat warning worry".split())
"""Nouns that what is unfounded is said of as well."""

TELLS_OF = frozenset(
    "report claim allegation accusation suggestion rumour rumor talk charge speculation".split()
)
"""Claim nouns that an "of" gives their content: "reports of a cover-up"."""

NOUN_CUE = frozenset(
    """claim allegation accusation assertion suggestion contention statement warning denial prediction
    admission announcement argument insistence conclusion belief fear report estimate declaration""".split()
)
"""Nouns that attribute by themselves: "Moscow's claim that ..."."""

EVIDENCE = frozenset(
    """intelligence evidence proof data image footage video photograph photo picture recording intercept
    wreckage debris test sample analysis""".split()
)
"""Nouns that show what somebody says they show: "said it had intelligence showing that P"."""

ACCOUNT_NOUN = frozenset(
    "account estimate count reckoning tally words view opinion telling version admission".split()
)
"""Nouns of the pattern "by his account"."""

VIEW_NOUN = frozenset("view opinion version account telling reckoning estimate".split())
"""Nouns of the pattern "in her view"."""

POSITION = frozenset(
    """position estimate figure count tally version view line answer explanation theory argument contention
    claim assessment conclusion verdict""".split()
)
"""Nouns of the pattern "the firm's position was that P"."""

NEGATIONS = frozenset("not n't n’t never no none nobody nothing neither nor nowhere cannot".split())

HEDGES = frozenset(
    """may might could perhaps possibly probably likely apparently seemingly presumably
    potentially maybe reportedly allegedly""".split()
)
HEDGE_VERBS = frozenset("appear seem suspect".split())
HEDGE_ADJECTIVES = frozenset("likely possible probable plausible conceivable".split())
HEDGE_NOUNS = frozenset("suspicion possibility likelihood probability".split())
"""Nouns that make a suggestion of the clause that follows: "the suspicion that P"."""

ALMOST = frozenset("almost nearly virtually practically near reasonably fairly".split())
"""What makes a hedge of certainty: "almost certain"."""

DOUBT_ADJECTIVES = frozenset(
    "unlikely doubtful unclear uncertain unproven unconfirmed improbable unverified questionable".split()
)
DOUBT_NOUNS = frozenset(
    """evidence proof sign indication information knowledge basis reason way confirmation trace grounds
    intelligence shred record memory recollection report""".split()
)
"""Nouns whose absence leaves a question open: "no evidence that", "no way of confirming"."""

EVINCE = frozenset("bear confirm indicate point prove show suggest support".split())
"""Verbs of which "nothing" as the subject leaves a question open: "nothing points to arson"."""

DOUBT_VERBS = frozenset(
    "know tell say confirm verify see recall establish determine rule exclude prove vouch".split()
)
"""Verbs that, under "cannot" or "not", leave a question open: "could not say whether"."""

PEJORATIVE = frozenset(
    """absurd false untrue baseless groundless unfounded ridiculous nonsense nonsensical lie lies
    implausible unconvincing fabrication fabrications fabricated fake wrong incorrect misleading
    inaccurate ludicrous preposterous laughable invention fiction hoax provocation slander libel
    propaganda disinformation misinformation unsubstantiated outrageous myth fantasy falsehood
    inadmissible unjustified meritless rubbish bogus spurious erroneous untenable invented invention
    concocted fairytale fairytales smear slur alarmism scaremongering smokescreen fable pretext insult
    insulting irresponsible shameless scurrilous distraction finger-pointing trumped-up""".split()
)
"""Predicates by which a source denies what it names: "called it absurd"."""

DEEDS = frozenset(
    """provocation unjustified outrageous insult insulting irresponsible shameless scurrilous distraction
    pretext""".split()
)
"""Those of them that may be said of a deed too, which they don't deny: "the attack was a provocation"."""

TALES = frozenset({("fairy", "tale"), ("fairy", "tales"), ("tall", "tale"), ("bedtime", "story")})
"""The same in two words: "called it a fairy tale"."""

TRUE = frozenset("true right correct accurate case so".split())
"""Predicates by whose negation a source denies what it names: "that isn't true"."""

RULED_OUT = frozenset("impossible inconceivable unthinkable".split())
"""Predicates that deny the clause which they are said of: "it is impossible that P"."""

POSSIBLE = frozenset("possible conceivable thinkable".split())
"""Predicates that do so where they are negated: "it is not possible that P"."""

NOBODY = frozenset({"no", "one", "nobody", "none"})
"""The cue of "No one from the ministry has commented"."""

PLAINLY_SAYS = frozenset(
    "say tell insist maintain assert state reply respond answer counter retort argue think beg accord".split()
)
"""Verbs of saying after which an idiom such as "the opposite" turns round what was said before."""

EVENTS = frozenset(
    """abduction accident ambush assassination assault attack avalanche blackout blast blaze bombardment
    bombing breach capsizing collapse collision coup crash crush cyber-attack cyberattack derailment
    destruction disaster downing earthquake explosion fire flood flooding hack hijacking incursion invasion
    kidnapping killing landslide leak lynching massacre murder outage outbreak poisoning raid riot robbery
    rupture sabotage shelling shipwreck shooting sinking slaughter spill stabbing stampede strike theft
    wildfire""".split()
)
"""Nouns that tell what happened, and that somebody may be to blame for."""

MISHAPS = EVENTS | frozenset(
    """affair blame bloodshed crime crisis death defeat delay failure fall fault fraud it loss plot
    responsibility scandal that this trouble unrest violence war""".split()
)
"""What may be laid at somebody's door, which flowers are laid at in another sense."""

SAME = frozenset(
    """account answer claim conclusion count diagnosis estimate explanation figure finding number opinion
    point reason story tale toll verdict version view""".split()
)
"""What two sources may give alike: "came to the same conclusion"."""

CLEARS_ITSELF = re.compile(
    r"(?:its|his|her|their|our|my) (?:own )?"
    r"(?:hands (?:are|were|remain|remained)|conscience (?:is|was|remained))"
    r"(?: (?:all|completely|entirely|fully|perfectly|quite))? (?:clean|clear)"
    r"|(?:it|he|she|they|we|i) (?:had|has|have) nothing (?:whatsoever |whatever |at all )?to do with"
    r" (?:it|this|that|any of it)"
    r"|it (?:is|was) (?:not|n['’]t) (?:me|us)"
    r"|(?:it|he|she|they|we|i) (?:(?:had|has|have) (?:not|n['’]t|never) done|did (?:not|n['’]t) do)"
    r" (?:it|this|that)",
)
"""Contents, in small letters, by which a source says that it did nothing of what is laid at its door."""

NOTHING_TO_DO = re.compile(
    r"(?:nothing|none) (?:at all )?(?:to do with|of) (?:it|this|that|any of it|the sort)"
)
"""Contents, in small letters, with which a source that wants them denies what was said before."""

GAINSAYS = re.compile(
    r"(?:it (?:is|was|had been) )?nothing of the (?:kind|sort)"
    r"(?: (?:(?:had|has) )?(?:ever )?(?:happened|occurred|(?:taken|took) place))?"
    r"|no such thing(?: (?:had |has )?(?:ever )?(?:happened|occurred|existed|(?:taken|took) place))?"
    r"|otherwise|not so"
    r"|(?:quite |just |exactly |precisely )?the (?:exact |very )?(?:opposite|contrary|reverse)"
    r"(?: (?:is|was) (?:true|the case))?"
    r"|none of (?:it|that|this|the sort)(?: (?:is|was) true)?"
    r"|(?:(?:(?:it|that|this) )?(?:is|was|'s) )?"
    r"(?:(?:simply|just|completely|totally|utterly|complete|utter) )?"
    r"(?:nonsense|rubbish|absurd|ridiculous|not true|untrue|false|a lie|made up)"
    r"|(?:it (?:is|was|had been) )?(?:quite |exactly |just )?the other way (?:a)?round"
    r"|not at all|far from it|on the contrary|no|(?:to )?differ",
)
"""Contents, in small letters, that only turn round what was said before."""

NOTHING = re.compile(r"nothing(?:$| (?:on|about|more|further|else|as|when|while)\b)")
"""How a content begins, in small letters, of which a source said nothing: "nothing on the matter"."""

REPEATS = re.compile(
    r"(?:to |of )?(?:(?:much|exactly|just|quite|roughly) )?(?:the )?same"
    rf"(?: (?:thing|mind|(?:{'|'.join(sorted(SAME))})(?: of (?:that|the|this) \w+)?))?"
    r"(?: of (?:that |this )?\w+)?"
    r"(?: (?:again|(?:at|before|for|from|in|last|on|this|to) [^,;:]+))?"
    r"|as much(?: for (?:\w+ )?(?:days|weeks|months|years))?"
)
"""Contents, in small letters, that only repeat what was said before."""

ACCUSES = frozenset(
    """responsible blame blamed guilty behind ordered orchestrated planned perpetrated staged fired
    launched shelled attacked struck shot bombed killed murdered poisoned sabotaged hacked stole stolen
    lied covered cheated rigged defrauded fraud bribed conspired colluded manipulated failed ignored
    violated breached broke abandoned negligent negligence cause caused involved involvement helped
    aided assisted supplied armed backed sponsored destroyed damaged torture tortured executed abducted
    crime crimes illegal illegally false dangerous unsafe leaked spied doped rejected""".split()
)
"""Words, in the forms of the press, by which a proposition lays something at somebody's door."""

WITHHELD = re.compile(
    r"\b(?:on (?:the )?condition (?:of anonymity|that (?:his|her|their) names?|that \w+ was not named)"
    r"|(?:not|declin\w+|refus\w+) to be (?:named|identified|quoted by name)"
    r"|(?:not|\w+n['’]t) (?:wish|want)(?:ing)? to be (?:named|identified|quoted by name)"
    r"|would(?: not|n['’]t) be (?:named|identified)|could(?: not|n['’]t) be named"
    r"|not (?:authori[sz]ed|allowed|permitted) to (?:speak|talk|discuss|comment)"
    r"|(?:insisted on|requested|asked for) anonymity|if named"
    r"|(?:speaking|spoke|speaks) anonymously|give (?:his|her|their) names?"
    r"|who (?:feared|fears) (?:for (?:his|her|their)|reprisals?|retaliation|retribution|arrest|losing)"
    r"|(?:his|her|their|whose) (?:names?|identit(?:y|ies)) (?:be|was|were|is|are) withheld"
    r"|sources \w+ did not name)\b",
    re.IGNORECASE,
)
"""How a draft tells that it knows a source's name and keeps it back."""
