"""English words that say how a sentence is built, not what it is about.

They are indexed, so that a query of nothing else still finds something, but they do not count
towards a document's length and are left out of every other query. Words that are also the name of
a thing at work ("mine", "shell" for "she'll") are not in the list.
"""

#: Of these, the words that tell nothing at all; the others tell half of what they would by their
#: rarity (`matching.py`): people do ask for "little", "need" and "know", and mean them. Pronouns,
#: "what" and "should" are left there too: measured (docs/search.md); `framing.py` drops them where
#: they only open a question.
FUNCTION_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then "
    "there these they this to was will with".split()
)

STOP_WORDS = frozenset(
    """
    a able about above according accordingly across actually after afterwards again against ago
    ain't all allow allows almost along already also although always am among amongst an and
    another any anybody anyhow anyone anything anyway anyways anywhere are aren't around as
    aside ask asking at be became because become becomes becoming been before beforehand being
    believe below besides between beyond both but by came can can't cannot cant certain
    certainly clearly come comes concerning consequently consider considering could couldn't
    despite did didn't do does doesn't doing don't done down during each either else elsewhere
    enough entirely especially et etc even ever every everybody everyone everything everywhere
    exactly except far few for former formerly found from further furthermore gave get gets
    getting give gives go goes going gone got gotten had hadn't happens hardly has hasn't have
    haven't having he he'd he's hence her here hereafter hereby herein here's hers herself hi
    him himself his hither hopefully how howbeit however how's i i'm i've ie if in inasmuch
    indeed indicate indicated indicates insofar instead into is isn't it it'd it'll it's its
    itself just keep keeps kept knew know knows lately later latter latterly least lest let
    let's like liked likely likewise little look looking looks made mainly make makes many may
    maybe me meanwhile merely might more moreover most mostly much must mustn't my myself namely
    near nearly necessary need needs neither never nevertheless next no nobody none nonetheless
    noone nor normally nothing now nowhere obviously of off often oh ok okay on once one one's
    ones only onto or other others otherwise ought our ours ourselves out over overall own
    particularly per perhaps please possible presumably probably provides quite rather really
    reasonably regarding regardless regards relatively respectively said same saw say saying
    says see seeing seem seemed seeming seems seen several shall she she's should shouldn't
    since so some somebody somehow someone something sometime sometimes somewhat somewhere still
    such sure take taken takes tell tends than thank thanks that that's the their theirs them
    themselves then thence there thereafter thereby therefore therein there's thereupon these
    they they'd they'll they're they've thing things think this thorough thoroughly those though
    through throughout thru thus to together too took toward towards tried tries truly try
    trying twice under unfortunately unless unlikely until unto up upon us use used uses using
    usually various very via viz vs want wants was wasn't way we we'll we're we've well went
    were weren't what whatever what's when whence whenever when's where whereafter whereas
    whereby wherein where's whereupon wherever whether which whichever while whither who whoever
    whole whom who's whose why why's will willing wish with within without won't would wouldn't
    yes yet you you'd you'll you're you've your yours yourself yourselves
    """.replace("'", "").split()
)

#: When and how much, and that it is a plan: what any plan of work has, whatever it is about.
ASIDE = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    january february march april june july august september october november december
    jan feb mar apr jun jul aug sep sept oct nov dec
    today tomorrow yesterday tonight morning afternoon evening noon day days week weeks weekend
    month months quarter quarters year years hour hours minute minutes second seconds
    am pm utc gmt cet fy
    mm cm km kg kw kwh mw hz khz mhz ghz gb mb tb kb ml psi kpa mpa rpm eur usd gbp euro euros
    dollar dollars percent pct approx etc tbd tba tbc ie eg nr no
    one two three four five six seven eight nine ten twelve twenty fifty hundred thousand million
    plan plans planned planning intend hope aim going soon next last ahead upcoming
    """.split()
)
