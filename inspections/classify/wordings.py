"""How every cycle's questions are worded, by the inspectorate and by those who write about it: one line a wording, a specimen beside it."""

# ruff: noqa: E501 (a pattern is one line of a table, read across)

from __future__ import annotations

_ITS = r"(?:its |the |their |our |your |his |a )?"
_ASB = r"(?:anti-?social behaviou?r|asb)"
_VULN = r"(?:those (?:people )?(?:who|that) (?:are|were) (?:the )?(?:most )?vulnerable|people who are (?:the )?(?:most )?vulnerable|(?:the )?(?:most )?vulnerable(?: (?:and at-risk )?(?:people|victims|adults and children|children and adults|adults|persons|members of (?:the public|society|the community)|residents))?|vulnerable people)"
_PEOPLE = r"(?:workforce|staff|employees|officers and staff|staff and officers|officers|(?:own )?people)"
_PUBLIC = r"(?:all (?:of )?)?(?:the |its |our |their |local )?(?:public|people|communities|everyone|citizens|residents|members of (?:the|its|our) (?:public|communit(?:y|ies)))(?: (?:that )?(?:it|they|we) (?:serves?|polices?))?"
_FAIR = r"(?: (?:fairly|with (?:fairness|respect)|appropriately|respectfully|equally)(?:,? (?:and|with) (?:fairness|respect(?:fully)?|with respect|appropriately)|, (?:appropriately|respectfully)|,? and (?:with )?(?:respect|dignity|courtesy))*)?"
_SERIOUS = r"(?:serious(?: and |, | & | )organi[sz]ed crime|organi[sz]ed crime(?: groups?| gangs?)?|soc\b)"

# (question, pattern, short). `short`: a bare word that names the question only in a list, in a label or right after a grade.
WORDINGS: tuple[tuple[str, str, bool], ...] = (
    # the pillars, 2014 to 2018/19
    (
        "efficiency",
        r"efficien(?:cy|t) (?:at|in) keeping people safe and reducing crime",
        False,
    ),  # "efficient at keeping people safe and reducing crime"
    (
        "efficiency",
        r"efficiency with which [^.;:\n]{2,70}? (?:carries out its responsibilities|keeps people safe(?: and reduces crime)?)",
        False,
    ),
    (
        "efficiency",
        r"(?:operates? efficiently|how efficiently (?:the force|it) operates|efficient(?:ly)? in (?:how|the way) it operates)(?:,? and (?:how )?sustainabl[ey](?: (?:are )?its services (?:to the public )?(?:are)?)?)?",
        False,
    ),
    (
        "efficiency",
        r"(?:how )?efficiently [^.;:\n]{0,30}?keeps? (?:people|the public|communities) safe(?: and reduc(?:es?|ing) crime)?",
        False,
    ),
    (
        "efficiency",
        r"(?:how )?efficient (?:is )?(?:[^.;:?\n]{2,40}? )?(?:is )?(?:at|in) keeping (?:people|the public|communities) safe(?: and reducing crime)?",
        False,
    ),
    ("efficiency", r"efficient", True),  # "The extent to which the force is efficient is good"
    ("efficiency", r"efficiency", False),
    ("legitimacy", r"legitima(?:cy|te) (?:at|in) keeping people safe and reducing crime", False),
    (
        "legitimacy",
        r"(?:how legitimately (?:it |the force )?)?(?:treats?|treating) (?:the public|people|its communities)(?:,? and its (?:workforce|staff|people))? legitimately",
        False,
    ),
    ("legitimacy", r"how legitimately [^.;:\n]{2,30}? (?:treats?|treating) the public and its workforce", False),
    (
        "legitimacy",
        r"(?:how )?legitimately [^.;:\n]{0,30}?(?:keeps? (?:people|the public|communities) safe(?: and reduc(?:es?|ing) crime)?|acts?\b|polices?\b)",
        False,
    ),
    (
        "legitimacy",
        r"(?:how )?legitimate (?:is )?(?:[^.;:?\n]{2,40}? )?(?:is )?(?:at|in) keeping (?:people|the public|communities) safe(?: and reducing crime)?",
        False,
    ),
    ("legitimacy", r"legitimate", True),
    ("legitimacy", r"legitimacy", False),
    (
        "effectiveness",
        r"effective(?:ness)?(?:ly)? (?:at|in|at how it|in how it) (?:keep(?:s|ing) people safe(?:,? and (?:at |in )?reduc(?:es|ing) crime)?|reduc(?:es|ing) crime(?:,? and (?:at |in )?keep(?:s|ing) people safe)?)",
        False,
    ),
    (
        "effectiveness",
        r"(?:how effectively (?:it |the force |we )?)?reduc(?:es?|ing) crime(?:,? and |, )(?:at |in )?keep(?:s|ing)? (?:people|the public|communities) safe",
        False,
    ),
    (
        "effectiveness",
        r"keep(?:s|ing)? (?:people|the public|communities|residents) safe(?:,? and |, )(?:at |in )?(?:reduc(?:es?|ing)|cutting|preventing) crime",
        False,
    ),
    ("effectiveness", r"effective", True),
    ("effectiveness", r"effectiveness", False),
    # preventing crime
    (
        "preventing-crime",
        r"reduc(?:es?|ing|ed) (?:crime|offending) and prevent(?:s|ing|ed)? (?:offending|crime)",
        False,
    ),  # 2014
    (
        "preventing-crime",
        r"(?:prevent(?:s|ing|ed|ion of)?|deter(?:s|ring|red)?|stopp?(?:s|ing)?)(?:,? (?:and |or )?(?:deter(?:s|ring)?|reduc(?:es?|ing)|prevent(?:s|ing)?|tackl(?:es?|ing)))? (?:of )?(?:the )?(?:crimes?|offending|"
        + _ASB
        + r")"
        r"(?:(?:,? and|,|, and) (?:(?:at |in )?(?:tackl|reduc|deter|prevent|address|deal)\w*(?: with)? )?(?:"
        + _ASB
        + r"|offending|(?:reduc|address|deter)\w* (?:crime|vulnerability|harm)|vulnerability))*"
        r"(?:,? and (?:at )?keep(?:s|ing) (?:people|the public|communities) safe)?",
        False,
    ),  # "preventing and deterring crime and antisocial behaviour, and reducing vulnerability"
    (
        "preventing-crime",
        r"tackl(?:es?|ing|ed) "
        + _ASB
        + r"(?:,? and (?:at )?(?:preventing|deterring|reducing) (?:crime|offending))?(?:,? and keep(?:s|ing) people safe)?",
        False,
    ),
    (
        "preventing-crime",
        r"(?:crime|neighbourhood) prevention|prevention of (?:crime|offending)|crimes? (?:is|are|and anti-?social behaviou?r (?:is|are)) (?:being )?prevented|stopping (?:people )?(?:offending|crime)",
        False,
    ),
    ("preventing-crime", r"prevent(?:ative|ive) (?:work|policing)", True),
    ("preventing-crime", r"neighbourhood policing", True),
    ("preventing-crime", _ASB, True),
    ("preventing-crime", r"prevention|prevent(?:ing|s)(?! (?:corruption|fires?|potential))", True),
    (
        "preventing-crime",
        r"atal (?:troseddu|troseddau|trosedd)(?: (?:ac|a mynd i'r afael ag) ymddygiad gwrthgymdeithasol)?",
        False,
    ),
    # recording crime, before investigating: "recorded crime"
    (
        "recording-crime",
        r"record(?:s|ing|ed)? (?:of )?(?:data (?:about|on) |reported |all )?crimes?(?: (?:data|accurately|properly))?(?: that are reported to it)?",
        False,
    ),
    (
        "recording-crime",
        r"(?:accura(?:te|cy of) |effective )?crime[- ](?:recording|data integrity|data)(?: (?:accuracy|practices|standards|integrity))?",
        False,
    ),
    ("recording-crime", r"crimes? (?:is|are) (?:being )?recorded|(?:the )?way crimes? (?:is|are) recorded", False),
    ("recording-crime", r"recording data|data recording|data integrity|recorded? data about crime", False),
    ("recording-crime", r"(?:the )?integrity of (?:its )?crime data", False),
    ("recording-crime", r"recording", True),
    ("recording-crime", r"(?:cofnodi|gofnodi|chofnodi) (?:data am )?(?:troseddau|troseddu|trosedd|throseddau)", False),
    # investigating crime
    (
        "investigating-crime",
        r"(?:investigat(?:es?|ing|ed|ion of|ions? into)|solv(?:es?|ing)) (?:of )?(?:all )?(?:reported )?(?:crimes?|offending|offences|criminal (?:activity|offences))(?P<more{n}>,? and (?:its |the |at |in )?(?:reduc\w*(?: of| in)? (?:re-?offending|offending)|reduces re-?offending|(?:manag\w*)(?: of)? offenders))?",
        False,
    ),
    (
        "investigating-crime",
        r"(?:crimes?|offences|offending) (?:is|are) (?:being )?(?:investigated|solved|looked into)|look(?:s|ing|ed)? into (?:reported |the )?(?:crimes?|offences|offending)|(?:solving|detecting|detection of) (?:crimes?|offences)|(?:crime|criminal) investigations?|quality of (?:its )?investigations?|investigat(?:ion|ive) (?:standards|quality|work)",
        False,
    ),
    ("investigating-crime", r"reduc(?:es?|ing|tion of) re-?offending", True),
    ("investigating-crime", r"investigations?|investigating|investigates|carries out investigations", True),
    ("investigating-crime", r"(?:ymchwilio|ymchwiliad) i (?:droseddau|droseddu|drosedd)", False),
    # protecting vulnerable people
    (
        "protecting-vulnerable-people",
        r"(?:(?:protect(?:s|ing|ed|ion of|ions? for)?|safeguard(?:s|ing|ed)?|look(?:s|ing|ed)? after|car(?:es?|ing) for|support(?:s|ing|ed)?|help(?:s|ing)?|identif(?:y|ies|ying)|keep(?:s|ing))(?: of)?(?:,? (?:and|or) (?:protect(?:s|ing|ed)?|safeguard(?:s|ing)?|support(?:s|ing|ed)?|help(?:s|ing)?))?(?:,? from harm,?)? )(?:to )?"
        + _VULN
        + r"(?: people)?(?: safe)?(?:,? from harm)?(?P<more{n}>,? and (?:at |in |how it |the way it |its )?support(?:s|ing|ed)?(?: for| of)? (?:the )?victims(?: of (?:crime|domestic abuse))?)?",
        False,
    ),
    (
        "protecting-vulnerable-people",
        r"(?:protect(?:s|ing|ed|ion of)?|safeguard(?:s|ing)?|look(?:s|ing|ed)? after|car(?:es?|ing) for|keep(?:s|ing)|support(?:s|ing)?|help(?:s|ing)?|the (?:most )?)(?: and support(?:s|ing)?)? (?:those|people)(?: who are)?(?: most| greatest| more)? (?:at (?:the )?(?:greatest |most |highest )?risk(?: of harm)?|in (?:most|greatest) (?:need|danger))(?: safe)?",
        False,
    ),
    (
        "protecting-vulnerable-people",
        r"(?:the )?(?:most )?vulnerable(?: (?:people|victims|adults and children|adults|children))? (?:is|are) (?:being )?(?:protected|looked after|safeguarded|kept safe|cared for|supported)",
        False,
    ),
    (
        "protecting-vulnerable-people",
        r"(?:approach|response) to (?:the )?(?:vulnerability|vulnerable people)|vulnerability(?: question| inspection)?|vulnerable people|the vulnerable|vulnerable victims",
        True,
    ),
    ("protecting-vulnerable-people", r"(?:amddiffyn|diogelu|ddiogelu) pobl (?:sy'n |sydd yn )?agored i niwed", False),
    # serious and organised crime
    (
        "disrupting-soc",
        r"(?:tackl|disrupt|combat|fight|dismantl|target|counter|confront|address|deal|tak|respon|work|approach|handl)\w*(?: with| on| to| against| of)? (?:the )?(?:the threat (?:of|from) )?"
        + _SERIOUS,
        False,
    ),
    ("disrupting-soc", _SERIOUS, False),
    (
        "disrupting-soc",
        r"(?:threosi?'r|taclo|afael â|mynd i'r afael â) (?:throseddau|throseddu) difrifol(?: a (?:threfnedig|chyfundrefnol))?|troseddau difrifol a (?:threfnedig|chyfundrefnol)|troseddu cyfundrefnol difrifol",
        False,
    ),
    # responding to the public
    (
        "responding-to-the-public",
        r"respon(?:ds?|ding|ded|se) to (?:the )?(?:needs of the )?(?:public|incidents?(?: and calls)?|calls?(?: (?:for service|from the public))?|emergenc(?:y calls|ies)|999 calls|101 calls|people|communities)(?: and (?:incidents|emergencies|calls))?",
        False,
    ),
    (
        "responding-to-the-public",
        r"answer(?:s|ing|ed) (?:the public|(?:its |emergency |999 |101 |the )?calls?(?: from the public)?)|call[- ](?:handling|answering)|handling (?:of )?(?:emergency |999 |101 |the )?calls|(?:emergency |999 |101 )?calls (?:from the public )?are (?:being )?(?:answered|handled|dealt with)|(?:the )?(?:calls|incidents) are (?:responded|attended)(?: to)?",
        False,
    ),
    ("responding-to-the-public", r"responding|responds|response", True),
    ("responding-to-the-public", r"(?:ymateb|ymatebion) i'r cyhoedd", False),
    # managing offenders
    (
        "managing-offenders",
        r"manag(?:es?|ing|ed|ement of) (?:of )?(?:its |the |risks? (?:from|posed by) )?(?:(?:registered|sex|sexual|violent|dangerous|known|high-risk|repeat) |people convicted of sexual )*(?:offenders|suspects|offences)(?:,? (?:and|or|&) (?:of )?(?:suspects|offenders))?",
        False,
    ),
    ("managing-offenders", r"offender[- ]management|(?:offenders|suspects) and (?:suspects|offenders)", False),
    (
        "managing-offenders",
        r"(?:handl|work|deal|monitor|supervis)\w*(?: of| with)? (?:its |the |known |dangerous |sex(?:ual)? |registered |violent )*(?:offenders|suspects)(?:,? (?:and|or|&) (?:suspects|offenders))?|(?:offenders|suspects)(?: and (?:suspects|offenders))? are (?:being )?managed",
        False,
    ),
    ("managing-offenders", r"offenders", True),
    (
        "managing-offenders",
        r"(?:rheoli|reoli) troseddwyr(?: a'r rhai (?:a ddrwgdybir|dan amheuaeth)| a (?:rhai a amheuir|phobl dan amheuaeth))?",
        False,
    ),
    # supporting victims
    (
        "supporting-victims",
        r"support(?:s|ing|ed)? (?:(?:it |that |which |the force )*(?:given|gives?|offered|offers|provided|provides) (?:to )?|for )?(?:the )?victims(?: of crime)?|victims (?:of crime )?are (?:being )?(?:supported|looked after)|(?:its |the )?service (?:it (?:gives|provides) )?(?:to|for) victims(?: of crime)?|victim (?:service|care|support)|victim services",
        False,
    ),
    ("supporting-victims", r"cefnogi dioddefwyr", False),
    # corruption, before workforce
    (
        "workforce-corruption",
        r"(?:(?:mak|ensur)\w*(?: sure)?,? (?:that )?)?"
        + _ITS
        + r"(?:own )?"
        + _PEOPLE
        + r" (?:behav(?:es?|ing|ed)|acts?|acting) (?:both )?(?:ethically|lawfully)(?: (?:and|or) (?:ethically|lawfully))?",
        False,
    ),
    (
        "workforce-corruption",
        r"ethical(?:,)? and lawful(?: workforce)? (?:behaviou?r|conduct)(?: of its workforce)?|behav(?:es?|ing) ethically and lawfully|integrity,? ethical and lawful behaviou?r",
        False,
    ),
    (
        "workforce-corruption",
        r"(?:tackl|prevent|deal|combat|root)\w*(?: with| out)? (?:potential )?(?:workforce |internal |police )?corruption(?: in its workforce)?|workforce corruption|counter-?corruption|anti-corruption",
        False,
    ),
    (
        "workforce-corruption",
        r"vetting(?:,? (?:and|,) (?:counter-?corruption|professional standards|it monitoring))*|professional standards|police misconduct|upholding standards",
        False,
    ),
    # workforce
    (
        "workforce",
        r"(?:build|support|protect|develop|look|treat|car|train|lead)(?:s|ing|ed|es)?(?:-up)?(?: after| for| up)?(?:(?:,|,? and|,? &) (?:build|support|protect|develop|look|train|valu)(?:s|ing|ed|es)?(?: after)?)* "
        + r"(?:"
        + _ITS
        + r"(?:own )?(?:workforce|staff|employees|officers and staff|own people)|(?:its|our|their) people(?! (?:who|it|that|we|in|at|from|safe|with)))(?: itself)?(?: (?:fairly|with fairness|and))?(?: with fairness and respect| and respect| fairly)?",
        False,
    ),  # "building, supporting and protecting the workforce", "treats its workforce with fairness and respect"
    (
        "workforce",
        r"(?:treat(?:s|ing|ment of)?) "
        + _ITS
        + r"(?:own )?"
        + r"(?:workforce|staff|employees|officers and staff|own people)"
        + r"(?: itself)?"
        + _FAIR,
        False,
    ),
    (
        "workforce",
        r"(?:develop(?:s|ing|ed)? )?(?:a )?positive (?:workplace|working environment)(?: culture)?|(?:workforce|staff) (?:wellbeing|support|welfare|development)|(?:running|support|development|wellbeing|treatment) (?:of|for) (?:its |the |our )?(?:workforce|staff)(?: and an ethical culture)?|wellbeing of (?:its )?staff(?: and an? ethical culture)?",
        False,
    ),
    (
        "workforce",
        r"(?:build|support|protect|look|treat|car)\w*(?:,? (?:and |, )?(?:build|support|protect)\w*)*(?: after| for)? (?:the people|those|people) who work (?:for|in|at) (?:it|us|them|the force)",
        False,
    ),
    ("workforce", r"workforce|workplace", True),
    (
        "workforce",
        r"(?:cefnogi|gefnogi|chefnogi|adeiladu, cefnogi a diogelu)(?: ei|'r|r| y| eu)? ?(?:g|ng)?weithlu|datblygu gweithle cadarnhaol|cefnogi ein gweithlu",
        False,
    ),
    # treatment of the public
    (
        "treatment-of-the-public",
        r"(?:us(?:e|es|ing|ed)(?: of)? )"
        + _ITS
        + r"(?:police |policing )?powers(?:(?:,? and|,) (?:to )?(?:(?:the )?(?:treat(?:s|ing|ment of)?) "
        + _PUBLIC
        + _FAIR
        + r"|public treatment|treatment of the public|how it treats the public|its treatment of the public))?",
        False,
    ),
    (
        "treatment-of-the-public",
        r"police powers(?:,? and |, )(?:treat(?:s|ing|ment of)? "
        + _PUBLIC
        + _FAIR
        + r"|public treatment|treatment of the public)",
        False,
    ),
    ("treatment-of-the-public", r"police powers", False),
    (
        "treatment-of-the-public",
        r"engag(?:es?|ing|ement)(?: with)?,? (?:(?:and|,) (?:understand\w*|treat\w*) )?(?:with )?"
        + _PUBLIC
        + r"(?:,? and (?:how it )?(?:treat(?:s|ing|ed)?(?: them| people| the public| everyone)?)"
        + _FAIR
        + r")?"
        + _FAIR,
        False,
    ),
    ("treatment-of-the-public", r"(?:the )?(?:treat(?:s|ing|ed|ment of)?) " + _PUBLIC + _FAIR, False),
    ("treatment-of-the-public", r"(?:the )?public (?:is|are) (?:being )?treated" + _FAIR, False),
    (
        "treatment-of-the-public",
        r"(?:the )?(?:fair )?public treatment|fair treatment(?: of the public)?|treat(?:s|ing) (?:them )?(?:with )?(?:fairly|fairness and respect)",
        False,
    ),
    (
        "treatment-of-the-public",
        r"(?:the )?(?:use of |decisions taken on the use of )?stop and search(?: and taser)?(?: (?:fair(?:ly)? and appropriate(?:ly)?))?",
        True,
    ),
    (
        "treatment-of-the-public",
        r"(?:defnyddio(?: ei)? )?(?:b|p)werau(?:'r heddlu)?(?: a thrin y cyhoedd(?: yn deg)?(?: a pharchus)?)?|trin (?:y cyhoedd|pobl)(?: yn deg)?|(?:y )?ffordd (?:y )?mae'n defnyddio ei bwerau",
        False,
    ),
    # leadership
    (
        "leadership",
        r"leadership (?:and|&) (?:force |organisational )?management|how (?:well )?(?:it|we|the force|the constabulary) (?:is|are) (?:led|managed)(?: and (?:led|managed))?|(?:the )?(?:quality of )?leadership|force management|how (?:well )?(?:it|the force) is led(?: and managed)?",
        False,
    ),
    ("leadership", r"is (?:led and managed|led)(?= and\b| or\b|[,.;:]|$)", True),
    ("leadership", r"arweinyddiaeth(?: a rheoli'r heddlu)?|arweinyddiaeth a rheolaeth (?:yr )?heddlu", False),
    # resources
    (
        "good-use-of-resources",
        r"(?:its )?(?:strategic|financial|organisational|operational)(?: and (?:strategic|financial|organisational|operational))? planning(?:(?:,|,? and) (?:organisational |force )?management)?(?:(?:,|,? and) (?:value for money|(?:the )?use of (?:its )?resources))?|planning and (?:use of )?resources",
        False,
    ),
    (
        "good-use-of-resources",
        r"(?:makes? |making |made )?(?:good |best |effective |efficient )?(?:us(?:e|es|ing|ed)) (?:(?:that )?(?:it|we|they) makes? )?(?:of )?"
        + _ITS
        + r"(?:resources|assets)(?: (?:to (?:manage|meet)|in managing) (?:its |current |that |the |their |future )*demand(?: (?:it|they) faces?)?)?(?:,? and (?:provid(?:es|ing) )?value for money)?",
        False,
    ),
    ("good-use-of-resources", r"(?:provid(?:es|ing) )?value for money", False),
    (
        "good-use-of-resources",
        r"(?:spend(?:s|ing)?|manag(?:es|ing)|us(?:es|ing)) (?:of )?(?:its |our |their |the |public |taxpayers' )*(?:money|budget|finances|cash)(?: (?:wisely|well|efficiently|effectively))?",
        False,
    ),
    (
        "good-use-of-resources",
        r"(?:grasp|understanding|knowledge|picture|assessment) of (?:its |the |current |likely |future |present |and |what )*demands?(?: (?:it|they) faces?| for its services| on its services)?",
        False,
    ),
    (
        "good-use-of-resources",
        r"(?:how well (?:it|the force) )?(?:understand(?:s|ing)?|meet(?:s|ing)?|manag(?:es|ing))(?: of)? (?:its |the |current |likely |future |present |and )*demands?(?: (?:it|they) faces?)?(?: for its services| on its services)?(?: and using resources)?",
        False,
    ),
    (
        "good-use-of-resources",
        r"plan(?:s|ning|ned)?(?: well)?(?: for)? (?:the |its |future |to meet |meeting |demand )*(?:future(?: demands?| needs)?|demand (?:in|for) the future|future demand)",
        False,
    ),
    (
        "good-use-of-resources",
        r"(?:sustainab(?:le|ility)(?: and affordab(?:le|ility))?(?: of)?(?: is)? )?(?:the |its )?(?:force's )?(?:financial (?:position|sustainability)|workforce model)(?: (?:is )?(?:sustainable|affordable)(?: and affordable)?)?(?: (?:for|in) the short and long term)?",
        False,
    ),
    (
        "good-use-of-resources",
        r"planned and used its resources|plans and uses its resources|runs itself|(?:the )?way it is run",
        False,
    ),
    ("good-use-of-resources", r"resources|planning", True),
    ("good-use-of-resources", r"defnydd(?:io)?(?: da)? o adnoddau|defnyddio(?: ei)? (?:hadnoddau|adnoddau)", False),
    # Welsh pillars
    ("effectiveness", r"(?:ei )?effeithiolrwydd(?: wrth gadw pobl yn ddiogel a lleihau troseddu?)?", False),
    ("efficiency", r"(?:ei )?effeithlonrwydd", False),
    ("legitimacy", r"(?:ei )?(?:chyf|gyf|cyf)reithlondeb", False),
)

# Every wording begins with one of these (articles and "its" before it are no part of a name): most words need no further look.
STEMS = (
    "accu|acti|addr|adei|afae|amdd|answ|anti|appr|arwe|asb|atal|beha|best|buil|bwer|call|"
    "care|cari|carr|cefn|chef|chof|chyf|cofn|comb|conf|coun|crim|cyfr|data|datb|ddio|"
    "deal|deci|defn|dete|detec|deve|diog|dism|disr|effe|effi|empl|enga|ensu|ethi|fair|"
    "ffor|figh|fina|forc|gefn|gofn|good|gras|gyfr|hand|help|how|iden|inci|inte|inve|is l|"
    "keep|know|lead|legi|look|made|mak|mana|meet|moni|mynd|neig|offe|offi|oper|orga|peop|"
    "pict|plan|poli|posi|prev|prof|prot|prov|publ|pwer|qual|reco|redu|reol|reso|resp|"
    "rheo|root|runn|runs|safe|seri|serv|soc|solv|spen|staf|stop|stra|supe|supp|susp|sust|"
    "tack|tacl|tak|targ|thre|trai|trea|trin|tros|unde|upho|use|used|uses|usin|valu|vett|"
    "vict|vuln|way|well|work|ymat|ymch"
)
