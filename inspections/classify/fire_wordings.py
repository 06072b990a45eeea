"""How the questions to fire and rescue services are worded: one line a wording."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

FIRE_WORDINGS: tuple[tuple[str, str, bool], ...] = (
    (
        "fire-other:frs-understanding-risk",
        r"(?:understand(?:s|ing)?)(?: of)? (?:the )?(?:(?:risks? (?:of|from) )?fires?(?: (?:and|&) (?:other )?(?:risks|emergencies))?|risks?(?: of fire)?(?: and other emergencies)?)|identif(?:ies|ying) risk",
        False,
    ),
    (
        "fire-other:frs-prevention",
        r"prevent(?:s|ing|ion of|ion)?(?: of)? (?:fires?(?: (?:and|&) other (?:risks|emergencies))?)|fire prevention",
        False,
    ),
    (
        "fire-other:frs-protection",
        r"protect(?:s|ing|ion of)? (?:the )?(?:public|people|communities)(?: (?:through|by|using) (?:the )?(?:fire )?(?:regulation|safety)(?: of fire safety)?)?|fire (?:protection|regulation|safety(?: regulation)?)|(?:through )?(?:the )?regulation of fire safety",
        False,
    ),
    (
        "fire-other:frs-major-incidents",
        r"(?:respon(?:ds?|ding|se) to |ready for )?major(?: and multi-agency|,? multi-agency)? incidents",
        False,
    ),
    (
        "fire-other:frs-response",
        r"respon(?:ds?|ding|se)(?: to)? (?:fires?(?: (?:and|&) other emergencies| and emergencies)?|emergencies|incidents)",
        False,
    ),
    (
        "fire-other:frs-best-use-of-resources",
        r"(?:mak(?:es?|ing) )?(?:the )?(?:best |good )?us(?:e|es|ing) (?:of )?(?:its |our |the )?resources",
        False,
    ),
    (
        "fire-other:frs-future-affordability",
        r"(?:mak(?:es?|ing) )?(?:the |its )?(?:(?:fire and rescue )?service )?afford(?:able|ability)(?: now)?(?: and)?(?: (?:in|for) the future)?|future affordability",
        False,
    ),
    (
        "fire-other:frs-values-culture",
        r"(?:promot(?:es?|ing) )?(?:the )?(?:right |its |positive )?(?:values and culture|culture and values|values|culture)",
        False,
    ),
    (
        "fire-other:frs-right-people-skills",
        r"(?:gett?(?:s|ing) )?(?:the )?right people(?:,? (?:with )?(?:the )?right skills)?|(?:workforce )?skills(?: and training)?",
        False,
    ),
    (
        "fire-other:frs-fairness-diversity",
        r"(?:ensur(?:es?|ing) )?fairness(?: and (?:promot(?:es?|ing) )?diversity)?|equality,? diversity and inclusion",
        False,
    ),
    (
        "fire-other:frs-performance-leaders",
        r"(?:manag(?:es?|ing) )?performance(?: and (?:develop(?:s|ing) )?(?:leaders|leadership))|developing leaders",
        False,
    ),
    (
        "fire-effectiveness",
        r"effective(?:ness)? (?:at|in) keeping people safe(?: and secure)?(?: from fires?(?: and other (?:risks|emergencies))?)?|keeping people safe(?:(?: and secure)? from fires?(?: and other risks)?)?",
        False,
    ),
    ("fire-effectiveness", r"effectiveness|how effective(?:ly)?", False),
    (
        "fire-efficiency",
        r"efficien(?:t|cy) (?:at|in) keeping people safe(?: and secure)?(?: from fires?(?: and other (?:risks|emergencies))?)?",
        False,
    ),
    ("fire-efficiency", r"efficiency|how efficient(?:ly)?|efficiently", False),
    (
        "fire-people",
        r"(?:how )?(?:well )?(?:it )?(?:look(?:s|ing)? after|car(?:es|ing) for|treat(?:s|ing)?|treatment of|support(?:s|ing)?) (?:its |the |their |those )?(?:own )?(?:people|staff|workforce|employees)",
        False,
    ),
    ("fire-other:frs-prevention", r"prevention", True),
    ("fire-other:frs-protection", r"protection", True),
    ("fire-other:frs-response", r"response|responding", True),
    ("fire-people", r"people", True),
    ("fire-effectiveness", r"effective", True),
    ("fire-efficiency", r"efficient", True),
)


# Every wording begins with one of these: most words need no further look.
FIRE_STEMS = (
    "affo best care cari cult deve effe effi ensu equa fair fire futu gets gett good how iden keep look majo make "
    "maki mana peop perf posi prev prom prot read regu resp righ serv skil supp thro trea unde use uses usin valu "
    "well work "
)
