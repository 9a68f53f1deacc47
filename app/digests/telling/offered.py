"""The words for what a digest offers to do, and for what was done."""

from app.digests.told import Deed, Offer

_OFFERED = {
    Deed.THANK: "Thank the author",
    Deed.ASK: "Ask for help",
    Deed.ASSIGN: "Ask somebody to write it",
    Deed.BRIEF: "Begin with a brief",
    Deed.FOLLOW: "Follow the topic",
}
_DONE = {
    Deed.THANK: "You thanked the author",
    Deed.ASK: "You asked for help",
    Deed.ASSIGN: "You asked somebody to write it",
    Deed.BRIEF: "You began with a brief",
    Deed.FOLLOW: "You follow the topic",
}


def offered(offer: Offer) -> str:
    """“Thank the author”: what a button says."""
    return _OFFERED[offer.deed]


def done(offer: Offer) -> str:
    """“You thanked the author”: what stands where the button was."""
    return _DONE[offer.deed]
