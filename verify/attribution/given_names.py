"""Given names that women alone, or men alone, bear: whether "she" may be Anne Rowley.

Names of both ("Kim", "Robin"), of one sex here and the other there ("Andrea", "Jean", "Nicola", "Simone"),
and those that are as often surnames aren't among them.
"""

from __future__ import annotations

WOMENS = frozenset(
    """abigail adriana agnes agnieszka aisha alexandra alice alison amanda amelia amina amy ana anastasia
    angela anita anna anne annette annie astrid barbara beatrice beatriz bernadette bridget camilla
    carla carmen carol caroline catherine charlotte chiara christina christine claire clara claudia
    danuta deborah diana donna dorothy edith eleanor elena elizabeth ella ellen elsa emily emma erika
    esther eva evelyn fatima fiona frances francesca gabriela gemma gillian giulia gloria greta hannah
    harriet heather heidi helen helena ilse ingrid irene irina isabel isabella isabelle isobel jana
    jane janet jennifer jessica joanna josephine judith julia juliet karen karin katarina kate
    katherine kathleen katrin laura lena leila linda liv louise lorraine lucia lucy madeleine margaret
    margarita maria marie marina marit marta martha mary maureen melissa michelle miriam monica monika
    nadia nancy naomi natalia natasha nora olga olivia pamela patricia paula penelope petra philippa
    pia pilar priya rachel raquel rebecca renata rita rosa rosalind rose ruth samantha sandra sarah
    sheila shirley silvia sofia sonia sophia sophie stella stephanie susan susanna svetlana sylvia
    tamara tatiana teresa tessa theresa tina ursula valentina vanessa vera veronica victoria wendy
    yasmin yvonne zoe""".split()
)
MENS = frozenset(
    """abdul adam adrian ahmed alan alasdair alejandro alessandro alexander alfred alistair andrew
    anthony anton antonio arthur arturo benjamin bernard boris brian bruce carlos cedric charles
    christopher colin craig daniel dave david denis dennis derek des diego dmitry dominic donald
    douglas duncan edmund eduardo edward emmanuel enrique eric erik ernest fabio federico felix fergus
    fernando francis frank frederick gareth gary gavin geoffrey george gerald giovanni giuseppe goran
    graham gregory gunnar gustavo guy hans harold harry hassan heinrich henrik henry herbert hiroshi
    hugo ian ibrahim igor imran ivan jack jacob james jeffrey jens jeremy jim jonas jonathan jorge
    jose joseph josip juan julian karl keith kenneth kevin klaus larry lars leonard lorenzo louis
    lucas luis luigi marco marcus mario mark martin mateo matthew michael miguel mikhail mohamed
    mohammed muhammad mustafa neil nicholas nigel oleg oliver omar oscar otto pablo patrick paul pavel
    pedro peter philip rafael ralph raymond ricardo richard robert roberto roger roland ronald rupert
    sebastian sergei sergey sergio simon stefan stephen steven stuart sven tarek thomas timothy tom
    tomas tony trevor vladimir volodymyr walter werner wes wilfred wilhelm william wolfgang yusuf""".split()
)


def womans(given: str) -> bool | None:
    """Whether a given name is a woman's, or a man's; None where it doesn't tell."""
    name = given.lower()
    return True if name in WOMENS else False if name in MENS else None
