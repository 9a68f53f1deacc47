"""How a question is put, as against what it is about.

"What should we watch for when…", "how do we avoid…": such words are rare in lessons, so that they
would weigh heavily, and they tell nothing. What a question opens with ("how should I…") goes as a
whole; the same words elsewhere are somebody's own, and stay.
"""

import re

_frame = re.compile(
    r"""\b(?:
        (?:watch|watching|look|looking)\s(?:out\s)?for
      | how\s(?:do|can|could|should|to)\s(?:(?:we|i|you|one)\s)?
        (?:avoid|prevent|make\ssure|ensure|stop|deal\swith|handle)
      | what\s(?:can|could|might|may)\sgo\swrong
      | (?:make|making)\ssure
      | (?:be\s)?(?:aware|careful)\s(?:of|with|about)
      | lessons?\s(?:(?:learned|learnt)\s)?(?:about|on|from|for)
      | (?:tips|advice|guidance)\s(?:on|for|about)
      | best\s(?:way|ways)\s(?:to|of|for)
      | (?:what|which)\s(?:happens?|happened)\s(?:when|if|to)
      | does\snot\shappen\sagain | happens?\sagain
      | before\s(?:we|i|you)\sstart
      | tell\s(?:me|us)\s(?:about|what)
      | worried\s(?:that|about)
      | (?:any|some|there)\s(?:any\s)?experiences?\swith
      | learn(?:ed|t)?\swhat
      # What any question may open with, once none of the above stands there.
      | (?:what|which|how|why|where|when|who)\s
        (?:am|is|are|was|were|do|does|did|has|have|had
          |can|could|should|would|will|shall|may|might|must)
        (?:n?['\u2019]t)?\s(?:i|we|you|they|someone|somebody|anyone)
        (?:\s(?:need|have|ought)\sto)?(?:\sdo)?
    )\b(?:\s+(?:when|if|while)\b)?""",
    re.IGNORECASE | re.VERBOSE,
)


def unframed(text: str) -> str:
    """A text without the words that only put the question."""
    return _frame.sub(" ", text)
