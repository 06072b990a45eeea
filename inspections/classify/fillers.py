"""The words that may stand between a grade and its question without keeping them apart."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Between a grade and a question after it: "… 'good' | in the way it | prevents crime"
FORWARD = _set(
    "'n 1 10 11 12 2 3 4 5 6 7 8 9 F a a'r a's ability about ac again all also am an another approach are area "
    "areas around as aspect aspects assessed assigned at awarded band be been being both bracket brigade by came "
    "categories category city comes constabulary constabulary's core county covered department describe described "
    "describes different each effectively effectiveness efficiency efforts ei eight eleven every examined extent "
    "ffordd five for force force's forces found four further given good grade graded grades grading gradings "
    "handed has have heading headings how in include included includes including inspected inspectorate's "
    "inspectors inspectors' is issued it it's its judged judgement judgements judgment judgments just key level "
    "levels listed made mae'n main mark marks more namely nine now o of officers on once one only organisation "
    "organisation's other others our outcome over overall own performance pillar pillars police policing question "
    "questions ran rated rating ratings received record regard regarding regards relating relation remaining "
    "report's respect respectively rest result results same score separate service service's seven six specific "
    "staff still strand strands ten terms that the their them these they this those three to too treats twelve "
    "two under understanding us used verdict was watchdog's way ways we well went were what when where which "
    "whose with word work wrth y yn you your yours"
)
# Between a question and a grade after it: "responding to the public | was judged to be | 'adequate'"
BACKWARD = _set(
    "'n 's 1 10 11 12 2 3 4 5 6 7 8 9 F a achieved again all also an another are area areas arrangements as "
    "assessed at awarded band be because been being both brigade by came changed city classed classified climbed "
    "climbs come comes considered constabulary constabulary's county currently deemed department described down "
    "downgraded dropped drops each earned eight element element's eleven even every fallen falls fel fell first "
    "five for force force's forces formally found four from get gets given goes gone got grade graded grades "
    "grading gradings had has have held her highest his hmic hmicfrs hold holds however improved improvement "
    "improves improving in increased inspection inspector inspectorate inspectors into is is's it it's its judged "
    "judging judgment jump jumped jumps keeps kept leaps leapt lifted mae'n majesty's mark marked more move moved "
    "moves newly nine now oedd of on once one only organisation organisation's our out outcome overall people "
    "performance pillar pillars placed police published put question raised rated rating re-graded read reads "
    "receive received regarded regraded remain remained remains report reported result retained retains revised "
    "rise risen rises rose said sank saw scale scored secured seen service service's seven share shares simply "
    "sinks six slipped slips standards stay stays step steps still strand strands ten that the their then "
    "therefore they this three to today together too top turned twelve two up upgraded us verdict was we wedi "
    "well went were where which who with work yn yw pair trio quartet couple standard brought"
)
# Between two questions of one list: "how it prevents crime | and the way it | manages offenders"
LISTING = _set(
    "F a a'r ability about ac again all along also am an and another approach are areas as at both brigade by "
    "city constabulary constabulary's county department each effectiveness efforts ei ffordd for force force's "
    "forces four from go goes how in including is it it's its mae'n make o of officers on one or organisation "
    "organisation's other our overall part performance plus police quality ran service service's something staff "
    "that the their they three to two us uses way ways we well which work wrth y being"
)
# Between two grades of one question: "was inadequate | in the last inspection and is now | good"
CHAIN = BACKWARD | _set(
    "after ago and assessment band before bracket but category cycle earlier formerly having inspections last "
    "later peel peel-report previous previously reports round since since's than time two-year when while year "
    "years"
)
# Words that no gap may hold unnoticed: they make another clause, a comparison or a condition
KEEPS_APART = _set(
    "although because but can could despite except if like may might must need needed needs never no nor not or "
    "said says should so than though told unless unlike until when whereas while without would"
)
# Nouns that may stand before a question without becoming the subject themselves: "the grade for | preventing crime"
OF_JUDGMENT = _set(
    "ability also and approach area areas as assessment both but came comes constabulary effectiveness efficiency "
    "effort efforts extent finding findings force found grade grades grading gradings handling however it "
    "judgement judgment judgments legitimacy management mark marks news performance police quality question "
    "questions rating ratings record regard relation respect result results said says service success terms that "
    "treatment verdict verdicts where while work"
)
